"""Where the level of a daily series changes: corroboration, never the decision.

Optimal partitioning (Jackson et al. 2005; the exact recursion that PELT, Killick et al. 2012, prunes)
with the negative binomial log-likelihood of each stretch at its own mean, a given dispersion, and a
penalty of 2 log(n) inflation a change (Schwarz's criterion for a level and a place; inflated for memory,
because days that hang together look like changes).
"""

import numpy as np

from truceline.statistics.special import Floats

SHORTEST = 5
"""Days of the shortest stretch."""
MOST = 1_500
"""Days beyond which nothing is looked for: the recursion takes the square of their number."""


def changes(counts: Floats, dispersion: float, inflation: float = 1.0) -> list[int]:
    """Positions of the days on which a new level begins, rising; empty where one level will do."""
    n = len(counts)
    if n < 2 * SHORTEST or n > MOST:
        return []
    total = np.concatenate([[0.0], np.cumsum(counts)])
    penalty = 2 * np.log(n) * max(inflation, 1.0)
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    came = np.zeros(n + 1, np.int64)
    for end in range(SHORTEST, n + 1):
        begin = np.arange(0, end - SHORTEST + 1)
        begin = begin[(begin == 0) | (begin >= SHORTEST)]
        cost = best[begin] + _cost(total[end] - total[begin], end - begin, dispersion) + penalty
        at = int(cost.argmin())
        best[end], came[end] = cost[at], begin[at]
    found, end = [], n
    while came[end] > 0:
        end = int(came[end])
        found.append(end)
    return found[::-1]


def _cost(summed: Floats, days: Floats, alpha: float) -> Floats:
    """Minus twice the log-likelihood of stretches at their own mean, without what does not depend on the cut."""
    mean = np.maximum(summed / days, 1e-12)
    if alpha <= 0:
        poisson: Floats = -2 * (summed * np.log(mean) - days * mean)
        return poisson
    cost: Floats = -2 * (summed * np.log(mean) - (summed + days / alpha) * np.log1p(alpha * mean))
    return cost
