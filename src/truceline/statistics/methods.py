"""The textbook intervals for a rate ratio, shown beside the deciding one. Each uses the first draw.

A ratio with nought in the window or the baseline has no Wald interval: limits are None.
"""

from dataclasses import dataclass

import numpy as np

from truceline.statistics.nb2 import Fitted
from truceline.statistics.series import Series
from truceline.statistics.special import Floats, normal_quantile

Limits = tuple[float | None, float | None]


@dataclass(frozen=True)
class Method:
    """One method's ratio with its limits (95 %); `note` is what was estimated besides."""

    name: str
    ratio: float | None
    low: float | None
    high: float | None
    note: dict[str, float]


def quasi_poisson(before: Series, after: Series) -> Method:
    """Poisson variance times Pearson's X^2 / (n - 2) (Wedderburn 1974); days taken as independent."""
    y, expected = _joined(before, after)
    pearson = float(((y - expected) ** 2 / np.maximum(expected, 1e-12)).sum()) / max(len(y) - 2, 1)
    a, b = float(after.middle().sum()), float(before.middle().sum())
    error = np.sqrt(pearson * (1 / b + 1 / a)) if a and b else None
    return _wald("quasi_poisson", _ratio(before, after), error, normal_quantile(0.975), {"dispersion": pearson})


def negative_binomial(before: Series, after: Series, fitted: Fitted) -> Method:
    """NB2 by maximum likelihood; standard errors from the expected information; days taken as independent."""
    was, now = fitted.rates
    ratio = now / was if was else None
    known = [
        float((rate * side.exposure / (1 + fitted.alpha * rate * side.exposure)).sum())
        for rate, side in ((was, before), (now, after))
    ]
    error = np.sqrt(1 / known[0] + 1 / known[1]) if was and now else None
    return _wald("negative_binomial", ratio, error, normal_quantile(0.975), {"alpha": fitted.alpha})


def newey_west_variance(before: Series, after: Series, bandwidth: int) -> float | None:
    """Variance of the log ratio, Newey and West (1987) with Bartlett weights 1 - j / bandwidth over calendar days.

    With days that follow each other this is statsmodels' `cov_type="HAC"`, maxlags = bandwidth - 1, of a
    Poisson regression on the period. A gap between the periods longer than the bandwidth counts as just that long.
    """
    if not before.middle().sum() or not after.middle().sum():
        return None
    parts = [
        (side.day, sign * (side.middle() - side.expected[0]) / side.middle().sum())
        for side, sign in ((before, -1.0), (after, 1.0))
    ]
    (first, one), (second, other) = sorted(parts, key=lambda part: int(part[0][0]))
    second = second - max(int(second[0] - first[-1]) - bandwidth - 1, 0)
    line = np.zeros(int(second[-1] - first[0]) + 1)
    line[first - first[0]] = one
    line[second - first[0]] = other
    total = float(line @ line)
    for lag in range(1, min(bandwidth, len(line))):
        total += 2 * (1 - lag / bandwidth) * float(line[lag:] @ line[:-lag])
    return total


def newey_west(before: Series, after: Series) -> Method:
    """Newey-West with bandwidth 1.3 sqrt(n) and fixed-b critical values.

    Lazarus, Lewis, Stock and Watson (2018, JBES 36:541-559) for the bandwidth; Kiefer and Vogelsang
    (2005, Econometric Theory 21:1130-1164), Bartlett, 97.5 %, for the critical value. A window of a
    few days tells little of itself; this interval is too narrow then.
    """
    n = len(before) + len(after)
    bandwidth = int(np.ceil(1.3 * np.sqrt(n)))
    variance = newey_west_variance(before, after, bandwidth)
    error = None if variance is None else np.sqrt(variance * n / max(n - 2, 1))
    return _wald(
        "newey_west", _ratio(before, after), error, fixed_b(bandwidth / n), {"bandwidth_days": float(bandwidth)}
    )


def fixed_b(b: float) -> float:
    """Kiefer and Vogelsang's 97.5 % critical value for Bartlett weights; b is bandwidth / days, up to 1."""
    b = min(b, 1.0)
    return 1.96 + 2.9694 * b + 0.4160 * b**2 - 0.5324 * b**3


def block_bootstrap(before: Series, after: Series, chance: np.random.Generator, draws: int = 1999) -> Method:
    """Moving blocks (Künsch 1989) of n^(1/3) days, rounded up, within each period; percentile limits.

    Exposure is carried with its day. Too narrow where a period has only a few blocks.
    """
    rates, lengths = [], []
    for side in (before, after):
        n = len(side)
        length = int(np.ceil(np.cbrt(n)))
        blocks = int(np.ceil(n / length))
        starts = chance.integers(0, n - length + 1, (draws, blocks))
        days = (starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :n]
        rates.append(side.middle()[days].sum(axis=1) / side.exposure[days].sum(axis=1))
        lengths.append(length)
    ratio = _ratio(before, after)
    note = {"block_days_before": float(lengths[0]), "block_days_after": float(lengths[1])}
    if ratio is None or not np.all(rates[0] > 0):
        return Method("block_bootstrap", ratio, None, None, note)
    low, high = np.quantile(rates[1] / rates[0], [0.025, 0.975])
    return Method("block_bootstrap", ratio, float(low), float(high), note)


def _joined(before: Series, after: Series) -> tuple[Floats, Floats]:
    sides = (before, after)
    return np.concatenate([s.middle() for s in sides]), np.concatenate([s.expected[0] for s in sides])


def _ratio(before: Series, after: Series) -> float | None:
    return float(after.rates[0] / before.rates[0]) if before.rates[0] else None


def _wald(name: str, ratio: float | None, error: float | None, critical: float, note: dict[str, float]) -> Method:
    if ratio is None or error is None:
        return Method(name, ratio, None, None, note)
    return Method(name, ratio, float(ratio * np.exp(-critical * error)), float(ratio * np.exp(critical * error)), note)
