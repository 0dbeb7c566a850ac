"""Reports in order of time, to which others come: whatever may overlap with an interval is a few stretches of them."""

import numpy as np

from truceline.matching.compared import Compared
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import DAY, HOUR

SPANS_US = (HOUR, 6 * HOUR, DAY, 7 * DAY, 365 * DAY)
"""Classes of the length of an interval, each in an order of its own; what is longer stands in one more."""
MOST_LOOSE = 1_024
"""Reports that came last and are not in order yet."""


class InTime:
    """Positions in order of the first instant, for each class of the length of the interval."""

    def __init__(self, reports: Compared, at: Ints) -> None:
        kind = np.searchsorted(np.array(SPANS_US), reports.last[at] - reports.start[at])
        self._start, self._at, self._longest = [], [], []
        for own in range(len(SPANS_US) + 1):
            these = at[kind == own]
            these = these[np.argsort(reports.start[these], kind="stable")]
            self._start.append(reports.start[these])
            self._at.append(these)
            self._longest.append(int((reports.last[these] - reports.start[these]).max(initial=0)))
        self._loose: list[tuple[int, int, int]] = []

    def add(self, at: int, start: int, last: int) -> None:
        """One more, with its first and last microsecond."""
        self._loose.append((at, start, last))
        if len(self._loose) > MOST_LOOSE:
            self._settle()

    def within(self, start: int, last: int, time_us: int) -> Ints:
        """Positions of all that may lie within that time of [start, last], and few others."""
        parts = [np.array([at for at, first, end in self._loose if first <= last + time_us and end >= start - time_us])]
        for starts, at, longest in zip(self._start, self._at, self._longest, strict=True):
            begin = int(np.searchsorted(starts, start - time_us - longest))
            end = int(np.searchsorted(starts, last + time_us, side="right"))
            parts.append(at[begin:end])
        return np.concatenate(parts).astype(np.int64)

    def _settle(self) -> None:
        """Those that came last go into their order."""
        loose = np.array(sorted(self._loose, key=lambda one: one[1]), np.int64)
        at, start, last = loose.T
        kind = np.searchsorted(np.array(SPANS_US), last - start)
        for own in np.unique(kind).tolist():
            these = kind == own
            where = np.searchsorted(self._start[own], start[these])
            self._start[own] = np.insert(self._start[own], where, start[these])
            self._at[own] = np.insert(self._at[own], where, at[these])
            self._longest[own] = max(self._longest[own], int((last - start)[these].max()))
        self._loose = []
