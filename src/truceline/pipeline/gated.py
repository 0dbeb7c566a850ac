"""Every report that leaves the process passes here: rows and answers as a reader may see them.

What is withheld is empty and named, positions lie in the middle of cells, times are whole days. Where nothing is
marked, a reader who works inside pays one look at the acts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from truceline.pipeline.gate import Gate, gate_of
from truceline.pipeline.questions import Answer
from truceline.pipeline.report_refs import candidates
from truceline.publication.coarse import coarse, whole_days
from truceline.publication.gate import Seen
from truceline.store.mission_file import MissionFile
from truceline.store.tables import column_names
from truceline.vocabulary.clearance import GROUPS, Group
from truceline.vocabulary.columns import UNKNOWN, IncidentColumns, Ints
from truceline.vocabulary.marking import INTERNAL, Reader

__all__ = ["Gate", "gate_of", "gated_answer", "gated_incidents", "gated_row", "released_rows", "rows_of"]

Row = dict[str, Any]
GROUP_OF: dict[str, Group] = {
    "source": "source", "source_row": "source", "origin": "source", "repeats": "source",
    "start_us": "when", "end_us": "when", "when_words": "when",
    "lat_e7": "where", "lon_e7": "where", "radius_m": "where", "place": "where", "area": "where",
    "side_a": "who", "side_b": "who",
    "kind": "what", "weapon": "what", "killed_low": "what", "killed_best": "what", "killed_high": "what",
    "words": "rest", "language": "rest", "flags": "rest",
}  # fmt: skip
"""The field group of each column of a report. `id` and `seq` are handles, and say nothing."""
_EMPTY: Row = {"start_us": 0, "end_us": 0, "radius_m": 0, "side_a": "[]", "side_b": "[]", "flags": "[]"}
_NONE = frozenset({"lat_e7", "lon_e7", "killed_low", "killed_best", "killed_high"})


def released_rows(mission: MissionFile, reader: Reader, size: int | None = None) -> list[Row]:
    """The reports of which anything is cleared to this reader, in the order of their entries, what is not blanked.

    Each with `withheld` (groups), `cell_m` and `days`. For readers outside: the store itself admits none of them.
    """
    gate = gate_of(mission, reader)
    found = []
    for row in rows_of(mission, gate.clearances, size):
        passed = gated_row(gate, row)
        if len(passed["withheld"]) < len(GROUPS):
            found.append(passed)
    return found


def rows_of(mission: MissionFile, ids: Iterable[str], size: int | None = None) -> list[Row]:
    """The rows of these reports as they lie in the store: for this module and tests alone, before the gate."""
    wanted = list(ids)
    held = {row.id: row.seq for found in candidates(mission, INTERNAL, wanted, size).values() for row in found}
    names = column_names("report")
    rows = mission.rows_at("report", sorted(held.values()), INTERNAL, size=size)
    return [row for one in rows if (row := dict(zip(names, one, strict=True)))["superseded_by"] is None]


def gated_row(gate: Gate, row: Row) -> Row:
    """A row of the read table `report` as the gate lets it pass: what is withheld is empty, positions are coarsened.

    More than the row's own columns: `withheld`, `cell_m`, `days`; and `end_us` 0 where the time is withheld.
    """
    looks = {group: gate.shown(row["id"], group) for group in GROUPS}
    made = {name: value if _passes(name, looks) else _blank(name) for name, value in row.items()}
    made["withheld"] = tuple(group for group in GROUPS if not looks[group].shown)
    made["cell_m"], made["days"] = looks["where"].cell_m, looks["when"].days
    if looks["where"].shown and made["cell_m"]:
        _coarsen(made)
    if looks["when"].shown and made["days"]:
        _to_days(made, gate.zone)
    return made


def gated_answer(mission: MissionFile, answer: Answer, reader: Reader) -> Answer:
    """An answer as its reader may see it: incidents whose time or place is kept from them are left out, of others what
    is kept from them is blanked. Figures stay: they are the side's. The answer was made for `INTERNAL`.
    """
    gate = gate_of(mission, reader)
    made = replace(answer, reader=reader)
    if not gate.narrowed:
        return made
    incidents = gated_incidents(gate, answer.evaluated.incidents)
    return replace(made, evaluated=replace(answer.evaluated, incidents=incidents))


def gated_incidents(gate: Gate, rows: IncidentColumns) -> IncidentColumns:
    """Incidents, each by its founding report, as the gate lets them pass."""
    kept = ~np.isin(rows.seq, _narrowed(gate, "when", "where"))
    passed = rows if kept.all() else rows.take(np.flatnonzero(kept))
    for group in ("source", "who", "what", "rest"):
        at = np.flatnonzero(np.isin(passed.seq, _narrowed(gate, group)))
        if len(at):
            passed = _blanked(passed, group, at)
    return passed


def _narrowed(gate: Gate, *groups: str) -> list[int]:
    return [gate.places[one] for one, its in gate.narrowed.items() if its & {*groups}]


def _blanked(rows: IncidentColumns, group: str, at: Ints) -> IncidentColumns:
    changed: dict[str, Any] = {}
    gone = {*at.tolist()}
    for name in (name for name, its in GROUP_OF.items() if its == group and hasattr(rows, name)):
        column = getattr(rows, name)
        if isinstance(column, np.ndarray):
            changed[name] = column.copy()
            changed[name][at] = UNKNOWN
        else:
            changed[name] = ["" if n in gone else text for n, text in enumerate(column)]
    return replace(rows, **changed)


def _passes(name: str, looks: Mapping[Group, Seen]) -> bool:
    return name not in GROUP_OF or looks[GROUP_OF[name]].shown


def _blank(name: str) -> Any:
    return None if name in _NONE else _EMPTY.get(name, "")


def _coarsen(row: Row) -> None:
    """Only the middle of the cell stays: a place's name or its area would say more."""
    row["place"] = row["area"] = ""
    if row["lat_e7"] is not None:
        made = coarse(row["lat_e7"], row["lon_e7"], row["radius_m"], row["cell_m"])
        row["lat_e7"], row["lon_e7"], row["radius_m"] = made


def _to_days(row: Row, zone: str) -> None:
    row["when_words"] = ""
    day = datetime.fromtimestamp(row["start_us"] // 1_000_000, ZoneInfo(zone)).date()
    midnight = int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp()) * 1_000_000
    row["start_us"], row["end_us"] = whole_days(row["start_us"], row["end_us"], midnight)
