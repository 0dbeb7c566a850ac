"""The same question under every other choice, so that nobody has to take ours: eve, sources, exposure, days, places."""

import numpy as np

from truceline.statistics.counting import Counted
from truceline.statistics.deciding import decide
from truceline.statistics.predicting import Prediction
from truceline.statistics.rounding import rounded, rounded_or_none
from truceline.statistics.series import Series
from truceline.statistics.special import Floats
from truceline.statistics.volatility import Volatility, volatility
from truceline.vocabulary.comparison import Choice


def choices_of(counted: Counted, before: Series, after: Series, swings: Volatility) -> tuple[Choice, ...]:
    """The deciding choice first, then the others that apply."""
    worth = counted.asked.worth
    pairs = {
        "deciding": (before, after),
        **_eve(counted),
        **_sources(counted),
        **_exposed(counted),
        "dated_to_one_day": counted.pair(
            counted.occurrences.daily(counted.asked.whole, counted.asked.places).low.astype(np.float64)
        ),
        **_places(counted),
        **_reference(counted),
    }
    made = [
        _choice(name, *pair, pair[0].totals, pair[1].totals, volatility(*pair), worth) for name, pair in pairs.items()
    ]
    return (*made, *_bounds(counted, before, after, swings))


def _choice(
    name: str, before: Series, after: Series, was: Floats, now: Floats, swings: Volatility, worth: float
) -> Choice:
    shape = Prediction.of(before, after, swings)
    low, high = Prediction(was, shape.scale, shape.swing, shape.freedom).limits(now)
    low, end = rounded(low), rounded_or_none(high)
    b, a = float(was.mean()), float(now.mean())
    ratio = rounded(a / b / shape.scale) if b else None
    return Choice(
        name, rounded(b), rounded(before.at_risk), rounded(a), rounded(after.at_risk), ratio, low, end,
        decide(low, end, worth),
    )  # fmt: skip


Pairs = dict[str, tuple[Series, Series]]


def _eve(counted: Counted) -> Pairs:
    counts = counted.summed(counted.cells)
    if counted.eve_only:
        left = counted.without[1] - counted.without[0]
        return {"without_the_eve": counted.pair(counts, counted.without)} if left >= 2 else {}
    if counted.baseline != counted.asked.baseline:
        return {"with_the_eve": counted.pair(counts, counted.asked.baseline)}
    return {}


def _sources(counted: Counted) -> Pairs:
    if not counted.panel.changed:
        return {}
    return {"all_sources": counted.pair(counted.summed(counted.everyone()))}


def _exposed(counted: Counted) -> Pairs:
    """Incidents of all sources in watched areas and days, for each origin that watched there."""
    cover, here = counted.asked.coverage, counted.asked.places[:-1]
    if not all(cover.declared):
        return {}
    watched = counted.everyone()[:, :-1, :] * (cover.origins > 0)[None]
    seen = watched[:, here, :].sum(axis=1).astype(np.float64)
    before, after = counted.pair(seen, None, cover.origins[here].sum(axis=0).astype(np.float64))
    return {"per_exposure": (before, after)} if len(before) >= 2 and len(after) >= 2 else {}


def _places(counted: Counted) -> Pairs:
    if not counted.asked.places.all():
        return {}
    inside = np.ones_like(counted.asked.places)
    inside[-1] = False
    return {
        name: counted.pair(counted.summed(counted.cells, places))
        for name, places in (("inside", inside), ("elsewhere", ~inside))
    }


def _reference(counted: Counted) -> Pairs:
    if counted.asked.reference is None:
        return {}
    return {"reference": counted.pair(counted.summed(counted.cells), counted.asked.reference)}


def _bounds(counted: Counted, before: Series, after: Series, swings: Volatility) -> list[Choice]:
    """Doubtful incidents (day, place or scope) all in the one period or all in the other."""
    was, now = counted.daily(counted.baseline), counted.daily(counted.asked.window)
    ends = (("doubtful_before", was.touching, now.surely), ("doubtful_after", was.surely, now.touching))
    ones = np.ones(len(before.totals))
    return [_choice(name, before, after, b * ones, a * ones, swings, counted.asked.worth) for name, b, a in ends]
