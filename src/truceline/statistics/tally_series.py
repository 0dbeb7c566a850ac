"""Did a source's own daily count fall? The same question as of incidents, asked of one tally series.

A tally is what a source counted, in its own way: it is compared with itself in another period, never with or
beside incidents, never added to another source's. A day of which the source says nothing is left out, for
nobody knows whether it is nought. Where the count is of people, days hang together more than incidents do (one
strike kills many); the deciding interval takes the swing and the memory of the series itself, as everywhere.
"""

from dataclasses import dataclass

import msgspec
import numpy as np

from truceline.statistics.asked import LEAST_BASELINE, Asked, Stretch
from truceline.statistics.deciding import decide
from truceline.statistics.methods import Method, block_bootstrap, negative_binomial, newey_west, quasi_poisson
from truceline.statistics.nb2 import fit
from truceline.statistics.predicting import ALPHA, Prediction
from truceline.statistics.rounding import rounded, rounded_or_none
from truceline.statistics.series import Series
from truceline.statistics.special import Floats
from truceline.statistics.volatility import volatility
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.columns import Bools
from truceline.vocabulary.comparison import Choice, Estimate, Fell, Range

LEAST_DAYS = 2
_SAID = {
    Fell.REDUCED: "whole_interval_below_one",
    Fell.NOT_REDUCED: "reduction_ruled_out",
    Fell.CANNOT_TELL: "interval_holds_both",
}
Pair = tuple[Series, Series]


@dataclass(frozen=True)
class TallyDays:
    """One source's count by day of the span: low, best, high (best where it gives none); told: days it speaks of."""

    low: Floats
    best: Floats
    high: Floats
    told: Bools


class TallyPeriod(msgspec.Struct, frozen=True):
    """One period, both ends included: its days, those the source speaks of, its total and the rate of those days."""

    first: str
    last: str
    days: int
    days_told: int
    total: Range
    a_day: Range


class TallyComparison(msgspec.Struct, frozen=True):
    """One series in two periods. `choices[0]` decides; at `most` in the window it is called a fall (-1: never)."""

    series: str
    answer: Fell
    reasons: tuple[Reason, ...]
    before: TallyPeriod
    after: TallyPeriod
    eve_left_out: int
    choices: tuple[Choice, ...]
    methods: tuple[Estimate, ...]
    smallest_reduction: float | None
    most: int
    seed: int


def enough(asked: Asked, days: TallyDays) -> bool:
    """Both periods, the baseline without its eve, have two days or more of which the source speaks."""
    return all(int(days.told[lo:hi].sum()) >= LEAST_DAYS for lo, hi in (_baseline(asked), asked.window))


def compare_tally(asked: Asked, days: TallyDays) -> TallyComparison:
    """The whole comparison. The periods have to be `enough`."""
    baseline = _baseline(asked)
    before, after = _pair(asked, days, days.best, baseline)
    prediction = Prediction.of(before, after, volatility(before, after))
    choices = _choices(asked, days, baseline)
    main = choices[0]
    only_eve = asked.before_the_eve()[1]
    reasons = _reasons(asked, days, main, baseline, only_eve)
    answer = Fell.CANNOT_TELL if only_eve or main.ratio is None else main.answer
    return TallyComparison(
        asked.indicator, answer, reasons, _period(asked, days, baseline), _period(asked, days, asked.window),
        asked.baseline[1] - baseline[1], choices, _methods(asked, before, after, main),
        rounded_or_none(prediction.smallest_reduction()), prediction.most_for_a_fall(ALPHA), asked.seed,
    )  # fmt: skip


def _baseline(asked: Asked) -> Stretch:
    without, only_eve = asked.before_the_eve()
    return asked.baseline if only_eve else without


def _pair(asked: Asked, days: TallyDays, counts: Floats, baseline: Stretch) -> Pair:
    numbers, exposure = asked.whole.numbers, days.told.astype(np.float64)
    before, after = (Series.of(counts[lo:hi], numbers[lo:hi], exposure[lo:hi]) for lo, hi in (baseline, asked.window))
    return before, after


def _choices(asked: Asked, days: TallyDays, baseline: Stretch) -> tuple[Choice, ...]:
    """The deciding one, then with the eve, against the reference, and by the lowest and highest figures."""
    pairs = {"deciding": _pair(asked, days, days.best, baseline)}
    if baseline != asked.baseline:
        pairs["with_the_eve"] = _pair(asked, days, days.best, asked.baseline)
    if asked.reference is not None and int(days.told[slice(*asked.reference)].sum()) >= LEAST_DAYS:
        pairs["reference"] = _pair(asked, days, days.best, asked.reference)
    for name, counts in (("lowest_figures", days.low), ("highest_figures", days.high)):
        if (counts != days.best).any():
            pairs[name] = _pair(asked, days, counts, baseline)
    return tuple(_choice(name, *pair, asked.worth) for name, pair in pairs.items())


def _choice(name: str, before: Series, after: Series, worth: float) -> Choice:
    shape = Prediction.of(before, after, volatility(before, after))
    low, high = shape.limits(after.totals)
    low, end = rounded(low), rounded_or_none(high)
    was, now = float(before.totals[0]), float(after.totals[0])
    ratio = rounded(now / was / shape.scale) if was else None
    return Choice(
        name, rounded(was), rounded(before.at_risk), rounded(now), rounded(after.at_risk), ratio, low, end,
        decide(low, end, worth),
    )  # fmt: skip


def _methods(asked: Asked, before: Series, after: Series, main: Choice) -> tuple[Estimate, ...]:
    chance = np.random.Generator(np.random.PCG64(asked.seed))
    found = (
        quasi_poisson(before, after),
        negative_binomial(before, after, fit(before, after)),
        newey_west(before, after),
        block_bootstrap(before, after, chance),
    )
    return (Estimate("predictive", main.ratio, main.low, main.high), *(_estimate(one) for one in found))


def _estimate(method: Method) -> Estimate:
    ratio, low, high = (rounded_or_none(number) for number in (method.ratio, method.low, method.high))
    return Estimate(method.name, ratio, low, high, {name: rounded(value) for name, value in method.note.items()})


def _period(asked: Asked, days: TallyDays, stretch: Stretch) -> TallyPeriod:
    part, told = asked.part(stretch), int(days.told[slice(*stretch)].sum())
    totals = [float(column[slice(*stretch)].sum()) for column in (days.low, days.best, days.high)]
    return TallyPeriod(
        part.first.isoformat(), part.last.isoformat(), len(part), told, Range(*totals),
        Range(*(rounded(total / told) for total in totals)),
    )  # fmt: skip


def _reasons(asked: Asked, days: TallyDays, main: Choice, baseline: Stretch, only_eve: bool) -> tuple[Reason, ...]:
    values: dict[str, str | int] = {
        "low": f"{main.low:.2f}", "high": "-" if main.high is None else f"{main.high:.2f}",
        "percent": round(100 * asked.worth),
    }  # fmt: skip
    said = [Reason(_SAID[main.answer], values)]
    if only_eve:
        said.append(Reason("baseline_is_eve", {"days": asked.eve_days, "least": LEAST_BASELINE}))
    if main.ratio is None:
        said.append(Reason("tally_nothing_before"))
    if asked.baseline[1] != baseline[1]:
        said.append(Reason("eve_left_out", {"days": asked.baseline[1] - baseline[1]}))
    silent = sum(int((~days.told[slice(*stretch)]).sum()) for stretch in (baseline, asked.window))
    if silent:
        said.append(Reason("tally_days_not_told", {"days": silent}))
    return (*said, Reason("tally_is_a_count"))
