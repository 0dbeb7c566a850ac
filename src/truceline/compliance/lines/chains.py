"""A line as short straight pieces in space, and how far points are from it, with the error of every figure bounded.

A point of the ellipsoid (WGS 84, height 0) has a place in space, and two points a chord c through the ground. The
shortest way s over the surface is curved nowhere more than a circle of `LEAST_RADIUS_M` and nowhere less than one of
`MOST_RADIUS_M`, so 2R asin(c / 2R) of these two radii bounds it (Schur's comparison theorem; A. Schur, Math. Ann. 83,
1921): for 140 km within 6 cm, for 1,000 km within 21 m. Pieces are so short that a straight one leaves the drawn
line by less than 25 cm. `ERROR_M` is more than what remains; `tests/compliance/lines` holds the bounds against
geodesics of GeographicLib (C. Karney, J. Geodesy 87, 2013). Binary fractions are used here and never leave: whoever
decides is given whole metres, rounded outward. Sound between 84 degrees south and 84 degrees north.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import E7

Floats = NDArray[np.float64]

AXIS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
SQUARED_ECCENTRICITY = FLATTENING * (2 - FLATTENING)
LEAST_RADIUS_M, MOST_RADIUS_M = 6_335_439.0, 6_399_594.0
"""The least and the greatest curvature radius of the ellipsoid (meridian at the equator; at the poles)."""
ERROR_M = 0.5
PIECE_M = 2_500.0
"""The longest piece at the equator; towards the poles pieces are shorter."""
CELL_E7 = E7 // 10
"""Points are taken together by cells of a tenth of a degree."""
CELL_REACH_M = 7_960.0
"""No point of a cell is farther from its middle."""
MOST_PAIRS = 1 << 21
"""Pairs of a place and a piece worked together: bounds the memory."""


def in_space(lat_e7: Ints, lon_e7: Ints) -> Floats:
    """Places on the ellipsoid as (n, 3) metres from the middle of the Earth."""
    lat, lon = np.radians(np.asarray(lat_e7) / E7), np.radians(np.asarray(lon_e7) / E7)
    normal = AXIS_M / np.sqrt(1 - SQUARED_ECCENTRICITY * np.sin(lat) ** 2)
    flat = normal * np.cos(lat)
    height = normal * (1 - SQUARED_ECCENTRICITY) * np.sin(lat)
    return np.column_stack([flat * np.cos(lon), flat * np.sin(lon), height])


def least_way(chord: Floats) -> Floats:
    """Not longer than the shortest way over the surface between the ends of a chord, in metres."""
    return _arc(np.maximum(chord - ERROR_M, 0), MOST_RADIUS_M)


def most_way(chord: Floats) -> Floats:
    """Not shorter than it."""
    return _arc(chord + ERROR_M, LEAST_RADIUS_M)


def _arc(chord: Floats, radius: float) -> Floats:
    way: Floats = 2 * radius * np.arcsin(np.minimum(chord / (2 * radius), 1))
    return way


@dataclass(frozen=True, eq=False)
class Nearest:
    """For each place: the chord to the line, which piece it is nearest to, and where on it (0 its start, 1 its end)."""

    chord: Floats
    piece: Ints
    at: Floats


@dataclass(frozen=True, eq=False)
class Chain:
    """Pieces in space: where each starts, the way to its end, and which part of the line it belongs to."""

    start: Floats
    way: Floats
    part: Ints

    @classmethod
    def of(cls, parts: Sequence[Ints]) -> "Chain":
        """The pieces of a line's parts."""
        spots = [_finely(part) for part in parts]
        starts = [spot[:-1] for spot in spots]
        part = np.repeat(np.arange(len(parts)), [len(one) for one in starts])
        return cls(np.concatenate(starts), np.concatenate([np.diff(spot, axis=0) for spot in spots]), part)

    def around(self, lat_e7: Ints, lon_e7: Ints) -> tuple[Floats, Ints]:
        """(chord from the middle of each place's cell to the line, cell of each place), all cells `CELL_REACH_M`."""
        rows, columns = lat_e7 // CELL_E7, lon_e7 // CELL_E7
        cells, of = np.unique(rows * 10_000 + columns, return_inverse=True)
        of = of.ravel()
        first = np.empty(len(cells), np.int64)
        first[of] = np.arange(len(of))
        middle = in_space(rows[first] * CELL_E7 + CELL_E7 // 2, columns[first] * CELL_E7 + CELL_E7 // 2)
        step = max(1, MOST_PAIRS // len(self.start))
        chords = [self._chords(middle[n : n + step])[0].min(axis=1) for n in range(0, len(middle), step)]
        return np.concatenate(chords) if chords else np.empty(0), of

    def nearest(self, lat_e7: Ints, lon_e7: Ints) -> Nearest:
        """The nearest of all pieces, place by place. Each place is answered by itself."""
        made = Nearest(np.empty(len(lat_e7)), np.empty(len(lat_e7), np.int64), np.empty(len(lat_e7)))
        if len(lat_e7) == 0:
            return made
        chord, of = self.around(lat_e7, lon_e7)
        places, order = in_space(lat_e7, lon_e7), np.argsort(of, kind="stable")
        edges = np.searchsorted(of[order], np.arange(len(chord) + 1))
        for cell, (begin, end) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            self._of_cell(places, order[begin:end], float(chord[cell]), made)
        return made

    def _of_cell(self, places: Floats, at: Ints, chord: float, made: Nearest) -> None:
        """Only pieces that may be nearest to some place of the cell are held against its places."""
        few = np.flatnonzero(self._may_be_nearest(places[at[0]], chord))
        step = max(1, MOST_PAIRS // len(few))
        for n in range(0, len(at), step):
            some = at[n : n + step]
            chords, along = self._chords(places[some], few)
            best = np.argmin(chords, axis=1)
            row = np.arange(len(some))
            made.chord[some], made.piece[some], made.at[some] = chords[row, best], few[best], along[row, best]

    def _may_be_nearest(self, place: Floats, chord: float) -> Bools:
        """Any place of the cell is within 2 reaches of this one, and within chord + reach of the line."""
        near: Bools = self._chords(place[None])[0][0] <= chord + 3 * CELL_REACH_M + 1
        return near

    def _chords(self, places: Floats, pieces: Ints | None = None) -> tuple[Floats, Floats]:
        """Chords from places to pieces, and where on each piece its nearest point is."""
        start, way = (self.start, self.way) if pieces is None else (self.start[pieces], self.way[pieces])
        length = np.maximum((way * way).sum(axis=1), 1e-12)
        along = np.zeros((len(places), len(start)))
        for axis in range(3):
            along += (places[:, axis, None] - start[None, :, axis]) * way[None, :, axis]
        along = np.clip(along / length, 0, 1)
        squares = np.zeros_like(along)
        for axis in range(3):
            squares += (places[:, axis, None] - start[None, :, axis] - along * way[None, :, axis]) ** 2
        return np.sqrt(squares), along


def _finely(part: Ints) -> Floats:
    """The points of a part with points between them, so that no piece is too long."""
    spots: list[Floats] = []
    for (lat_1, lon_1), (lat_2, lon_2) in zip(part[:-1].tolist(), part[1:].tolist(), strict=True):
        count = _count(lat_1, lon_1, lat_2, lon_2)
        share = np.arange(count) / count
        spots.append(in_space(lat_1 + share * (lat_2 - lat_1), lon_1 + share * (lon_2 - lon_1)))
    return np.concatenate([*spots, in_space(part[-1:, 0], part[-1:, 1])])


def _count(lat_1: int, lon_1: int, lat_2: int, lon_2: int) -> int:
    """Into how many pieces an edge is cut: each straight one leaves it by L^2 (1 + tan latitude) / 8R at most."""
    steep = np.tan(np.radians(min(max(abs(lat_1), abs(lat_2)) / E7, 84.0)))
    ends = in_space(np.array([lat_1, lat_2]), np.array([lon_1, lon_2]))
    length = float(np.sqrt(((ends[1] - ends[0]) ** 2).sum()))
    return max(1, int(np.ceil(length * np.sqrt(1 + steep) / PIECE_M)))
