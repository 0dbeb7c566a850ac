"""What the methods work on: counts of a period by draw and day, with the exposure of each day."""

from dataclasses import dataclass

import numpy as np

from truceline.statistics.special import Floats
from truceline.vocabulary.columns import Bools, Ints


@dataclass(frozen=True)
class Series:
    """One period. counts[draw, day]; exposure[day] > 0 (1 where every day counts alike); day numbers, rising.

    Draws differ only where the day or the place of some incident is not known.
    """

    counts: Floats
    exposure: Floats
    day: Ints

    @classmethod
    def of(cls, counts: Floats | Ints, day: Ints, exposure: Floats | None = None) -> "Series":
        """Days without exposure are left out: what nobody could see is not nought."""
        counts = np.atleast_2d(np.asarray(counts, np.float64))
        exposure = np.ones(counts.shape[1]) if exposure is None else exposure
        seen = exposure > 0
        return cls(counts[:, seen], exposure[seen], day[seen])

    def only(self, kept: Bools) -> "Series":
        """Some of the days."""
        return Series(self.counts[:, kept], self.exposure[kept], self.day[kept])

    def __len__(self) -> int:
        return len(self.day)

    @property
    def totals(self) -> Floats:
        """The count of each draw."""
        summed: Floats = self.counts.sum(axis=1)
        return summed

    @property
    def at_risk(self) -> float:
        """The whole exposure."""
        return float(self.exposure.sum())

    @property
    def rates(self) -> Floats:
        """Count for one unit of exposure, by draw."""
        return self.totals / self.at_risk

    @property
    def expected(self) -> Floats:
        """What each day would have at the period's rate, by draw."""
        means: Floats = self.rates[:, None] * self.exposure[None, :]
        return means

    def middle(self) -> Floats:
        """One count a day: the first draw. For methods that are shown beside the deciding one."""
        one: Floats = self.counts[0]
        return one
