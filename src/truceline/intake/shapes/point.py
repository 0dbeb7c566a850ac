"""The one place a geometry stands for: a point, and the radius of a circle that holds all of it.

Coordinates come longitude first (RFC 7946, 3.1.1; OGC KML 2.3, 16.10). In integers throughout.
"""

import json
from math import isqrt

from truceline.errors import ValueNotRead
from truceline.intake.shapes.json_text import DECODER, Number
from truceline.vocabulary.where import COS_PERMILLE, E7, read_degrees

_MOST_M_PER_DEGREE = 111_700
"""Metres in a degree, rounded up: of latitude at the poles (111,694 m on WGS 84), of longitude at the equator."""
_TYPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
Position = tuple[int, int]


def place_of(geometry: str) -> tuple[str, str, str]:
    """Latitude, longitude (decimal degrees) and radius (metres, "" for a point) of a GeoJSON geometry's text.

    A line or a surface is the middle of its bounding box with a radius that reaches its farthest
    corner, rounded up. "", "", "" where there is none. What cannot be read is given back as the
    latitude, as it stands, for the row to be refused there.
    """
    if geometry in ("", "null"):
        return "", "", ""
    try:
        positions = _positions(DECODER.decode(geometry))
    except ValueNotRead as error:
        return error.message, "", ""
    if len(positions) == 1:
        return _degrees(positions[0][0]), _degrees(positions[0][1]), ""
    south, north = min(lat for lat, _ in positions), max(lat for lat, _ in positions)
    west, east = min(lon for _, lon in positions), max(lon for _, lon in positions)
    lat, lon = (south + north) // 2, (west + east) // 2
    return _degrees(lat), _degrees(lon), str(_reach_m(south, north, west, east))


def _reach_m(south: int, north: int, west: int, east: int) -> int:
    """At least the metres from the middle of a box to its corners."""
    nearest = 0 if south < 0 < north else min(abs(south), abs(north)) // E7
    high = (north - south + 1) * _MOST_M_PER_DEGREE // (2 * E7) + 1
    wide = (east - west + 1) * _MOST_M_PER_DEGREE * (COS_PERMILLE[nearest] + 1) // (2_000 * E7) + 1
    return isqrt(high * high + wide * wide) + 1


def _positions(geometry: object) -> list[Position]:
    if not isinstance(geometry, dict) or geometry.get("type") not in _TYPES:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        raise ValueNotRead(f"a geometry of the type {str(kind)[:60]}")
    found: list[Position] = []
    _collect(geometry.get("coordinates"), found)
    if not found:
        raise ValueNotRead("a geometry without coordinates")
    return found


def _collect(value: object, found: list[Position]) -> None:
    if not isinstance(value, list) or not value:
        raise ValueNotRead(f"the coordinates {json.dumps(value)[:60]}")
    if isinstance(value[0], list):
        for inner in value:
            _collect(inner, found)
        return
    if len(value) < 2 or not all(isinstance(part, Number) for part in value[:2]):
        raise ValueNotRead(f"the coordinates {json.dumps(value)[:60]}")
    found.append((read_degrees(value[1], "latitude"), read_degrees(value[0], "longitude")))


def _degrees(e7: int) -> str:
    whole, rest = divmod(abs(e7), E7)
    return f"{'-' if e7 < 0 else ''}{whole}.{rest:07}"
