"""How far those watched who had to: the days of a period on which enough of them watched every area long enough."""

from collections.abc import Sequence

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.kinds.base import Watched
from truceline.compliance.watching import Spans, Spells, hours_in, spells_of
from truceline.vocabulary.agreement import MinimumCoverage
from truceline.vocabulary.columns import Bools, Ints, Watch
from truceline.vocabulary.when import DAY, HOUR

Period = tuple[int, int]


class Eyes:
    """Who watched, asked period by period. A day has 24 hours, counted from the period's start."""

    def __init__(self, rows: Sequence[Watch], names: Names, minimum: MinimumCoverage) -> None:
        self._names, self._minimum = names, minimum
        self._alike = _alike(spells_of(rows, names))
        self._days: dict[Period, Bools] = {}

    def on(self, areas: Bools, period: Period) -> Watched:
        """The days of a period on which all these areas were watched enough; the last may be shorter."""
        days: Bools = np.logical_and.reduce(self._watched(period)[areas], axis=0)
        return Watched(int(days.sum()), len(days), needed=self._minimum.sources)

    def _watched(self, period: Period) -> Bools:
        if period not in self._days:
            self._days[period] = self._each(period)
        return self._days[period]

    def _each(self, period: Period) -> Bools:
        start, end = period
        edges = np.array([*range(start, end, DAY), end] if start < end else [start], np.int64)
        least = np.maximum(np.minimum(self._minimum.hours * HOUR, np.diff(edges)), 1)
        sources: Ints = np.zeros((self._names.count, len(least)), np.int64)
        for spans, areas in self._alike:
            sources[areas] += hours_in(spans, edges) >= least
        enough: Bools = sources >= self._minimum.sources
        return enough


def _alike(spells: Spells) -> list[tuple[Spans, Ints]]:
    """Spans, and the areas that some source watched in just these: those who watch all watch each area alike.

    An area is there as often as it has sources, but never twice beside the same spans.
    """
    found: dict[tuple[str, tuple[tuple[int, int], ...]], list[int]] = {}
    for (origin, area), spans in spells.watched.items():
        found.setdefault((origin, tuple(spans)), []).append(area)
    return [(list(spans), np.array(areas, np.int64)) for (_, spans), areas in found.items()]
