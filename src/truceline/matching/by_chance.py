"""Pairs that only chance brought together, and the reports that a model is estimated from.

Each source is moved by another stretch of time, whole: what then falls together tells of two incidents.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared
from truceline.matching.window import Window
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import DAY

SAMPLE = 20_000
"""Reports whose pairs a model is estimated from, and as many whose pairs only chance brings together."""
STRETCHES = 16
"""Into so many stretches of time sources are moved; two of one stretch are not compared."""


def days_drawn(reports: Compared, seed: int) -> Ints:
    """All reports that begin on days drawn until there are enough: groups are whole within a day."""
    of = reports.start // DAY
    days, of, times = np.unique(of, return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(days))
    kept = np.zeros(len(days), np.bool_)
    kept[order[: int(np.searchsorted(np.cumsum(times[order]), SAMPLE)) + 1]] = True
    return np.flatnonzero(kept[of.ravel()])


def stretches(reports: Compared, window: Window) -> Ints:
    """By how many stretches each report is moved: all of a source alike, unless a source's own are compared too."""
    return (np.arange(len(reports)) if window.within_one_source else reports.source.astype(np.int64)) % STRETCHES


def moved_in_time(reports: Compared, stretch: Ints) -> Compared:
    """Moved round the period, by whole days where it is long enough: what is told of days stays told of days, and each
    hour stays the hour it is. What a report says that it repeats is forgotten."""
    if not len(reports):
        return reports
    first = int(reports.start.min())
    period = int(reports.last.max()) - first + 1
    unit = DAY if period > STRETCHES * DAY else 1
    period = -(-period // unit) * unit
    step = period // (STRETCHES + 1) // unit * unit
    start = first + (reports.start - first + stretch * step) % period
    return replace(reports, start=start, last=start + reports.last - reports.start, repeats=np.full(len(reports), -1))


def of_two_stretches(parts: Iterable[Pairs], stretch: Ints) -> Iterator[Pairs]:
    """The pairs whose two reports were moved by different stretches."""
    for part in parts:
        yield part.only(stretch[part.one] != stretch[part.other])
