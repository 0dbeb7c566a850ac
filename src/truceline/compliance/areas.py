"""In which areas an incident may have been: points with a radius against the pack's polygons, in integers.

Containment is half-open ray casting on the 1e-7 degree grid, so a point on a shared border lies in
one area only. "Near a border" compares a lower bound of the distance (plane approximation, see
`vocabulary.where`), so a doubtful case is always *maybe*. int64 is wide enough for theatres of up
to 20 degrees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Bools, Ints, ReportColumns
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE

Rings = list[list[Ints]]
"""One area: polygons, each a list of rings, each an (n, 2) array of lat_e7, lon_e7, closed."""
Geometry = Mapping[str, Rings]
HALF_ROUND_M = 20_100_000
"""No two places are farther apart; a larger radius says no more."""
ROUNDING_CM = 3
"""What flooring a point and two ends to whole centimetres can take from a distance."""


@dataclass(frozen=True)
class Names:
    """Area and group names to the rows of areas they may mean."""

    rows: dict[str, Bools]

    @classmethod
    def of(cls, agreement: Agreement) -> "Names":
        """The pack's ids, names and other names, compared without case and surrounding spaces."""
        position = {area.id: n for n, area in enumerate(agreement.areas)}
        rows: dict[str, Bools] = {}
        means: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
            ((area.id, *area.name.values(), *area.names, area.code), (area.id,)) for area in agreement.areas
        ]
        means += [((group.id, *group.name.values(), *group.names), group.areas) for group in agreement.area_groups]
        for names, areas in means:
            row = np.zeros(len(position), np.bool_)
            row[[position[area] for area in areas]] = True
            rows |= dict.fromkeys((name.strip().casefold() for name in names if name), row)
        return cls(rows)

    def row(self, name: str) -> Bools | None:
        """The areas of that name; None if it is not known."""
        return self.rows.get(name.strip().casefold())


def may_be_in(reports: ReportColumns, names: Names, geometry: Geometry, areas: Sequence[str]) -> tuple[Bools, Bools]:
    """(may_be, contradicts): may_be[i, a] as in the ledger's rule, the last column being elsewhere.

    contradicts[i]: the said area and the point exclude each other.
    """
    n, inside, near = len(reports), *_circles(reports, geometry, areas)
    touches, clear = inside | near, inside & ~near
    said, one_said = _said(reports, names, len(areas))
    has_said = said.any(axis=1)
    contradicts = one_said & reports.has_point & ~(touches & said).any(axis=1)
    by_point = reports.has_point & ~has_said
    nothing = ~reports.has_point & ~has_said
    may_be = np.zeros((n, len(areas) + 1), np.bool_)
    may_be[:, :-1] = said | (touches & (by_point | contradicts)[:, None]) | nothing[:, None]
    may_be[:, -1] = nothing | ((by_point | contradicts) & ~clear.any(axis=1))
    return may_be, contradicts


def _said(reports: ReportColumns, names: Names, n_areas: int) -> tuple[Bools, Bools]:
    none = np.zeros(n_areas, np.bool_)
    known = {area: row if (row := names.row(area)) is not None else none for area in set(reports.area)}
    codes = {area: code for code, area in enumerate(known)}
    table = np.stack([*known.values(), none])
    said = table[np.fromiter((codes[area] for area in reports.area), np.int64, len(reports))]
    return said, said.sum(axis=1) == 1


def _circles(reports: ReportColumns, geometry: Geometry, areas: Sequence[str]) -> tuple[Bools, Bools]:
    inside = np.zeros((len(reports), len(areas)), np.bool_)
    near = np.zeros_like(inside)
    pointed = np.flatnonzero(reports.has_point)
    if len(pointed) == 0:
        return inside, near
    points = np.stack([reports.lat_e7, reports.lon_e7, reports.radius_m], axis=1)[pointed]
    unique, back = np.unique(points, axis=0, return_inverse=True)
    for column, area in enumerate(areas):
        for polygon in geometry[area]:
            polygon_inside, polygon_near = circles_in(unique, polygon)
            inside[pointed, column] |= polygon_inside[back.ravel()]
            near[pointed, column] |= polygon_near[back.ravel()]
    return inside, near


def circles_in(points: Ints, polygon: list[Ints]) -> tuple[Bools, Bools]:
    """For (lat_e7, lon_e7, radius_m) rows: the centre lies inside the polygon; its border may be nearer than that.

    Each row is answered by itself: what else is asked in the same call changes nothing.
    """
    points = np.column_stack([points[:, :2], np.minimum(points[:, 2], HALF_ROUND_M)])
    inside, near = np.zeros(len(points), np.bool_), np.zeros(len(points), np.bool_)
    margin = points[:, 2] * (100 * E7) // MIN_CM_PER_DEGREE + 1
    outer = polygon[0]
    degrees = np.maximum(-(-np.abs(points[:, 0]) // E7), -(-int(np.abs(outer[:, 0]).max()) // E7))
    permille = np.array(COS_PERMILLE, np.int64)[degrees]
    east_margin = margin * 1000 // np.maximum(permille, 1) + 1
    (south, west), (north, east) = outer.min(axis=0), outer.max(axis=0)
    at = np.flatnonzero(
        (points[:, 0] >= south - margin)
        & (points[:, 0] <= north + margin)
        & (points[:, 1] >= west - east_margin)
        & (points[:, 1] <= east + east_margin)
    )
    for ring in polygon:
        for (lat_1, lon_1), (lat_2, lon_2) in zip(ring[:-1].tolist(), ring[1:].tolist(), strict=True):
            inside[at] ^= _ray_crosses(points[at], lat_1, lon_1, lat_2, lon_2)
            near[at] |= _nearer(points[at], (lat_1, lon_1), (lat_2, lon_2), permille[at])
    return inside, near


def _ray_crosses(points: Ints, lat_1: int, lon_1: int, lat_2: int, lon_2: int) -> Bools:
    if lat_1 == lat_2:
        return np.zeros(len(points), np.bool_)
    if lat_1 > lat_2:
        lat_1, lon_1, lat_2, lon_2 = lat_2, lon_2, lat_1, lon_1
    lat, lon = points[:, 0], points[:, 1]
    crosses: Bools = (
        (lat_1 <= lat) & (lat < lat_2) & ((lon - lon_1) * (lat_2 - lat_1) < (lon_2 - lon_1) * (lat - lat_1))
    )
    return crosses


def _nearer(points: Ints, one: tuple[int, int], other: tuple[int, int], permille: Ints) -> Bools:
    """A lower bound of the distance from the point to the edge is below the radius, all in centimetres."""
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
    nearer: Bools = np.where(beside, across < radius * length, np.minimum(to_one, to_other) < radius * radius)
    return nearer
