"""In which areas an incident may have been: step 2 of the rule, with plain geometry.

Distances are floats in metres on a plane through the point. They decide nothing doubtful: a
simulated theatre draws no circle whose edge comes near a border (see docs/explanation/theatre.md).
"""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from math import sqrt
from typing import Any

ELSEWHERE = "elsewhere"
E7 = 10_000_000
DEFAULT_RADIUS_M = 1000
METRES_PER_DEGREE = 111_195.0
"""Of a great circle on a sphere of 6 371 008.8 m (mean radius, Moritz 2000); up to 0.6 % off on the ellipsoid."""

Point = tuple[int, int]
"""Latitude and longitude in 1e-7 degrees."""
Ring = list[Point]


def e7(text: str) -> int:
    """Decimal degrees as 1e-7 degrees."""
    return round(Decimal(text) * E7)


def cosine(lat_e7: int) -> float:
    """The cosine of a latitude by its power series (to x^14), so that every machine gets the same bits."""
    x, term, total = lat_e7 / E7 * 0.017453292519943295, 1.0, 1.0
    for n in range(2, 16, 2):
        term *= -x * x / (n * (n - 1))
        total += term
    return total


def inside(point: Point, rings: list[Ring]) -> bool:
    """Half-open ray casting to the east, exact in integers."""
    y, x = point
    odd = False
    for ring in rings:
        for (y1, x1), (y2, x2) in pairwise(ring):
            if (y1 > y) != (y2 > y):
                cross = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)
                if cross < 0 if y2 > y1 else cross > 0:
                    odd = not odd
    return odd


def border_m(point: Point, rings: list[Ring]) -> float:
    """Metres from a point to the nearest border of an area, whichever side it lies on."""
    north, east = METRES_PER_DEGREE / E7, METRES_PER_DEGREE / E7 * cosine(point[0])
    nearest = float("inf")
    for ring in rings:
        flat = [((lon - point[1]) * east, (lat - point[0]) * north) for lat, lon in ring]
        for (x1, y1), (x2, y2) in pairwise(flat):
            dx, dy = x2 - x1, y2 - y1
            along = min(1.0, max(0.0, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)))
            x, y = x1 + along * dx, y1 + along * dy
            nearest = min(nearest, x * x + y * y)
    return sqrt(nearest)


class Ground:
    """The areas of a pack: their borders and the names they go by."""

    def __init__(self, agreement: Mapping[str, Any], geojson: Mapping[str, Any]) -> None:
        self.areas: list[str] = [area["id"] for area in agreement["areas"]]
        self.rings = {feature["id"]: _rings(feature["geometry"]) for feature in geojson["features"]}
        self.named: dict[str, frozenset[str]] = {}
        for group in agreement.get("area_groups", []):
            self._name(group, frozenset(group["areas"]))
        for area in agreement["areas"]:
            self._name(area, frozenset([area["id"]]))

    def said(self, name: str) -> frozenset[str]:
        """The areas a name stands for; none if it is not known."""
        return self.named.get(name.strip().lower(), frozenset())

    def circle(self, point: Point, radius_m: int) -> frozenset[str]:
        """The areas a circle touches, and elsewhere unless one of them holds it whole."""
        touched, whole = set(), False
        for area in self.areas:
            within, border = inside(point, self.rings[area]), border_m(point, self.rings[area])
            if within or border <= radius_m:
                touched.add(area)
            whole = whole or (within and border > radius_m)
        return frozenset(touched if whole else touched | {ELSEWHERE})

    def placements(self, row: Mapping[str, str]) -> frozenset[str]:
        """Every area, and elsewhere, that the incident of this report may have been in. Surely, if it is one."""
        said = self.said(row.get("area", ""))
        if not row.get("lat"):
            return said or frozenset([*self.areas, ELSEWHERE])
        point = (e7(row["lat"]), e7(row["lon"]))
        radius_m = int(row.get("radius_m") or DEFAULT_RADIUS_M)
        touched = self.circle(point, radius_m)
        if len(said) == 1 and not said & touched:
            return said | touched
        return said or touched

    def _name(self, place: Mapping[str, Any], areas: frozenset[str]) -> None:
        for name in [place["id"], *place["name"].values(), *place.get("names", [])]:
            self.named[name.strip().lower()] = areas


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(e7(str(lat)), e7(str(lon))) for lon, lat in ring] for polygon in polygons for ring in polygon]
