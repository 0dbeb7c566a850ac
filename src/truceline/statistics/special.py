"""The few special functions the room needs, on arrays: log gamma, incomplete beta, quantiles.

SciPy has them all; it is not a dependency for four functions. The tests compare each with SciPy to 1e-9.
"""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TINY = 1e-300
_MOST_STEPS = 20_000

_lgamma = np.vectorize(math.lgamma, otypes=[np.float64])


def log_gamma(x: Any) -> Floats:
    """Natural logarithm of the gamma function of positive numbers."""
    found: Floats = np.asarray(_lgamma(x), np.float64)
    return found


def normal_quantile(p: float) -> float:
    """The p-quantile of the standard normal distribution, 0 < p < 1."""
    return NormalDist().inv_cdf(p)


def chi_square_quantile(p: float, freedom: float) -> float:
    """The p-quantile of chi-square: Wilson and Hilferty (1931), within 1 % for ten degrees of freedom or more."""
    spread = 2 / (9 * freedom)
    return freedom * max(1 - spread + normal_quantile(p) * math.sqrt(spread), 0.05) ** 3


def incomplete_beta(a: Any, b: Any, x: Any) -> Floats:
    """The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1.

    Continued fraction by the modified Lentz method (Press et al., Numerical Recipes, 6.4), on the
    side of the mode where it converges.
    """
    a, b, x = (np.asarray(v, np.float64) for v in np.broadcast_arrays(a, b, x))
    turned = x > (a + 1) / (a + b + 2)
    p, q, z = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    with np.errstate(divide="ignore", invalid="ignore"):
        front = np.exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + p * np.log(z) + q * np.log1p(-z))
    front = np.where(z <= 0, 0.0, front)
    part = front * _fraction(p, q, z) / p
    found: Floats = np.clip(np.where(turned, 1 - part, part), 0.0, 1.0)
    return found


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    c = np.ones_like(x)
    d = 1 / _away(1 - (a + b) * x / (a + 1))
    h = d.copy()
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / _away(1 + even * d)
        c = _away(1 + even / c)
        h = h * d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / _away(1 + odd * d)
        c = _away(1 + odd / c)
        step = d * c
        h = h * step
        if np.all(np.abs(step - 1) < 1e-13):
            break
    return h


def _away(x: Floats) -> Floats:
    """Not nought, so that the fraction can go on."""
    if x.all():
        return x
    kept: Floats = np.where(np.abs(x) < _TINY, _TINY, x)
    return kept


def negative_binomial_cdf(x: Any, mean: Any, size: Any) -> Floats:
    """P(X <= x) for a count with this mean and variance mean + mean^2 / size; nought for x < 0."""
    x, mean, size = np.broadcast_arrays(np.asarray(x, np.float64), mean, size)
    found = incomplete_beta(size, np.maximum(x, 0) + 1, size / (size + mean))
    return np.where(x < 0, 0.0, found)


def negative_binomial_log(x: Floats, mean: Floats, alpha: float) -> Floats:
    """Logarithm of P(X = x) for NB2: variance mean + alpha mean^2; Poisson for alpha 0."""
    if alpha <= 0:
        poisson: Floats = x * np.log(np.maximum(mean, _TINY)) - mean - log_gamma(x + 1)
        return poisson
    size = 1 / alpha
    found: Floats = (
        log_gamma(x + size) - log_gamma(size) - log_gamma(x + 1)
        - size * np.log1p(alpha * mean) + x * (np.log(np.maximum(alpha * mean, _TINY)) - np.log1p(alpha * mean))
    )  # fmt: skip
    return found
