"""Surfaces and lengths on the ellipsoid WGS 84, as whole square metres and metres that the true figure lies between.

Where two surfaces are laid over one another, edges run straight in latitude and longitude (shapely, GEOS). Before a
surface is measured (pyproj, GeographicLib: C. Karney, J. Geodesy 87, 2013) its edges are cut to at most `STEP`
degrees, so that the geodesics between their ends leave them by less than `EDGE_ERROR_M` (2.3 km: 10 cm up to 60
degrees of latitude). What a border may be off by, its precision and this, counts along its whole length.
"""

from collections.abc import Sequence

import shapely
from msgspec import Struct
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from truceline.compliance.territory.shapes import Shape
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.where import E7

STEP = 0.02
EDGE_ERROR_M = 0.2
_WGS84 = Geod(ellps="WGS84")


class Surface(Struct, frozen=True):
    """Square metres: at least and at most."""

    least_m2: int
    most_m2: int


def plane(shape: Shape) -> BaseGeometry:
    """A shape for laying over others, in degrees, longitude first. Borders that cross themselves are mended."""
    if not shape.is_zone:
        return shapely.MultiLineString([_degrees(part) for part in shape.parts])
    polygons = [shapely.Polygon(_degrees(rings[0]), [_degrees(ring) for ring in rings[1:]]) for rings in shape.polygons]
    made: BaseGeometry = shapely.make_valid(shapely.union_all([shapely.make_valid(one) for one in polygons]))
    return made


def _degrees(part: Ints) -> list[tuple[float, float]]:
    return [(lon / E7, lat / E7) for lat, lon in part.tolist()]


def surface(geometry: BaseGeometry, precision_m: int = 0) -> Surface:
    """How large what is drawn is, where each border may be off by the precision. Lines have no surface."""
    area = length = 0.0
    for polygon in _polygons(geometry):
        for at, ring in enumerate((polygon.exterior, *polygon.interiors)):
            fine = shapely.segmentize(ring, STEP)
            lon, lat = fine.coords.xy
            inside, around = _WGS84.polygon_area_perimeter(lon, lat)
            area += -abs(inside) if at else abs(inside)
            length += around
    error = length * (precision_m + EDGE_ERROR_M) + 1
    return Surface(max(0, int(area - error)) if length else 0, int(area + error) if length else 0)


def length_m(shape: Shape) -> int:
    """How long a line is, in metres, rounded."""
    total = 0.0
    for part in plane(shape).geoms:  # type: ignore[attr-defined]
        lon, lat = shapely.segmentize(part, STEP).coords.xy
        total += _WGS84.line_length(lon, lat)
    return round(total)


def _polygons(geometry: BaseGeometry) -> Sequence[shapely.Polygon]:
    if isinstance(geometry, shapely.Polygon):
        return () if geometry.is_empty else (geometry,)
    parts = getattr(geometry, "geoms", ())
    return tuple(polygon for part in parts for polygon in _polygons(part))
