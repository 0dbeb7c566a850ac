"""What a comparison says: periods, ratio with its interval, answer, reasons, and every choice beside it.

Numbers are rounded to three decimals before anything is decided on them, so that two processors that
differ in the last bits give the same answer.
"""

from enum import StrEnum

import msgspec

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
    killed: Range
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


def rounded(number: float) -> float:
    """Three decimals, and no minus nought."""
    return round(float(number), 3) + 0.0


def rounded_or_none(number: float | None) -> float | None:
    """Three decimals, or None where there is no number or no end."""
    return None if number is None or number == float("inf") else rounded(number)
