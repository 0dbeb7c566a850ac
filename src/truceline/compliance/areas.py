"""In which areas an incident may have been: points with a radius against the pack's polygons, in integers.

Containment is half-open ray casting on the 1e-7 degree grid, so a point on a shared border lies in
one area only; many points are asked together (`compliance.terrain`), to the same answers.
"Near a border" compares a lower bound of the distance (plane approximation, see `vocabulary.where`),
so a doubtful case is always *maybe*. int64 is wide enough for theatres of up to 20 degrees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.borders import HALF_ROUND_M, nearer
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Bools, Ints, Placed, ReportColumns
from truceline.vocabulary.matters import MatterColumns
from truceline.vocabulary.texts import coded
from truceline.vocabulary.where import COS_PERMILLE, E7, MIN_CM_PER_DEGREE

Rings = list[list[Ints]]
"""One area: polygons, each a list of rings, each an (n, 2) array of lat_e7, lon_e7, closed."""
Geometry = Mapping[str, Rings]


@dataclass(frozen=True)
class Names:
    """Area and group names to the rows of areas they may mean."""

    rows: dict[str, Bools]
    count: int

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
        return cls(rows, len(position))

    def row(self, name: str) -> Bools | None:
        """The areas of that name; None if it is not known."""
        return self.rows.get(name.strip().casefold())


def placed_in(reports: ReportColumns | MatterColumns, names: Names, terrain: Terrain) -> tuple[Placed, Bools]:
    """(placed, contradicts): where each report may have been, as in the ledger's rule.

    contradicts[i]: the said area and the point exclude each other. The rule is worked once for each
    combination of what is said of the area, what the circle touches, and whether it is clear inside one.
    """
    table, said = _said(reports, names)
    sets, touched, clear = _touched(reports, terrain)
    pointed = reports.has_point.astype(np.int64)
    of, kinds = _combined(((said, len(table)), (touched, len(sets)), (clear.astype(np.int64), 2), (pointed, 2)))
    may_be, contradicts = _may_be(table[kinds[0]], sets[kinds[1]], kinds[2] > 0, kinds[3] > 0)
    return Placed(may_be, of), contradicts[of]


def _may_be(said: Bools, touches: Bools, clear: Bools, has_point: Bools) -> tuple[Bools, Bools]:
    has_said = said.any(axis=1)
    contradicts = (said.sum(axis=1) == 1) & has_point & ~(touches & said).any(axis=1)
    by_point = has_point & ~has_said
    nothing = ~has_point & ~has_said
    may_be = np.zeros((len(said), said.shape[1] + 1), np.bool_)
    may_be[:, :-1] = said | (touches & (by_point | contradicts)[:, None]) | nothing[:, None]
    may_be[:, -1] = nothing | ((by_point | contradicts) & ~clear)
    return may_be, contradicts


def _combined(parts: Sequence[tuple[Ints, int]]) -> tuple[Ints, list[Ints]]:
    """Numbers below a bound, part by part, as one: the combination of each row, and the parts of each combination."""
    whole = np.zeros_like(parts[0][0])
    for part, bound in parts:
        whole = whole * bound + part
    found, of = np.unique(whole, return_inverse=True)
    kinds = []
    for _, bound in reversed(parts):
        found, part = np.divmod(found, bound)
        kinds.append(part)
    return of.ravel(), kinds[::-1]


def _said(reports: ReportColumns | MatterColumns, names: Names) -> tuple[Bools, Ints]:
    """The rows of areas that said areas may mean, and which of them each report means; none is a row of its own."""
    codes, texts = coded(reports.area)
    meant = {b"": np.zeros(names.count, np.bool_)}
    number: list[int] = []
    numbered = {b"": 0}
    for text in texts:
        row = names.row(text)
        key = b"" if row is None else row.tobytes()
        if row is not None:
            meant.setdefault(key, row)
        number.append(numbered.setdefault(key, len(numbered)))
    return np.stack(list(meant.values())), np.array([*number, 0], np.int64)[codes]


def _touched(reports: ReportColumns | MatterColumns, terrain: Terrain) -> tuple[Bools, Ints, Bools]:
    """Sets of areas, which of them each report's circle touches, and whether it lies clear inside one."""
    pointed = np.flatnonzero(reports.has_point)
    points = np.stack([reports.lat_e7, reports.lon_e7, reports.radius_m], axis=1)[pointed]
    unique, back = _distinct(points)
    of, sets, clear = terrain.touched(unique)
    touched, is_clear = np.zeros(len(reports), np.int64), np.zeros(len(reports), np.bool_)
    touched[pointed], is_clear[pointed] = of[back], clear[back]
    return sets, touched, is_clear


def _distinct(rows: Ints) -> tuple[Ints, Ints]:
    """The rows without repetition, and for each row which of them it is. Faster than `np.unique` of rows."""
    order = np.lexsort(rows.T)
    new = np.ones(len(rows), np.bool_)
    new[1:] = (rows[order[1:]] != rows[order[:-1]]).any(axis=1)
    back = np.empty(len(rows), np.int64)
    back[order] = np.cumsum(new) - 1
    return rows[order[new]], back


def circles_in(points: Ints, polygon: list[Ints]) -> tuple[Bools, Bools]:
    """For (lat_e7, lon_e7, radius_m) rows: the centre lies inside the polygon; its border may be nearer than that.

    The slow rule, edge by edge: `terrain.Terrain` gives the same answers.
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
