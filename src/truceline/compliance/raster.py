"""One polygon on a grid: the cells it holds whole, the cells its border touches, and what decides in those."""

from dataclasses import dataclass

import numpy as np

from truceline.compliance.edges import Crossable, Grid
from truceline.vocabulary.columns import Bools, Ints


@dataclass(frozen=True)
class Raster:
    """Cells by number. Border cells that follow one another in a row share a slot, numbered from 0.

    For each slot: whether the cell east of it lies inside, and its edges (`edge`, `count` of them, slot by
    slot; never a level one). `slot` says the slot of each cell of `border`.
    """

    whole: Ints
    border: Ints
    slot: Ints
    east_inside: Bools
    count: Ints
    edge: Ints

    @classmethod
    def of(cls, crossable: Crossable, grid: Grid, edge: Ints, row: Ints, left: Ints, right: Ints) -> "Raster":
        """Draw a polygon whose edges touch these cells (see `edges.touched`)."""
        box = _Box(int(row.min()), int(left.min()) - 1, int(row.max()) - int(row.min()) + 1, 0)
        box = _Box(box.row, box.column, box.rows, int(right.max()) - box.column + 2)
        border = box.bands(row, left, right)
        inside = box.inside(crossable, grid, edge, row)
        runs = border & ~np.roll(border, 1, axis=1)
        slot = np.cumsum(runs.ravel()).reshape(border.shape) - 1
        ends = border & ~np.roll(border, -1, axis=1)
        crossed = np.flatnonzero(crossable.north[edge] > 0)
        of = slot[row[crossed] - box.row, left[crossed] - box.column]
        order = np.argsort(of, kind="stable")
        return cls(
            whole=box.numbers(inside & ~border, grid),
            border=box.numbers(border, grid),
            slot=slot[border],
            east_inside=np.roll(inside, -1, axis=1)[ends],
            count=np.bincount(of, minlength=int(runs.sum())),
            edge=edge[crossed][order],
        )


@dataclass(frozen=True)
class _Box:
    """Part of a grid, with a column at either side that the polygon's border does not touch."""

    row: int
    column: int
    rows: int
    columns: int

    def bands(self, row: Ints, left: Ints, right: Ints) -> Bools:
        """The cells from left to right (included) in these rows."""
        first = (row - self.row) * self.columns - self.column
        steps = self._counted(first + left) - self._counted(first + right + 1)
        return np.cumsum(steps).reshape(self.rows, self.columns) > 0

    def inside(self, crossable: Crossable, grid: Grid, edge: Ints, row: Ints) -> Bools:
        """Whether a cell that no border touches lies inside, asked at the first latitude of its row."""
        lat = grid.south + (row << grid.shift)
        beside = np.flatnonzero((crossable.lat[edge] <= lat) & (lat < crossable.top[edge]))
        at = grid.column(crossable.lon_at(edge[beside], lat[beside]))
        crossed = self._counted((row[beside] - self.row) * self.columns + at - self.column)
        eastward = np.cumsum(crossed.reshape(self.rows, self.columns)[:, ::-1], axis=1)[:, ::-1]
        found: Bools = eastward % 2 == 1
        return found

    def numbers(self, cells: Bools, grid: Grid) -> Ints:
        """The numbers in the grid of the cells that are set, row by row."""
        row, column = np.nonzero(cells)
        return (row + self.row) * grid.columns + column + self.column

    def _counted(self, cells: Ints) -> Ints:
        return np.bincount(cells, minlength=self.rows * self.columns)
