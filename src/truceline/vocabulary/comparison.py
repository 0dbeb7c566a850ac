"""What a comparison of two periods says: ratio with its interval, answer, reasons, and every choice beside it.

`statistics/` works it out, the terminal and the bulletin tell it. Numbers are rounded to three decimals
before anything is decided on them, so that two processors that differ in the last bits give the same answer.
"""

from enum import StrEnum

import msgspec

from truceline.vocabulary.agreement import Text
from truceline.vocabulary.assessment import Reason


class Fell(StrEnum):
    """Did violence fall?"""

    REDUCED = "reduced"
    NOT_REDUCED = "not_reduced"
    CANNOT_TELL = "cannot_tell"


class Range(msgspec.Struct, frozen=True):
    """Low, best and high of one number."""

    low: float
    best: float
    high: float


class Killed(msgspec.Struct, frozen=True):
    """Sums of low and high over the reports that give them; best where all reports that give a figure give a best one.

    None: not given. Of no report at all the sums are nought.
    """

    low: int | None
    best: int | None
    high: int | None


class PeriodTold(msgspec.Struct, frozen=True):
    """One period: first and last day (both included), days over and used, incidents, rate a day, killed, coverage.

    incidents.low: surely in it; high: may be. dated_to_one_day: surely on one of its days.
    area_days: areas x days; covered_area_days: of them, those the reading calls covered;
    source_area_days: origins that watched long enough, summed over areas and days.
    """

    first: str
    last: str
    days: int
    dated_to_one_day: int
    incidents: Range
    a_day: Range
    killed: Killed
    area_days: int
    covered_area_days: int
    source_area_days: int


class Estimate(msgspec.Struct, frozen=True):
    """A ratio of rates, window over baseline, with 95 % limits by one method (None: it gives none)."""

    method: str
    ratio: float | None
    low: float | None
    high: float | None
    note: dict[str, float] = {}


class Choice(msgspec.Struct, frozen=True):
    """The same question under another choice: counts, exposures, ratio, deciding interval, answer."""

    choice: str
    before: float
    before_exposure: float
    after: float
    after_exposure: float
    ratio: float | None
    low: float
    high: float | None
    answer: Fell


class Dispersion(msgspec.Struct, frozen=True):
    """alpha = 1/k by maximum likelihood with 95 % limits; swing and memory by moments, as the deciding interval has them."""  # noqa: E501

    alpha: Range
    swing: float
    memory: float


class AreaRatio(msgspec.Struct, frozen=True):
    """One area: expected counts, its own ratio, and the ratio drawn towards the areas' common one, with 95 % limits."""

    area: str
    before: float
    after: float
    own: float
    ratio: float
    low: float
    high: float


class Pooling(msgspec.Struct, frozen=True):
    """The areas' common ratio with limits, the standard deviation of log ratios between areas, each area."""

    ratio: float
    low: float
    high: float
    between: float
    areas: tuple[AreaRatio, ...]


class DailyTold(msgspec.Struct, frozen=True):
    """Day by day from `first`, over the whole span of the periods: surely on that day, and surely or maybe on it."""

    first: str
    low: tuple[int, ...]
    high: tuple[int, ...]


class PlainRule(msgspec.Struct, frozen=True):
    """The reading's own rule over the window: verdict, and area-days quiet, not quiet, cannot tell."""

    verdict: str
    threshold: int
    quiet: int
    not_quiet: int
    cannot_tell: int


class Comparison(msgspec.Struct, frozen=True):
    """One indicator in two periods. `choices[0]` is the deciding one; `settles` is what would change the answer."""

    indicator: str
    answer: Fell
    reasons: tuple[Reason, ...]
    settles: tuple[Reason, ...]
    before: PeriodTold
    after: PeriodTold
    eve_left_out: int
    choices: tuple[Choice, ...]
    methods: tuple[Estimate, ...]
    dispersion: Dispersion
    smallest_reduction: float | None
    rate_bound_of_none: float | None
    changes: tuple[str, ...]
    pooling: Pooling | None
    sources_constant: tuple[str, ...]
    sources_new: tuple[str, ...]
    sources_lost: tuple[str, ...]
    draws: int
    seed: int
    daily: DailyTold


class ComparisonTold(msgspec.Struct, frozen=True):
    """One comparison under one indicator, as it was asked, with the test and the plain rule beside each other.

    comparison: the id under which it was entered, "" where it never was; title: its title in the pack.
    window, baseline, reference: first and last day as asked, both included; `tested.before` has the days
    used. registered: periods, indicator and choices stand in the record since before the window began;
    anything else is exploratory, and `basis` says why. source: the one source compared; None for all.
    """

    comparison: str
    title: Text | None
    window: tuple[str, str]
    baseline: tuple[str, str]
    reference: tuple[str, str] | None
    area: str | None
    eve_days: int
    worth: float
    registered: bool
    basis: tuple[Reason, ...]
    tested: Comparison
    rule: PlainRule
    source: str | None = None

    @property
    def sources(self) -> tuple[str, ...] | None:
        """The sources it is decided on, where some were there in one period only; None for all."""
        one = self.tested
        return one.sources_constant or None if one.sources_new or one.sources_lost else None
