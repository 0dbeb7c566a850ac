"""Every pair that a model proposes among reports, and an order of the reports that does not hang on how they came."""

from collections.abc import Sequence

import numpy as np

from truceline.matching.at_once import proposed_at_once
from truceline.matching.compared import Compared
from truceline.matching.model import Model, Scored
from truceline.vocabulary.columns import Ints


def proposed(reports: Compared, model: Model, threads: int = 1) -> Scored:
    """The candidates within the model's window and what reports say they repeat, scored, from the model's `least` on;
    in order of the first, then of the second report."""
    return proposed_at_once(reports, model, threads)


def ranked(reports: Compared, source_row: Sequence[str], seq: Ints) -> Ints:
    """The rank of each report: by its time and place, its source, its own id there, and last by its seq.

    In whatever order reports come, and in whatever log they stand, they have the same ranks among themselves, unless
    one source sends rows with no id of their own that say the same time and place.
    """
    keys = (_of_sources(reports), reports.radius, reports.lon, reports.lat, reports.last, reports.start)
    order = np.lexsort(keys)
    for begin, end in _ties(keys, order):
        order[begin:end] = sorted(order[begin:end].tolist(), key=lambda at: (source_row[at], int(seq[at])))
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def _ties(keys: Sequence[Ints], order: Ints) -> list[tuple[int, int]]:
    """Runs in the order whose keys are all the same."""
    same = np.ones(max(len(order) - 1, 0), np.bool_)
    for key in keys:
        ordered = key[order]
        same &= ordered[1:] == ordered[:-1]
    edges = np.diff(np.concatenate([[False], same, [False]]).astype(np.int8))
    begins, ends = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0) + 1
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def _of_sources(reports: Compared) -> Ints:
    """The place of each report's source among all of them in order."""
    sources = reports.texts.source
    ordered = {text: number for number, text in enumerate(sorted(set(sources)))}
    return np.array([ordered[text] for text in sources] or [0], np.int64)[reports.source]
