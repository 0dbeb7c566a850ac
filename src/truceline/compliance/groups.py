"""Incidents that surely count, taken together where they may be in the same areas and the same days."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from truceline.vocabulary.columns import Bools, Ints, Placed

SEVERAL = -1


@dataclass(frozen=True)
class Groups:
    """`number` incidents each, from day `first` to day `last`, in the areas of set `of`: all rise together."""

    sets: Bools
    of: Ints
    first: Ints
    last: Ints
    number: Ints

    @classmethod
    def within_days(cls, placed: Placed, which: Bools, first: Ints, last: Ints, n_days: int) -> "Groups":
        """Those of these incidents that lie in the days whole."""
        at = np.flatnonzero(which & (first >= 0) & (last < n_days))
        whole = (placed.of[at] * n_days + first[at]) * n_days + last[at]
        found, number = np.unique(whole, return_counts=True)
        found, last_day = np.divmod(found, max(1, n_days))
        of, first_day = np.divmod(found, max(1, n_days))
        return cls(placed.sets, of, first_day, last_day, number)

    @cached_property
    def _by_area(self) -> tuple[Ints, Ints]:
        """The groups that lie in one area whole, area by area, and where each area begins."""
        n_areas = self.sets.shape[1] - 1
        one = (self.sets.sum(axis=1) == 1) & ~self.sets[:, -1]
        only = np.where(one, self.sets.argmax(axis=1), SEVERAL)[self.of]
        order = np.argsort(only, kind="stable")
        return order, np.searchsorted(only[order], np.arange(n_areas + 1))

    def inside(self, lo: int, hi: int, areas: Sequence[int]) -> Ints:
        """The groups that lie in these areas and in days lo to hi (excluded) whole."""
        if len(areas) == 1:
            order, begin = self._by_area
            some = order[begin[areas[0]] : begin[areas[0] + 1]]
        else:
            outside = np.ones(self.sets.shape[1], np.bool_)
            outside[list(areas)] = False
            within: Bools = np.logical_not(self.sets[:, outside].any(axis=1))
            some = np.flatnonzero(within[self.of])
        return some[(self.first[some] >= lo) & (self.last[some] < hi)]
