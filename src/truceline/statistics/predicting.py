"""The deciding interval: what the baseline predicts for the window, with swing, memory and their uncertainty.

Given the baseline's total b and a ratio theta, the window's total X is taken as negative binomial with
mean m = theta * b * E_after / E_before and variance m + m^2 (1/b + s_before + s_after), where E is the
exposure and s the swing of each period's mean (`Volatility.shared`). The limits are the ratios at
which the observed total would be in the lower or upper tail (Clopper and Pearson's way; guide: the
same approximation without memory). The tails are averaged over the uncertainty of the swing (scaled
inverse chi-square with days/5 degrees of freedom) and over the draws of incidents whose day is not known.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from truceline.statistics.series import Series
from truceline.statistics.special import Floats, chi_square_quantile, negative_binomial_cdf
from truceline.statistics.volatility import Volatility

ALPHA = 0.05
"""Two-sided: a 95 % interval."""
POWER = 0.80
DAYS_A_DEGREE = 5
"""Days of data for one degree of freedom of the swing, chosen by simulation (tests/statistics/test_calibration.py)."""
_LEVELS = 10
_WIDEST = 1e6
_STEPS = 60
_CLOSE = 1e-11


@dataclass(frozen=True)
class Prediction:
    """What is needed to ask for tails: baseline totals and relative exposure, swing by draw, degrees of freedom."""

    baseline: Floats
    scale: float
    swing: Floats
    freedom: float

    @classmethod
    def of(cls, before: Series, after: Series, swings: Volatility) -> "Prediction":
        """From two series and their volatility."""
        swing = swings.shared(before) + swings.shared(after)
        freedom = max((len(before) + len(after)) / DAYS_A_DEGREE, 3.0)
        return cls(before.totals, after.at_risk / before.at_risk, swing, freedom)

    def below(self, count: Floats | float, theta: float) -> float:
        """P(X <= count) at that ratio, averaged."""
        return float(self._cumulated(count, theta).mean())

    def above(self, count: Floats | float, theta: float) -> float:
        """P(X >= count) at that ratio, averaged."""
        return float(1 - self._cumulated(np.asarray(count) - 1, theta).mean())

    def tails(self, count: Floats | float, theta: float) -> tuple[Floats, Floats]:
        """(P(X <= count), P(X >= count)) by draw, averaged over the uncertainty of the swing."""
        return self._cumulated(count, theta), 1 - self._cumulated(np.asarray(count) - 1, theta)

    def _cumulated(self, count: Floats | float, theta: float) -> Floats:
        averaged: Floats = negative_binomial_cdf(*self._spread(count, theta)).mean(axis=1)
        return averaged

    def _spread(self, count: Floats | float, theta: float) -> tuple[Floats, Floats, Floats]:
        baseline = np.maximum(self.baseline, 0.5)
        levels = (np.arange(_LEVELS) + 0.5) / _LEVELS
        factor = np.array([self.freedom / chi_square_quantile(1 - level, self.freedom) for level in levels.tolist()])
        inverse = self.swing[:, None] * factor[None, :] + 1 / baseline[:, None]
        mean = (theta * self.scale * baseline)[:, None]
        counts = np.broadcast_to(np.asarray(count, np.float64), baseline.shape)[:, None]
        return counts + 0 * inverse, mean + 0 * inverse, 1 / inverse

    def limits(self, count: Floats, alpha: float = ALPHA) -> tuple[float, float | None]:
        """The interval for the ratio; no upper limit where the baseline is nought."""
        low = 0.0 if not np.any(count > 0) else _solve(lambda theta: self.above(count, theta), alpha / 2, True)
        high = None if not np.any(self.baseline > 0) else _solve(
            lambda theta: self.below(count, theta), alpha / 2, False
        )  # fmt: skip
        return low, high

    def most_for_a_fall(self, alpha: float = ALPHA) -> int:
        """The largest count in the window at which the whole interval lies below 1; -1 where not even nought does."""
        lo, hi = -1, int(self.scale * float(self.baseline.max())) + 1
        while hi - lo > 1:
            middle = (lo + hi) // 2
            lo, hi = (middle, hi) if self.below(float(middle), 1.0) <= alpha / 2 else (lo, middle)
        return lo

    def smallest_reduction(self, alpha: float = ALPHA, power: float = POWER) -> float | None:
        """The smallest reduction that would be seen as one with this power; None where not even nought would."""
        most = self.most_for_a_fall(alpha)
        if most < 0:
            return None
        baseline = max(float(self.baseline.mean()), 0.5)
        size = 1 / (float(self.swing.mean()) + 1 / baseline)
        kept = _solve(
            lambda theta: float(negative_binomial_cdf(float(most), theta * self.scale * baseline, size)), power, False
        )
        return 1 - kept


def _solve(tail: Callable[[float], float], level: float, rising: bool) -> float:
    """The ratio at which a monotone tail takes a level; the narrowest or widest ratio looked at where it never does.

    False position with halved weights (the Illinois method, Dowell and Jarratt 1971, BIT 11:168-174) on the
    logits of the tail, against the logarithm of the ratio.
    """
    edge, wanted = float(np.log(_WIDEST)), _logit(level)

    def beyond(at: float) -> float:
        off = _logit(tail(float(np.exp(at)))) - wanted
        return off if rising else -off

    near, off = 0.0, beyond(0.0)
    side, step = (-1.0 if off > 0 else 1.0), 0.5
    far, other = near, off
    while (other > 0) == (off > 0) and abs(far) < edge:
        near, off = far, other
        far, step = side * min(abs(far) + step, edge), step * 2
        other = beyond(far)
    if (other > 0) == (off > 0):
        return float(np.exp(far))
    for _ in range(_STEPS):
        at = far - other * (far - near) / (other - off)
        found = beyond(at)
        if (found > 0) == (other > 0):
            off /= 2
        else:
            near, off = far, other
        far, other = at, found
        if abs(far - near) < _CLOSE or abs(found) < _CLOSE:
            break
    return float(np.exp(far))


def _logit(share: float) -> float:
    """log(p / (1 - p)), within what a double can hold."""
    kept = min(max(share, 1e-300), 1 - 1e-16)
    return float(np.log(kept) - np.log1p(-kept))
