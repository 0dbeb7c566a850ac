"""The lines and surfaces of a Shapefile (ESRI, 1998) as GeoJSON geometries, read by pyshp from bytes in memory.

Read are the geometries (.shp) and, where it is given, the coordinate system (.prj), which has to be WGS 84: a Shapefile
without one says nothing of it, and is refused. Attributes (.dbf) are not looked at; a shape is named by its number.
"""

import io
import re
import warnings
from collections.abc import Iterator
from struct import error as StructError

import msgspec
import shapefile  # type: ignore[import-untyped]

from truceline.errors import FileNotRead

MOST_SHAPES = 10_000
_CODE = b"\x00\x00\x27\x0a"
_DRAWN = {3, 5, 13, 15, 23, 25}
"""PolyLine and Polygon, also with Z and M, which are left out."""
_WGS84 = re.compile(r"^\s*GEOGCS\s*\[\s*\"(?:GCS_)?WGS[ _]?(?:19)?84\"", re.I)


def is_shapefile(content: bytes) -> bool:
    """It begins as the geometries of a Shapefile do."""
    return content.startswith(_CODE)


def drawn_shapes(name: str, content: bytes, system: str) -> list[tuple[str, str]]:
    """(number from 1, GeoJSON geometry) of each line or surface. Raises `FileNotRead`."""
    if not _WGS84.match(system):
        told = "says no coordinate system (.prj)" if not system.strip() else "is not in WGS 84"
        raise FileNotRead(f"{name} {told}.", "Export it in WGS 84 (EPSG:4326), as a .zip with its .shp and .prj.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return list(_shapes(name, content))
    except (
        Warning,
        shapefile.ShapefileException,
        ValueError,
        IndexError,
        OSError,
        MemoryError,
        ArithmeticError,
    ) as error:
        raise FileNotRead(f"{name} is no sound Shapefile: {str(error)[:200]}.", "Export it again.") from error
    except StructError as error:
        raise FileNotRead(f"{name} ends in the middle of a shape.", "Was it copied to its end?") from error


def _shapes(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    reader = shapefile.Reader(shp=io.BytesIO(content))
    if reader.shapeType not in _DRAWN:
        raise FileNotRead(f"{name} holds {reader.shapeTypeName.lower()} shapes.", "Lines and surfaces are read.")
    for number, shape in enumerate(reader.iterShapes(), 1):
        if number > MOST_SHAPES:
            raise FileNotRead(f"{name} has more than {MOST_SHAPES} shapes.", "Send it in parts.")
        geometry = shape.__geo_interface__ if shape.shapeType in _DRAWN else None
        if geometry and geometry["coordinates"]:
            yield str(number), _text(geometry["type"], geometry["coordinates"])


def _text(kind: str, coordinates: object) -> str:
    return msgspec.json.encode({"type": kind, "coordinates": _flat(coordinates)}).decode()


def _flat(value: object) -> object:
    """Positions of two numbers in plain decimals, ten places, whatever the nesting."""
    assert isinstance(value, list | tuple)
    if value and isinstance(value[0], int | float):
        return [msgspec.Raw(f"{float(one):.10f}".encode()) for one in value[:2]]
    return [_flat(one) for one in value]
