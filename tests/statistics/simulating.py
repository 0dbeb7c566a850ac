"""Daily violence with memory, simulated: for the calibration tests."""

from typing import Any

import numpy as np


def modulated(chance: np.random.Generator, runs: int, means: Any, k: float, memory: float) -> Any:
    """Poisson counts; a log-normal AR(1) rate of mean `means[t]`, relative variance 1/k, correlation ~ memory^lag."""
    means = np.asarray(means, float)
    spread = np.sqrt(np.log(1 + 1 / k))
    noise = chance.standard_normal((runs, len(means)))
    level = noise.copy()
    for t in range(1, len(means)):
        level[:, t] = memory * level[:, t - 1] + np.sqrt(1 - memory**2) * noise[:, t]
    return chance.poisson(means * np.exp(spread * level - spread**2 / 2)).astype(float)


def ingarch(chance: np.random.Generator, runs: int, mean: float, days: int, k: float) -> Any:
    """NB-INGARCH(1, 1) (Zhu 2011): the rate is 0.4 mean + 0.3 of yesterday's count + 0.3 of yesterday's rate."""
    rate, counts = np.full(runs, mean), np.empty((runs, days + 50))
    for t in range(days + 50):
        counts[:, t] = chance.negative_binomial(k, k / (k + rate))
        rate = 0.4 * mean + 0.3 * counts[:, t] + 0.3 * rate
    return counts[:, 50:]
