"""On which day a text's incident may have been: chances in millionths, from what it names and what is known of it.

A report comes out on the day of what it tells or the day after, seldom later (`AFTER`); of every page a part
(`ASIDE`) may be of any day, because it tells of something else too. What a weekday says is weighed in. How likely two
texts tell of one day is compared with two texts of any days: a sum over the days, the logarithm of which is the weight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

import numpy as np
from numpy.typing import NDArray

from truceline.matching.wording_dates import Named, ordinal
from truceline.vocabulary.columns import Ints

Shares = NDArray[np.float64]
MILLION = 1_000_000
AFTER = {0: 600_000, 1: 240_000, 2: 40_000, 3: 20_000, -1: 20_000, 4: 10_000, 5: 10_000, 6: 10_000, 7: 10_000}
"""Of a report of day d, the chance in millionths that its incident was on day d - n. Ours."""
ASIDE = 40_000
MOST_LISTED = 128
"""Days listed for a text; the rest counts as spread over all days."""
MOST_SPAN = 4_000
MARGIN = 10
ON_DAY, DAY_BEFORE, ANY_DAY = 3_111, 1_089, 560
"""What naming a weekday makes of the chance of that day, of the day before, of others, in thousandths; mean 1,000."""
LEAST_DAYS = -4 * MILLION
"""However far apart their days, two texts weigh no less: dates on pages are often of something else."""
_STEPS = 12
_LOG = [round(log2(1 + at / (1 << _STEPS)) * MILLION) for at in range((1 << _STEPS) + 1)]


@dataclass(frozen=True)
class Span:
    """The days there are: the number of the first (`date.toordinal`), and how many."""

    first: int
    count: int

    @classmethod
    def of(cls, named: Iterable[int]) -> "Span":
        """The days that were named, the rarest hundredth at either end aside, and `MARGIN` more at each end."""
        days = sorted(named)
        if not days:
            return cls(0, 1)
        aside = len(days) // 100
        first, last = days[aside] - MARGIN, days[-1 - aside] + MARGIN
        first = max(first, last - MOST_SPAN + 1)
        return cls(first, last - first + 1)

    def years(self) -> range:
        """The years of its days."""
        last = date.fromordinal(max(self.first + self.count - 1, 1)).year
        return range(date.fromordinal(max(self.first, 1)).year, last + 1)


@dataclass(frozen=True)
class Chances:
    """days: within the span, rising, and their chances in millionths; the rest is spread by the weekday (-1: evenly).

    by_weekday: what is listed, by weekday of the day.
    """

    days: Ints
    millionths: Ints
    weekday: int
    by_weekday: Ints

    @property
    def rest(self) -> int:
        """Millionths spread over all days."""
        return MILLION - int(self.millionths.sum())

    @property
    def likeliest(self) -> int:
        """The likeliest listed day of the span, the first of equals; -1 where none is listed."""
        return int(self.days[self.millionths.argmax()]) if len(self.days) else -1

    def shape(self) -> Ints:
        """How the rest is spread over the weekdays, in thousandths of an even spread."""
        made = np.full(7, 1_000 if self.weekday < 0 else ANY_DAY, np.int64)
        if self.weekday >= 0:
            made[self.weekday], made[self.weekday - 1] = ON_DAY, DAY_BEFORE
        return made


def listed(days: Ints, millionths: Ints, weekday: int, span: Span) -> Chances:
    """Chances of which no more than `MOST_LISTED` days are listed, the likeliest."""
    kept = np.sort(np.lexsort((days, -millionths))[:MOST_LISTED])
    kept = kept[millionths[kept] > 0]
    by_weekday = np.zeros(7, np.int64)
    np.add.at(by_weekday, (days[kept] + span.first - 1) % 7, millionths[kept])
    return Chances(days[kept], millionths[kept], weekday, by_weekday)


def chances(published: Sequence[int], named: Named, span: Span) -> Chances:
    """From the day it was published, the days it names, days named without a year, and the first weekday named."""
    weekday = named.weekdays[0] if named.weekdays else -1
    told: list[tuple[int, int]] = []
    if published or named.days:
        said = [*published[:1], *named.days]
        told = [(day, 2 if at == 0 else 1) for at, day in enumerate(said)]
    else:
        told = [(ordinal(year, *day), 1) for day in named.yearless for year in span.years()]
    mass = np.zeros(span.count, np.int64)
    inside = [(day - span.first, weight) for day, weight in told if day]
    for day, weight in inside:
        for after, share in AFTER.items():
            if 0 <= day - after < span.count:
                mass[day - after] += weight * share
    return _weighed(mass, weekday, span)


def _weighed(mass: Ints, weekday: int, span: Span) -> Chances:
    days = np.flatnonzero(mass)
    if not len(days):
        return listed(days, days, weekday, span)
    shape = Chances(days, mass[days], weekday, np.zeros(7, np.int64)).shape()
    share = (MILLION - ASIDE) * mass[days] // mass.sum() * shape[(days + span.first - 1) % 7] // 1_000
    whole = int(share.sum()) + ASIDE
    return listed(days, share * MILLION // whole, weekday, span)


def dense(one: Chances, span: Span) -> Shares:
    """The chance of every day of the span, for estimating."""
    weekdays = (np.arange(span.count) + span.first - 1) % 7
    made = one.rest / MILLION / span.count * one.shape()[weekdays] / 1_000
    made[one.days] += one.millionths / MILLION
    return np.asarray(made / made.sum(), np.float64)


def days_weight(one: Chances, other: Chances, span: Span) -> int:
    """The weight of both telling of one day, in millionths of a doubling: 0 where nothing is known of the day."""
    _, here, there = np.intersect1d(one.days, other.days, assume_unique=True, return_indices=True)
    met = int((one.millionths[here] * other.millionths[there]).sum())
    spread = beside(
        one.by_weekday, one.rest, one.shape(), other.by_weekday[None], np.array([other.rest]), other.shape()[None]
    )
    return int(weights_of(met * span.count + spread)[0])


def beside(listed_1: Ints, rest_1: int, shape_1: Ints, listed_n: Ints, rest_n: Ints, shape_n: Ints) -> Ints:
    """What the spread parts of one and of each of n add, in 1e-12."""
    crossed = rest_n * (shape_n @ listed_1) // 1_000 + rest_1 * (listed_n @ shape_1) // 1_000
    made: Ints = crossed + rest_1 * rest_n // 7 * (shape_n @ shape_1) // MILLION
    return made


def weights_of(times: Ints) -> Ints:
    """The logarithm to the base 2 of so many 1e-12, in millionths, and no less than `LEAST_DAYS`."""
    made: Ints = np.maximum(logarithm(times) - logarithm(np.array([MILLION * MILLION]))[0], LEAST_DAYS)
    return made


def logarithm(numbers: Ints) -> Ints:
    """The logarithm to the base 2 in millionths, by a table of 4,096 steps a doubling; of 0 as of 1."""
    least = np.maximum(numbers, 1)
    whole = np.frexp(least.astype(np.float64))[1].astype(np.int64) - 1
    whole -= (np.left_shift(np.int64(1), whole) > least).astype(np.int64)
    shift = whole - _STEPS
    part = np.where(shift >= 0, least >> np.maximum(shift, 0), least << np.maximum(-shift, 0)) - (1 << _STEPS)
    made: Ints = whole * MILLION + np.array(_LOG, np.int64)[part]
    return made
