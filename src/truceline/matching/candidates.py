"""Pairs of reports that may be of one incident: every pair within the window, found through cells of a grid.

A report stands in one cell, of a grid as wide as the widest circle of its class reaches, so that whatever is near
stands in that cell or one beside it: an equi-join, exact, with no spatial library. Within a cell reports stand in order
of time. What is found is tested with the window's own rule, so the cells decide nothing but how long it takes; nor does
the order in which reports are held meanwhile, tile by tile, so that neighbours are neighbours in memory too.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from truceline.matching.cell_joins import Times, joins
from truceline.matching.compared import Compared
from truceline.matching.window import Window, meeting_near, near, too_vague
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import E7

TILE_E7 = E7 // 4
"""A quarter of a degree."""


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
    work is shared. The memory does not grow with the number of pairs.
    """
    for test in to_test(reports, window, asking):
        yield test()


def to_test(reports: Compared, window: Window, asking: Bools | None = None) -> Iterator[Callable[[], Pairs]]:
    """The same as tests still to be made, each of which gives a part: several may be made at once."""
    vague = too_vague(reports, window)
    order = tiled(reports)
    order = order[~vague[order]]
    held = reports.take(order)
    asks = np.ones(len(order), np.bool_) if asking is None else asking[order]
    times = Times.of(held, order, window)
    for join in joins(held, window, asks):
        for one, other in join.found(times):
            yield partial(_tested, held, order, one, other, window)


def _tested(held: Compared, order: Ints, one: Ints, other: Ints, window: Window) -> Pairs:
    kept = meeting_near(held, one, other, window)
    return _in_order(order[one[kept]], order[other[kept]])


def tiled(reports: Compared) -> Ints:
    """The positions of the reports tile by tile, within a tile in order of time."""
    return np.lexsort((reports.start, reports.lon // TILE_E7, reports.lat // TILE_E7))


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
