"""Counts and verdicts of one indicator over areas and days: low, high, covered, verdict, as arrays.

The rule is `docs/explanation/day-ledger.md`. A grid is made for a ledger's days and, with other
day edges, for a clock's.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from truceline.compliance.edges import ranges
from truceline.vocabulary.columns import MAYBE, NO, Bools, Bytes, Ints, Placed

QUIET, NOT_QUIET, CANNOT_TELL = 0, 1, 2
VERDICT_NAMES = ("quiet", "not_quiet", "cannot_tell")
BY_TIME, BY_PLACE, BY_SCOPE = 1, 2, 4
DOUBTS = range(8)
"""What is uncertain about an incident: the sum of these; 0 is surely there and counted."""
MOST_PAIRS = 1 << 22
"""Incidents with the areas where each may be counted together: bounds the memory."""


@dataclass(frozen=True)
class Counts:
    """Sums over incidents: arrays of shape (areas, days), so counts of several incidents may be added and taken off.

    sure: surely there; unsure: may be there and are not surely. by_time, by_place and by_scope count those
    that are unsure, by what is uncertain about them; by_same those that may be the same as another.
    anywhere: shape (2, days), surely on the day and others that may be, over all places.
    """

    sure: Ints
    unsure: Ints
    by_time: Ints
    by_place: Ints
    by_scope: Ints
    by_same: Ints
    anywhere: Ints

    def changed(self, other: "Counts", areas: Ints, days: slice, sign: int) -> "Counts":
        """The counts with those of other incidents added, or taken off (sign -1), in a block of areas and days."""
        made = Counts(*(getattr(self, one.name).copy() for one in fields(self)))
        for one in fields(self):
            block = (slice(None), days) if one.name == "anywhere" else (areas, days)
            getattr(made, one.name)[block] += sign * getattr(other, one.name)
        return made


@dataclass(frozen=True)
class Grid:
    """One indicator: arrays of shape (areas, days). maybe_time, maybe_place, maybe_scope and maybe_same count the
    incidents that may be in the cell and are not surely there, by what is uncertain about them."""

    low: Ints
    high: Ints
    maybe_time: Ints
    maybe_place: Ints
    maybe_scope: Ints
    maybe_same: Ints
    covered: Bools
    verdict: Bytes
    threshold: int

    @classmethod
    def of(cls, counts: Counts, covered: Bools, threshold: int) -> "Grid":
        """The verdicts that these counts give where these cells are covered."""
        low, high = counts.sure, counts.sure + counts.unsure
        verdict = verdicts(low, high, covered, threshold)
        doubts = counts.by_time, counts.by_place, counts.by_scope, counts.by_same
        return cls(low, high, *doubts, covered, verdict, threshold)


def grid_of(placed: Placed, counts: Bytes, first: Ints, last: Ints, covered: Bools, threshold: int) -> Grid:
    """The grid for incidents whose interval touches days first to last (-1 before, n_days after)."""
    return Grid.of(counts_of(placed, counts, first, last, covered.shape[1]), covered, threshold)


def counts_of(
    placed: Placed, counts: Bytes, first: Ints, last: Ints, n_days: int, again: Bools | None = None
) -> Counts:
    """The counts of incidents whose interval touches days first to last, so many days in all. again: they may be the
    same as another, which is why they count maybe."""
    made = _counts_of(placed, counts, first, last, n_days)
    if again is None or not (at := np.flatnonzero(again)).size:
        return made
    same = _counts_of(placed.take(at), counts[at], first[at], last[at], n_days)
    return replace(made, by_scope=made.by_scope - same.by_scope, by_same=same.unsure)


def _counts_of(placed: Placed, counts: Bytes, first: Ints, last: Ints, n_days: int) -> Counts:
    at = np.flatnonzero((counts != NO) & (last >= 0) & (first < n_days))
    of, first, last = placed.of[at], first[at], last[at]
    one_place = ((placed.sets[:, :-1].sum(axis=1) == 1) & ~placed.sets[:, -1])[of]
    one_day = (first == last) & (first >= 0)
    maybe = counts[at] == MAYBE
    doubt = ~one_day * BY_TIME + ~one_place * BY_PLACE + maybe * BY_SCOPE
    spans = np.maximum(first, 0), np.minimum(last, n_days - 1) + 1
    cells = _spread(Placed(placed.sets[:, :-1], of), *spans, doubt, n_days)
    theatre = Placed(np.ones((1, 1), np.bool_), np.zeros(len(at), np.int64))
    by_day = _spread(theatre, *spans, (~one_day | maybe).astype(np.int64), n_days)[:, 0]
    by = [cells[[doubt for doubt in DOUBTS if doubt & which]].sum(axis=0) for which in (BY_TIME, BY_PLACE, BY_SCOPE)]
    return Counts(cells[0], cells[1:].sum(axis=0), by[0], by[1], by[2], np.zeros_like(cells[0]), by_day[:2])


def _spread(placed: Placed, first: Ints, stop: Ints, doubt: Ints, n_days: int) -> Ints:
    """How many incidents of each doubt may be in each area and day: (doubts, areas, days), sums of runs of days."""
    n_areas, width = placed.sets.shape[1], n_days + 1
    steps = np.zeros(len(DOUBTS) * n_areas * width, np.int64)
    members = placed.sets.sum(axis=1)
    crowded = (members > 1) & (np.bincount(placed.of, minlength=len(members)) > width)
    alone = np.flatnonzero(~crowded[placed.of])
    area_of, begin = np.nonzero(placed.sets)[1], np.cumsum(members) - members
    for some in _parts(alone, members[placed.of[alone]]):
        owner, number = ranges(begin[placed.of[some]], members[placed.of[some]])
        row = (doubt[some[owner]] * n_areas + area_of[number]) * width
        steps += _steps(row, first[some[owner]], stop[some[owner]], len(steps))
    by_area = steps.reshape(len(DOUBTS), n_areas, width)
    for which in np.flatnonzero(crowded).tolist():
        # Many incidents of one set are counted by day before they are counted in each of its areas.
        at = np.flatnonzero(placed.of == which)
        of_set = _steps(doubt[at] * width, first[at], stop[at], len(DOUBTS) * width)
        by_area[:, placed.sets[which]] += of_set.reshape(len(DOUBTS), 1, width)
    found: Ints = by_area.cumsum(axis=2)[:, :, :-1]
    return found


def _steps(row: Ints, first: Ints, stop: Ints, size: int) -> Ints:
    return np.bincount(row + first, minlength=size) - np.bincount(row + stop, minlength=size)


def _parts(at: Ints, sizes: Ints) -> list[Ints]:
    """Positions in parts whose sizes are `MOST_PAIRS` in all, or little more."""
    whole = np.cumsum(sizes)
    cuts = np.arange(MOST_PAIRS, int(whole[-1]) if len(whole) else 0, MOST_PAIRS)
    return np.split(at, np.unique(np.searchsorted(whole, cuts)))


def verdicts(low: Ints, high: Ints, covered: Bools, threshold: int) -> Bytes:
    """Not quiet whatever the coverage, quiet only where covered, else cannot tell."""
    answer = np.full(low.shape, CANNOT_TELL, np.int8)
    answer[(high <= threshold) & covered] = QUIET
    answer[low > threshold] = NOT_QUIET
    return answer
