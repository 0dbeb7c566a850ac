"""Which tellings of two sources may be of one thing: as told, nothing in time, place, kind or side keeps them apart.

Two tellings surely differ where their times do not overlap; where both have a point and the points lie
further apart than both radii; where one has no point and they share no area in which they may have
been; or where their kinds or their sides exclude each other (the caller's tables say which do).
Everything else may be the same. Nothing here decides that it is: people do.

Columns are blocked by place and time, so that only neighbours are compared: the points by the cells of a
grid as wide as two radii reach, the times by sorting. Every pair that may be the same is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from truceline.errors import TrucelineError
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE

RADII_M = (2_000, 10_000, 50_000)
"""Classes of radius; a telling with a wider one, or without a point, is compared by time alone first."""
MOST_COMPARED = 100_000_000
MOST_PAIRS = 5_000_000
"""Bounds what one question may take."""
_CHUNK = 1 << 21
_WIDE = 1 << 26
_FAR_CM = 2_000_000_000

Edges = tuple[Ints, Ints]


@dataclass(frozen=True)
class Tellings:
    """What is told, as columns: [start, end) in UTC microseconds, points, radii, and codes into the tables of `Meets`.

    areas: which areas it may have been in; kinds: what kind; sides: who against whom.
    """

    start: Ints
    end: Ints
    has_point: Bools
    lat_e7: Ints
    lon_e7: Ints
    radius_m: Ints
    areas: Ints
    kinds: Ints
    sides: Ints

    def __len__(self) -> int:
        return len(self.start)

    def columns(self) -> tuple[Ints, ...]:
        """All columns as whole numbers: tellings with the same are alike."""
        return tuple(column.astype(np.int64) for column in vars(self).values())


@dataclass(frozen=True)
class Meets:
    """For two codes of each column, whether they may be of one thing: square tables, symmetric."""

    areas: Bools
    kinds: Bools
    sides: Bools


def alike(tellings: Tellings) -> tuple[Ints, Ints]:
    """(first, of): a position for each kind of telling that is there, and for every telling which kind it is."""
    columns = tellings.columns()
    order = np.lexsort(columns)
    new = np.ones(len(order), np.bool_)
    if len(order):
        new[1:] = np.logical_or.reduce([column[order[1:]] != column[order[:-1]] for column in columns])
    of = np.empty(len(order), np.int64)
    of[order] = np.cumsum(new) - 1
    return order[new], of


def may_be_one(tellings: Tellings, left: Ints, right: Ints, meets: Meets) -> Edges:
    """Every pair (one of left, one of right) that may be of one thing, as positions in `left` and in `right`.

    Raises `TrucelineError` where more would have to be compared than is bearable.
    """
    found = [_kept(tellings, left[a], right[b], meets, (a, b)) for a, b in _candidates(tellings, left, right)]
    if sum(len(one) for one, _ in found) > MOST_PAIRS:
        raise _too_many(MOST_PAIRS)
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def at_one_time(tellings: Tellings, left: Ints, right: Ints) -> int:
    """How many pairs (one of left, one of right) overlap in time: no fewer than will have to be compared."""
    begun = np.searchsorted(np.sort(tellings.start[right]), tellings.end[left], side="left")
    over = np.searchsorted(np.sort(tellings.end[right]), tellings.start[left], side="right")
    return int((begun - over).sum())


def _too_many(most: int) -> TrucelineError:
    return TrucelineError(
        f"More than {most:,} pairs of reports would have to be compared.", "Ask for fewer days, or for one indicator."
    )


def _candidates(tellings: Tellings, left: Ints, right: Ints) -> Iterator[Edges]:
    """Pairs near enough in place and overlapping in time, each once, in chunks."""
    one, other = _level(tellings, left), _level(tellings, right)
    asked = 0
    for i in range(len(RADII_M) + 1):
        for j in range(len(RADII_M) + 1):
            a, b = np.flatnonzero(one == i), np.flatnonzero(other == j)
            if not len(a) or not len(b):
                continue
            near = max(i, j) < len(RADII_M)
            blocks = _cells(tellings, left[a], right[b], RADII_M[i] + RADII_M[j]) if near else _together(len(a), len(b))
            for at_a, cells_a, cells_b in blocks:
                for x, y in _overlapping(tellings, left[a[at_a]], cells_a, right[b], cells_b):
                    asked += len(x)
                    if asked > MOST_COMPARED:
                        raise _too_many(MOST_COMPARED)
                    yield a[at_a[x]], b[y]


def _level(tellings: Tellings, at: Ints) -> Ints:
    level = np.searchsorted(np.array(RADII_M), tellings.radius_m[at]).astype(np.int64)
    return np.where(tellings.has_point[at], level, len(RADII_M))


def _together(n: int, m: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    yield np.arange(n), np.zeros(n, np.int64), np.zeros(m, np.int64)


def _cells(tellings: Tellings, left: Ints, right: Ints, reach_m: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """The left ones in each of the nine cells round their own, beside the right ones in theirs."""
    lat = np.concatenate([tellings.lat_e7[left], tellings.lat_e7[right]])
    permille = COS_PERMILLE[min(int(-(-np.abs(lat).max() // E7)), 90)]
    tall = (reach_m + 1) * 100 * E7 // MIN_CM_PER_DEGREE + 1
    wide = tall * 1000 // max(permille, 1) + 1
    row, column = tellings.lat_e7[right] // tall, tellings.lon_e7[right] // wide
    cells, of = np.unique(row * _WIDE + column, return_inverse=True)
    row, column = tellings.lat_e7[left] // tall, tellings.lon_e7[left] // wide
    for up in (-1, 0, 1):
        for along in (-1, 0, 1):
            wanted = (row + up) * _WIDE + column + along
            place = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
            there = np.flatnonzero(cells[place] == wanted)
            if len(there):
                yield there, place[there], of.astype(np.int64)


def _overlapping(tellings: Tellings, left: Ints, left_cell: Ints, right: Ints, right_cell: Ints) -> Iterator[Edges]:
    """Pairs in one cell whose intervals overlap: the later one of the two begins inside the other."""
    times = np.unique(np.concatenate([tellings.start[left], tellings.end[left], tellings.start[right],
                                      tellings.end[right]]))  # fmt: skip
    many = len(times) + 1

    def key(cell: Ints, when: Ints) -> Ints:
        placed: Ints = cell * many + np.searchsorted(times, when)
        return placed

    left_begin, right_begin = key(left_cell, tellings.start[left]), key(right_cell, tellings.start[right])
    left_end, right_end = key(left_cell, tellings.end[left]), key(right_cell, tellings.end[right])
    for x, y in _ranges(left_begin, left_end, right_begin, "left"):
        yield x, y
    for y, x in _ranges(right_begin, right_end, left_begin, "right"):
        yield x, y


def _ranges(begin: Ints, end: Ints, points: Ints, side: str) -> Iterator[Edges]:
    """Every (i, j) with points[j] from begin[i] (included if side is "left") to before end[i], in chunks."""
    order = np.argsort(points, kind="stable")
    rising = points[order]
    lo = np.searchsorted(rising, begin, side="left" if side == "left" else "right")
    number = np.maximum(np.searchsorted(rising, end, side="left") - lo, 0)
    reached = np.cumsum(number)
    at = 0
    while at < len(number):
        stop = max(int(np.searchsorted(reached, (reached[at - 1] if at else 0) + _CHUNK, side="right")), at + 1)
        part = number[at:stop]
        which = np.repeat(np.arange(at, stop), part)
        step = np.arange(len(which)) - np.repeat(np.cumsum(part) - part, part)
        if len(which):
            yield which, order[lo[which] + step]
        at = stop


def _kept(tellings: Tellings, left: Ints, right: Ints, meets: Meets, pair: Edges) -> Edges:
    """Of pairs that overlap in time, those that place, kind and sides leave."""
    points = tellings.has_point[left] & tellings.has_point[right]
    kept = np.where(points, _near(tellings, left, right), meets.areas[tellings.areas[left], tellings.areas[right]])
    kept &= meets.kinds[tellings.kinds[left], tellings.kinds[right]]
    kept &= meets.sides[tellings.sides[left], tellings.sides[right]]
    return pair[0][kept], pair[1][kept]


def _near(tellings: Tellings, left: Ints, right: Ints) -> Bools:
    """The points are not surely further apart than both radii: `apart_at_least_m` of the vocabulary, in columns."""
    lat_a, lat_b = tellings.lat_e7[left], tellings.lat_e7[right]
    degrees = np.minimum(-(-np.maximum(np.abs(lat_a), np.abs(lat_b)) // E7), 90)
    permille = np.array(COS_PERMILLE, np.int64)[degrees]
    north = np.abs(lat_a - lat_b) * MIN_CM_PER_DEGREE // E7
    east = np.abs(tellings.lon_e7[left] - tellings.lon_e7[right]) * MIN_CM_PER_DEGREE // E7 * permille // 1000
    north, east = np.minimum(north, _FAR_CM), np.minimum(east, _FAR_CM)
    reach = np.minimum((tellings.radius_m[left] + tellings.radius_m[right] + 1) * 100, _FAR_CM + 1)
    near: Bools = north * north + east * east < reach * reach
    return near
