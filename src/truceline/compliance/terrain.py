"""A pack's areas as they are drawn, ready to be asked of many points: what a circle touches, what it lies clear in.

Containment comes from a cover (`compliance.cover`), nearness from the edges within reach
(`compliance.borders`), each made when it is first asked for and kept. The answers are those of
`areas.circles_in`, area by area; a point's answer does not depend on what else is asked.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from truceline.compliance.borders import Borders
from truceline.compliance.cover import Cover, Drawn
from truceline.compliance.edges import Rings
from truceline.vocabulary.columns import Bools, Ints

FEW_TESTS = 1 << 20
"""So many pairs of a point and an edge are asked one by one; above that a cover is built."""
COVER_CELLS = 1 << 20
"""Cells of the cover of a pack's areas, which hold at all times: 4 MB."""


class Terrain:
    """Areas by their position in the pack. Each is a list of polygons, each a list of closed integer rings."""

    def __init__(self, areas: Sequence[Rings]) -> None:
        self._areas = areas
        self._area = np.repeat(np.arange(len(areas)), [len(area) for area in areas])

    @cached_property
    def _borders(self) -> Borders:
        return Borders.of([polygon for area in self._areas for polygon in area])

    @cached_property
    def _cover(self) -> Cover:
        return Cover.of([Drawn(area) for area in self._areas], COVER_CELLS)

    def inside(self, points: Ints) -> Ints:
        """Every point with every area it lies in, as point * number of areas + area, rising.

        points: (lat_e7, lon_e7, radius_m) rows.
        """
        if len(points) * len(self._borders.edges) <= FEW_TESTS:
            point, polygon = self._borders.inside(points)
            return self._pairs(point, self._area[polygon])
        return self._pairs(*self._cover.find(points[:, 0], points[:, 1]))

    def near(self, points: Ints) -> Ints:
        """The same for every area whose border may be nearer to the point than its radius."""
        point, polygon = self._borders.near(points)
        return self._pairs(point, self._area[polygon])

    def touched(self, points: Ints) -> tuple[Ints, Bools, Bools]:
        """(set of each circle, sets, clear): which areas each circle touches, and whether it lies clear inside one.

        sets[s, a]: area a belongs to set s. Only sets that occur are there, but for none and the single areas.
        """
        inside, near = self.inside(points), self.near(points)
        many = max(1, len(self._areas))
        only_inside = inside[~_among(inside, near)]
        clear = np.zeros(len(points), np.bool_)
        clear[only_inside // many] = True
        point, area = np.divmod(np.sort(np.concatenate([only_inside, near]), kind="stable"), many)
        return *self._sets(len(points), point, area), clear

    def _pairs(self, point: Ints, area: Ints) -> Ints:
        """Rising and without repetition, which several polygons of one area could bring."""
        pairs = point * max(1, len(self._areas)) + area
        return pairs if (np.diff(pairs) > 0).all() else np.unique(pairs)

    def _sets(self, count: int, point: Ints, area: Ints) -> tuple[Ints, Bools]:
        """Pairs in order of point, as a set for each point: single areas first, then none, then sets of several."""
        n_areas = len(self._areas)
        number = np.bincount(point, minlength=count)
        first = np.cumsum(number) - number
        of = np.full(count, n_areas)
        one = np.flatnonzero(number == 1)
        of[one] = area[first[one]]
        several = np.flatnonzero(number > 1)
        numbered: dict[bytes, int] = {}
        kept: NDArray[np.int32] = area.astype(np.int32)
        for at, start, length in zip(several.tolist(), first[several].tolist(), number[several].tolist(), strict=True):
            of[at] = n_areas + 1 + numbered.setdefault(kept[start : start + length].tobytes(), len(numbered))
        sets = np.zeros((n_areas + 1 + len(numbered), n_areas), np.bool_)
        sets[np.arange(n_areas), np.arange(n_areas)] = True
        for members, which in numbered.items():
            sets[n_areas + 1 + which, np.frombuffer(members, np.int32)] = True
        return of, sets


def _among(some: Ints, others: Ints) -> Bools:
    """Which of some numbers are among others; both rise."""
    if len(others) == 0:
        return np.zeros(len(some), np.bool_)
    at = np.minimum(np.searchsorted(others, some), len(others) - 1)
    found: Bools = others[at] == some
    return found
