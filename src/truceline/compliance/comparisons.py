"""Two periods of whole local days side by side, under each indicator."""

from datetime import timedelta

import numpy as np

from truceline.compliance.days import local_date
from truceline.compliance.ledger import Evaluated
from truceline.vocabulary.assessment import Compared, PeriodCount
from truceline.vocabulary.columns import NO, SURELY, UNKNOWN, Bytes, IncidentColumns
from truceline.vocabulary.when import local_midnight, zone_of


def compare(evaluated: Evaluated) -> tuple[Compared, ...]:
    """Every comparison of the pack under every indicator; days run from midnight to midnight, local.

    Only days that are over at the as-of instant are counted: a period that has not begun has no days.
    """
    agreement, as_of = evaluated.question.agreement, evaluated.question.as_of
    return tuple(
        Compared(
            comparison.id,
            indicator.id,
            _count(evaluated.incidents, counts, comparison.before, agreement.zone, as_of),
            _count(evaluated.incidents, counts, comparison.after, agreement.zone, as_of),
        )
        for comparison in agreement.comparisons
        for indicator, counts in zip(agreement.indicators, evaluated.incidents.counts, strict=True)
    )


def _count(incidents: IncidentColumns, counts: Bytes, period: tuple[str, str], zone: str, as_of: int) -> PeriodCount:
    first, stop = (local_date(day) for day in period)
    dates = [first + timedelta(days=n) for n in range((stop - first).days + 1)]
    whole = np.array([local_midnight(day, zone_of(zone)) for day in dates], np.int64)
    edges = whole[: max(int((whole <= as_of).sum()), 1)]
    start, end = int(edges[0]), int(edges[-1])
    surely = (counts == SURELY) & (incidents.start >= start) & (incidents.end <= end)
    touching = (counts != NO) & (incidents.start < end) & (incidents.end > start)
    day = np.searchsorted(edges, incidents.start, side="right")
    one_day = surely & (incidents.end <= edges[np.minimum(day, len(edges) - 1)])
    killed = [
        int(column[surely & (column != UNKNOWN)].sum())
        for column in (incidents.killed_low, incidents.killed_best, incidents.killed_high)
    ]
    return PeriodCount(
        start,
        end if len(edges) > 1 else int(whole[-1]),
        len(edges) - 1,
        int(one_day.sum()),
        int(surely.sum()),
        int((touching & ~surely).sum()),
        *killed,
    )
