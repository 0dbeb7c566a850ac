"""An equirectangular plane, true to scale at the middle latitude, and rings drawn on it.

A degree of longitude is drawn cos(middle latitude) as long as one of latitude (Snyder 1987, section
12, equirectangular with the standard parallel at the middle); across a country the scale is wrong
by under two parts in a hundred. One degree of latitude counts 111,195 m (sphere of 6,371,008.8 m).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np

from truceline.publication.page import Geometry, Ring
from truceline.vocabulary.columns import Ints

METRES_PER_DEGREE = 111_195
WIDTH, TALLEST = 920, 720


@dataclass(frozen=True)
class Plane:
    """From 1e-7 degrees to picture units: `per_degree` units a degree of latitude, `west` and `north` at 0."""

    west: float
    north: float
    per_degree: float
    shrink: float
    width: int
    height: int

    def x(self, lon_e7: Ints) -> Ints:
        """Picture units from the west, in tenths."""
        return np.rint((lon_e7 / 1e7 - self.west) * self.shrink * self.per_degree * 10).astype(np.int64)

    def y(self, lat_e7: Ints) -> Ints:
        """Picture units from the north, in tenths."""
        return np.rint((self.north - lat_e7 / 1e7) * self.per_degree * 10).astype(np.int64)

    def units(self, metres: float) -> float:
        """How long so many metres are drawn."""
        return metres / METRES_PER_DEGREE * self.per_degree


def plane_of(geometry: Geometry) -> Plane:
    """A plane that holds all areas with a margin of a twentieth."""
    rings = [ring for polygons in geometry.values() for polygon in polygons for ring in polygon]
    south, north = (pick(pick(lat) for lat, _ in rings) / 1e7 for pick in (min, max))
    west, east = (pick(pick(lon) for _, lon in rings) / 1e7 for pick in (min, max))
    shrink = cos(radians((south + north) / 2))
    margin = max(north - south, (east - west) * shrink) / 20 or 0.01
    across, down = (east - west) * shrink + 2 * margin, north - south + 2 * margin
    per_degree = min(WIDTH / across, TALLEST / down)
    return Plane(
        west - margin / shrink, north + margin, per_degree, shrink, round(across * per_degree), round(down * per_degree)
    )


def outline(polygons: Sequence[Sequence[Ring]], plane: Plane) -> str:
    """An area as the path of an SVG, holes by the even-odd rule."""
    return "".join(_ring(lat, lon, plane) for polygon in polygons for lat, lon in polygon)


def _ring(lat: Ints, lon: Ints, plane: Plane) -> str:
    x, y = plane.x(lon), plane.y(lat)
    kept = np.ones(len(x), dtype=np.bool_)
    kept[1:] = (np.diff(x) != 0) | (np.diff(y) != 0)
    points = [f"{a / 10:g} {b / 10:g}" for a, b in zip(x[kept].tolist(), y[kept].tolist(), strict=True)]
    return f"M{'L'.join(points)}z"


def twice_surface(lat: Ints, lon: Ints) -> float:
    """Twice the signed surface of a ring in square degrees (shoelace formula), for finding the largest."""
    a, b = (lat - lat[0]) / 1e7, (lon - lon[0]) / 1e7
    return float(np.dot(b[:-1], a[1:]) - np.dot(b[1:], a[:-1]))


def middle(lat: Ints, lon: Ints) -> tuple[float, float]:
    """The centroid of a ring (Bourke 1988), where a name is written."""
    a, b = (lat - lat[0]) / 1e7, (lon - lon[0]) / 1e7
    cross = b[:-1] * a[1:] - b[1:] * a[:-1]
    whole = float(cross.sum()) * 3 or 1.0
    north = float(((a[:-1] + a[1:]) * cross).sum()) / whole
    east = float(((b[:-1] + b[1:]) * cross).sum()) / whole
    return float(lat[0]) + north * 1e7, float(lon[0]) + east * 1e7
