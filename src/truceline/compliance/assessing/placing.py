"""In which areas each matter may have been: worked once for all obligations."""

from dataclasses import dataclass, replace

import numpy as np

from truceline.compliance.areas import Names, placed_in
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, Ints
from truceline.vocabulary.matters import MatterColumns


@dataclass(frozen=True)
class AreasOf:
    """Sets of areas, [area, set]; how many areas each set has, the place outside all among them; each matter's set."""

    by_area: Bools
    number: Ints
    of: Ints

    @classmethod
    def made(cls, matters: MatterColumns, names: Names, terrain: Terrain) -> "AreasOf":
        """Place the matters."""
        placed = placed_in(matters, names, terrain)[0]
        by_area = np.ascontiguousarray(placed.sets.T)
        return cls(by_area, _sum(by_area), placed.of.astype(np.int32))

    def within(self, wanted: Bools) -> Bytes:
        """NO, MAYBE or SURELY for each matter: it was in one of the wanted areas."""
        inside = _sum(self.by_area[: len(wanted)][wanted])
        each = np.where(inside == 0, NO, np.where(inside < self.number, MAYBE, SURELY)).astype(np.int8)
        found: Bytes = each[self.of]
        return found

    def take(self, rows: Ints) -> "AreasOf":
        """The same of some matters."""
        return replace(self, of=self.of[rows])


def _sum(rows: Bools) -> Ints:
    """How many rows hold, column by column: row after row, which is quicker than along the other axis."""
    number: Ints = np.zeros(rows.shape[1], np.int16)
    for row in rows.view(np.int8):
        number += row
    return number
