"""The incidents of one comparison, counted once: which sources, which baseline, drawn cells, one series a day."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from truceline.statistics.asked import Asked, Stretch
from truceline.statistics.panel import Panel, panel
from truceline.statistics.periods import Daily, Occurrences, killed
from truceline.statistics.rounding import rounded
from truceline.statistics.series import Series
from truceline.statistics.special import Floats
from truceline.vocabulary.columns import SURELY, Bools, Bytes, IncidentColumns
from truceline.vocabulary.comparison import DailyTold, PeriodTold, Range

DRAWS = 20
"""Draws of the days and places that are not known; one where all are known."""

Pair = tuple[Series, Series]
Cells = NDArray[np.int32]


class Counted:
    """What several parts of a comparison need.

    without: the baseline before the eve; baseline: the one decided on (as asked where too little is left).
    cells: counts by draw, place and day, of the sources there in both periods; doubtful: how many were drawn.
    """

    def __init__(self, asked: Asked, incidents: IncidentColumns, counts: Bytes) -> None:
        self.asked, self.incidents, self.counts = asked, incidents, counts
        self.chance = np.random.Generator(np.random.PCG64(asked.seed))
        self.without, self.eve_only = asked.before_the_eve()
        self.baseline = asked.baseline if self.eve_only else self.without
        self.panel = self._panel()
        self.kept = self._constant() if self.panel.changed and self.panel.constant else None
        self.occurrences = Occurrences.of(incidents, counts, self.kept)
        self.doubtful = int(self.occurrences.doubtful(asked.whole).sum())
        self.cells = self._drawn(self.occurrences)
        self.best = self.occurrences.daily(asked.whole, asked.places).best

    def everyone(self) -> Cells:
        """Counts of all sources by draw, place and day."""
        return self.cells if self.kept is None else self._drawn(Occurrences.of(self.incidents, self.counts))

    def pair(self, counts: Floats, baseline: Stretch | None = None, exposure: Floats | None = None) -> Pair:
        """Baseline and window of counts by draw and day of the span (or by day alone)."""
        day, one = self.asked.whole.numbers, np.atleast_2d(counts)
        before, after = (
            Series.of(one[:, lo:hi], day[lo:hi], None if exposure is None else exposure[lo:hi])
            for lo, hi in (baseline or self.baseline, self.asked.window)
        )
        return before, after

    def summed(self, cells: Cells, places: Bools | None = None) -> Floats:
        """Counts by draw and day over places."""
        summed: Floats = cells[:, self.asked.places if places is None else places, :].sum(axis=1).astype(np.float64)
        return summed

    def daily(self, stretch: Stretch) -> Daily:
        """Low, best and high a day of one stretch."""
        return self.occurrences.daily(self.asked.part(stretch), self.asked.places)

    def period(self, stretch: Stretch) -> PeriodTold:
        """One period as it is told."""
        days, daily = self.asked.part(stretch), self.daily(stretch)
        number, best = len(days), float(daily.best.sum())
        cover, here = self.asked.coverage, self.asked.places[:-1]
        counts = self.counts if self.kept is None else np.where(self.kept, self.counts, 0).astype(np.int8)
        return PeriodTold(
            days.first.isoformat(), days.last.isoformat(), number, int(daily.low.sum()),
            Range(daily.surely, rounded(best), daily.touching),
            Range(*(rounded(total / number) for total in (daily.surely, best, daily.touching))),
            killed(self.incidents, counts, days, self.asked.places),
            int(here.sum()) * number, int(cover.covered[here, slice(*stretch)].sum()),
            int(cover.origins[here, slice(*stretch)].sum()),
        )  # fmt: skip

    def told(self) -> DailyTold:
        """Every day of the span, of the sources decided on."""
        daily = self.occurrences.daily(self.asked.whole, self.asked.places)
        return DailyTold(self.asked.whole.first.isoformat(), tuple(daily.low.tolist()), tuple(daily.high.tolist()))

    def _drawn(self, occurrences: Occurrences) -> Cells:
        draws = DRAWS if occurrences.doubtful(self.asked.whole).any() else 1
        return occurrences.drawn(self.asked.whole, draws, self.chance)

    def _panel(self) -> Panel:
        window = self.asked.window
        watched = {
            name: (float(days[slice(*self.baseline)].mean()), float(days[slice(*window)].mean()))
            for name, days in self.asked.coverage.watched.items()
        }
        found, edges = [], self.asked.whole.edges
        for lo, hi in (self.baseline, window):
            at = (self.counts == SURELY) & (self.incidents.start < edges[hi]) & (self.incidents.end > edges[lo])
            found.append(Counter(map(self.incidents.source.__getitem__, np.flatnonzero(at).tolist())))
        reported = {name: (found[0][name], found[1][name]) for name in found[0] | found[1]}
        days = (self.baseline[1] - self.baseline[0], window[1] - window[0])
        return panel(watched, reported, days)

    def _constant(self) -> Bools:
        kept = set(self.panel.constant)
        return np.fromiter((name in kept for name in self.incidents.source), np.bool_, len(self.incidents))
