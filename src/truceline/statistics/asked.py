"""What a comparison is asked: two periods over a span of days, places, coverage and choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from truceline.statistics.periods import Days
from truceline.vocabulary.columns import Bools, Ints

EVE_DAYS = 14
"""Two weeks before a start: the time from the Munich statement to 27 February 2016. Ours; say --eve to change it."""
WORTH = 0.25
"""A reduction by less than a quarter is not worth the name: where the interval rules out a quarter or more, the answer
is "not reduced". Ours: no source gives a number."""
LEAST_BASELINE = 7
"""Days of baseline left before the eve, without which nothing is decided."""

Stretch = tuple[int, int]
"""[first, stop) positions in the span of days."""


@dataclass(frozen=True)
class Coverage:
    """By area and day of the whole span: origins that watched long enough, cells the reading calls covered.

    watched: each source that says when it watched, by day of the span. declared: coverage rows touch baseline, window.
    """

    origins: Ints
    covered: Bools
    watched: Mapping[str, Bools] = field(default_factory=dict)
    declared: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Asked:
    """Two periods over a span of days that holds both, the areas asked, and the choices.

    whole: the span, from the first to the last day of any period. baseline, window, reference: positions
    in it, of two days or more each. places: columns of may_be, the last one being elsewhere.
    """

    indicator: str
    whole: Days
    baseline: Stretch
    window: Stretch
    places: Bools
    areas: tuple[str, ...]
    coverage: Coverage
    reference: Stretch | None = None
    eve_days: int = EVE_DAYS
    worth: float = WORTH
    seed: int = 1

    def part(self, stretch: Stretch) -> Days:
        """The days of a stretch."""
        lo, hi = stretch
        return Days(self.whole.first + timedelta(days=lo), self.whole.edges[lo : hi + 1])

    def before_the_eve(self) -> tuple[Stretch, bool]:
        """The baseline without the days of the eve, and whether too little is left of it to decide on."""
        lo, hi = self.baseline
        if lo >= self.window[0]:
            return self.baseline, False
        stop = max(min(hi, self.window[0] - self.eve_days), lo)
        return (lo, stop), stop < hi and stop - lo < LEAST_BASELINE
