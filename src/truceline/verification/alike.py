"""Reports told in nearly the same words at nearly the same time: which of them the record received first.

Texts come as bitmaps of 256 bits, one for each character trigram. Which pairs are looked at is found by the least of
the set bits under fixed permutations, in bands (Broder 1997; Indyk and Motwani 1998): of pairs that share nine bits in
ten, fewer than one in a thousand is passed over; of those that just reach the bound, one in forty. Where hundreds of
texts share a form, only the first `MOST_MET` of each band are met. Everything is whole numbers and fixed permutations:
the same reports give the same answer.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.when import DAY

NEAR_US = 3 * DAY
"""Two reports of one origin begin at most three days apart: an outlet that dates by its own day still meets it."""
ALIKE = 850
"""Thousandths of the bits of two texts that both have."""
LEAST_BITS = 30
"""A text with fewer says too little to be known again: some 35 letters."""
APART_M = 25_000
"""Metres beyond both radii from which on two points are two places, whatever the words."""
UNITS_A_METRE = 90
"""Ten-millionths of a degree of latitude in a metre."""
BANDS, ROWS, BITS = 10, 5, 256
MOST_MET = 8
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_ALL = (1 << 64) - 1

Signatures = NDArray[np.uint64]


@dataclass(frozen=True)
class Worded:
    """What is compared of each report: its words as a bitmap (rows, 4), its beginning (microseconds), its point.

    rank: in which order they were received; no two have the same.
    """

    bits: Signatures
    start: Ints
    rank: Ints
    has_point: Bools
    lat_e7: Ints
    lon_e7: Ints
    radius_m: Ints


def first_told(told: Worded) -> tuple[Ints, Ints]:
    """(first, alike): for each report the one received first that it nearly repeats, itself where it repeats none.

    alike: thousandths of their words in common, 1000 for itself. What a report nearly repeats repeats none itself.
    """
    first, alike = np.arange(len(told.rank), dtype=np.int64), np.full(len(told.rank), 1000, np.int64)
    likely, crowds = _likely(told)
    order = np.argsort(told.rank[likely], kind="stable")
    rows, keys = likely[order], crowds[order].tolist()
    compared = _Compared(told, rows)
    leaders: list[dict[int, list[int]]] = [{} for _ in range(BANDS)]
    for at, row in enumerate(rows.tolist()):
        met = {one for crowd, key in zip(leaders, keys[at], strict=True) for near in (key - 1, key, key + 1)
               for one in crowd.get(near, ())}  # fmt: skip
        found = compared.earliest(at, sorted(met))
        if found is not None:
            first[row], alike[row] = rows[found[0]], found[1]
            continue
        for crowd, key in zip(leaders, keys[at], strict=True):
            here = crowd.setdefault(key, [])
            if len(here) < MOST_MET:
                here.append(at)
    return first, alike


class _Compared:
    """Reports in the order in which they were received, one against a few others at a time."""

    def __init__(self, told: Worded, rows: Ints) -> None:
        self._bits = [int.from_bytes(bits.tobytes(), "little") for bits in told.bits[rows].astype("<u8")]
        self._start = told.start[rows].tolist()
        self._point = list(zip(told.lat_e7[rows].tolist(), told.lon_e7[rows].tolist(), strict=True))
        self._radius = [
            radius if has else None
            for has, radius in zip(told.has_point[rows].tolist(), told.radius_m[rows].tolist(), strict=True)
        ]

    def earliest(self, at: int, met: list[int]) -> tuple[int, int] | None:
        """The first of these that is near in words, time and place; with how alike the words are."""
        bits, start = self._bits[at], self._start[at]
        for one in met:
            alike = 1000 * (bits & self._bits[one]).bit_count() // (bits | self._bits[one]).bit_count()
            if alike >= ALIKE and abs(self._start[one] - start) <= NEAR_US and not self._apart(at, one):
                return one, alike
        return None

    def _apart(self, at: int, one: int) -> bool:
        """Two points in two places; a degree of longitude is taken as half one of latitude, so that few are parted."""
        here, there = self._radius[at], self._radius[one]
        if here is None or there is None:
            return False
        most = (here + there + APART_M) * UNITS_A_METRE
        (lat, lon), (other_lat, other_lon) = self._point[at], self._point[one]
        return bool(abs(lat - other_lat) > most or abs(lon - other_lon) > 2 * most)


def _likely(told: Worded) -> tuple[Ints, Ints]:
    """The reports with words enough that share a band with another of that time; for each band the crowd they are in.

    Crowds of one band whose numbers differ by one follow each other in time.
    """
    rows = np.flatnonzero(np.bitwise_count(told.bits).sum(axis=1, dtype=np.int64) >= LEAST_BITS)
    cells = told.start[rows] // NEAR_US
    cells -= cells.min(initial=0)
    span = int(cells.max(initial=0)) + 3
    bands = _bands(told.bits[rows])
    shared = np.zeros(len(rows), np.bool_)
    crowds = np.zeros((len(rows), BANDS), np.int64)
    for band in range(BANDS):
        _, key = np.unique(bands[:, band], return_inverse=True)
        crowds[:, band] = crowd = key * span + cells
        order = np.argsort(crowd, kind="stable")
        near = np.diff(crowd[order]) <= 1
        shared[order[1:][near]] = True
        shared[order[:-1][near]] = True
    return rows[shared], crowds[shared]


def _bands(bits: Signatures) -> Ints:
    """For each row and band one number: the least set bits under as many permutations as a band has rows."""
    parts = np.ascontiguousarray(bits.astype("<u8").view(np.uint8).T)
    made = np.zeros((len(bits), BANDS), np.int64)
    for number, table in enumerate(_least()):
        least = table[0][parts[0]]
        for part, bytes_of in zip(parts[1:], table[1:], strict=True):
            np.minimum(least, bytes_of[part], out=least)
        made[:, number // ROWS] = made[:, number // ROWS] * BITS + least
    return made


@cache
def _least() -> tuple[NDArray[np.uint8], ...]:
    """For each permutation a table (byte of the bitmap, its value): the least place that one of its set bits has."""
    values = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.bool_)
    made = []
    for order in _permutations():
        place = np.empty(BITS, np.int64)
        place[order] = np.arange(BITS)
        table = np.where(values[None], place.reshape(-1, 1, 8), BITS - 1).min(axis=2)
        made.append(table.astype(np.uint8))
    return tuple(made)


@cache
def _permutations() -> tuple[Ints, ...]:
    """Of the 256 bits, one for each row of each band: in the order of SplitMix64 (Steele, Lea and Flood 2014)."""
    return tuple(
        np.array(sorted(range(BITS), key=lambda bit, n=number: _mixed(n * BITS + bit)), np.int64)  # type: ignore[misc]
        for number in range(BANDS * ROWS)
    )


def _mixed(number: int) -> int:
    mixed = (number + 1) * _MIX[0] & _ALL
    mixed = (mixed ^ (mixed >> 30)) * _MIX[1] & _ALL
    mixed = (mixed ^ (mixed >> 27)) * _MIX[2] & _ALL
    return mixed ^ (mixed >> 31)
