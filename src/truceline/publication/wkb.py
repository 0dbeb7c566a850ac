"""Shapes as well-known binary, little-endian (OGC 06-103r4, 8.2): what GeoPackage and GeoParquet hold."""

from collections.abc import Sequence
from struct import pack

from truceline.publication.layers import Point, Shape, Surface

POINT, POLYGON, MULTI_POLYGON = 1, 3, 6


def wkb(shape: Shape) -> bytes | None:
    """The shape in bytes, x being the longitude; None for none."""
    if shape is None:
        return None
    if isinstance(shape[0], float):
        return pack("<BIdd", 1, POINT, *shape)
    return _surface(shape)  # type: ignore[arg-type]


def _surface(shape: Surface) -> bytes:
    polygons = (pack("<BII", 1, POLYGON, len(one)) + b"".join(map(_ring, one)) for one in shape)
    return pack("<BII", 1, MULTI_POLYGON, len(shape)) + b"".join(polygons)


def _ring(ring: Sequence[Point]) -> bytes:
    return pack(f"<I{2 * len(ring)}d", len(ring), *(degrees for point in ring for degrees in point))
