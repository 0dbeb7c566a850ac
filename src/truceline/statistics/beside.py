"""What stands beside the decision: textbook methods, dispersion, changes of level, areas pooled, days needed."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from truceline.statistics.changepoints import changes
from truceline.statistics.counting import Counted
from truceline.statistics.methods import Method, block_bootstrap, negative_binomial, newey_west, quasi_poisson
from truceline.statistics.nb2 import fit
from truceline.statistics.pooling import pool
from truceline.statistics.predicting import ALPHA, Prediction
from truceline.statistics.rounding import rounded, rounded_or_none
from truceline.statistics.series import Series
from truceline.statistics.volatility import Volatility
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.comparison import AreaRatio, Choice, Dispersion, Estimate, Pooling, Range

NEAR_DAYS = 3
MOST_DAYS_NEEDED = 182
Change = tuple[date, float]


def methods_of(counted: Counted, main: Choice) -> tuple[Estimate, ...]:
    """The deciding interval, then the textbook ones on the expected count of each day."""
    best, now = counted.pair(counted.best)
    found = (
        quasi_poisson(best, now),
        negative_binomial(best, now, fit(best, now)),
        newey_west(best, now),
        block_bootstrap(best, now, counted.chance),
    )
    return (Estimate("predictive", main.ratio, main.low, main.high), *(_estimate(one) for one in found))


def _estimate(method: Method) -> Estimate:
    ratio, low, high = (rounded_or_none(number) for number in (method.ratio, method.low, method.high))
    return Estimate(method.name, ratio, low, high, {name: rounded(value) for name, value in method.note.items()})


def dispersion_of(counted: Counted, swings: Volatility) -> Dispersion:
    """alpha with its limits from incidents of one known day, swing and memory as decided on."""
    dated = counted.occurrences.daily(counted.asked.whole, counted.asked.places).low.astype(np.float64)
    fitted = fit(*counted.pair(dated))
    return Dispersion(
        Range(rounded(fitted.low), rounded(fitted.alpha), rounded(fitted.high)),
        rounded(swings.dispersion.mean()),
        rounded(swings.memory.mean()),
    )


def changes_of(counted: Counted, swings: Volatility, before: Series) -> list[Change]:
    """Days on which the level changes, each with the new level over the old; the baseline has to come first."""
    lo, hi = counted.asked.baseline[0], counted.asked.window[1]
    if lo >= counted.asked.window[0]:
        return []
    best = counted.best[lo:hi]
    swing, memory = float(swings.dispersion.mean()), float(swings.memory.mean())
    level = max(float(before.rates.mean()), 1e-9)
    share = swing * level / (1 + swing * level)
    at = changes(best, swing, 1 + share * ((1 + memory) / (1 - memory) - 1))
    means = [float(best[a:b].mean()) for a, b in pairwise((0, *at, len(best)))]
    first = counted.asked.whole.first
    return [(first + timedelta(days=lo + day), means[n + 1] / max(means[n], 1e-9)) for n, day in enumerate(at)]


def near_start(counted: Counted, found: list[Change]) -> tuple[Reason, ...]:
    """Whether the level changes within three days of the window's start."""
    if counted.asked.baseline[0] >= counted.asked.window[0]:
        return ()
    start = counted.asked.whole.first + timedelta(days=counted.asked.window[0])
    for day, step in found:
        if abs((day - start).days) <= NEAR_DAYS:
            return (Reason("change_near_start" if step < 1 else "change_up_near_start", {"day": day.isoformat()}),)
    return (Reason("no_change_near_start"),)


def pooled_areas(counted: Counted, swings: Volatility, before: Series, after: Series) -> Pooling | None:
    """Areas with any incident in either period; None where there are fewer than two."""
    here = np.flatnonzero(counted.asked.places[:-1])
    periods = (counted.baseline, counted.asked.window)
    was, now = (counted.cells[:, here, slice(*period)].sum(axis=2).mean(axis=0) for period in periods)
    told = np.flatnonzero(was + now > 0)
    if len(told) < 2:
        return None
    swing = float((swings.shared(before) + swings.shared(after)).mean())
    pooled = pool(was[told], now[told], len(after) / len(before), swing)
    areas = []
    for n, i in enumerate(told.tolist()):
        low, high = pooled.interval(float(pooled.drawn[n]), float(pooled.drawn_error[n]))
        own, drawn = rounded(np.exp(pooled.own[n])), rounded(np.exp(pooled.drawn[n]))
        name = counted.asked.areas[here[i]]
        areas.append(AreaRatio(name, rounded(was[i]), rounded(now[i]), own, drawn, rounded(low), rounded(high)))
    low, high = pooled.interval(pooled.common, pooled.error)
    between = rounded(np.sqrt(pooled.between))
    return Pooling(rounded(np.exp(pooled.common)), rounded(low), rounded(high), between, tuple(areas))


def days_needed(counted: Counted, main: Choice, before: Series, swings: Volatility) -> int | None:
    """Days of window, by weeks up to half a year, at which these rates would give an answer; None beyond that."""
    if main.ratio is None:
        return None
    mean = Volatility(swings.dispersion.mean(keepdims=True), swings.memory.mean(keepdims=True))
    base = Series(before.counts.mean(axis=0, keepdims=True), before.exposure, before.day)
    shown = counted.asked.window[1] - counted.asked.window[0]
    for days in range((shown // 7 + 1) * 7, MOST_DAYS_NEEDED + 1, 7):
        predicted = Prediction.of(base, Series.of(np.ones((1, days)), np.arange(days)), mean)
        count = main.ratio * float(base.rates[0]) * days
        fallen = predicted.below(count, 1.0) <= ALPHA / 2
        if fallen or predicted.above(count, 1 - counted.asked.worth) <= ALPHA / 2:
            return days
    return None
