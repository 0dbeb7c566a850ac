"""The negative binomial with variance mu + alpha mu^2, by maximum likelihood: both rates and alpha = 1/k.

The profile over alpha is climbed by golden section on log alpha; within it each rate is found by Newton's
method. The interval of alpha is where twice the log-likelihood lies within 3.841 of its top
(Lawless 1987, Canadian Journal of Statistics 15:209-225). Days are taken as independent.
"""

from dataclasses import dataclass

import numpy as np

from truceline.statistics.series import Series
from truceline.statistics.special import Floats, negative_binomial_log

_FROM, _TO = np.log(1e-6), np.log(1e3)
_DROP = 3.841458820694124 / 2
_GOLDEN = (np.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class Fitted:
    """alpha with its 95 % interval, and the two rates for one unit of exposure. alpha 0: no more than Poisson."""

    alpha: float
    low: float
    high: float
    rates: tuple[float, float]


def fit(before: Series, after: Series) -> Fitted:
    """Fit the first draw of each."""
    sides = [(side.middle(), side.exposure) for side in (before, after)]

    def likelihood(log_alpha: float) -> float:
        return sum(_likelihood(y, e, float(np.exp(log_alpha))) for y, e in sides)

    top = _climb(likelihood)
    poisson = sum(_likelihood(y, e, 0.0) for y, e in sides)
    best = max(likelihood(top), poisson)
    alpha = 0.0 if poisson >= likelihood(top) else float(np.exp(top))
    low = 0.0 if poisson >= best - _DROP else float(np.exp(_crossing(likelihood, best - _DROP, _FROM, top)))
    high = float(np.exp(_crossing(likelihood, best - _DROP, _TO, top)))
    rates = [_rate(y, e, alpha) for y, e in sides]
    return Fitted(alpha, low, high, (rates[0], rates[1]))


def _likelihood(y: Floats, e: Floats, alpha: float) -> float:
    rate = _rate(y, e, alpha)
    return 0.0 if rate == 0 else float(negative_binomial_log(y, rate * e, alpha).sum())


def _rate(y: Floats, e: Floats, alpha: float) -> float:
    """The rate that solves sum (y - r e) / (1 + alpha r e) = 0; the plain mean where exposure is even."""
    rate = float(y.sum() / e.sum())
    if alpha == 0 or rate == 0 or np.ptp(e) == 0:
        return rate
    for _ in range(50):
        spread = 1 + alpha * rate * e
        score = float(((y - rate * e) / spread).sum())
        slope = float((e * (1 + alpha * y) / spread**2).sum())
        step = score / slope
        rate = max(rate + step, rate / 10)
        if abs(step) < 1e-12 * rate:
            break
    return rate


def _climb(likelihood: object) -> float:
    assert callable(likelihood)
    lo, hi = _FROM, _TO
    a, b = hi - _GOLDEN * (hi - lo), lo + _GOLDEN * (hi - lo)
    at_a, at_b = likelihood(a), likelihood(b)
    while hi - lo > 1e-8:
        if at_a >= at_b:
            hi, b, at_b = b, a, at_a
            a = hi - _GOLDEN * (hi - lo)
            at_a = likelihood(a)
        else:
            lo, a, at_a = a, b, at_b
            b = lo + _GOLDEN * (hi - lo)
            at_b = likelihood(b)
    return float((lo + hi) / 2)


def _crossing(likelihood: object, level: float, outer: float, inner: float) -> float:
    """Where the profile falls to the level between the top (inner) and a bound (outer)."""
    assert callable(likelihood)
    if likelihood(outer) >= level:
        return float(outer)
    for _ in range(60):
        middle = (outer + inner) / 2
        outer, inner = (outer, middle) if likelihood(middle) >= level else (middle, inner)
    return float((outer + inner) / 2)
