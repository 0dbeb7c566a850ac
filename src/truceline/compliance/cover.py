"""Which areas a point lies in, for millions of points: an exact cover of dated areas by grid cells.

A cell that no border touches lies in an area whole or not at all, and that is looked up. Only in a cell
that a border touches is a ray cast: eastward, against the edges between the point and the next cell of
that row that the border does not touch. The answer is that of half-open ray casting against every edge
(`areas.circles_in`), point by point: each point of a border that areas share lies in one of them only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.compliance.cover_tables import CoverTables, Slots, cells_of_boxes
from truceline.compliance.edges import Crossable, Edges, Grid, Rings, ranges
from truceline.vocabulary.columns import Ints

BEFORE_ALL, AFTER_ALL = -(1 << 62), 1 << 62
MOST_CELLS = 1 << 23
"""Cells of all layers together, four bytes each."""
AT_ONCE = 1 << 18
"""Points looked up together: the columns of so many stay in the cache of a processor."""
MOST_TESTS = 1 << 21
"""Edges tested together: bounds the memory that crowded borders take."""


@dataclass(frozen=True)
class Drawn:
    """An area as it was drawn for [start, end), UTC microseconds: polygons, each its outer ring and then holes.

    Rings are closed (n, 2) arrays of lat_e7, lon_e7. A point lies in the area if it lies in one of the polygons.
    """

    polygons: Rings
    start: int = BEFORE_ALL
    end: int = AFTER_ALL


@dataclass(frozen=True)
class Cover:
    """The cover of drawings in time. `find` asks it.

    A layer is what is drawn at one time. `code[layer, cell]` is the number of a set of drawings in which
    the cell lies whole; or, below zero, -1 - the number of a border cell, with the set it lies in whole
    (`border_set`) and the slots to ask (`border_slot[border_first[b]:][:border_count[b]]`).
    """

    grid: Grid
    bounds: Ints
    layer: Ints
    code: NDArray[np.int32]
    set_first: Ints
    set_count: Ints
    set_drawing: Ints
    border_set: Ints
    border_first: Ints
    border_count: Ints
    border_slot: Ints
    slots: Slots
    crossable: Crossable
    drawing: Ints

    @classmethod
    def of(cls, drawings: Sequence[Drawn], most_cells: int = MOST_CELLS) -> "Cover":
        """Build the cover. Drawings may overlap, have holes, lie apart and hold at any times."""
        polygons = [polygon for one in drawings for polygon in one.polygons]
        drawing = np.repeat(np.arange(len(drawings)), [len(one.polygons) for one in drawings])
        bounds = np.array(sorted({time for one in drawings for time in (one.start, one.end)}), np.int64)
        times = [BEFORE_ALL - 1, *bounds.tolist()]
        in_force = [tuple(n for n, one in enumerate(drawings) if one.start <= time < one.end) for time in times]
        layers = list(dict.fromkeys(in_force))
        edges = Edges.of(polygons)
        crossable = Crossable.of(edges)
        grid = Grid.over(edges, most_cells // len(layers))
        while cells_of_boxes(edges, grid) > 4 * most_cells:  # many large areas one over another
            grid = Grid.at(edges, grid.shift + 1)
        built = CoverTables(grid, drawing)
        built.add_slots(edges, crossable)
        codes = [built.layer(frozenset(layer)) for layer in layers]
        layer = np.array([layers.index(one) for one in in_force], np.int64)
        return cls(grid, bounds, layer, np.stack(codes), *built.columns(), crossable, drawing)

    def find(self, lat: Ints, lon: Ints, when: Ints | None = None) -> tuple[Ints, Ints]:
        """(points, drawings): every point with every drawing it lies in, in order of point, then of drawing.

        lat, lon in 1e-7 degrees; `when` in UTC microseconds, not needed where everything holds at all times.
        """
        found = [(np.zeros(0, np.int64), np.zeros(0, np.int64)), *self._found(lat, lon, when)]
        points, drawings = zip(*found, strict=True)
        return np.concatenate(points), np.concatenate(drawings)

    def _found(self, lat: Ints, lon: Ints, when: Ints | None) -> Iterator[tuple[Ints, Ints]]:
        for first in range(0, len(lat), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            points, drawings = self._look_up(lat[part], lon[part], None if when is None else when[part])
            yield points + first, drawings

    def _look_up(self, lat: Ints, lon: Ints, when: Ints | None) -> tuple[Ints, Ints]:
        code = self.code.ravel()[self.grid.cell(lat, lon) + self._layer(when) * self.code.shape[1]]
        at_border = np.flatnonzero(code < 0)
        border = -1 - code[at_border].astype(np.int64)
        code[at_border] = self.border_set[border]
        whole, drawings = self._whole(code)
        if len(border) == 0:
            return whole, drawings
        points, cast = self._cast(lat[at_border], lon[at_border], border)
        # Two runs that are in order already: a stable sort merges them. A drawing of two polygons can come twice.
        key = np.concatenate([whole, at_border[points]]) * len(self.drawing) + np.concatenate([drawings, cast])
        key.sort(kind="stable")
        key = key[np.flatnonzero(np.diff(key, prepend=-1))]
        return np.divmod(key, len(self.drawing))

    def _layer(self, when: Ints | None) -> Ints:
        if when is None:
            assert self.bounds.tolist() == [BEFORE_ALL, AFTER_ALL] or not len(self.bounds), "say when"
            return self.layer[len(self.bounds) // 2 :][:1]
        begun: Ints = sum((when >= bound for bound in self.bounds.tolist()), np.zeros(len(when), np.int64))
        return self.layer[begun]

    def _whole(self, code: NDArray[np.int32]) -> tuple[Ints, Ints]:
        if int(self.set_count.max()) <= 1:
            points = np.flatnonzero(code)  # set 0 is the empty one
            return points, self.set_drawing[code[points] - 1]
        points, number = ranges(self.set_first[code], self.set_count[code])
        return points, self.set_drawing[number]

    def _cast(self, lat: Ints, lon: Ints, border: Ints) -> tuple[Ints, Ints]:
        """The drawings that border points lie in, beyond those that hold the whole cell, in order of point."""
        point, number = ranges(self.border_first[border], self.border_count[border])
        slot = self.border_slot[number]
        inside = self.slots.east_inside[slot]
        tests = np.cumsum(self.slots.count[slot])
        cuts = np.searchsorted(tests, np.arange(MOST_TESTS, tests[-1], MOST_TESTS)).tolist()
        for begin, end in zip([0, *cuts], [*cuts, len(slot)], strict=True):
            asked = slice(begin, end)
            asker, at = ranges(self.slots.first[slot[asked]], self.slots.count[slot[asked]])
            of = point[asked][asker]
            crossed = self.crossable.crossed(self.slots.edge[at], lat[of], lon[of])
            inside[asked] ^= (np.bincount(asker[crossed], minlength=end - begin) & 1).astype(np.bool_)
        return point[inside], self.drawing[self.slots.polygon[slot[inside]]]
