"""Who had the duty to watch, held against what they reported: watcher by watcher, area by area, day by day.

A watcher reports every so many hours. It is stopped where somebody or something kept it from watching, late where it
reported after longer than it may be silent, silent where it did not report at all, and never set up where nothing was
ever reported by it there. A duty begins with the period asked about: how long nobody heard from it before is not held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.watching import Spans, hours_in, joined, less
from truceline.vocabulary.columns import Ints, Watch
from truceline.vocabulary.obligation import Watcher
from truceline.vocabulary.when import HOUR

STATES = ("reported", "late", "silent", "stopped", "never_set_up")


@dataclass(frozen=True)
class Stopped:
    """Somebody or something kept watchers from watching: who, how often, and for how long (microseconds)."""

    by: str
    times: int
    length: int


@dataclass(frozen=True)
class Duty:
    """One watcher in one area: by day its state and the microseconds watched; its longest gap; who stopped it.

    watcher: None for a source that watches without a duty; its days are reported, stopped or silent.
    """

    source: str
    area: int
    watcher: Watcher | None
    days: tuple[str, ...]
    watched: Ints
    longest_gap: int
    stopped: tuple[Stopped, ...]


@dataclass(frozen=True)
class Seen:
    """What one source says of one area: when it watched, was stopped, and by whom."""

    watched: Spans
    stopped: Spans
    by_whom: tuple[tuple[str, int, int], ...]


def seen_by(rows: Sequence[tuple[Watch, str]], names: Names) -> dict[tuple[str, int], Seen]:
    """By source and area, from rows of coverage with who stopped it. Rows of no known area are left out."""
    spans: dict[tuple[str, int], dict[str, list[tuple[int, int, str]]]] = {}
    for row, stopped_by in rows:
        areas = names.row(row.area)
        for area in [] if areas is None else np.flatnonzero(areas).tolist():
            said = spans.setdefault((row.source, area), {})
            said.setdefault(row.status, []).append((row.start, row.end, stopped_by))
    return {key: _seen(said) for key, said in spans.items()}


def _seen(said: Mapping[str, list[tuple[int, int, str]]]) -> Seen:
    stopped = joined((start, end) for start, end, _ in said.get("stopped", ()))
    watched = less(joined((start, end) for start, end, _ in said.get("reported", ())), stopped)
    return Seen(watched, stopped, tuple((who, start, end) for start, end, who in said.get("stopped", ())))


def duties(watchers: Sequence[Watcher], rows: Sequence[tuple[Watch, str]], names: Names, edges: Ints) -> list[Duty]:
    """Every watcher in each of its areas, then every other source where it said anything; days between the edges."""
    seen = seen_by(rows, names)
    owed: dict[tuple[str, int], Watcher] = {}
    for watcher in watchers:
        for name in watcher.areas:
            areas = names.row(name)
            owed |= {
                (watcher.source, area): watcher for area in ([] if areas is None else np.flatnonzero(areas).tolist())
            }
    keys = [*owed, *sorted(key for key in seen if key not in owed)]
    nothing = Seen([], [], ())
    return [_duty(key, owed.get(key), seen.get(key, nothing), edges) for key in keys]


def _duty(key: tuple[str, int], watcher: Watcher | None, seen: Seen, edges: Ints) -> Duty:
    gaps = _gaps(seen.watched, int(edges[0]), int(edges[-1]))
    watched = hours_in(seen.watched, edges)
    longest = max((end - start for start, end in gaps), default=0)
    days = tuple(
        _state(watcher, seen, gaps, (int(edges[n]), int(edges[n + 1])), int(watched[n])) for n in range(len(edges) - 1)
    )
    return Duty(*key, watcher, days, watched, longest, _stopped(seen, int(edges[0]), int(edges[-1])))


def _state(watcher: Watcher | None, seen: Seen, gaps: Spans, day: tuple[int, int], watched: int) -> str:
    """Stopped goes before late and silent: whoever is kept from watching is not silent."""
    most = watcher.every_hours * HOUR if watcher else 0
    too_long = [(start, end) for start, end in gaps if end - start > most and _meet((start, end), day)]
    if not too_long or (watcher is None and watched):
        return "reported"
    if any(_meet(span, day) for span in seen.stopped):
        return "stopped"
    if not any(start < day[1] for start, _ in (*seen.watched, *seen.stopped)):
        return "never_set_up"
    return "late" if watched else "silent"


def _gaps(watched: Spans, start: int, end: int) -> Spans:
    """The stretches of [start, end) without a report."""
    return less([(start, end)], watched) if start < end else []


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _stopped(seen: Seen, start: int, end: int) -> tuple[Stopped, ...]:
    """By whom, within [start, end); those who stopped it longest first."""
    by: dict[str, Spans] = {}
    for who, begin, stop in seen.by_whom:
        if begin < end and start < stop:
            by.setdefault(who, []).append((max(begin, start), min(stop, end)))
    made = [Stopped(who, len(spans), sum(b - a for a, b in joined(spans))) for who, spans in by.items()]
    return tuple(sorted(made, key=lambda one: (-one.length, one.by)))


def origins_each(rows: Sequence[tuple[Watch, str]], names: Names, edges: Ints) -> Ints:
    """By area and day, how many independent origins watched at all."""
    found = np.zeros((names.count, len(edges) - 1), np.int64)
    seen = seen_by(rows, names)
    origin = {row.source: row.origin or row.source for row, _ in rows}
    together: dict[tuple[str, int], Spans] = {}
    for (source, area), one in seen.items():
        together.setdefault((origin[source], area), []).extend(one.watched)
    for (_, area), spans in together.items():
        found[area] += hours_in(spans, edges) > 0
    return found
