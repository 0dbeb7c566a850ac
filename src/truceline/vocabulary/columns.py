"""The same nouns as columns, for bulk work."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from truceline.vocabulary.texts import chosen, joined

Ints = NDArray[np.int64]
Bytes = NDArray[np.int8]
Bools = NDArray[np.bool_]

NO, MAYBE, SURELY = 0, 1, 2
"""The three answers in a column."""


UNKNOWN = -(1 << 62)
"""A number the source does not give."""


@dataclass(frozen=True)
class Placed:
    """Where incidents may have been: few sets of areas, and for each incident which of them it has.

    sets[s, a]: area a belongs to set s; the last column is elsewhere. of[i]: the set of incident i.
    """

    sets: Bools
    of: Ints

    @classmethod
    def each(cls, may_be: Bools) -> "Placed":
        """From a row an incident: may_be[i, a]."""
        packed = np.packbits(may_be, axis=1)
        _, first, of = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        return cls(may_be[first], np.asarray(of, np.int64).ravel())

    def take(self, at: Ints) -> "Placed":
        """The incidents at these positions; of few, only the sets they have."""
        of = self.of[at]
        if len(of) >= len(self.sets):
            return Placed(self.sets, of)
        used, of = np.unique(of, return_inverse=True)
        return Placed(self.sets[used], of)

    def narrowed(self, areas: Ints) -> "Placed":
        """The same of some areas; all others are elsewhere."""
        others = np.ones(self.sets.shape[1], np.bool_)
        others[areas] = False
        sets = np.column_stack([self.sets[:, areas], self.sets[:, others].any(axis=1)])
        return Placed(sets, self.of)

    def join(self, other: "Placed") -> "Placed":
        """These incidents, then others."""
        return Placed(np.concatenate([self.sets, other.sets]), np.concatenate([self.of, other.of + len(self.sets)]))


@dataclass(frozen=True)
class ReportColumns:
    """Reports in force at a cut, in order of entry: the read table as columns (numbers arrays, texts as sequences).

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
    id: Sequence[str]
    source: Sequence[str]
    source_row: Sequence[str]
    repeats: Sequence[str]
    when_words: Sequence[str]
    place: Sequence[str]
    area: Sequence[str]
    kind: Sequence[str]
    side_a: Sequence[str]
    side_b: Sequence[str]
    flags: Sequence[str]

    def __len__(self) -> int:
        return len(self.seq)

    def take(self, at: Ints) -> Self:
        """The rows at these positions."""
        return type(self)(**{one.name: _taken(one.name, getattr(self, one.name), at) for one in fields(self)})

    def join(self, other: Self) -> Self:
        """These rows, then others."""
        both = {one.name: (getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        return type(self)(**{name: _joined(name, *two) for name, two in both.items()})


@dataclass(frozen=True)
class IncidentColumns(ReportColumns):
    """Incidents counted under one reading: their founding reports, where each may have been, what it counts for.

    first_day, last_day: positions in the ledger's days, -1 for before and len(days) for after.
    counts[k][i]: NO, MAYBE or SURELY for indicator k. again[i]: maybe the same as another, so it counts maybe.
    """

    first_day: Ints
    last_day: Ints
    placed: Placed
    counts: list[Bytes]
    again: Bools

    @cached_property
    def may_be(self) -> Bools:
        """may_be[i, a]: it may be in area a; the last column is elsewhere. A byte for each: `placed` is smaller."""
        dense: Bools = self.placed.sets[self.placed.of]
        return dense


def _taken(name: str, column: Any, at: Ints) -> Any:
    if isinstance(column, np.ndarray):
        return column[at]
    if isinstance(column, Placed):
        return column.take(at)
    return [one[at] for one in column] if name == "counts" else chosen(column, at)


def _joined(name: str, one: Any, other: Any) -> Any:
    if isinstance(one, np.ndarray):
        return np.concatenate([one, other])
    if isinstance(one, Placed):
        return one.join(other)
    if name == "counts":
        return [np.concatenate(pair) for pair in zip(one, other, strict=True)]
    return joined(one, other)


@dataclass(frozen=True)
class Watch:
    """One coverage row in force: who watched which area, [start, end), and whether they reported."""

    source: str
    origin: str
    area: str
    start: int
    end: int
    status: str


def given_sums(low: Ints, best: Ints, high: Ints) -> tuple[int | None, int | None, int | None]:
    """Sums of figures over the rows that give them, `UNKNOWN` where not; None for a figure that none gives.

    Also None for the best one where some row gives another figure but no best one: the sum would be too small.
    """
    known = [column != UNKNOWN for column in (low, best, high)]
    sums = [int(c[k].sum()) if k.any() else None for c, k in zip((low, best, high), known, strict=True)]
    partly = bool(((known[0] | known[2]) & ~known[1]).any())
    return sums[0], None if partly else sums[1], sums[2]
