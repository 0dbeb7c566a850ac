"""The tables of a cover while they grow: polygon by polygon, then layer by layer (see `compliance.cover`)."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from truceline.compliance.edges import Crossable, Edges, Grid, touched
from truceline.compliance.raster import Raster
from truceline.vocabulary.columns import Bools, Ints


@dataclass(frozen=True)
class Slots:
    """Pieces of a row where one polygon's border is: its edges there, and whether the cell east of it is inside."""

    polygon: Ints
    east_inside: Bools
    first: Ints
    count: Ints
    edge: Ints


def cells_of_boxes(edges: Edges, grid: Grid) -> int:
    """Cells of the polygons' boxes together: what drawing them on the grid takes in memory."""
    if len(edges) == 0:
        return 0
    first = edges.first[:-1]
    sides = [
        (np.maximum.reduceat(one, first) - np.minimum.reduceat(one, first) >> grid.shift) + 4
        for one in (edges.lat_1, edges.lon_1)
    ]
    return int((sides[0] * sides[1]).sum()) - 16 * len(first)


class CoverTables:
    """The tables so far. `add_slots` once, then `layer` for each layer, then `columns`."""

    def __init__(self, grid: Grid, drawing: Ints) -> None:
        self.grid, self.drawing = grid, drawing
        self.rasters: list[Raster] = []
        self.first_slot: list[int] = [0]
        self.sets: dict[tuple[int, ...], int] = {(): 0}
        self.borders: list[tuple[Ints, Ints, Ints]] = []
        self.n_borders = 0

    def add_slots(self, edges: Edges, crossable: Crossable) -> None:
        """Draw each polygon on the grid."""
        edge, row, left, right = touched(edges, crossable, self.grid)
        first = np.searchsorted(edge, edges.first).tolist()
        for begin, end in pairwise(first):
            part = slice(begin, end)
            raster = Raster.of(crossable, self.grid, edge[part], row[part], left[part], right[part])
            self.rasters.append(raster)
            self.first_slot.append(self.first_slot[-1] + len(raster.east_inside))

    def layer(self, drawings: frozenset[int]) -> NDArray[np.int32]:
        """The codes of a layer."""
        code = np.zeros(self.grid.rows * self.grid.columns, np.int32)
        cells, slots = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for polygon in np.flatnonzero(np.isin(self.drawing, sorted(drawings))).tolist():
            raster = self.rasters[polygon]
            code[raster.whole] = self._joined(code[raster.whole], int(self.drawing[polygon]))
            cells.append(raster.border)
            slots.append(raster.slot + self.first_slot[polygon])
        self._add_borders(code, np.concatenate(cells), np.concatenate(slots))
        return code

    def _joined(self, sets: NDArray[np.int32], drawing: int) -> NDArray[np.int32]:
        """The numbers of the sets, each with this drawing in it too."""
        known = list(self.sets)
        numbers = np.zeros(len(known), np.int32)
        for number in np.flatnonzero(np.bincount(sets)).tolist():
            joined = tuple(sorted({*known[number], drawing}))
            numbers[number] = self.sets.setdefault(joined, len(self.sets))
        return numbers[sets]

    def _add_borders(self, code: NDArray[np.int32], cells: Ints, slots: Ints) -> None:
        order = np.argsort(cells, kind="stable")
        border, count = np.unique(cells, return_counts=True)
        self.borders.append((code[border].astype(np.int64), count, slots[order]))
        code[border] = -1 - self.n_borders - np.arange(len(border))
        self.n_borders += len(border)

    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, Slots]:
        """The columns of `Cover`, from `set_first` to `slots`."""
        set_count = np.array([len(one) for one in self.sets], np.int64)
        members = np.array([drawing for one in self.sets for drawing in one], np.int64)
        sets, counts, slots = (np.concatenate(column) for column in zip(*self.borders, strict=True))
        return (
            np.cumsum(set_count) - set_count, set_count, members,
            sets, np.cumsum(counts) - counts, counts, slots, self._slots(),
        )  # fmt: skip

    def _slots(self) -> Slots:
        none = np.zeros(0, np.int64)
        counts = np.concatenate([none, *(one.count for one in self.rasters)])
        of = [np.full(len(one.count), polygon, np.int64) for polygon, one in enumerate(self.rasters)]
        inside = np.concatenate([none.astype(np.bool_), *(one.east_inside for one in self.rasters)])
        edge = np.concatenate([none, *(one.edge for one in self.rasters)])
        return Slots(np.concatenate([none, *of]), inside, np.cumsum(counts) - counts, counts, edge)
