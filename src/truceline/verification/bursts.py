"""Bursts and floods: sources that suddenly send far more than before, texts that come in mass. Flags, and no more.

A flag discounts nothing: a real offensive makes bursts too. Days are those on which things are said to have happened,
because a record is often filled with years at once. All rules are whole numbers.

* burst: a day on which a source, or the reports that name a side, are more than the median of the days before plus
  nine times their median absolute deviation (some six standard deviations of a bell curve; Leys et al. 2013)
* one_text: one source told nearly the same words often
* flood: many sources told nearly the same words at once, and at least half of them had told nothing before
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

PAST_DAYS, LEAST_PAST = 28, 7
"""Days before that a day is held against, and the least of them that make a past."""
DEVIATIONS = 9
FLOOR = 10
"""A day with fewer reports is no burst, however quiet it was before."""
MASS = 5
"""Reports in nearly the same words that make a mass, and sources that make a flood."""


class Burst(Struct, frozen=True):
    """A flag. who: a source, or a side as reports name it; of a flood, the source whose text was received first.

    number: reports of the day, or in nearly the same words. median, deviation: of the days before. limit: what the
    number goes beyond. sources, fresh: of a flood, how many told it, and how many of them had told nothing before.
    """

    kind: Literal["burst", "one_text", "flood"]
    of: Literal["source", "side"]
    who: str
    day: int
    number: int
    limit: int
    median: int = 0
    deviation: int = 0
    sources: int = 1
    fresh: int = 0
    reports: tuple[str, ...] = ()


class Echoed(Struct, frozen=True):
    """Reports in nearly the same words: their keys, and for each its source and day; the one received first leads."""

    reports: tuple[str, ...]
    sources: tuple[str, ...]
    days: tuple[int, ...]


def bursts(of: Literal["source", "side"], days: Mapping[str, Sequence[int]]) -> Iterable[Burst]:
    """Days on which somebody told, or was named, far more often than before. days: the day of each report."""
    for who, told in sorted(days.items()):
        counts: dict[int, int] = {}
        for day in told:
            counts[day] = counts.get(day, 0) + 1
        first = min(counts)
        for day, number in sorted(counts.items()):
            past = [counts.get(before, 0) for before in range(max(first, day - PAST_DAYS), day)]
            if number < FLOOR or len(past) < LEAST_PAST:
                continue
            median, deviation = _median(past), 0
            deviation = _median([abs(one - median) for one in past])
            limit = median + DEVIATIONS * max(deviation, 1)
            if number > limit:
                yield Burst("burst", of, who, day, number, limit, median, deviation)


def masses(echoed: Iterable[Echoed], first_days: Mapping[str, int]) -> Iterable[Burst]:
    """Texts in mass. first_days: the day of the first report of each source."""
    begun = min(first_days.values(), default=0)
    for one in echoed:
        day = min(one.days)
        often: dict[str, list[str]] = {}
        for source, report in zip(one.sources, one.reports, strict=True):
            often.setdefault(source, []).append(report)
        for source, reports in sorted(often.items()):
            if len(reports) >= MASS:
                yield Burst("one_text", "source", source, day, len(reports), MASS - 1, reports=tuple(reports))
        fresh = sum(first_days[source] >= day for source in often)
        # On the first days of a record every source is new: that says nothing.
        if len(often) >= MASS and 2 * fresh >= len(often) and day - begun >= LEAST_PAST:
            yield Burst(
                "flood", "source", one.sources[0], day, len(one.reports), MASS - 1, sources=len(often), fresh=fresh,
                reports=one.reports,
            )  # fmt: skip


def _median(numbers: Sequence[int]) -> int:
    """The lower median."""
    return sorted(numbers)[(len(numbers) - 1) // 2]
