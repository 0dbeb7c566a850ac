"""The equi-join that finds candidates: who stands in the cell of another or one beside it, and meets it in time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from truceline.matching.compared import Compared
from truceline.matching.window import Window
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

RADII_M = (500, 2_000, 8_000, 32_000)
"""Classes of radius, each with a grid of its own; the last class is whatever the window still compares."""
MOST_AT_ONCE = 1 << 17
"""Pairs tested together, which bounds the memory: some 200 bytes each."""
_BESIDE = [(north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
_WORLD = 1 << 33
"""More than the 1e-7 degrees round the Earth."""


@dataclass(frozen=True)
class Times:
    """at[i]: the place of report i in order of time. until[i]: the place before which what may meet it in time ends."""

    at: Ints
    until: Ints

    @classmethod
    def of(cls, held: Compared, position: Ints, window: Window) -> "Times":
        order = np.lexsort((position, held.start))
        at = np.empty(len(order), np.int64)
        at[order] = np.arange(len(order))
        return cls(at, np.searchsorted(held.start[order], held.last + window.time_us, side="right"))


@dataclass(frozen=True)
class Join:
    """Reports asking for later ones that stand in their cell or one beside it.

    cell, asked_cell: numbers of cells; beside[cell]: those to look into, -1 for one that nobody stands in.
    """

    asking: Ints
    cell: Ints
    asked: Ints
    asked_cell: Ints
    beside: Ints

    def found(self, times: Times) -> Iterator[tuple[Ints, Ints]]:
        """(earlier, later), many at a time: they meet in time, or nearly."""
        width = len(times.at) + 1
        keys = self.asked_cell * width + times.at[self.asked]
        order = np.argsort(keys)
        asked, keys = self.asked[order], keys[order]
        for column in self.beside.T:
            cell = column[self.cell]
            at = np.flatnonzero(cell >= 0)
            one, key = self.asking[at], cell[at] * width
            first = np.searchsorted(keys, key + times.at[one] + 1)
            count = np.maximum(np.searchsorted(keys, key + times.until[one]) - first, 0)
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


def joins(reports: Compared, window: Window, asks: Bools) -> Iterator[Join]:
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


def _two(these: Ints, others: Ints, reports: Compared, asks: Bools, cells: _Cells) -> Iterator[Join]:
    """These ask all; the others ask these."""
    row, column, steps = cells
    both = np.concatenate([these, others])
    width = int(column[both].max() - column[both].min()) + 3
    number = (row - row[both].min() + 1) * width + column - column[both].min() + 1
    known = np.unique(number[both])
    beside = np.stack([_ranks(known, known + north * width + east) for north, east in steps], axis=1)
    stands = np.searchsorted(known, number[both])
    yield Join(*_by_cell(these, stands[: len(these)], asks), both, stands, beside)
    if len(others):
        yield Join(*_by_cell(others, stands[len(these) :], asks), these, stands[: len(these)], beside)


def _by_cell(at: Ints, cell: Ints, asks: Bools) -> tuple[Ints, Ints]:
    """Those of them that ask, cell by cell: neighbours look into the same part of memory."""
    asking = np.flatnonzero(asks[at])
    order = asking[np.argsort(cell[asking], kind="stable")]
    return at[order], cell[order]


def _ranks(known: Ints, wanted: Ints) -> Ints:
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, at, -1)
