"""Who could see which area on which day, and for how long: coverage rows to hours of independent origins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.areas import Names
from truceline.vocabulary.agreement import MinimumCoverage
from truceline.vocabulary.columns import Bools, Ints, Watch
from truceline.vocabulary.when import HOUR

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Watching:
    """By area and day: how many origins watched long enough, and how many sources were stopped or silent."""

    sources: Ints
    stopped: Ints
    silent: Ints

    def covered(self, minimum: MinimumCoverage) -> Bools:
        """Enough independent origins each watched long enough."""
        enough: Bools = self.sources >= minimum.sources
        return enough


def watching(rows: Sequence[Watch], names: Names, n_areas: int, edges: Ints, minimum: MinimumCoverage) -> Watching:
    """Hours per source are its `reported` rows less its `stopped` rows; sources of one origin are joined.

    Rows whose area is not known are left out (they are listed elsewhere as unresolved).
    """
    n_days = max(len(edges) - 1, 0)
    sources, stopped, silent = (np.zeros((n_areas, n_days), np.int64) for _ in range(3))
    by_source: dict[tuple[str, str, int], dict[str, Spans]] = {}
    for row in rows:
        areas = names.row(row.area)
        for area in np.flatnonzero(areas).tolist() if areas is not None else ():
            spans = by_source.setdefault((row.origin or row.source, row.source, area), {})
            spans.setdefault(row.status, []).append((row.start, row.end))
    by_origin: dict[tuple[str, int], Spans] = {}
    for (origin, _, area), spans in by_source.items():
        watched = less(joined(spans.get("reported", [])), joined(spans.get("stopped", [])))
        by_origin.setdefault((origin, area), []).extend(watched)
        stopped[area] += _hours(spans.get("stopped", []), edges) > 0
        silent[area] += _hours(spans.get("silent", []), edges) > 0
    least = max(minimum.hours * HOUR, 1)
    for (_, area), watched in by_origin.items():
        sources[area] += _hours(watched, edges) >= least
    return Watching(sources, stopped, silent)


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """The union of half-open spans, in order, none touching another."""
    union: Spans = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union


def less(spans: Spans, taken: Spans) -> Spans:
    """Joined spans without the parts that other joined spans take."""
    left: Spans = []
    for start, end in spans:
        for cut_start, cut_end in taken:
            if cut_end <= start or cut_start >= end:
                continue
            if cut_start > start:
                left.append((start, cut_start))
            start = max(start, cut_end)
            if start >= end:
                break
        if start < end:
            left.append((start, end))
    return left


def _hours(spans: Spans, edges: Ints) -> Ints:
    """Microseconds of the union of the spans in each day."""
    lengths = np.zeros(max(len(edges) - 1, 0), np.int64)
    for start, end in joined(spans):
        lengths += np.maximum(np.minimum(edges[1:], end) - np.maximum(edges[:-1], start), 0)
    return lengths
