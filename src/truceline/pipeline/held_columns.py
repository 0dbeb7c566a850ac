"""The reports and the coverage in force at a size, as columns: what every answer rests on."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from truceline.pipeline.missions import open_mission
from truceline.pipeline.same_rows import counted_once
from truceline.store.mission_file import MissionFile
from truceline.store.tables import column_names
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns, Watch
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import Column, Later, Texts, chosen

_NUMBERS = {
    "seq": "seq", "start_us": "start", "end_us": "end", "lat_e7": "lat_e7", "lon_e7": "lon_e7", "radius_m": "radius_m",
    "killed_low": "killed_low", "killed_best": "killed_best", "killed_high": "killed_high",
    "submission": "submission", "row": "row",
}  # fmt: skip
_ASKED = ("source", "source_row", "repeats", "area", "kind", "side_a", "side_b")
"""Texts that a rule asks for."""
SHOWN = ("id", "when_words", "place", "flags")
"""Texts that are only shown."""
LOOKS = 16
"""So many looks at a few rows are held."""
Shown = Callable[[str], Texts]
"""Reads one of them, by name."""
ShownOf = Callable[[str, Sequence[int]], Sequence[str]]
"""Reads one of them, by name, of the rows that came from these entries, in that order."""


def report_columns(
    mission: MissionFile, reader: Reader, size: int, since: int = 0, shown: Shown | None = None,
    some: ShownOf | None = None,
) -> ReportColumns:  # fmt: skip
    """The reports in force at that size from entry `since` on, as columns.

    Texts that are only shown are read when they are looked at: from the mission, if it is open then, or by `shown`;
    those of a few rows by `some`, where it is given.
    """
    return columns_with(mission, reader, size, (), since, shown, some)[0]


def columns_with(
    mission: MissionFile, reader: Reader, size: int, more: Sequence[str], since: int = 0, shown: Shown | None = None,
    some: ShownOf | None = None,
) -> tuple[ReportColumns, dict[str, Column]]:  # fmt: skip
    """The same, and further texts of the read table, read in one go: of the same rows, by name."""
    found = mission.numbers("report", list(_NUMBERS), reader, size=size, since=since, absent=UNKNOWN)
    columns: dict[str, Any] = {ours: found[theirs] for theirs, ours in _NUMBERS.items()}
    columns["has_point"] = has_point = columns["lat_e7"] != UNKNOWN
    for name in ("lat_e7", "lon_e7"):
        columns[name] = np.where(has_point, columns[name], 0)
    texts = mission.texts("report", (*_ASKED, *more), reader, size=size, since=since)
    columns |= {name: texts[name] for name in _ASKED}
    read = shown or partial(shown_text, mission, reader, size, since)
    for name in SHOWN:
        few = None if some is None else partial(_at, some, name, columns["seq"])
        columns[name] = Later(len(has_point), partial(read, name), few)
    once = counted_once(ReportColumns(**columns))
    at = np.searchsorted(columns["seq"], once.seq)
    return once, {name: chosen(texts[name], at) for name in more}


def shown_text(mission: MissionFile, reader: Reader, size: int, since: int, name: str) -> Texts:
    """One column of text of the reports in force."""
    return mission.texts("report", (name,), reader, size=size, since=since)[name]


def some_shown(path: Path, reader: Reader, size: int) -> ShownOf:
    """Reads texts of a few reports when somebody looks. Who looks at one column looks at the next: read together."""
    places = {name: column_names("report").index(name) for name in SHOWN}

    @lru_cache(maxsize=LOOKS)
    def rows(seqs: tuple[int, ...]) -> dict[int, tuple[str, ...]]:
        with open_mission(path) as mission:
            found = mission.rows_at("report", seqs, reader, size=size)
        return {row[0]: tuple(str(row[at]) for at in places.values()) for row in found}

    def of(name: str, seqs: Sequence[int]) -> list[str]:
        held, at = rows(tuple(seqs)), SHOWN.index(name)
        return [held[seq][at] for seq in seqs]

    return of


def _at(some: ShownOf, name: str, seqs: Ints, at: Ints) -> Sequence[str]:
    return some(name, seqs[at].tolist())


def shown_later(path: Path, reader: Reader, size: int, since: int, name: str) -> Texts:
    """The same, read when somebody looks: the mission it came from may be closed by then."""
    with open_mission(path) as mission:
        return shown_text(mission, reader, size, since, name)


def watches(mission: MissionFile, reader: Reader, size: int) -> list[Watch]:
    """The coverage rows in force at that size."""
    names = ("source", "origin", "area", "start_us", "end_us", "status")
    found = mission.columns("coverage", names, reader, size=size)
    starts, ends = (np.asarray(found[name], np.int64).tolist() for name in ("start_us", "end_us"))
    return [
        Watch(source, origin, area, start, end, status)
        for source, origin, area, start, end, status in zip(
            found["source"], found["origin"], found["area"], starts, ends, found["status"], strict=True
        )
    ]
