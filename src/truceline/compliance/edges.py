"""The borders of polygons as columns: one row an edge, and the grid cells that an edge touches.

All is integers: 1e-7 degrees, and square cells of 2**shift of them, so that the cell of a point is a shift.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.vocabulary.columns import Bools, Ints

Rings = Sequence[list[Ints]]
"""Polygons, each a list of closed rings, the outer one first: (n, 2) arrays of lat_e7, lon_e7."""


@dataclass(frozen=True)
class Edges:
    """Edges as they are drawn, polygon by polygon: from (lat_1, lon_1) to (lat_2, lon_2).

    `first[p]` to `first[p + 1]` are the edges of polygon p, `polygon` says the same for each edge.
    """

    polygon: Ints
    first: Ints
    lat_1: Ints
    lon_1: Ints
    lat_2: Ints
    lon_2: Ints

    def __len__(self) -> int:
        return len(self.polygon)

    @classmethod
    def of(cls, polygons: Iterable[list[Ints]]) -> "Edges":
        """The edges of all rings, closed as `compliance.areas` has them, of these polygons."""
        drawn = [np.concatenate([np.hstack([ring[:-1], ring[1:]]) for ring in polygon]) for polygon in polygons]
        counts = np.array([len(one) for one in drawn], np.int64)
        ends = np.concatenate([*drawn, np.zeros((0, 4), np.int64)]).T
        first = np.concatenate([[0], np.cumsum(counts)])
        return cls(np.repeat(np.arange(len(counts)), counts), first, *(np.ascontiguousarray(end) for end in ends))


@dataclass(frozen=True)
class Crossable:
    """The same edges with their lower end first: what half-open ray casting asks. Level edges are never crossed."""

    lat: Ints
    top: Ints
    lon: Ints
    north: Ints
    east: Ints

    @classmethod
    def of(cls, edges: Edges) -> "Crossable":
        """`north` and `east` lead from the lower end (lat, lon) to the upper."""
        down = edges.lat_1 > edges.lat_2
        lat, top = np.where(down, edges.lat_2, edges.lat_1), np.where(down, edges.lat_1, edges.lat_2)
        lon, end = np.where(down, edges.lon_2, edges.lon_1), np.where(down, edges.lon_1, edges.lon_2)
        return cls(lat, top, lon, top - lat, end - lon)

    def crossed(self, edge: Ints, lat: Ints, lon: Ints) -> Bools:
        """Row by row: the ray that leaves (lat, lon) eastward crosses that edge; one that begins on it does not."""
        level, found = self.lat[edge], np.zeros(len(edge), np.bool_)
        beside = np.flatnonzero((level <= lat) & (lat < self.top[edge]))
        edge, above = edge[beside], lat[beside] - level[beside]
        found[beside] = (lon[beside] - self.lon[edge]) * self.north[edge] < self.east[edge] * above
        return found

    def lon_at(self, edge: Ints, lat: Ints) -> Ints:
        """Where the edge, which is not level, is at that latitude, rounded down."""
        eastward: Ints = np.floor_divide(self.east[edge] * (lat - self.lat[edge]), self.north[edge])
        return self.lon[edge] + eastward


@dataclass(frozen=True)
class Grid:
    """Cells of 2**shift by 2**shift, row 0 the southernmost; all around lies one cell that no border touches."""

    south: int
    west: int
    shift: int
    rows: int
    columns: int

    @classmethod
    def at(cls, edges: Edges, shift: int) -> "Grid":
        """The grid of that size of cell over these edges."""
        if len(edges) == 0:
            return cls(0, 0, shift, 1, 1)
        south, north = int(edges.lat_1.min()), int(edges.lat_1.max())
        west, east = int(edges.lon_1.min()), int(edges.lon_1.max())
        cell = 1 << shift
        return cls(south - cell, west - cell, shift, (north - south >> shift) + 4, (east - west >> shift) + 4)

    @classmethod
    def over(cls, edges: Edges, most_cells: int) -> "Grid":
        """The finest grid over these edges that has at most so many cells."""
        grids = (cls.at(edges, shift) for shift in range(1, 33))
        return next(grid for grid in grids if grid.rows * grid.columns <= max(most_cells, 36))

    def cell(self, lat: Ints, lon: Ints) -> Ints:
        """Number of the cell a point lies in; a point outside the grid gets one of the cells around."""
        return self.row(lat) * self.columns + self.column(lon)

    def row(self, lat: Ints) -> Ints:
        """Row of a latitude, the nearest one outside the grid."""
        found: Ints = np.clip(lat - self.south >> self.shift, 0, self.rows - 1)
        return found

    def column(self, lon: Ints) -> Ints:
        """Column of a longitude, the nearest one outside the grid."""
        found: Ints = np.clip(lon - self.west >> self.shift, 0, self.columns - 1)
        return found


def ranges(first: Ints, count: Ints) -> tuple[Ints, Ints]:
    """For each owner the numbers first, first + 1, ... (count of them): (owner, number), owner by owner."""
    owner = np.repeat(np.arange(len(count)), count)
    skipped = np.cumsum(count) - count
    return owner, np.arange(len(owner)) + (first - skipped)[owner]


def touched(edges: Edges, crossable: Crossable, grid: Grid) -> tuple[Ints, Ints, Ints, Ints]:
    """(edge, row, first column, last column): each edge once for every row it touches, in order of edge.

    Never a cell too few. A level edge touches the row of its latitude.
    """
    low, high = grid.row(crossable.lat), grid.row(crossable.top)
    edge, row = ranges(low, high - low + 1)
    bottom = np.maximum(crossable.lat[edge], grid.south + (row << grid.shift))
    top = np.minimum(crossable.top[edge], grid.south + (row + 1 << grid.shift))
    level = crossable.north[edge] == 0
    safe = np.where(level, 1, crossable.north[edge])
    at_bottom, at_top = (
        crossable.lon[edge] + crossable.east[edge] * (lat - crossable.lat[edge]) // safe for lat in (bottom, top)
    )
    other = crossable.lon[edge] + crossable.east[edge]
    ends = (np.where(level, crossable.lon[edge], at_bottom), np.where(level, other, at_top))
    return edge, row, grid.column(np.minimum(*ends)), grid.column(np.maximum(*ends) + 1)
