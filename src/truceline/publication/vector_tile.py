"""Points as Mapbox Vector Tiles 2.1 (one layer), which map programs draw without loading everything.

https://github.com/mapbox/vector-tile-spec/tree/master/2.1: protocol buffers, points as one MoveTo each, in a square of
`EXTENT` units whose origin is its upper left corner. Tiles are those of Web Mercator (EPSG:3857): 2^z by 2^z at z.
"""

from collections.abc import Sequence

import numpy as np

from truceline.vocabulary.columns import Ints

EXTENT = 4096
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
WORLD_BITS = 32
"""The world's edge is 2^32 units: a tile of zoom z is 2^(32 - z) of them."""
MOST_LATITUDE = 85.05112878
"""Where Web Mercator is cut off, so that the world is a square."""
_VERSION, _NAME, _FEATURES, _KEYS, _VALUES, _EXTENT = 15, 1, 2, 3, 4, 5
_POINT, _MOVE_TO_ONE = 1, 9

Value = str | int | bool


def mercator(lat_e7: Ints, lon_e7: Ints) -> tuple[Ints, Ints]:
    """x from west and y from north, in units of the world's edge / 2^32, of degrees in 1e-7 (WGS 84)."""
    world = 1 << WORLD_BITS
    lat = np.radians(np.clip(lat_e7 / 1e7, -MOST_LATITUDE, MOST_LATITUDE))
    x = (lon_e7 / 1e7 / 360 + 0.5) * world
    y = (0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)) * world
    east, south = (np.clip(one, 0, world - 1).astype(np.int64) for one in (x, y))
    return east, south


def point_layer(name: str, xy: Sequence[tuple[int, int]], said: Sequence[dict[str, Value]]) -> bytes:
    """A tile with one layer of points. xy: of each, in units of the tile; said: what each says of itself."""
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    features = bytearray()
    for (x, y), words in zip(xy, said, strict=True):
        tags = bytearray()
        for key, value in words.items():
            tags += _varint(keys.setdefault(key, len(keys)))
            tags += _varint(values.setdefault((type(value), value), len(values)))
        geometry = _varint(_MOVE_TO_ONE) + _varint(_zigzag(x)) + _varint(_zigzag(y))
        feature = _bytes(2, bytes(tags)) + _number(3, _POINT) + _bytes(4, geometry)
        features += _bytes(_FEATURES, feature)
    layer = _number(_VERSION, 2) + _bytes(_NAME, name.encode()) + bytes(features)
    layer += b"".join(_bytes(_KEYS, key.encode()) for key in keys)
    layer += b"".join(_bytes(_VALUES, _value(value)) for _, value in values)
    return _bytes(3, layer + _number(_EXTENT, EXTENT))


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return _number(7, int(value))
    return _number(6, _zigzag(value)) if isinstance(value, int) else _bytes(1, value.encode())


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    if value < 0x80:
        return _SMALL[value]
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)


_SMALL = [bytes([n]) for n in range(0x80)]
