"""Incidents of one indicator on the days of a period: low, best and high a day, and drawn where days are not known.

Days are whole local days. *Low* counts incidents that surely count, surely in the places asked and
surely on that day; *high* those that may. *Best* spreads each incident that surely counts evenly over
the time and the places where it may have been; one that only may count is in *high* alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from truceline.errors import ValueNotRead
from truceline.statistics.special import Floats
from truceline.vocabulary.columns import NO, SURELY, Bools, Bytes, IncidentColumns, Ints, given_sums
from truceline.vocabulary.comparison import Killed
from truceline.vocabulary.when import local_midnight, zone_of

MOST_DAYS = 3_660
"""Ten years: bounds what one comparison may be asked for."""


@dataclass(frozen=True)
class Days:
    """Days that follow each other: `first`, and their n + 1 edges in UTC microseconds."""

    first: date
    edges: Ints

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def numbers(self) -> Ints:
        """The days counted from 1 January of the year 1."""
        return np.arange(len(self), dtype=np.int64) + self.first.toordinal()

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=len(self) - 1)


def local_days(first: date, last: date, zone: str, as_of: int) -> Days:
    """The local days from first to last, both included, that are over at the as-of instant. Raises `ValueNotRead`."""
    wanted = (last - first).days + 1
    if not 1 <= wanted <= MOST_DAYS:
        raise ValueNotRead(f"{first} to {last} has {wanted} days", f"Ask for 1 to {MOST_DAYS} days, the earlier first.")
    rules = zone_of(zone)
    edges = [local_midnight(first + timedelta(days=n), rules) for n in range(wanted + 1)]
    return Days(first, np.array([edge for n, edge in enumerate(edges) if n == 0 or edge <= as_of], np.int64))


@dataclass(frozen=True)
class Daily:
    """One series: numbers a day, and the period's own totals (`touching` are surely or maybe in the period)."""

    low: Ints
    best: Floats
    high: Ints
    surely: int
    touching: int


@dataclass(frozen=True)
class Occurrences:
    """The incidents that may count, with what is known of each; `sure` surely counts."""

    start: Ints
    end: Ints
    may_be: Bools
    sure: Bools

    @classmethod
    def of(cls, incidents: IncidentColumns, counts: Bytes, kept: Bools | None = None) -> "Occurrences":
        """Those of one indicator; of some incidents alone where `kept` says which."""
        at = np.flatnonzero((counts != NO) & (True if kept is None else kept))
        return cls(incidents.start[at], incidents.end[at], incidents.may_be[at], counts[at] == SURELY)

    def daily(self, days: Days, places: Bools) -> Daily:
        """Low, best and high a day in these places (columns of may_be, the last one being elsewhere)."""
        share = self.share(places)
        placed = self.sure & (share == 1)
        first, last = _touched(self.start, self.end, days.edges)
        on_one = (first == last) & (first >= 0) & (first < len(days))
        low = np.bincount(first[placed & on_one], minlength=len(days))[: len(days)]
        touching = (share > 0) & (last >= 0) & (first < len(days))
        surely = placed & (self.start >= days.edges[0]) & (self.end <= days.edges[-1])
        return Daily(
            low,
            self._best(days, np.where(self.sure, share, 0.0), on_one),
            _spread(first[touching], last[touching], len(days)),
            int(surely.sum()),
            int(touching.sum()),
        )

    def share(self, places: Bools) -> Floats:
        """The part of the places where each may have been that is among these."""
        if places.all():
            anywhere: Floats = np.asarray(self.may_be.any(axis=1), np.float64)
            return anywhere
        possible = np.maximum(self.may_be.sum(axis=1), 1)
        there: Floats = np.asarray(self.may_be[:, places].sum(axis=1) / possible, np.float64)
        return there

    def _best(self, days: Days, weight: Floats, on_one: Bools) -> Floats:
        first, _ = _touched(self.start, self.end, days.edges)
        one = on_one & (weight > 0)
        best: Floats = np.bincount(first[one], weights=weight[one], minlength=len(days))[: len(days)].astype(np.float64)
        wide = np.flatnonzero(~on_one & (weight > 0) & (self.end > days.edges[0]) & (self.start < days.edges[-1]))
        if not len(wide):
            return best
        start, length = self.start[wide], (self.end - self.start)[wide]
        gone = [float((weight[wide] * np.clip((edge - start) / length, 0, 1)).sum()) for edge in days.edges.tolist()]
        spread: Floats = best + np.diff(gone)
        return spread

    def doubtful(self, days: Days) -> Bools:
        """Which of those that surely count and touch the days are not surely on one day in one place."""
        first, last = _touched(self.start, self.end, days.edges)
        open_ended = (first != last) | (first < 0) | (last >= len(days)) | (self.may_be.sum(axis=1) > 1)
        found: Bools = self.sure & (last >= 0) & (first < len(days)) & open_ended
        return found

    def drawn(self, days: Days, draws: int, chance: np.random.Generator) -> NDArray[np.int32]:
        """Counts by draw, place and day, shape (draws, places, days): each doubtful incident put somewhere at random.

        The instant is uniform over the interval, the place over the places where it may be. Only
        incidents that surely count are drawn.
        """
        n_places, n_days = self.may_be.shape[1], len(days)
        doubtful = self.doubtful(days)
        first, last = _touched(self.start, self.end, days.edges)
        clear = self.sure & ~doubtful & (first >= 0) & (last < n_days)
        cells = self.may_be[clear].argmax(axis=1) * n_days + first[clear]
        surely = np.bincount(cells, minlength=n_places * n_days).reshape(n_places, n_days)
        counts = np.repeat(surely[None].astype(np.int32), draws, axis=0)
        at = np.flatnonzero(doubtful)
        possible = self.may_be[at].sum(axis=1)
        several = np.flatnonzero(possible > 1)
        order = np.cumsum(self.may_be[at[several]], axis=1, dtype=np.int16)
        place = self.may_be[at].argmax(axis=1)
        for draw in range(draws if len(at) else 0):
            length = (self.end - self.start)[at]
            instant = self.start[at] + np.minimum((chance.random(len(at)) * length).astype(np.int64), length - 1)
            day = np.searchsorted(days.edges, instant, side="right") - 1
            pick = np.floor(chance.random(len(several)) * possible[several]).astype(np.int16) + 1
            place[several] = (order >= pick[:, None]).argmax(axis=1)
            there = (day >= 0) & (day < n_days)
            np.add.at(counts[draw], (place[there], day[there]), 1)
        return counts


def _touched(start: Ints, end: Ints, edges: Ints) -> tuple[Ints, Ints]:
    """First and last day touched; -1 for before, the number of days for after."""
    return (
        (np.searchsorted(edges, start, side="right") - 1).astype(np.int64),
        (np.searchsorted(edges, end, side="left") - 1).astype(np.int64),
    )


def _spread(first: Ints, last: Ints, n_days: int) -> Ints:
    steps = np.bincount(np.maximum(first, 0), minlength=n_days + 1)[: n_days + 1]
    steps = steps - np.bincount(np.minimum(last, n_days - 1) + 1, minlength=n_days + 1)[: n_days + 1]
    counted: Ints = steps.cumsum()[:-1].astype(np.int64)
    return counted


def killed(incidents: IncidentColumns, counts: Bytes, days: Days, places: Bools) -> Killed:
    """Sums of killed low, best, high over incidents that surely count and surely lie in these days and places.

    A figure that none of them gives is absent, and a best one that some leave out: beside the other sums it would be
    too small. Of no incident at all the sums are nought.
    """
    outside = (incidents.may_be & ~places).any(axis=1)
    at = (counts == SURELY) & ~outside & (incidents.start >= days.edges[0]) & (incidents.end <= days.edges[-1])
    if not at.any():
        return Killed(0, 0, 0)
    return Killed(*given_sums(incidents.killed_low[at], incidents.killed_best[at], incidents.killed_high[at]))
