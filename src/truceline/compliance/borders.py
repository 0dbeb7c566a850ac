"""Which borders may be nearer to a point than its radius, for many circles and many polygons at once.

The rule is that of one circle and one edge (`nearer`): a lower bound of the distance, on a plane, in whole
centimetres. Only which pairs are asked is left to a grid of edges; the answers are those of asking all.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from truceline.compliance.edges import Crossable, Edges, Grid, Rings, ranges, touched
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE

HALF_ROUND_M = 20_100_000
"""No two places are farther apart; a larger radius says no more."""
ROUNDING_CM = 3
"""What flooring a point and two ends to whole centimetres can take from a distance."""
SLACK_CM = 10
"""More than that flooring can move a point or an end, so that no edge out of reach is called nearer."""
MOST_TESTS = 1 << 20
"""Pairs asked at a time: bounds the memory."""
MOST_ANSWERS = 1 << 24
"""Answers of a circle and a polygon kept at a time, a byte each."""
THREADS = 2
"""Blocks of points asked at the same time; each is answered by itself, and they are put together in order."""
FINEST_CELLS = 1 << 20
_PERMILLE = np.array(COS_PERMILLE, np.int64)


def nearer(points: Ints, one: tuple[Ints, Ints], other: tuple[Ints, Ints], permille: Ints) -> Bools:
    """A lower bound of the distance from the point to the edge is below the radius, all in centimetres.

    points: (lat_e7, lon_e7, radius_m) rows; one, other: the ends' (lat_e7, lon_e7), a number or one for each row.
    """
    north = (points[:, 0] - one[0]) * MIN_CM_PER_DEGREE // E7
    east = (points[:, 1] - one[1]) * MIN_CM_PER_DEGREE // E7 * permille // 1000
    edge_north = (other[0] - one[0]) * MIN_CM_PER_DEGREE // E7
    edge_east = (other[1] - one[1]) * MIN_CM_PER_DEGREE // E7 * permille // 1000
    radius = points[:, 2] * 100 + ROUNDING_CM
    square = edge_north * edge_north + edge_east * edge_east
    along = north * edge_north + east * edge_east
    to_one = north * north + east * east
    to_other = (north - edge_north) ** 2 + (east - edge_east) ** 2
    across = np.abs(north * edge_east - east * edge_north)
    beside = (along > 0) & (along < square)
    length = np.sqrt(square.astype(np.float64)).astype(np.int64) + 2
    found: Bools = np.where(beside, across < radius * length, np.minimum(to_one, to_other) < radius * radius)
    return found


@dataclass(frozen=True)
class Borders:
    """The borders of many polygons, and what is asked of each polygon first: its box and its farthest latitude."""

    edges: Edges
    crossable: Crossable
    box: Ints
    degrees: Ints

    @classmethod
    def of(cls, polygons: Rings) -> "Borders":
        """`box`: south, west, north, east of each outer ring; `degrees`: whole degrees from the equator, at most."""
        edges = Edges.of(polygons)
        outer = [polygon[0] for polygon in polygons]
        box = np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in outer], np.int64).reshape(-1, 4)
        return cls(edges, Crossable.of(edges), box, -(-np.abs(box[:, [0, 2]]).max(axis=1, initial=0) // E7))

    def near(self, points: Ints) -> tuple[Ints, Ints]:
        """(point, polygon) pairs: the polygon's border may be nearer to the point than its radius. In order.

        points: (lat_e7, lon_e7, radius_m) rows.
        """
        many = max(1, len(self.degrees))
        points = np.column_stack([points[:, :2], np.minimum(points[:, 2], HALF_ROUND_M)])
        block = max(1, MOST_ANSWERS // many)
        firsts = range(0, len(points), block)
        with ThreadPoolExecutor(min(THREADS, max(1, len(firsts)))) as pool:  # NumPy lets go of the interpreter's lock
            parts = pool.map(lambda first: self._near(points[first : first + block], many), firsts)
            found = [part + first * many for first, part in zip(firsts, parts, strict=True)]
        return np.divmod(np.concatenate([np.zeros(0, np.int64), *found]), many)

    def _near(self, points: Ints, many: int) -> Ints:
        """The pairs, each as point * many + polygon."""
        found = np.zeros(len(points) * many, np.bool_)
        north, east = self._reach(points)
        for point, edge in self._within_reach(points, north, east):
            pair = point * many + self.edges.polygon[edge]
            # A few edges of each border first: most circles that touch it are found by them, and asked no more.
            for few in (edge % 8 == 0, edge % 8 > 0):
                at = np.flatnonzero(few & ~found[pair])
                at = at[self._close(points, north, east, point[at], edge[at])]
                at = at[self._nearer(points[point[at]], edge[at])]
                at = at[self._by_box(points[point[at]], self.edges.polygon[edge[at]])]
                found[pair[at]] = True
        return np.flatnonzero(found)

    def inside(self, points: Ints) -> tuple[Ints, Ints]:
        """(point, polygon) pairs: the point lies in the polygon, each ray against each edge. For few points."""
        many = len(self.degrees)
        odd = np.zeros(len(points) * many, np.int64)
        for point, edge in _batches(np.arange(len(points)), np.zeros_like(points[:, 0]), len(self.edges)):
            crossed = self.crossable.crossed(edge, points[point, 0], points[point, 1])
            odd += np.bincount(point[crossed] * many + self.edges.polygon[edge[crossed]], minlength=len(odd))
        return np.divmod(np.flatnonzero(odd % 2), max(1, many))

    def _nearer(self, points: Ints, edge: Ints) -> Bools:
        edges = self.edges
        permille = self._permille(points, edges.polygon[edge])
        return nearer(points, (edges.lat_1[edge], edges.lon_1[edge]), (edges.lat_2[edge], edges.lon_2[edge]), permille)

    def _by_box(self, points: Ints, polygon: Ints) -> Bools:
        margin = points[:, 2] * (100 * E7) // MIN_CM_PER_DEGREE + 1
        east_margin = margin * 1000 // np.maximum(self._permille(points, polygon), 1) + 1
        south, west, north, east = self.box[polygon].T
        by_lat = (points[:, 0] >= south - margin) & (points[:, 0] <= north + margin)
        found: Bools = by_lat & (points[:, 1] >= west - east_margin) & (points[:, 1] <= east + east_margin)
        return found

    def _permille(self, points: Ints, polygon: Ints) -> Ints:
        found: Ints = _PERMILLE[np.maximum(-(-np.abs(points[:, 0]) // E7), self.degrees[polygon])]
        return found

    def _close(self, points: Ints, north: Ints, east: Ints, point: Ints, edge: Ints) -> Bools:
        """The edge's own box comes within reach: asked first, because it is quick to ask."""
        lat, way = points[point, 0], self.crossable.lon[edge] - points[point, 1]
        end = way + self.crossable.east[edge]
        by_lat = (self.crossable.lat[edge] <= lat + north[point]) & (self.crossable.top[edge] >= lat - north[point])
        found: Bools = by_lat & (np.minimum(way, end) <= east[point]) & (np.maximum(way, end) >= -east[point])
        return found

    def _within_reach(self, points: Ints, north: Ints, east: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Pairs of point and edge, in batches, none missing that `nearer` could affirm; some come twice."""
        if len(points) * len(self.edges) <= MOST_TESTS:
            yield from _batches(np.arange(len(points)), np.zeros_like(points[:, 0]), len(self.edges))
            return
        finest = Grid.over(self.edges, FINEST_CELLS).shift
        # A grid for each size of circle, of cells about half as wide as the circle: few rows to look through.
        shifts = np.maximum(np.frexp(np.maximum(north, east).astype(np.float64))[1] - 1, finest)
        shifts = np.minimum(shifts, 32)
        for shift in np.unique(shifts).tolist():
            of = np.flatnonzero(shifts == shift)
            for point, edge in self._in_cells(points[of], north[of], east[of], Grid.at(self.edges, shift)):
                yield of[point], edge

    def _reach(self, points: Ints) -> tuple[Ints, Ints]:
        """How far north and east, in 1e-7 degrees, an edge may lie that `nearer` calls nearer than the radius.

        `nearer` takes an edge for two centimetres longer than it is: that widens the circle, much for short edges.
        """
        permille = np.maximum(_PERMILLE[np.maximum(-(-np.abs(points[:, 0]) // E7), self.degrees.max(initial=0))], 1)
        radius = points[:, 2] * 100 + ROUNDING_CM
        reach = (radius * 102 // 100 if self._shortest_cm() > 200 else radius * 5 // 2) + SLACK_CM
        north = reach * E7 // MIN_CM_PER_DEGREE + 2
        return north, north * 1000 // permille + 2

    def _shortest_cm(self) -> int:
        """No edge that has a length is shorter than this, at whatever latitude its width is taken."""
        edges = self.edges
        if len(edges) == 0:
            return 0
        permille = _PERMILLE[min(90, int(self.degrees.max()) + 1)]
        north = np.abs(edges.lat_2 - edges.lat_1) * MIN_CM_PER_DEGREE // E7
        east = np.abs(edges.lon_2 - edges.lon_1) * MIN_CM_PER_DEGREE // E7 * permille // 1000
        return int(np.maximum(north, east).min())

    def _in_cells(self, points: Ints, north: Ints, east: Ints, grid: Grid) -> Iterator[tuple[Ints, Ints]]:
        of, row, left, right = touched(self.edges, self.crossable, grid)
        number, column = ranges(left, right - left + 1)
        cell = row[number] * grid.columns + column
        edges = of[number][np.argsort(cell, kind="stable")]
        first = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=grid.rows * grid.columns))])
        low, high = grid.row(points[:, 0] - north), grid.row(points[:, 0] + north)
        point, row = ranges(low, high - low + 1)
        begin = first[row * grid.columns + grid.column(points[point, 1] - east[point])]
        end = first[row * grid.columns + grid.column(points[point, 1] + east[point]) + 1]
        some = np.flatnonzero(end > begin)
        for asker, number in _batches(point[some], begin[some], end[some] - begin[some]):
            yield asker, edges[number]


def _batches(asker: Ints, first: Ints, count: Ints | int) -> Iterator[tuple[Ints, Ints]]:
    """(asker, number) for each number from first on, count of them, about `MOST_TESTS` pairs at a time."""
    count = np.broadcast_to(np.asarray(count, np.int64), asker.shape)
    total = np.cumsum(count)
    cuts = np.searchsorted(total, np.arange(MOST_TESTS, int(total[-1]) if len(total) else 0, MOST_TESTS)).tolist()
    for begin, end in zip([0, *cuts], [*cuts, len(asker)], strict=True):
        owner, number = ranges(first[begin:end], count[begin:end])
        yield asker[begin:end][owner], number
