"""A geometry of a GeoPackage (OGC 12-128r18, 2.1.3) as the text of a GeoJSON geometry.

A header (GP, flags, the number of the coordinate system, an envelope) and well-known binary: of either byte order,
with Z and M as ISO 13249-3 and OGC 06-103r4 write them or as EWKB does. What cannot be read is kept as the text of an
object whose `type` says why, so that its row is refused for it.
"""

from collections.abc import Callable
from math import isfinite, isnan
from struct import calcsize, unpack_from
from typing import Any, NamedTuple

from truceline.errors import ValueNotRead
from truceline.intake.shapes.json_text import written

_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope, by the number in the flags."""
_EXTENDED = 0x20
_EWKB_Z, _EWKB_M, _EWKB_SRID, _EWKB = 0x80000000, 0x40000000, 0x20000000, 0xE0000000
_DEEPEST, _LONGEST = 8, 19
_TYPES = (
    "Geometry", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection",
    "CircularString", "CompoundCurve", "CurvePolygon", "MultiCurve", "MultiSurface", "Curve", "Surface",
    "PolyhedralSurface", "TIN", "Triangle",
)  # fmt: skip
_POINT, _LINE, _POLYGON, _COLLECTION = 1, 2, 3, 7
_PART_OF = {4: _POINT, 5: _LINE, 6: _POLYGON}


def geometry_text(blob: object, srs: int) -> str:
    """The GeoJSON text of a geometry as SQLite holds it; `null` where there is none, or it is empty.

    srs: the number of the coordinate system that the header has to say. An M value follows the others, and then
    `ordinates` says which they are.
    """
    if blob is None:
        return "null"
    if not isinstance(blob, bytes):
        return _unread("no binary", str(blob)[:200])
    try:
        return _Walk(blob).package(srs)
    except ValueNotRead as error:
        return _unread(error.message, blob.hex())


def _unread(why: str, kept: str) -> str:
    return f'{{"type":{written(f"that is not read: {why}")},"blob":{written(kept)}}}'


class _Part(NamedTuple):
    """A geometry: its type, the text of its coordinates ("" where it is empty), and which ordinates they are."""

    kind: int
    coordinates: str
    ordinates: str

    def text(self) -> str:
        """The geometry, "" where it is empty."""
        if not self.coordinates:
            return ""
        members = "geometries" if self.kind == _COLLECTION else "coordinates"
        measured = f',"ordinates":"{self.ordinates}"' if "m" in self.ordinates else ""
        return f'{{"type":"{_TYPES[self.kind]}","{members}":{self.coordinates}{measured}}}'


class _Walk:
    """A walk along the bytes; nothing is taken that is not there."""

    def __init__(self, blob: bytes) -> None:
        self.blob, self.at = blob, 0

    def package(self, srs: int) -> str:
        """The geometry behind a header of GeoPackage, to the last byte."""
        magic, _, flags = self.take("<2sBB")
        if magic != b"GP":
            raise ValueNotRead("no header of GeoPackage")
        (said,) = self.take("<i" if flags & 1 else ">i")
        if said != srs:
            raise ValueNotRead(f"its own header says system {said}, its table {srs}")
        if flags & _EXTENDED or (flags >> 1 & 7) >= len(_ENVELOPES):
            raise ValueNotRead("an extended geometry")
        self.skip(_ENVELOPES[flags >> 1 & 7])
        found = self.geometry(_DEEPEST)
        if self.at != len(self.blob):
            raise ValueNotRead("more bytes follow its end")
        return found.text() or "null"

    def take(self, layout: str) -> tuple[Any, ...]:
        start = self.at
        self.skip(calcsize(layout))
        return unpack_from(layout, self.blob, start)

    def skip(self, size: int) -> None:
        if size > len(self.blob) - self.at:
            raise ValueNotRead("it ends too early")
        self.at += size

    def geometry(self, depth: int) -> _Part:
        if depth == 0:
            raise ValueNotRead("geometries nested too deeply")
        (order,) = self.take("<B")
        if order > 1:
            raise ValueNotRead("the byte order is not told")
        end = "<" if order else ">"
        kind, ordinates = self.kind(end)
        if kind == _POINT:
            return _Part(kind, self.point(end, len(ordinates)), ordinates)
        if kind == _LINE:
            return _Part(kind, self.line(end, len(ordinates)), ordinates)
        if kind == _POLYGON:
            return _Part(kind, self.many(end, lambda: self.line(end, len(ordinates))), ordinates)
        if kind == _COLLECTION:
            return _Part(kind, self.many(end, lambda: self.geometry(depth - 1).text()), ordinates)
        return _Part(kind, self.many(end, lambda: self.part(_PART_OF[kind], ordinates, depth - 1)), ordinates)

    def kind(self, end: str) -> tuple[int, str]:
        """The type, and its ordinates: xy, xyz, xym or xyzm."""
        (code,) = self.take(f"{end}I")
        has_z, has_m = code & _EWKB_Z, code & _EWKB_M
        if code & _EWKB:
            if code & _EWKB_SRID and self.take(f"{end}I")[0] not in (0, 4326):
                raise ValueNotRead("well-known binary of another coordinate system")
            kind = code & ~_EWKB
        else:
            more, kind = divmod(code, 1_000)
            has_z, has_m = more in (1, 3), more in (2, 3)
            kind = kind if more <= 3 else 0
        if not 1 <= kind <= _COLLECTION:
            raise ValueNotRead(f"a {_TYPES[kind]}" if 1 < kind < len(_TYPES) else "no known type of geometry")
        return kind, f"xy{'z' if has_z else ''}{'m' if has_m else ''}"

    def many(self, end: str, one: Callable[[], str]) -> str:
        """Parts that are not empty, as a list; "" where there is none. Each part has four bytes at least."""
        (count,) = self.take(f"{end}I")
        if count > (len(self.blob) - self.at) // 4:
            raise ValueNotRead("it ends too early")
        parts = [text for text in [one() for _ in range(count)] if text]
        return f"[{','.join(parts)}]" if parts else ""

    def part(self, kind: int, ordinates: str, depth: int) -> str:
        found = self.geometry(depth)
        if (found.kind, found.ordinates) != (kind, ordinates):
            raise ValueNotRead("a part is of another type than the whole")
        return found.coordinates

    def point(self, end: str, width: int) -> str:
        """A position; "" for one of nothing but NaN, as an empty point is written (12-128r18, 2.1.3.1.1)."""
        values = self.take(f"{end}{width}d")
        return "" if all(map(isnan, values)) else _position(values)

    def line(self, end: str, width: int) -> str:
        (count,) = self.take(f"{end}I")
        if count > (len(self.blob) - self.at) // (8 * width):
            raise ValueNotRead("it ends too early")
        values = self.take(f"{end}{count * width}d")
        positions = [_position(values[at : at + width]) for at in range(0, len(values), width)]
        return f"[{','.join(positions)}]" if positions else ""


def _position(values: tuple[float, ...]) -> str:
    return f"[{','.join(map(_number, values))}]"


def _number(value: float) -> str:
    """The shortest digits that are this number; near nought 17 behind the point, all that `read_degrees` takes."""
    if not isfinite(value):
        raise ValueNotRead("a coordinate that is no finite number")
    text = repr(value)
    if abs(value) < 0.1 and (len(text) > _LONGEST or "e" in text):
        return f"{value:.17f}"
    return text.removesuffix(".0")
