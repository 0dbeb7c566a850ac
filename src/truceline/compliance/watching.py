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


@dataclass(frozen=True)
class Spells:
    """When who watched what: spans by origin and area, and when sources were stopped or silent, by area."""

    watched: dict[tuple[str, int], Spans]
    stopped: list[tuple[int, Spans]]
    silent: list[tuple[int, Spans]]


def watching(rows: Sequence[Watch], names: Names, n_areas: int, edges: Ints, minimum: MinimumCoverage) -> Watching:
    """Hours per source are its `reported` rows less its `stopped` rows; sources of one origin are joined.

    Rows whose area is not known are left out (they are listed elsewhere as unresolved).
    """
    return watching_on(spells_of(rows, names), n_areas, edges, minimum)


def spells_of(rows: Sequence[Watch], names: Names) -> Spells:
    """What the rows say, whatever the days."""
    by_source: dict[tuple[str, str, int], dict[str, Spans]] = {}
    known: dict[str, list[int]] = {}
    for row in rows:
        if row.area not in known:
            areas = names.row(row.area)
            known[row.area] = [] if areas is None else np.flatnonzero(areas).tolist()
        for area in known[row.area]:
            spans = by_source.setdefault((row.origin or row.source, row.source, area), {})
            spans.setdefault(row.status, []).append((row.start, row.end))
    found = Spells({}, [], [])
    for (origin, _, area), spans in by_source.items():
        watched = less(joined(spans.get("reported", [])), joined(spans.get("stopped", [])))
        found.watched.setdefault((origin, area), []).extend(watched)
        found.stopped.append((area, spans.get("stopped", [])))
        found.silent.append((area, spans.get("silent", [])))
    return found


def watching_on(spells: Spells, n_areas: int, edges: Ints, minimum: MinimumCoverage) -> Watching:
    """Who watched on the days with these edges."""
    sources, stopped, silent = (np.zeros((n_areas, max(len(edges) - 1, 0)), np.int64) for _ in range(3))
    for counted, told in ((stopped, spells.stopped), (silent, spells.silent)):
        for area, spans in told:
            if spans:
                counted[area] += hours_in(spans, edges) > 0
    least = max(minimum.hours * HOUR, 1)
    for (_, area), watched in spells.watched.items():
        sources[area] += hours_in(watched, edges) >= least
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


def hours_in(spans: Spans, edges: Ints) -> Ints:
    """Microseconds of the union of the spans in each day."""
    if not spans:
        return np.zeros(max(len(edges) - 1, 0), np.int64)
    starts, ends = np.array(joined(spans), np.int64).T
    before = np.concatenate([[0], np.cumsum(ends - starts)])
    at = np.searchsorted(starts, edges)
    # What lies before each edge: the spans that begin before it, less what the last of them has beyond it.
    reached = before[at] - np.where(at > 0, np.maximum(ends[at - 1] - edges, 0), 0)
    lengths: Ints = np.diff(reached)
    return lengths
