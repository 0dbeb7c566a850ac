"""How much daily violence swings, and how long a swing lasts: dispersion and memory, by moments.

The rate of day t is lambda * exposure_t * w_t, where w has mean 1, variance `dispersion` (1/k of the
negative binomial) and correlation memory^lag; given it, counts are Poisson (Zeger 1988, Biometrika
75:621-629). Both numbers come from the residuals of both periods about their own rates.
"""

from dataclasses import dataclass

import numpy as np

from truceline.statistics.series import Series
from truceline.statistics.special import Floats

PRIOR_DISPERSION, PRIOR_DAYS = 0.25, 10
PRIOR_MEMORY, PRIOR_MEMORY_DAYS = 0.5, 15
"""A few weeks cannot tell their own memory. Estimates are drawn towards what UCDP's Syria 2016 shows between
the Government and insurgents, as if so many days of that had been seen besides: k of 2.7 to 7.8 within its four
spells; correlation of the latent rate 0.2 to 0.45 at one day, 0.15 to 0.6 at two. A test estimates them again."""
MOST_MEMORY = 0.9


@dataclass(frozen=True)
class Volatility:
    """By draw: the variance of the latent rate and its day-to-day correlation."""

    dispersion: Floats
    memory: Floats

    def shared(self, series: Series) -> Floats:
        """The part of a period's relative variance that is swing: dispersion * e'Re / (sum e)^2, by draw."""
        lags = _products(series)
        powers = self.memory[:, None] ** np.arange(len(lags))[None, :]
        weights = np.where(np.arange(len(lags)) == 0, 1.0, 2.0) * lags
        swing: Floats = self.dispersion * (powers @ weights) / series.at_risk**2
        return swing


def volatility(before: Series, after: Series) -> Volatility:
    """Dispersion and memory of two periods together. Each needs two days or more."""
    sides = (before, after)
    days = len(before) + len(after)
    over = sum(_over(side) for side in sides)
    square = sum((side.expected**2).sum(axis=1) for side in sides)
    dispersion = np.maximum(over / np.maximum(square, 1e-12), 0)
    correlation = _correlation(sides)
    # The mean of each period is estimated too, which pulls the correlation down (Marriott and Pope 1954).
    correlation = correlation + (1 + 3 * correlation) / days + 1 / days
    level = (before.totals + after.totals) / days
    share = dispersion * level / (1 + dispersion * level)
    memory = np.clip(correlation / np.maximum(share, 0.2), 0, MOST_MEMORY)
    return Volatility(
        (days * dispersion + PRIOR_DAYS * PRIOR_DISPERSION) / (days + PRIOR_DAYS),
        (days * memory + PRIOR_MEMORY_DAYS * PRIOR_MEMORY) / (days + PRIOR_MEMORY_DAYS),
    )


def _over(side: Series) -> Floats:
    """Squared residuals beyond what a Poisson count would show."""
    squares = ((side.counts - side.expected) ** 2).sum(axis=1)
    beyond: Floats = squares * len(side) / (len(side) - 1) - side.expected.sum(axis=1)
    return beyond


def _correlation(sides: tuple[Series, ...]) -> Floats:
    """Lag-one correlation of the Pearson residuals over neighbouring days."""
    paired = np.zeros(sides[0].counts.shape[0])
    squared = np.zeros_like(paired)
    for side in sides:
        residual = (side.counts - side.expected) / np.sqrt(np.maximum(side.expected, 1e-9))
        neighbours = np.flatnonzero(np.diff(side.day) == 1)
        paired += (residual[:, neighbours] * residual[:, neighbours + 1]).sum(axis=1)
        squared += (residual**2).sum(axis=1)
    found: Floats = paired / np.maximum(squared, 1e-12)
    return found


def _products(series: Series) -> Floats:
    """Sums of e_s e_t over days s, t that lie 0, 1, 2, ... days apart, up to where memory is gone."""
    reach = min(int(series.day[-1] - series.day[0]) + 1, 140)
    line = np.zeros(int(series.day[-1] - series.day[0]) + 1)
    line[series.day - series.day[0]] = series.exposure
    return np.array([float(line[lag:] @ line[: len(line) - lag]) for lag in range(reach)])
