"""The days of a ledger or a clock, and which of them an interval touches."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from truceline.vocabulary.agreement import Period
from truceline.vocabulary.assessment import Day
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import HOUR, Interval, local_midnight, moment, zone_of

MOST_DAYS = 20_000
"""Bounds what one ledger may be asked for: over fifty years."""


def days_of(period: Period, boundary: str, zone: str, as_of: int) -> tuple[Day, ...]:
    """The days that begin in the period, at `boundary` (HH:MM) local in `zone`, and before the as-of instant.

    A day is named by the local date on which it begins; with a change of the clocks it has 23 or 25 hours.
    """
    rules = zone_of(zone)
    first = local_date(period.from_)
    stop = local_date(period.to) if period.to else moment(as_of).astimezone(rules).date() + timedelta(days=1)
    hour, minute = int(boundary[:2]), int(boundary[3:])
    dates = [first + timedelta(days=n) for n in range(min((stop - first).days, MOST_DAYS) + 1)]
    edges = [local_midnight(day, rules, hour, minute) for day in dates]
    return tuple(
        Day(day.isoformat(), start, end)
        for day, start, end in zip(dates, edges, edges[1:], strict=False)
        if start < as_of
    )


def days_from(start: int, count: int, zone: str) -> tuple[Day, ...]:
    """`count` periods of 24 hours from an instant, named by the local date on which each begins."""
    rules = zone_of(zone)
    edges = [start + 24 * HOUR * n for n in range(count + 1)]
    return tuple(Day(moment(edge).astimezone(rules).date().isoformat(), edge, after) for edge, after in pairwise(edges))


def local_date(text: str) -> date:
    """The date a pack writes as YYYY-MM-DD. Raises `ValueNotRead`."""
    return moment(Interval.from_text(text).start).date()


def edges_of(days: tuple[Day, ...]) -> Ints:
    """The n + 1 edges of n days that follow each other."""
    return np.array([day.start for day in days] + [days[-1].end] if days else [], dtype=np.int64)


def touched(start: Ints, end: Ints, edges: Ints) -> tuple[Ints, Ints]:
    """Positions of the first and the last day that [start, end) touches; -1 for before, len(days) for after."""
    if len(edges) == 0:
        return np.zeros(len(start), np.int64), np.zeros(len(start), np.int64)
    first = np.searchsorted(edges, start, side="right") - 1
    last = np.searchsorted(edges, end, side="left") - 1
    return first.astype(np.int64), last.astype(np.int64)
