"""One row for an incident that several reports found: what they say together, and what they leave open.

Times: what all share, else from the first to the last. Place: the sharpest point if the circles of all touch its
circle, else a circle around all. Kinds and sides: all that are said. Killed: the least low and the greatest high, the
best figure only where all that give one agree; nothing is added up.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from truceline.vocabulary.columns import NO, SURELY, UNKNOWN, Bools, Bytes, Ints, Placed, ReportColumns
from truceline.vocabulary.possible_kinds import kinds_text, possible_kinds
from truceline.vocabulary.texts import Later, chosen, texts_of
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE, UNITS_A_METRE

JOINED = "several_reports"
"""The flag of a row that stands for several."""
HALF_ROUND_M = 20_100_000
Several = Sequence[tuple[int, ...]]
_KEPT = ("seq", "submission", "row")
_TEXTS = ("id", "source", "source_row", "repeats", "when_words", "place")


def merged_rows(reports: ReportColumns, several: Several) -> ReportColumns:
    """A row for each of these incidents, known by the first report that founds it. `several` is not empty."""
    heads = np.array([one for group in several for one in group], np.int64)
    sizes = np.array([len(group) for group in several], np.int64)
    begin = np.cumsum(sizes) - sizes
    first, rows = heads[begin], reports.take(heads)
    columns: dict[str, Any] = {name: getattr(reports, name)[first] for name in _KEPT}
    columns |= {name: chosen(getattr(reports, name), first) for name in _TEXTS}
    columns |= _when(rows, begin) | _where(rows, begin, sizes) | _killed(rows, begin) | _who(rows, begin, sizes)
    columns["flags"] = Later(len(several), partial(_flags, rows.flags, begin, sizes))
    return ReportColumns(**columns)


def merged_counts(rows: Sequence[Bytes], made: Sequence[Bytes], several: Several) -> list[Bytes]:
    """What the incidents count for: what all their reports do where these agree that it surely does, or does not;
    else what they say together."""
    begin = _begins(several)
    found = []
    for each, together in zip(rows, made, strict=True):
        least, most = np.minimum.reduceat(each, begin), np.maximum.reduceat(each, begin)
        agreed = (least == most) & ((least == SURELY) | (least == NO))
        found.append(np.where(agreed, least, together).astype(np.int8))
    return found


def merged_places(rows: Placed, several: Several) -> Placed:
    """Where all their reports may have been; where that is nowhere, wherever one of them may have been."""
    begin, dense = _begins(several), rows.sets[rows.of]
    shared: Bools = np.logical_and.reduceat(dense, begin, axis=0)
    anywhere: Bools = np.logical_or.reduceat(dense, begin, axis=0)
    may_be: Bools = np.where(shared.any(axis=1, keepdims=True), shared, anywhere)
    return Placed.each(may_be)


def _begins(several: Several) -> Ints:
    sizes = np.array([len(group) for group in several], np.int64)
    begins: Ints = np.cumsum(sizes) - sizes
    return begins


def _when(rows: ReportColumns, begin: Ints) -> dict[str, Ints]:
    last_start, first_end = np.maximum.reduceat(rows.start, begin), np.minimum.reduceat(rows.end, begin)
    shared: Bools = np.less(last_start, first_end)
    return {
        "start": np.where(shared, last_start, np.minimum.reduceat(rows.start, begin)),
        "end": np.where(shared, first_end, np.maximum.reduceat(rows.end, begin)),
    }


def _where(rows: ReportColumns, begin: Ints, sizes: Ints) -> dict[str, Any]:
    group = np.repeat(np.arange(len(begin)), sizes)
    order = np.lexsort((rows.lon_e7, rows.lat_e7, rows.radius_m, ~rows.has_point, group))
    sharpest = order[begin]
    has_point, at = rows.has_point[sharpest], sharpest[group]
    both: Bools = rows.has_point & rows.has_point[at]
    touches = ~both | _touch(rows, np.arange(len(rows)), at)
    north, east = (np.abs(column - column[at]) for column in (rows.lat_e7, rows.lon_e7))
    reach = np.where(both, (north + east + UNITS_A_METRE - 1) // UNITS_A_METRE + rows.radius_m, 0)
    around = np.maximum.reduceat(reach, begin)
    sharp = np.logical_and.reduceat(touches, begin)
    return {
        "has_point": has_point, "lat_e7": rows.lat_e7[sharpest], "lon_e7": rows.lon_e7[sharpest],
        "radius_m": np.where(sharp, rows.radius_m[sharpest], around),
    }  # fmt: skip


def _touch(rows: ReportColumns, one: Ints, other: Ints) -> Bools:
    """The circles may touch: by a lower bound of the distance between their centres, as `areas`."""
    north = np.abs(rows.lat_e7[one] - rows.lat_e7[other]) * MIN_CM_PER_DEGREE // E7
    degrees = np.minimum(-(-np.maximum(np.abs(rows.lat_e7[one]), np.abs(rows.lat_e7[other])) // E7), 90)
    permille = np.array(COS_PERMILLE, np.int64)[degrees]
    apart = np.minimum(np.abs(rows.lon_e7[one] - rows.lon_e7[other]), 180 * E7)
    east = apart * permille // 1000 * MIN_CM_PER_DEGREE // E7
    reach = np.minimum(rows.radius_m[one] + rows.radius_m[other], HALF_ROUND_M) * 100
    touches: Bools = north * north + east * east <= reach * reach
    return touches


def _killed(rows: ReportColumns, begin: Ints) -> dict[str, Ints]:
    """A report's lowest figure is the low one it gives, else the best; its highest likewise."""
    low, best, high = rows.killed_low, rows.killed_best, rows.killed_high
    lowest, highest = np.where(low != UNKNOWN, low, best), np.where(high != UNKNOWN, high, best)
    never = np.iinfo(np.int64).max
    least = np.minimum.reduceat(np.where(lowest != UNKNOWN, lowest, never), begin)
    fewest = np.minimum.reduceat(np.where(best != UNKNOWN, best, never), begin)
    most = np.maximum.reduceat(best, begin)
    return {
        "killed_low": np.where(least == never, UNKNOWN, least), "killed_best": np.where(fewest == most, most, UNKNOWN),
        "killed_high": np.maximum.reduceat(highest, begin),
    }  # fmt: skip


def _who(rows: ReportColumns, begin: Ints, sizes: Ints) -> dict[str, list[str]]:
    kinds, areas = (list(texts_of(column)) for column in (rows.kind, rows.area))
    made = {
        "kind": [
            kinds_text(kind for one in sorted(set(part)) for kind in possible_kinds(one))
            for part in _parts(kinds, begin, sizes)
        ],
        "area": [part[0] if len(set(part)) == 1 else "" for part in _parts(areas, begin, sizes)],
    }
    for name in ("side_a", "side_b"):
        sides = list(texts_of(getattr(rows, name)))
        made[name] = [_all_of(part) for part in _parts(sides, begin, sizes)]
    return made


def _parts(column: list[str], begin: Ints, sizes: Ints) -> Iterator[list[str]]:
    for at, size in zip(begin.tolist(), sizes.tolist(), strict=True):
        yield column[at : at + size]


def _all_of(lists: list[str]) -> str:
    if len(set(lists)) == 1:
        return lists[0]
    return json.dumps(sorted({one for text in set(lists) for one in json.loads(text or "[]")}), ensure_ascii=False)


def _flags(flags: Sequence[str], begin: Ints, sizes: Ints) -> list[str]:
    return [
        json.dumps([*sorted({flag for text in part for flag in json.loads(text or "[]")}), JOINED])
        for part in _parts(list(texts_of(flags)), begin, sizes)
    ]
