"""Two periods of whole local days side by side, under each indicator."""

from datetime import timedelta

import numpy as np

from truceline.compliance.days import local_date
from truceline.compliance.ledger import Evaluated
from truceline.vocabulary.assessment import Compared, PeriodCount
from truceline.vocabulary.columns import NO, SURELY, UNKNOWN, Bytes, IncidentColumns
from truceline.vocabulary.when import local_midnight, zone_of


def compare(evaluated: Evaluated) -> tuple[Compared, ...]:
    """Every comparison of the pack under every indicator; days run from midnight to midnight, local."""
    agreement = evaluated.question.agreement
    return tuple(
        Compared(
            comparison.id,
            indicator.id,
            _count(evaluated.incidents, counts, comparison.before, agreement.zone),
            _count(evaluated.incidents, counts, comparison.after, agreement.zone),
        )
        for comparison in agreement.comparisons
        for indicator, counts in zip(agreement.indicators, evaluated.incidents.counts, strict=True)
    )


def _count(incidents: IncidentColumns, counts: Bytes, period: tuple[str, str], zone: str) -> PeriodCount:
    first, stop = (local_date(day) for day in period)
    dates = [first + timedelta(days=n) for n in range((stop - first).days + 1)]
    edges = np.array([local_midnight(day, zone_of(zone)) for day in dates], np.int64)
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
        start, end, len(dates) - 1, int(one_day.sum()), int(surely.sum()), int((touching & ~surely).sum()), *killed
    )
