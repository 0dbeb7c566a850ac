"""How claims differ: two drawings of one line or zone, several zones side by side, a version and the one before it."""

from itertools import pairwise

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from truceline.compliance.lines.near import distances
from truceline.compliance.lines.sides import side_of
from truceline.compliance.territory.claims import Version
from truceline.compliance.territory.measures import Surface, plane, surface
from truceline.compliance.territory.shapes import Shape
from truceline.vocabulary.where import E7

SPACING_E7 = 20_000
"""Points of a line are compared at least every 0.002 degrees (220 m)."""


class Moved(Struct, frozen=True):
    """Ground that lies on another side, or in the zone no more, in the second of two drawings."""

    from_side: str
    to_side: str
    surface: Surface


class Difference(Struct, frozen=True):
    """Two drawings held against each other.

    most_m: the farthest that any point of one lies from the other (Hausdorff distance), at points no more than 250 m
    apart: up to 125 m more may be missed. within_m: what their precisions together explain. moved: see `Moved`.
    both: of zones, what lies in both.
    """

    most_m: int
    within_m: int
    moved: tuple[Moved, ...]
    both: Surface | None = None

    @property
    def is_explained(self) -> bool:
        """Nowhere farther apart than both precisions together."""
        return self.most_m <= self.within_m


def difference(one: Version, other: Version) -> Difference | None:
    """How the second drawing differs from the first; None between a line and a zone."""
    if one.shape is None or other.shape is None or one.shape.is_zone != other.shape.is_zone:
        return None
    within = one.act.precision_m + other.act.precision_m
    most = max(_farthest(one.shape, other.shape), _farthest(other.shape, one.shape))
    if one.shape.is_zone:
        first, second = plane(one.shape), plane(other.shape)
        left, gained = first.difference(second), second.difference(first)
        moved = (Moved("inside", "outside", surface(left, within)), Moved("outside", "inside", surface(gained, within)))
        return Difference(most, within, moved, surface(first.intersection(second), within))
    return Difference(most, within, _between(one, other, within))


def _farthest(of: Shape, from_: Shape) -> int:
    """The farthest point of a shape from another, in metres, rounded up."""
    points = np.concatenate([_points(part) for part in of.drawn(0).parts])
    return int(distances(points[:, 0], points[:, 1], from_.drawn(0))[1].max())


def _points(part: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    found = [part[-1:]]
    for a, b in pairwise(part):
        count = int(np.abs(b - a).max()) // SPACING_E7 + 1
        found.append(a + (b - a) * np.arange(count)[:, None] // count)
    return np.concatenate(found)


def _between(one: Version, other: Version, within: int) -> tuple[Moved, ...]:
    """The ground between two lines: faces that both lines, and the ways between their ends, enclose."""
    assert one.shape is not None and other.shape is not None
    ways = [plane(one.shape), plane(other.shape), *_ends(one.shape, other.shape)]
    faces = shapely.polygonize([shapely.unary_union(ways)])
    found: dict[tuple[str, str], list[BaseGeometry]] = {}
    for face in faces.geoms:
        inside = face.representative_point()
        at = round(inside.y * E7), round(inside.x * E7)
        before, after = (side_of(*at, 0, shape.drawn(0)).side for shape in (one.shape, other.shape))
        if before != after and "undetermined" not in (before, after):
            found.setdefault((before, after), []).append(face)
    return tuple(Moved(*sides, surface(shapely.union_all(parts), within)) for sides, parts in sorted(found.items()))


def _ends(one: Shape, other: Shape) -> list[BaseGeometry]:
    """Straight ways from the ends of one line to the ends of the other that they lie nearest to."""
    if len(one.parts) != 1 or len(other.parts) != 1:
        return []
    first, second = one.parts[0][[0, -1]] / E7, other.parts[0][[0, -1]] / E7
    crossed = np.abs(first - second[::-1]).sum() < np.abs(first - second).sum()
    pairs = zip(first[:, ::-1].tolist(), (second[::-1] if crossed else second)[:, ::-1].tolist(), strict=True)
    return [shapely.LineString(pair) for pair in pairs if pair[0] != pair[1]]


class Overlay(Struct, frozen=True):
    """Two zones of different claimants side by side: what both claim."""

    zones: tuple[tuple[str, str], tuple[str, str]]
    both: Surface


def overlaps(zones: list[Version]) -> list[Overlay]:
    """What two claimants both claim, in zones of different numbers; pairs that share no ground are left out."""
    drawn = [(one, plane(one.shape)) for one in zones if one.shape is not None and one.shape.is_zone]
    found = []
    for n, (one, ground) in enumerate(drawn):
        for other, others in drawn[n + 1 :]:
            if one.act.claimant == other.act.claimant or one.act.number == other.act.number:
                continue
            both = surface(ground.intersection(others), max(one.act.precision_m, other.act.precision_m))
            if both.most_m2:
                found.append(Overlay((one.key, other.key), both))
    return found


def gap(zones: list[Version]) -> Surface | None:
    """Ground between zones that none of them claims: in the convex hull of all of them; None for fewer than two."""
    drawn = [plane(one.shape) for one in zones if one.shape is not None and one.shape.is_zone]
    if len(drawn) < 2:
        return None
    together = shapely.union_all(drawn)
    return surface(together.convex_hull.difference(together), max(one.act.precision_m for one in zones))
