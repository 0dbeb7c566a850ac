"""The map: incidents where they may have been, at the precision that was said, and the same as a table.

The map and its table are two forms of one answer: both come from `Evaluated.incidents`, chosen by the same `Wanted`.
Nothing is placed more exactly than it was said: an incident without a point is in the table only, with the areas it
may be in, and the page says how many those are.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from truceline import __version__
from truceline.pipeline.questions import Answer, Asked, meant_by
from truceline.pipeline.reading_rows import box_of
from truceline.pipeline.room.heading import (
    Asking,
    Heading,
    Told,
    asked_anew,
    by_id,
    heading,
    indicators_of,
    told_of,
)
from truceline.pipeline.room.map_rows import Listed, Shown, listed_of, shown_of
from truceline.pipeline.room.map_wanted import EVERYTHING, UNSAID, Wanted, chosen_of, names_in, said_in
from truceline.pipeline.views import opened_for
from truceline.publication.geojson import escaped
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import IncidentColumns, Ints
from truceline.vocabulary.marking import TLP
from truceline.vocabulary.when import iso
from truceline.vocabulary.where import E7

Plain = dict[str, Any]
ROWS = 100
"""So many rows of the table at once; the page says of how many."""
DRAWN = 20_000
"""So many incidents on one map, the newest; the page says how many are left off."""


class MapPage(Struct, frozen=True):
    """The map's frame and its table. number: incidents chosen, of which `pointless` have no point, of `in_all`.

    box: the theatre's, in degrees (west, south, east, north). days: of the ledger, by name. areas, indicators: id and
    name. left_off: of those with a point, the oldest that the map leaves out. rows: the first of those chosen, newest
    first.
    """

    heading: Heading
    box: tuple[float, float, float, float]
    days: tuple[str, ...]
    areas: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    sides: tuple[str, ...]
    indicators: tuple[tuple[str, str], ...]
    in_all: int
    number: int
    pointless: int
    left_off: int
    rows: tuple[Listed, ...]


def map_page(
    path: Path, asked: Asked, wanted: Wanted = EVERYTHING, language: str = "en", asking: Asking = asked_anew
) -> MapPage:
    """The page. Raises `ReadingError`, `AfterTheCut`, and `ValueNotRead` for what the ledger has not."""
    with told_of(path, asked, language, asking=asking) as (_, told):
        return _page(told, wanted)


def _page(told: Told, wanted: Wanted) -> MapPage:
    answer = told.answer
    at = np.flatnonzero(chosen_of(answer, wanted))
    incidents = answer.evaluated.incidents
    with_point = int(incidents.has_point[at].sum())
    agreement = answer.registered.pack.agreement
    south, west, north, east = (one / E7 for one in box_of(answer.registered.pack.geometry))
    _, indicators = indicators_of(told, "")
    return MapPage(
        heading=heading(told), box=(west, south, east, north),
        days=tuple(day.name for day in answer.evaluated.ledger.days),
        areas=tuple((area.id, told.name(area.id)) for area in agreement.areas), kinds=_distinct(incidents.kind),
        sides=_sides(incidents), indicators=tuple((one.id, one.name) for one in indicators),
        in_all=len(incidents), number=len(at), pointless=len(at) - with_point, left_off=max(with_point - DRAWN, 0),
        rows=tuple(listed_of(told, incidents.take(_newest(incidents, at, ROWS)))),
    )  # fmt: skip


def map_tag(path: Path, asked: Asked, wanted: object = None) -> str:
    """What the answer depends on, as one word: it changes when the answer may. Cheap: nothing is evaluated."""
    with opened_for(path, asked) as mission:
        meant = meant_by(mission, by_id(asked))
        said = (
            __version__, mission.cut(meant.size), meant.question.as_of, meant.question.reading, meant.registered.seq,
            asked.reader, asked.view, wanted,
        )  # fmt: skip
    return sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:32]


def map_incidents(path: Path, asked: Asked, wanted: Wanted = EVERYTHING, asking: Asking = asked_anew) -> bytes:
    """The incidents chosen that have a point, as GeoJSON with the members of `Shown`. Raises as `map_page`."""
    with told_of(path, asked, asking=asking) as (mission, told):
        chosen = chosen_of(told.answer, wanted) & told.answer.evaluated.incidents.has_point
        incidents, at = told.answer.evaluated.incidents, np.flatnonzero(chosen)
        head = {**head_of(mission, told.answer, "incidents"), "left_off": max(len(at) - DRAWN, 0)}
        rows = shown_of(told.answer, incidents.take(_newest(incidents, at, DRAWN)))
        return collection(head, (_feature(one) for one in rows))


def head_of(mission: MissionFile, answer: Answer, name: str) -> Plain:
    """What every collection says of itself: for whom, whether invented, as of when, at which cut."""
    zone = answer.evaluated.question.zone
    return {
        "type": "FeatureCollection", "name": name, "audience": TLP[answer.reader.audience],
        "exercise": mission.exercise, "as_of": iso(answer.evaluated.question.as_of, zone), "cut": answer.cut,
    }  # fmt: skip


def collection(head: Plain, features: Iterator[Plain]) -> bytes:
    """A FeatureCollection (RFC 7946), one feature a line, with no character that could end a script."""
    return b'%s,"features":[\n%s\n]}\n' % (escaped(head)[:-1], b",\n".join(escaped(one) for one in features))


def _newest(incidents: IncidentColumns, at: Ints, most: int) -> Ints:
    return at[np.argsort(-incidents.start[at], kind="stable")][:most]


def _feature(one: Shown) -> Plain:
    said = {**msgspec.structs.asdict(one)}
    del said["lat"], said["lon"]
    point = {"type": "Point", "coordinates": (one.lon, one.lat)}
    return {"type": "Feature", "id": one.id, "geometry": point, "properties": said}


def _distinct(column: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({text or UNSAID for text in said_in(column)}))


def _sides(incidents: IncidentColumns) -> tuple[str, ...]:
    said = {*said_in(incidents.side_a), *said_in(incidents.side_b)}
    return tuple(sorted({name for text in said for name in names_in(text)}))
