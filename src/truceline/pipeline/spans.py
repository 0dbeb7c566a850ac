"""A span of local days cut into days, ISO weeks or months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from truceline.compliance.days import local_date
from truceline.errors import TrucelineError
from truceline.statistics.periods import local_days
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import moment, zone_of

BY = ("day", "week", "month")


@dataclass(frozen=True)
class Span:
    """Periods that follow each other: names (2016-02-27, 2016-W08, 2016-02), n + 1 edges in UTC microseconds, days."""

    first: date
    last: date
    names: tuple[str, ...]
    edges: Ints
    days: tuple[int, ...]
    zone: str


def span_of(agreement: Agreement, first: str | None, last: str | None, by: str, as_of: int) -> Span:
    """The days from first to last, both included, that are over at the as-of instant; by default the agreement's.

    The first and the last week or month are cut off where the span is. Raises `TrucelineError`, `ValueNotRead`.
    """
    until = moment(as_of - 1).astimezone(zone_of(agreement.zone)).date()
    start = local_date(first or agreement.period.from_)
    stop = local_date(last) if last else until
    if not last and agreement.period.to:
        stop = min(stop, local_date(agreement.period.to) - timedelta(days=1))
    if stop < start:
        raise TrucelineError(f"The days from {start} to {stop} are none.", "Give --from and --to, the earlier first.")
    days = local_days(start, stop, agreement.zone, as_of)
    if not len(days):
        raise TrucelineError("No day of these is over at the as-of instant.", "Give earlier days, or a later --as-of.")
    named = [_name(start + timedelta(days=n), by) for n in range(len(days))]
    grouped = [(name, len(list(group))) for name, group in groupby(named)]
    at = np.cumsum([0, *(number for _, number in grouped)])
    names, lengths = zip(*grouped, strict=True)
    return Span(start, days.last, names, days.edges[at], lengths, agreement.zone)


def _name(day: date, by: str) -> str:
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: 7 if by == "month" else 10]


def placed(start: Ints, end: Ints, edges: Sequence[int] | Ints, wide: int) -> Ints:
    """The period in which each [start, end) surely lies, or `wide`."""
    bounds = np.asarray(edges, np.int64)
    first = np.searchsorted(bounds, start, side="right") - 1
    last = np.searchsorted(bounds, end, side="left") - 1
    within = (first == last) & (first >= 0) & (first < len(bounds) - 1)
    return np.where(within, first, wide).astype(np.int64)
