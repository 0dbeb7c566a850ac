"""Counts and verdicts of one indicator over areas and days: low, high, covered, verdict, as arrays.

The rule is `docs/explanation/day-ledger.md`. A grid is made for a ledger's days and, with other
day edges, for a clock's.
"""

from dataclasses import dataclass

import numpy as np

from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, IncidentColumns, Ints

QUIET, NOT_QUIET, CANNOT_TELL = 0, 1, 2
VERDICT_NAMES = ("quiet", "not_quiet", "cannot_tell")


@dataclass(frozen=True)
class Grid:
    """One indicator: arrays of shape (areas, days). maybe_time, maybe_place and maybe_scope count the
    incidents that may be in the cell and are not surely there, by what is uncertain about them."""

    low: Ints
    high: Ints
    maybe_time: Ints
    maybe_place: Ints
    maybe_scope: Ints
    covered: Bools
    verdict: Bytes
    threshold: int


def grid_of(incidents: IncidentColumns, counts: Bytes, first: Ints, last: Ints, covered: Bools, threshold: int) -> Grid:
    """The grid for incidents whose interval touches days first to last (-1 before, n_days after)."""
    n_areas, n_days = covered.shape
    may, one_place, one_day = _placed(incidents, counts, first, last, n_days)
    sure = may & one_place & one_day & (counts == SURELY)
    unsure = may & ~sure
    low = spread(incidents.may_be, first, last, sure, (n_areas, n_days))
    high = low + spread(incidents.may_be, first, last, unsure, (n_areas, n_days))
    doubts = (~one_day, ~one_place, counts == MAYBE)
    by_time, by_place, by_scope = (
        spread(incidents.may_be, first, last, unsure & doubt, (n_areas, n_days)) for doubt in doubts
    )
    verdict = verdicts(low, high, covered, threshold)
    return Grid(low, high, by_time, by_place, by_scope, covered, verdict, threshold)


def _placed(
    incidents: IncidentColumns, counts: Bytes, first: Ints, last: Ints, n_days: int
) -> tuple[Bools, Bools, Bools]:
    may = (counts != NO) & (last >= 0) & (first < n_days)
    one_place = (incidents.may_be[:, :-1].sum(axis=1) == 1) & ~incidents.may_be[:, -1]
    one_day = (first == last) & (first >= 0) & (first < n_days)
    return may, one_place, one_day


def spread(may_be: Bools, first: Ints, last: Ints, which: Bools, shape: tuple[int, int]) -> Ints:
    """How many of these incidents may be in each area and day: sums of runs, by differences."""
    n_areas, n_days = shape
    steps = np.zeros((n_areas, n_days + 1), np.int64)
    for area in range(n_areas):
        at = np.flatnonzero(which & may_be[:, area])
        steps[area] += np.bincount(np.maximum(first[at], 0), minlength=n_days + 1)[: n_days + 1]
        steps[area] -= np.bincount(np.minimum(last[at], n_days - 1) + 1, minlength=n_days + 1)[: n_days + 1]
    counted: Ints = steps.cumsum(axis=1)[:, :-1]
    return counted


def verdicts(low: Ints, high: Ints, covered: Bools, threshold: int) -> Bytes:
    """Not quiet whatever the coverage, quiet only where covered, else cannot tell."""
    answer = np.full(low.shape, CANNOT_TELL, np.int8)
    answer[(high <= threshold) & covered] = QUIET
    answer[low > threshold] = NOT_QUIET
    return answer


def daily(incidents: IncidentColumns, counts: Bytes, n_days: int) -> Ints:
    """(surely, maybe) per day over all places: shape (n_days, 2)."""
    anywhere = np.ones((len(incidents), 1), np.bool_)
    first, last = incidents.first_day, incidents.last_day
    may = (counts != NO) & (last >= 0) & (first < n_days)
    one_day = (first == last) & (first >= 0) & (first < n_days)
    sure = may & one_day & (counts == SURELY)
    surely = spread(anywhere, first, last, sure, (1, n_days))[0]
    maybe = spread(anywhere, first, last, may & ~sure, (1, n_days))[0]
    return np.stack([surely, maybe], axis=1)
