"""How little a window can show, before anything is counted: known baseline, independent days.

One-sided 5 %, 80 % power, negative binomial with a known k on each day. Real weeks are worse: days
hang together and baseline and k are estimated (`Prediction.smallest_reduction` counts that in).
"""

import math

from truceline.statistics.special import negative_binomial_cdf


def smallest_reduction_known(
    a_day: float, k: float, days: int = 7, alpha: float = 0.05, power: float = 0.80
) -> float | None:
    """The smallest reduction a window would show with this power; None where even no incident at all would not.

    The sum of independent days is negative binomial with mean a_day * days and size k * days. It is
    called a fall if its lower tail is at most alpha.
    """
    mean, size = a_day * days, k * days
    most = -1
    while float(negative_binomial_cdf(most + 1, mean, size)) <= alpha:
        most += 1
    if most < 0:
        return None
    lo, hi = 0.0, 1.0
    for _ in range(60):
        cut = (lo + hi) / 2
        seen = float(negative_binomial_cdf(most, mean * (1 - cut) + 1e-12, size)) >= power
        lo, hi = (lo, cut) if seen else (cut, hi)
    return hi


def rate_bound_of_none(days: float, alpha: float = 0.05) -> float:
    """No incident in so many days: the true rate a day is at most this, with 95 % (Poisson: -ln alpha / days)."""
    return -math.log(alpha) / days
