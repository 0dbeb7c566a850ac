"""Coverage that counts where a watcher has a duty to report: only the days on which it kept that duty.

Whether anybody could have seen what did not come in is asked of rows of coverage. Of a source that the pack makes a
watcher, a day counts only if the watcher `reported` on it, as `truceline coverage` says it: no stretch without a report
that touches the day is longer than it may be silent (`every_hours`). Where it was late, silent, kept from watching
beyond these hours, blind, or was never set up, the whole day is not observed by that watcher in that area. What other
sources watched counts as before, and so does what a watcher saw in areas that are not its own.
"""

from collections.abc import Sequence

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.days import days_of, edges_of
from truceline.compliance.watching import Spans, joined, less
from truceline.vocabulary.agreement import Agreement, Reading
from truceline.vocabulary.columns import Ints, Watch
from truceline.vocabulary.when import HOUR

_Key = tuple[str, int]


def kept_watches(agreement: Agreement, reading: Reading, rows: Sequence[Watch], as_of: int) -> Sequence[Watch]:
    """The rows, those of watchers cut to the days on which they kept their duty, area by area.

    Days are those of the agreement's period, at the reading's day boundary (midnight without one), up to the as-of
    instant. A duty begins with the period. A pack without watchers gets its rows back.
    """
    boundary, zone = reading.day_boundary or "00:00", reading.zone or agreement.zone
    edges = edges_of(days_of(agreement.period, boundary, zone, as_of))
    if not agreement.watchers or not len(edges):
        return rows
    edges[-1] = min(int(edges[-1]), as_of)
    names = Names.of(agreement)
    owed = _owed(agreement, names)
    sources = {source for source, _ in owed}
    kept = [one for one in rows if one.source not in sources or one.status != "reported"]
    ids = [one.id for one in agreement.areas]
    for (source, area), said in _by_area([one for one in rows if one.source in sources], names).items():
        broken = _broken(said, owed[source, area], edges) if (source, area) in owed else []
        for origin in dict.fromkeys(one.origin for one in said):
            own = joined((one.start, one.end) for one in said if (one.origin, one.status) == (origin, "reported"))
            kept.extend(Watch(source, origin, ids[area], *span, "reported") for span in less(own, broken))
    return kept


def _owed(agreement: Agreement, names: Names) -> dict[_Key, int]:
    """How long each watcher may be silent in each of its areas, in microseconds; of two duties the stricter."""
    owed: dict[_Key, int] = {}
    for watcher in agreement.watchers:
        for area in (area for name in watcher.areas for area in _areas(name, names)):
            key, most = (watcher.source, area), watcher.every_hours * HOUR
            owed[key] = min(most, owed.get(key, most))
    return owed


def _areas(name: str, names: Names) -> list[int]:
    found = names.row(name)
    return [] if found is None else [int(area) for area in np.flatnonzero(found)]


def _by_area(rows: Sequence[Watch], names: Names) -> dict[_Key, list[Watch]]:
    """Rows by source and area. Rows of no known area are left out, as they are everywhere."""
    found: dict[_Key, list[Watch]] = {}
    for one in rows:
        for area in _areas(one.area, names):
            found.setdefault((one.source, area), []).append(one)
    return found


def _broken(said: Sequence[Watch], most: int, edges: Ints) -> Spans:
    """The days on which a duty was not kept: those that a stretch longer than `most` without a report touches."""
    reported = joined((one.start, one.end) for one in said if one.status == "reported")
    stopped = joined((one.start, one.end) for one in said if one.status == "stopped")
    found = []
    for start, end in less([(int(edges[0]), int(edges[-1]))], less(reported, stopped)):
        if end - start > most:
            first = int(np.searchsorted(edges, start, side="right")) - 1
            last = int(np.searchsorted(edges, end, side="left"))
            found.append((int(edges[first]), int(edges[last])))
    return joined(found)
