"""What two sources both have, and what only one has: by period, as ranges, with each one's own figures beside.

*Low* of "both" is what is declared (one repeats the other, or both repeat a third); *high* adds the most that
could be paired off one to one among those that may be the same (`may_be_one`, `one_to_one`). What only one has
is the rest. The machine says no more than this: which two are one, people decide. Figures of two sources
stand beside each other and are never added.

A telling belongs to a period if it surely lies in it; those that touch the span and lie in no single period
make a row of their own. A period's *high* counts partners anywhere in the span, so it holds for either side alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from truceline.statistics.may_be_one import Edges, Meets, Tellings, alike, may_be_one
from truceline.statistics.one_to_one import most_paired
from truceline.vocabulary.columns import UNKNOWN, Bools, Ints

WIDE = -1
"""The period of what lies in no single one."""


class Deaths(msgspec.Struct, frozen=True):
    """Sums of killed as one source gives them (None: it gives none such); of so many tellings that give any figure."""

    low: int | None
    best: int | None
    high: int | None
    given: int


class Side(msgspec.Struct, frozen=True):
    """One source in one period.

    told: what it tells of. only_low, only_high: how much of that the other does not have. without_partner: how
    many are surely no telling of the other. killed: its own figures for all it tells of.
    """

    told: int
    only_low: int
    only_high: int
    without_partner: int
    killed: Deaths


class Overlap(msgspec.Struct, frozen=True):
    """Two sources in one period (-1: what lies in no single period; None: the whole span)."""

    period: int | None
    both_declared: int
    a: Side
    b: Side


class OneEach(msgspec.Struct, frozen=True):
    """Pairs in which each is the other's only possible partner; in so many of them the figures exclude each other.

    What lies in no single period is left aside here: a report of a whole year may be anything.
    """

    pairs: int
    killed_a: Deaths
    killed_b: Deaths
    contradict: int


class Pair(msgspec.Struct, frozen=True):
    """Two sources: the whole span, its periods, and the pairs that could only be each other.

    both_high: the most that both may have. In the whole span it is the same from either side.
    """

    a: str
    b: str
    both_high: int
    whole: Overlap
    periods: tuple[Overlap, ...]
    one_each: OneEach


@dataclass(frozen=True)
class Told:
    """What is told (one row an incident, however many repeat it), who tells of it, and each teller's figures.

    period: of each, or WIDE. row[source, i]: the position of that source's figures in killed, -1 where it is silent.
    killed: columns low, best, high of reports (`UNKNOWN` where none is given).
    """

    tellings: Tellings
    meets: Meets
    period: Ints
    sources: Sequence[str]
    row: Ints
    killed: tuple[Ints, Ints, Ints]


def overlaps(told: Told, periods: int) -> Iterator[Pair]:
    """Every pair of sources, in their order. Raises `TrucelineError` where too many would have to be compared."""
    first, of = alike(told.tellings)
    for i in range(len(told.sources)):
        for j in range(i + 1, len(told.sources)):
            yield _Pairing(told, first, of, i, j).pair(periods)


class _Pairing:
    """Two sources: what both declare is taken out, the rest is grouped by likeness and joined by edges."""

    def __init__(self, told: Told, first: Ints, of: Ints, i: int, j: int) -> None:
        self.told, self.names, self.rows = told, (told.sources[i], told.sources[j]), told.row[[i, j]]
        has = self.rows >= 0
        self.declared = has[0] & has[1]
        self.own = (np.flatnonzero(has[0] & ~has[1]), np.flatnonzero(has[1] & ~has[0]))
        grouped = [np.unique(of[own], return_inverse=True, return_counts=True) for own in self.own]
        self.group = tuple(back.astype(np.int64) for _, back, _ in grouped)
        self.number = tuple(counts.astype(np.int64) for _, _, counts in grouped)
        likes = [first[kinds] for kinds, _, _ in grouped]
        self.period = tuple(told.period[like] for like in likes)
        self.edges: Edges = may_be_one(told.tellings, likes[0], likes[1], told.meets)
        ends = [self.period[side][self.edges[side]] for side in (0, 1)]
        self.order = [np.argsort(end, kind="stable") for end in ends]
        self.sorted = [end[order] for end, order in zip(ends, self.order, strict=True)]

    def pair(self, periods: int) -> Pair:
        """All that is said of the two."""
        most = most_paired(*self.edges, *self.number)
        whole = self._overlap(None, (most, most))
        rows = (self._overlap(period, self._most(period)) for period in (*range(periods), WIDE))
        both = int(self.declared.sum()) + most
        return Pair(*self.names, both, whole, tuple(one for one in rows if one.a.told or one.b.told), self._one_each())

    def _most(self, period: int) -> tuple[int, int]:
        """The most of each side's tellings of that period that could be paired off with any of the other's."""
        most = []
        for side in (0, 1):
            lo, hi = np.searchsorted(self.sorted[side], [period, period + 1])
            at = self.order[side][lo:hi]
            most.append(most_paired(self.edges[0][at], self.edges[1][at], *self.number))
        return most[0], most[1]

    def _overlap(self, period: int | None, most: tuple[int, int]) -> Overlap:
        within = np.ones(len(self.declared), np.bool_) if period is None else self.told.period == period
        declared = int((self.declared & within).sum())
        a, b = (self._side(side, period, within, declared, most[side]) for side in (0, 1))
        return Overlap(period, declared, a, b)

    def _side(self, side: int, period: int | None, within: Bools, declared: int, most: int) -> Side:
        own = int(within[self.own[side]].sum())
        partnered = np.zeros(len(self.number[side]), np.bool_)
        partnered[self.edges[side]] = True
        here = np.ones_like(partnered) if period is None else self.period[side] == period
        without = int(self.number[side][here & ~partnered].sum())
        rows = self.rows[side][within]
        return Side(own + declared, own - most, own, without, self._deaths(rows[rows >= 0]))

    def _deaths(self, rows: Ints) -> Deaths:
        figures = [column[rows] for column in self.told.killed]
        known = [figure != UNKNOWN for figure in figures]
        low, best, high = (int(f[k].sum()) if k.any() else None for f, k in zip(figures, known, strict=True))
        return Deaths(low, best, high, int(np.logical_or.reduce(known).sum()))

    def _one_each(self) -> OneEach:
        """Edges between two that are alone of their kind and have no other partner within a period."""
        narrow = (self.period[0][self.edges[0]] != WIDE) & (self.period[1][self.edges[1]] != WIDE)
        left, right = (end[narrow] for end in self.edges)
        if len(left):
            alone = (np.bincount(left)[left] == 1) & (np.bincount(right)[right] == 1)
            alone &= (self.number[0][left] == 1) & (self.number[1][right] == 1)
            left, right = left[alone], right[alone]
        rows = [self._rows(side, kept) for side, kept in ((0, left), (1, right))]
        bounds = [_bounds(self.told.killed, at) for at in rows]
        apart = (bounds[0][0] > bounds[1][1]) | (bounds[1][0] > bounds[0][1])
        return OneEach(len(left), self._deaths(rows[0]), self._deaths(rows[1]), int(apart.sum()))

    def _rows(self, side: int, groups: Ints) -> Ints:
        """The figures' rows of groups that hold one telling each."""
        position = np.zeros(len(self.number[side]), np.int64)
        position[self.group[side]] = self.own[side]
        found: Ints = self.rows[side][position[groups]]
        return found


def _bounds(killed: tuple[Ints, Ints, Ints], rows: Ints) -> tuple[Ints, Ints]:
    """The lowest and the highest figure of each; nought and no end where none is given."""
    given = np.stack([column[rows] for column in killed])
    known = given != UNKNOWN
    none = ~known.any(axis=0)
    low = np.where(known, given, np.iinfo(np.int64).max).min(axis=0, initial=np.iinfo(np.int64).max)
    high = np.where(known, given, np.iinfo(np.int64).min).max(axis=0, initial=np.iinfo(np.int64).min)
    return np.where(none, 0, low), np.where(none, np.iinfo(np.int64).max, high)
