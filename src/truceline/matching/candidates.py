"""Pairs of reports that may be of one incident: every pair within the window, found through cells of a grid.

A report stands in one cell, of a grid as wide as the widest circle of its class reaches, so that whatever is near
stands in that cell or one beside it: an equi-join, exact, with no spatial library. Within a cell reports stand in order
of time. What is found is tested with the window's own rule, so the cells decide nothing but how long it takes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from truceline.matching.compared import Compared
from truceline.matching.window import Window, near, too_vague
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

RADII_M = (500, 2_000, 8_000, 32_000)
"""Classes of radius, each with a grid of its own; the last class is whatever the window still compares."""
MOST_AT_ONCE = 1 << 18
"""Pairs tested together, which bounds the memory: some 200 bytes each."""
_BESIDE = [(north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
_WORLD = 1 << 33
"""More than the 1e-7 degrees round the Earth."""


class Pairs(NamedTuple):
    """one[i] < other[i]: positions of two reports."""

    one: Ints
    other: Ints

    def only(self, kept: Bools | Ints) -> "Pairs":
        """Those pairs alone."""
        return Pairs(self.one[kept], self.other[kept])


def candidates(reports: Compared, window: Window, asking: Bools | None = None) -> Iterator[Pairs]:
    """Every pair of which `window.near` holds, once, in parts of no particular order.

    asking: only pairs of which the earlier one (by its first instant, then by position) is among these; this is how
    a sample is drawn and how work is shared. The memory does not grow with the number of pairs.
    """
    vague = too_vague(reports, window)
    order = np.lexsort((np.arange(len(reports)), reports.start))
    order = order[~vague[order]]
    ordered = reports.take(order)
    asks = np.ones(len(order), np.bool_) if asking is None else asking[order]
    until = np.searchsorted(ordered.start, ordered.last + window.time_us, side="right")
    for join in _joins(ordered, window, asks):
        for one, other in join.found(until):
            kept = near(ordered, one, other, window)
            yield _in_order(order[one[kept]], order[other[kept]])


def declared(reports: Compared, window: Window) -> Pairs:
    """Pairs of which one says that it repeats the other, and which are no candidates by time and place."""
    one = np.flatnonzero(reports.repeats >= 0)
    pairs = _in_order(one, reports.repeats[one])
    pairs = Pairs(*np.unique(np.stack(pairs), axis=1)) if len(one) else pairs
    vague = too_vague(reports, window)
    found = near(reports, *pairs, window)
    return pairs.only(~found | vague[pairs.one] | vague[pairs.other])


def gathered(parts: Sequence[Pairs] | Iterator[Pairs]) -> Pairs:
    """All parts together, in order of the first, then of the second report."""
    made = list(parts)
    if not made:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))
    one, other = (np.concatenate(column) for column in zip(*made, strict=True))
    return Pairs(one, other).only(np.lexsort((other, one)))


def _in_order(one: Ints, other: Ints) -> Pairs:
    return Pairs(np.minimum(one, other), np.maximum(one, other))


@dataclass(frozen=True)
class _Join:
    """Reports asking for later ones that stand in their cell or one beside it. Positions are in order of time.

    cell, asked_cell: numbers of cells; beside[cell]: those to look into, -1 for one that nobody stands in.
    """

    asking: Ints
    cell: Ints
    asked: Ints
    asked_cell: Ints
    beside: Ints

    def found(self, until: Ints) -> Iterator[tuple[Ints, Ints]]:
        """(earlier, later), many at a time; `until`: the position before which what may overlap in time ends."""
        width = len(until) + 1
        order = np.lexsort((self.asked, self.asked_cell))
        asked = self.asked[order]
        keys = self.asked_cell[order] * width + asked
        for column in self.beside.T:
            cell = column[self.cell]
            at = np.flatnonzero(cell >= 0)
            one, key = self.asking[at], cell[at] * width
            first = np.searchsorted(keys, key + one + 1)
            count = np.maximum(np.searchsorted(keys, key + until[one]) - first, 0)
            yield from _expanded(one, first, count, asked)


def _expanded(one: Ints, first: Ints, count: Ints, asked: Ints) -> Iterator[tuple[Ints, Ints]]:
    """one[i] with asked[first[i]:][:count[i]], so many pairs at a time."""
    ends = np.cumsum(count)
    total, begin = int(ends[-1]) if len(ends) else 0, 0
    while begin < total:
        end = min(begin + MOST_AT_ONCE, total)
        rows = np.arange(np.searchsorted(ends, begin, side="right"), np.searchsorted(ends, end, side="left") + 1)
        starts = ends[rows] - count[rows]
        of = np.repeat(rows, np.minimum(ends[rows], end) - np.maximum(starts, begin))
        within = np.arange(begin, end) - (ends[of] - count[of])
        yield one[of], asked[first[of] + within]
        begin = end


def _joins(reports: Compared, window: Window, asks: Bools) -> Iterator[_Join]:
    """A join for each class of radius, with all classes below it, and one for what has a name and no point."""
    everywhere = np.arange(len(reports))
    pointed = reports.radius >= 0
    level = np.where(pointed, np.searchsorted(np.array(RADII_M), reports.radius), -1)
    for own in range(len(RADII_M) + 1):
        these = everywhere[level == own]
        if len(these):
            upto = everywhere[pointed & (level <= own)]
            row, column = _grid(reports, upto, 2 * int(reports.radius[these].max()) + window.distance_m)
            yield from _two(these, upto[level[upto] < own], reports, asks, (row, column, _BESIDE))
    named = everywhere[~pointed & (reports.name > 0)]
    if len(named):
        row, column = reports.name.astype(np.int64), np.zeros(len(reports), np.int64)
        yield from _two(named, everywhere[pointed & (reports.name > 0)], reports, asks, (row, column, [(0, 0)]))


def _grid(reports: Compared, at: Ints, reach_m: int) -> tuple[Ints, Ints]:
    """Rows and columns of cells no two points further apart than which are within reach."""
    high = (reach_m * 100 + 1) * E7 // MIN_CM_PER_DEGREE + 1
    permille = int(reports.permille[at].min())
    wide = ((reach_m * 100 + 2) * E7 // MIN_CM_PER_DEGREE + 2) * 1000 // permille + 1 if permille else _WORLD
    return reports.lat // high, reports.lon // min(wide, _WORLD)


_Cells = tuple[Ints, Ints, list[tuple[int, int]]]


def _two(these: Ints, others: Ints, reports: Compared, asks: Bools, cells: _Cells) -> Iterator[_Join]:
    """These ask all; the others ask these."""
    row, column, steps = cells
    both = np.concatenate([these, others])
    width = int(column[both].max() - column[both].min()) + 3
    number = (row - row[both].min() + 1) * width + column - column[both].min() + 1
    known = np.unique(number[both])
    beside = np.stack([_ranks(known, known + north * width + east) for north, east in steps], axis=1)
    stands = np.searchsorted(known, number[both])
    yield _Join(*_by_cell(these, stands[: len(these)], asks), both, stands, beside)
    if len(others):
        yield _Join(*_by_cell(others, stands[len(these) :], asks), these, stands[: len(these)], beside)


def _by_cell(at: Ints, cell: Ints, asks: Bools) -> tuple[Ints, Ints]:
    """Those of them that ask, cell by cell: neighbours look into the same part of memory."""
    asking = np.flatnonzero(asks[at])
    order = asking[np.argsort(cell[asking], kind="stable")]
    return at[order], cell[order]


def _ranks(known: Ints, wanted: Ints) -> Ints:
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, at, -1)
