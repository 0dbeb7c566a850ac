"""The same nouns as columns, for bulk work."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.int8]
Bools = NDArray[np.bool_]

NO, MAYBE, SURELY = 0, 1, 2
"""The three answers in a column."""


UNKNOWN = -(1 << 62)
"""A number the source does not give."""


@dataclass(frozen=True)
class ReportColumns:
    """Reports in force at a cut, in order of entry: the read table as columns (numbers arrays, text lists).

    lat_e7/lon_e7 count only where has_point; killed_* are -1 << 62 where the source gives none (`UNKNOWN`).
    side_a, side_b and flags are JSON arrays of text.
    """

    seq: Ints
    start: Ints
    end: Ints
    has_point: Bools
    lat_e7: Ints
    lon_e7: Ints
    radius_m: Ints
    killed_low: Ints
    killed_best: Ints
    killed_high: Ints
    submission: Ints
    row: Ints
    id: list[str]
    source: list[str]
    source_row: list[str]
    repeats: list[str]
    when_words: list[str]
    place: list[str]
    area: list[str]
    kind: list[str]
    side_a: list[str]
    side_b: list[str]
    flags: list[str]

    def __len__(self) -> int:
        return len(self.seq)


@dataclass(frozen=True)
class IncidentColumns(ReportColumns):
    """Incidents counted under one reading: their founding reports, where each may have been, what it counts for.

    first_day, last_day: positions in the ledger's days, -1 for before and len(days) for after.
    may_be[i, a]: it may be in area a; the last column is elsewhere. counts[k][i]: NO, MAYBE or SURELY
    for indicator k.
    """

    first_day: Ints
    last_day: Ints
    may_be: Bools
    counts: list[Bytes]


@dataclass(frozen=True)
class Watch:
    """One coverage row in force: who watched which area, [start, end), and whether they reported."""

    source: str
    origin: str
    area: str
    start: int
    end: int
    status: str
