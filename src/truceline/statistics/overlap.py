"""What two sources both have, and what only one has: by period, as ranges, with each one's own figures beside.

*Low* of "both" is what is declared (one repeats the other, or both repeat a third); *high* adds the most that
could be paired off one to one among those that may be the same (`may_be_one`, `one_to_one`). What only one has
is the rest. The machine says no more than this: which two are one, people decide. Figures of two sources
stand beside each other and are never added.

A telling belongs to a period if it surely lies in it; those that touch the span and lie in no single period
make a row of their own. A period's *high* counts partners anywhere in the span, so it holds for either side alone.

Where two sources have too many for that (`Most`), the high is a wider bound that costs little (`HighBy`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.statistics.may_be_one import MOST_PAIRS, Edges, Meets, Tellings, alike, at_one_time, may_be_one
from truceline.statistics.one_to_one import most_paired
from truceline.vocabulary.columns import UNKNOWN, Bools, Ints, given_sums
from truceline.vocabulary.side_by_side import WIDE, Deaths, HighBy, OneEach, Overlap, Pair, Side


@dataclass
class Most:
    """What all pairs of sources together may take; each takes from it what it needs, or goes without.

    at_one_time: pairs of tellings whose times overlap, which are then compared by place and kind; edges: of these,
    the pairs that may be the same and are then paired off.
    """

    at_one_time: int = 30_000_000
    edges: int = 300_000


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


def overlaps(told: Told, periods: int, most: Most | None = None) -> Iterator[Pair]:
    """Every pair of sources, in their order."""
    first, of = alike(told.tellings)
    most = most or Most()
    for i in range(len(told.sources)):
        for j in range(i + 1, len(told.sources)):
            yield _Pairing(told, first, of, (i, j), most).pair(periods)


class _Pairing:
    """Two sources: what both declare is taken out, the rest is grouped by likeness and joined by edges."""

    def __init__(self, told: Told, first: Ints, of: Ints, pair: tuple[int, int], most: Most) -> None:
        self.told, self.names, self.rows = told, [told.sources[i] for i in pair], told.row[list(pair)]
        has = self.rows >= 0
        self.declared = has[0] & has[1]
        self.own = (np.flatnonzero(has[0] & ~has[1]), np.flatnonzero(has[1] & ~has[0]))
        grouped = [np.unique(of[own], return_inverse=True, return_counts=True) for own in self.own]
        self.group = tuple(back.astype(np.int64) for _, back, _ in grouped)
        self.number = tuple(counts.astype(np.int64) for _, _, counts in grouped)
        likes = [first[kinds] for kinds, _, _ in grouped]
        self.period = tuple(told.period[like] for like in likes)
        self.edges, self.high_by = self._joined(likes, most)
        self.partnered = [np.bincount(self.edges[side], minlength=len(likes[side])) > 0 for side in (0, 1)]
        ends = [self.period[side][self.edges[side]] for side in (0, 1)]
        self.order = [np.argsort(end, kind="stable") for end in ends]
        self.sorted = [end[order] for end, order in zip(ends, self.order, strict=True)]

    def _joined(self, likes: Sequence[Ints], most: Most) -> tuple[Edges, HighBy]:
        """What may be the same, as far as `most` goes, from which it is taken."""
        none = np.zeros(0, np.int64)
        together = at_one_time(self.told.tellings, likes[0], likes[1])
        if together > min(most.at_one_time, MOST_PAIRS):
            return (none, none), HighBy.SIZES
        most.at_one_time -= together
        edges = may_be_one(self.told.tellings, likes[0], likes[1], self.told.meets)
        if len(edges[0]) > most.edges:
            return edges, HighBy.PARTNERS
        most.edges -= len(edges[0])
        return edges, HighBy.PAIRING

    def pair(self, periods: int) -> Pair:
        """All that is said of the two."""
        most = self._most(None)[0]
        whole = self._overlap(None, (most, most))
        rows = (self._overlap(period, self._most(period)) for period in (*range(periods), WIDE))
        both = int(self.declared.sum()) + most
        told = tuple(one for one in rows if one.a.told or one.b.told)
        return Pair(self.names[0], self.names[1], both, self.high_by, whole, told, self._one_each())

    def _most(self, period: int | None) -> tuple[int, int]:
        """The most of each side's tellings of that period that the other may have."""
        if self.high_by is HighBy.PAIRING:
            most = [self._paired_off(side, period) for side in (0, 1)]
            return most[0], most[1]
        possible = list(self.number)
        if self.high_by is HighBy.PARTNERS:
            possible = [n * some for n, some in zip(self.number, self.partnered, strict=True)]
        whole = [int(n.sum()) for n in possible]
        if period is not None:
            here = [int(n[of == period].sum()) for n, of in zip(possible, self.period, strict=True)]
            return min(here[0], whole[1]), min(here[1], whole[0])
        return min(whole), min(whole)

    def _paired_off(self, side: int, period: int | None) -> int:
        """The most of one side's tellings of that period that could be paired off with any of the other's."""
        if period is None:
            return most_paired(*self.edges, *self.number) if side == 0 else 0
        lo, hi = np.searchsorted(self.sorted[side], [period, period + 1])
        at = self.order[side][lo:hi]
        return most_paired(self.edges[0][at], self.edges[1][at], *self.number)

    def _overlap(self, period: int | None, most: tuple[int, int]) -> Overlap:
        within = np.ones(len(self.declared), np.bool_) if period is None else self.told.period == period
        declared = int((self.declared & within).sum())
        a, b = (self._side(side, period, within, declared, most[side]) for side in (0, 1))
        return Overlap(period, declared, a, b)

    def _side(self, side: int, period: int | None, within: Bools, declared: int, most: int) -> Side:
        own = int(within[self.own[side]].sum())
        alone = ~self.partnered[side] if period is None else ~self.partnered[side] & (self.period[side] == period)
        without = None if self.high_by is HighBy.SIZES else int(self.number[side][alone].sum())
        rows = self.rows[side][within]
        return Side(own + declared, own - most, own, without, self._deaths(rows[rows >= 0]))

    def _deaths(self, rows: Ints) -> Deaths:
        low, best, high = self.told.killed
        figures = (low[rows], best[rows], high[rows])
        known = [figure != UNKNOWN for figure in figures]
        return Deaths(*given_sums(*figures), int(np.logical_or.reduce(known).sum()))

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
