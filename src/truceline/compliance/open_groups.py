"""Incidents of which it is open whether they are one: one of them stands for all, the others may be besides.

The low count is that of one incident, the high that of all. Where the times of all share an instant and their places
an area, each lies where it says, and the one that stands is the sharpest: if they are one incident, or fewer than are
told, it lies within that. Where not, any two of them may be one incident that lies anywhere between: each may have
been wherever and whenever one of them may.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from truceline.vocabulary.columns import MAYBE, SURELY, Bools, Bytes, IncidentColumns, Ints, Placed
from truceline.vocabulary.texts import Later

OPEN = "may_be_one_with_another"
"""The flag of a row of which it is open whether it tells of the same incident as another."""


def left_open(
    incidents: IncidentColumns, groups: Sequence[tuple[int, ...]], together: Sequence[Bytes]
) -> IncidentColumns:
    """The incidents with these groups of them, by position, counted as a range. None is in two groups.

    together: for each indicator, what each group counts for if it is one incident.
    """
    at = np.array([one for group in groups for one in group], np.int64)
    sizes = np.array([len(group) for group in groups], np.int64)
    begin = np.cumsum(sizes) - sizes
    stands, shared = _sharpest(incidents, at, begin, sizes), _meet(incidents, at, begin)
    again = incidents.again.copy()
    again[at] = True
    again[stands] = False
    wide = np.repeat(~shared, sizes)
    changed = _widened(incidents, at, np.repeat(np.arange(len(sizes)), sizes), begin, wide)
    counts = [_range(*two, at, begin, stands, wide) for two in zip(incidents.counts, together, strict=True)]
    flags = Later(len(incidents), partial(_flagged, incidents.flags, at))
    return replace(incidents, counts=counts, again=again, flags=flags, **changed)


def _sharpest(incidents: IncidentColumns, at: Ints, begin: Ints, sizes: Ints) -> Ints:
    """Of each group the one with the fewest areas and days where it may be; then what counts most, then the first."""
    areas = incidents.placed.sets.sum(axis=1)[incidents.placed.of[at]]
    days = incidents.last_day[at] - incidents.first_day[at]
    group = np.repeat(np.arange(len(sizes)), sizes)
    counts = -np.stack([np.zeros(len(at), np.int64), *(column[at] for column in incidents.counts)]).sum(axis=0)
    found: Ints = at[np.lexsort((at, counts, days, areas, group))[begin]]
    return found


def _meet(incidents: IncidentColumns, at: Ints, begin: Ints) -> Bools:
    """The times of all share an instant, and their places an area."""
    dense = incidents.placed.sets[incidents.placed.of[at]]
    places = np.logical_and.reduceat(dense, begin, axis=0).any(axis=1)
    last_start = np.maximum.reduceat(incidents.start[at], begin)
    meet: Bools = places & (last_start < np.minimum.reduceat(incidents.end[at], begin))
    return meet


def _widened(incidents: IncidentColumns, at: Ints, group: Ints, begin: Ints, wide: Bools) -> dict[str, Any]:
    """Those of groups that do not meet: wherever and whenever one of the group may have been."""
    changed: dict[str, Any] = {}
    for name, pick in (("start", np.minimum), ("end", np.maximum), ("first_day", np.minimum), ("last_day", np.maximum)):
        column = getattr(incidents, name)
        changed[name] = column.copy()
        changed[name][at[wide]] = pick.reduceat(column[at], begin)[group[wide]]
    dense = incidents.placed.sets[incidents.placed.of[at]]
    of = incidents.placed.of.copy()
    of[at[wide]] = len(incidents.placed.sets) + group[wide]
    union = np.logical_or.reduceat(dense, begin, axis=0)
    return changed | {"placed": Placed(np.concatenate([incidents.placed.sets, union]), of)}


def _range(column: Bytes, together: Bytes, at: Ints, begin: Ints, stands: Ints, wide: Bools) -> Bytes:
    """All of a group count maybe; the one that stands surely where it does by itself and as one with the others."""
    made = column.copy()
    most = np.minimum(np.maximum.reduceat(column[at], begin), MAYBE)
    sizes = np.diff(begin, append=len(at))
    made[at] = np.where(wide, np.repeat(most, sizes), np.minimum(made[at], MAYBE))
    surely = (column[stands] == SURELY) & (together == SURELY)
    made[stands] = np.where(surely, SURELY, most).astype(np.int8)
    return made


def _flagged(flags: Sequence[str], at: Ints) -> list[str]:
    flagged = list(flags)
    for one in at.tolist():
        flagged[one] = json.dumps([*json.loads(flagged[one] or "[]"), OPEN])
    return flagged
