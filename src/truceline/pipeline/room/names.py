"""Names that resolve to nobody and to no place: parties that the agreement does not know, places without a point.

Nothing is guessed: each stands as it was said, in its own script, and stays unresolved until its source or a pack says
more. Of places, a gazetteer's candidates are shown beside it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from truceline.compliance.parties_named import maybe_meant
from truceline.pipeline.gate import Gate, gate_of
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.reading_rows import box_of
from truceline.store.mission_file import MissionFile
from truceline.store.tables import column_names
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.gazetteer import Gazetteer, NamedPlace
from truceline.vocabulary.position import written
from truceline.vocabulary.spelling import reads_from_the_right
from truceline.vocabulary.where import E7

MOST = 100
FEW_CANDIDATES = 4
Places = Callable[[tuple[float, float, float, float]], Collection[NamedPlace]]
"""The places of a theatre, given by its west, south, east and north, in degrees."""
NOWHERE = -(1 << 62)


class PlaceMeant(Struct, frozen=True):
    """A place that a name may mean. score: percent. pcode: "" where the gazetteer has none."""

    id: str
    name: str
    pcode: str
    position: str
    score: int
    reason: str


class NameSaid(Struct, frozen=True):
    """A name as it was said. times: how many reports in force say it; report: the id of the latest of them."""

    words: str
    times: int
    report: str
    from_the_right: bool
    candidates: tuple[PlaceMeant, ...] = ()


class Unresolved(Struct, frozen=True):
    """The names said most often, and how many there are in all. gazetteer: whether places were looked for."""

    parties: tuple[NameSaid, ...]
    of_parties: int
    places: tuple[NameSaid, ...]
    of_places: int
    gazetteer: bool


def unresolved(path: Path, asked: Asked, places: Places) -> Unresolved:
    """The names as known at the cut. places: those of a theatre. Raises `ValueNotRead` for no cut."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        agreement = registered(mission, size).pack.agreement
        gate = gate_of(mission, asked.reader)
        texts = mission.texts("report", ("side_a", "side_b", "place"), asked.reader, size=size)
        at = mission.numbers("report", ("seq", "lat_e7"), asked.reader, size=size, absent=NOWHERE)
        who, where = (~np.isin(at["seq"], _kept_from(gate, group)) for group in ("who", "where"))
        sides = [_counted(texts[side].coded, who) for side in ("side_a", "side_b")]
        unplaced = _counted(texts["place"].coded, where & (at["lat_e7"] == NOWHERE))
        known = _known_parties(agreement)
        parties = _together(
            [one for side in sides for one in _names(side) if not maybe_meant(agreement, one[0]) & known]
        )
        named = _together(unplaced)
        south, west, north, east = (one / E7 for one in box_of(registered(mission, size).pack.geometry))
        ids = _ids(mission, asked, size, at["seq"], [*parties[:MOST], *named[:MOST]])
        gazetteer = Gazetteer.from_rows(places((west, south, east, north)))
        return Unresolved(
            tuple(_said(one, ids) for one in parties[:MOST]), len(parties),
            tuple(_said(one, ids, gazetteer) for one in named[:MOST]), len(named),
            bool(gazetteer.places),
        )  # fmt: skip


Counted = tuple[str, int, int]
"""A text, how many rows have it, and the last of them."""


def _counted(column: tuple[Any, list[str]], kept: Any) -> list[Counted]:
    codes, texts = column
    rows = np.flatnonzero(kept)
    many = np.bincount(codes[rows], minlength=len(texts))
    last = np.full(len(texts), -1, np.int64)
    np.maximum.at(last, codes[rows], rows)
    return [(texts[n], int(many[n]), int(last[n])) for n in np.flatnonzero(many).tolist() if texts[n]]


def _names(sides: Iterable[Counted]) -> Iterable[Counted]:
    """Each name of lists of names."""
    for text, many, last in sides:
        for name in msgspec.json.decode(text, type=tuple[str, ...]):
            yield name, many, last


def _together(said: Iterable[Counted]) -> list[Counted]:
    """Each name once, the most often said first."""
    found: dict[str, tuple[int, int]] = {}
    for name, many, last in said:
        before = found.get(name, (0, -1))
        found[name] = before[0] + many, max(before[1], last)
    return sorted(((name, *counted) for name, counted in found.items()), key=lambda one: (-one[1], one[0]))


def _kept_from(gate: Gate, group: str) -> list[int]:
    """The reports whose group is kept from the reader: a name of theirs is not told, nor counted."""
    return [gate.places[one] for one, groups in gate.narrowed.items() if group in groups]


def _known_parties(agreement: Agreement) -> set[str]:
    return {one.id for one in agreement.parties} | {one.id for one in agreement.actors}


def _ids(mission: MissionFile, asked: Asked, size: int, seqs: Ints, said: Iterable[Counted]) -> dict[int, str]:
    """The ids of the reports at these positions."""
    last = {position: int(seqs[position]) for _, _, position in said}
    names = column_names("report")
    rows = mission.rows_at("report", sorted({*last.values()}), asked.reader, size=size)
    held = {row[names.index("seq")]: str(row[names.index("id")]) for row in rows}
    return {position: held[seq] for position, seq in last.items()}


def _said(one: Counted, ids: Mapping[int, str], gazetteer: Gazetteer | None = None) -> NameSaid:
    words, many, last = one
    found = gazetteer.candidates(words, most=FEW_CANDIDATES) if gazetteer is not None else []
    return NameSaid(
        words, many, ids[last], reads_from_the_right(words),
        tuple(
            PlaceMeant(
                meant.place.id, meant.name, meant.place.pcode, written(meant.place.lat_e7, meant.place.lon_e7).decimal,
                meant.score // 10_000, meant.reason,
            )
            for meant in found
        ),
    )  # fmt: skip
