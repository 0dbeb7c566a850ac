"""A claimed geometry: lines or surfaces on the grid of 1e-7 degrees, read from GeoJSON and written as it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np

from truceline.compliance.areas_file import MAX_POINTS, as_written, polygon_of
from truceline.compliance.edges import Rings
from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.lines_file import part_of, too_long
from truceline.errors import ValueNotRead
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.where import E7

MEND = "Give a LineString, MultiLineString, Polygon or MultiPolygon of GeoJSON (RFC 7946, WGS 84)."


@dataclass(frozen=True, eq=False)
class Shape:
    """A line (`parts`) or a zone (`polygons`, each its outer ring and then holes); the other is empty.

    (n, 2) arrays of lat_e7, lon_e7; rings are closed.
    """

    parts: tuple[Ints, ...] = ()
    polygons: Rings | tuple[()] = ()

    @property
    def is_zone(self) -> bool:
        """It is a surface."""
        return bool(self.polygons)

    def drawn(self, precision_m: int, left: str = "", right: str = "") -> DrawnLine:
        """The line, or the border of the zone, as what distances are measured from."""
        rings = tuple(ring for polygon in self.polygons for ring in polygon)
        return DrawnLine("", self.parts or rings, precision_m, left, right)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """(south, west, north, east)."""
        rings = [ring for polygon in self.polygons for ring in polygon]
        points = np.concatenate([*self.parts, *rings])
        (south, west), (north, east) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        return south, west, north, east


def read_shape(text: str | bytes) -> Shape:
    """The shape of a GeoJSON geometry. Coordinates are rounded to 1e-7 degrees (1 cm). Raises `ValueNotRead`."""
    try:
        read = as_written(text)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueNotRead(f"The geometry is no JSON: {error}", MEND) from error
    shape = _shape(read)
    drawn = (*shape.parts, *(ring for polygon in shape.polygons for ring in polygon))
    if sum(len(one) for one in drawn) > MAX_POINTS:
        raise ValueNotRead(f"The geometry has more than {MAX_POINTS} points", "Simplify it.")
    if too_long(drawn):
        raise ValueNotRead("The geometry is longer than ten times round the Earth", "Simplify it.")
    return shape


def _shape(read: object) -> Shape:
    match read:
        case {"type": "LineString", "coordinates": [*points]}:
            return Shape((part_of(points),))
        case {"type": "MultiLineString", "coordinates": [*many]} if many:
            return Shape(tuple(part_of(points) for points in many))
        case {"type": "Polygon", "coordinates": [*rings]}:
            return Shape(polygons=[polygon_of(rings)])
        case {"type": "MultiPolygon", "coordinates": [*many]} if many:
            return Shape(polygons=[polygon_of(rings) for rings in many])
        case {"type": str(kind)}:
            raise ValueNotRead(f"The geometry is a {kind[:40]}, no line and no surface", MEND)
    raise ValueNotRead("The geometry has no type", MEND)


def written(shape: Shape) -> str:
    """The shape as GeoJSON, coordinates in their decimals: the same shape is always the same text."""
    if shape.is_zone:
        polygons = [[_points(ring) for ring in polygon] for polygon in shape.polygons]
        return _geometry("Polygon", polygons)
    return _geometry("LineString", [_points(part) for part in shape.parts])


def _geometry(kind: str, parts: Sequence[object]) -> str:
    one = len(parts) == 1
    said = {"type": kind if one else f"Multi{kind}", "coordinates": parts[0] if one else parts}
    return msgspec.json.encode(said).decode()


def _points(part: Ints) -> list[list[msgspec.Raw]]:
    return [[_decimal(lon), _decimal(lat)] for lat, lon in part.tolist()]


def _decimal(e7: int) -> msgspec.Raw:
    whole, rest = divmod(abs(e7), E7)
    text = f"{whole}.{rest:07d}".rstrip("0").rstrip(".")
    return msgspec.Raw(("-" if e7 < 0 else "").encode() + text.encode())
