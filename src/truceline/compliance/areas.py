"""In which areas an incident may have been: points with a radius against the pack's polygons, in integers.

Containment is half-open ray casting on the 1e-7 degree grid, so a point on a shared border lies in
one area only; many points are looked up in a cover (`compliance.cover`), to the same answers.
"Near a border" compares a lower bound of the distance (plane approximation, see `vocabulary.where`),
so a doubtful case is always *maybe*. int64 is wide enough for theatres of up to 20 degrees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.borders import HALF_ROUND_M, Borders, nearer
from truceline.compliance.cover import Cover, Drawn
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Bools, Ints, ReportColumns
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE

Rings = list[list[Ints]]
"""One area: polygons, each a list of rings, each an (n, 2) array of lat_e7, lon_e7, closed."""
Geometry = Mapping[str, Rings]
FEW_TESTS = 1 << 20
"""So many pairs of a point and an edge are asked one by one; above that a cover is built."""
COVER_CELLS = 1 << 20
"""Cells of the cover of a pack's areas, which hold at all times: 4 MB."""


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
    unique, back = _distinct(points)
    for table, found in zip((inside, near), circles(unique, [geometry[area] for area in areas]), strict=True):
        table[pointed] = found[back]
    return inside, near


def _distinct(rows: Ints) -> tuple[Ints, Ints]:
    """The rows without repetition, and for each row which of them it is. Faster than `np.unique` of rows."""
    order = np.lexsort(rows.T)
    new = np.ones(len(rows), np.bool_)
    new[1:] = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    back = np.empty(len(rows), np.int64)
    back[order] = np.cumsum(new) - 1
    return rows[order[new]], back


def circles(points: Ints, areas: Sequence[Rings]) -> tuple[Bools, Bools]:
    """`circles_in` of every (lat_e7, lon_e7, radius_m) row and every area at once: [i, a] in both tables.

    Containment comes from a cover, nearness from the edges within reach (`compliance.borders`).
    """
    polygons = [polygon for area in areas for polygon in area]
    of = np.repeat(np.arange(len(areas)), [len(area) for area in areas])
    borders = Borders.of(polygons)
    inside, near = np.zeros((len(points), len(areas)), np.bool_), np.zeros((len(points), len(areas)), np.bool_)
    if len(points) * len(borders.edges) <= FEW_TESTS:
        point, polygon = borders.inside(points)
        inside[point, of[polygon]] = True
    else:
        cover = Cover.of([Drawn(area) for area in areas], COVER_CELLS)
        inside[cover.find(points[:, 0], points[:, 1])] = True
    point, polygon = borders.near(points)
    near[point, of[polygon]] = True
    return inside, near


def circles_in(points: Ints, polygon: list[Ints]) -> tuple[Bools, Bools]:
    """For (lat_e7, lon_e7, radius_m) rows: the centre lies inside the polygon; its border may be nearer than that.

    The slow rule, edge by edge: `circles` gives the same answers.
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
            inside ^= _ray_crosses(points, lat_1, lon_1, lat_2, lon_2)
            near[at] |= nearer(points[at], (lat_1, lon_1), (lat_2, lon_2), permille[at])
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
