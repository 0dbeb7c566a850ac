"""`areas.geojson` as integer rings: where a pack's areas lie.

RFC 7946: WGS 84, longitude before latitude, one Feature for an area with the area's id as its `id`,
Polygon or MultiPolygon. Here it becomes latitude before longitude in 1e-7 degrees, read from the
written decimals without a float on the way. Refused: open rings, rings of fewer than four points,
rings without surface, coordinates out of range, and edges across the 180th meridian (RFC 7946, 3.1.9
asks to cut such a polygon in two).
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from truceline.compliance.areas import Geometry, Rings
from truceline.errors import PackError, ValueNotRead
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.where import E7, read_degrees

MAX_POINTS = 200_000
AREAS_FILE = "areas.geojson"


def read_areas(content: bytes, areas: Iterable[str]) -> Geometry:
    """The polygons of exactly these areas, by id and in their order; the outer ring comes first, then holes.

    Each ring is a closed (n, 2) array of (lat_e7, lon_e7). Raises `PackError` with a line.
    """
    features = features_of(content)
    wanted = list(areas)
    for extra in features.keys() - set(wanted):
        raise wrong_feature(content, extra, "is no area of agreement.yaml", "Add the area, or take the feature out.")
    for missing in (area for area in wanted if area not in features):
        raise PackError(f"{AREAS_FILE}, line 1: the area {missing!r} has no feature", "Add a feature with this id.")
    made = {area: _polygons(content, area, features[area]) for area in wanted}
    if sum(len(ring) for polygons in made.values() for polygon in polygons for ring in polygon) > MAX_POINTS:
        raise PackError(f"{AREAS_FILE}, line 1: more than {MAX_POINTS} points", "Simplify the borders.")
    return made


class _Number(str):
    """A number as it is written, so that 36.2021 is never a binary fraction; a quoted number is no number."""


def as_written(content: bytes | str) -> Any:
    """A JSON text whose numbers stay as they are written, for `point_of`. Raises `json.JSONDecodeError`."""
    return json.loads(content, parse_float=_Number, parse_int=_Number, parse_constant=_Number)


def features_of(content: bytes, file: str = AREAS_FILE) -> dict[str, object]:
    """The geometry of each feature, by its id, numbers as they are written. Raises `PackError`."""
    made: dict[str, object] = {}
    for feature in _feature_list(content, file):
        area = feature.get("id") if isinstance(feature, dict) else None
        if not isinstance(area, str):
            raise PackError(f"{file}, line 1: a feature has no id", "Give each feature the id of what it draws.")
        if area in made:
            raise wrong_feature(content, area, "is drawn twice", "Use one feature of several parts.", file)
        made[area] = feature.get("geometry")
    return made


def _feature_list(content: bytes, file: str) -> list[Any]:
    try:
        read = as_written(content)
    except json.JSONDecodeError as error:
        raise PackError(f"{file}, line {error.lineno}: {error.msg}", "Mend the JSON.") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise PackError(f"{file}, line 1: {error}", "Write RFC 7946 GeoJSON in UTF-8.") from error
    match read:
        case {"type": "FeatureCollection", "features": [*features]}:
            return features
    raise PackError(f"{file}, line 1: is no FeatureCollection", "Write RFC 7946 GeoJSON.")


def _polygons(content: bytes, area: str, geometry: object) -> Rings:
    match geometry:
        case {"type": "Polygon", "coordinates": [*polygon]}:
            polygons: list[object] = [polygon]
        case {"type": "MultiPolygon", "coordinates": [*many]} if many:
            polygons = many
        case _:
            raise wrong_feature(content, area, "is no Polygon or MultiPolygon", "Areas are surfaces.")
    try:
        return [polygon_of(polygon) for polygon in polygons]
    except ValueNotRead as error:
        raise wrong_feature(content, area, error.message, error.mend) from error


def polygon_of(rings: object) -> list[Ints]:
    """The rings of one polygon, the outer one first. Raises `ValueNotRead`."""
    if not isinstance(rings, list) or not rings:
        raise ValueNotRead("has a polygon without rings", "Write a list of rings.")
    return [_ring(ring) for ring in rings]


def _ring(points: object) -> Ints:
    if not isinstance(points, list) or len(points) < 4:
        raise ValueNotRead("has a ring of fewer than four points", "The last point repeats the first.")
    made = np.array([point_of(point) for point in points], dtype=np.int64)
    if not np.array_equal(made[0], made[-1]):
        raise ValueNotRead("has an open ring", "Repeat the first point as the last.")
    if int(np.abs(np.diff(made[:, 1])).max()) > 180 * E7:
        raise ValueNotRead("crosses the 180th meridian", "Cut it in two there (RFC 7946, 3.1.9).")
    if _twice_surface(made) == 0:
        raise ValueNotRead("has a ring without surface", "Give three points that are not in a line.")
    made.setflags(write=False)
    return made


def _twice_surface(ring: Ints) -> int:
    """The shoelace sum in Python integers: 1e-7 degrees squared do not fit into 64 bits when summed."""
    points = [(int(lat), int(lon)) for lat, lon in ring]
    return sum(lat_a * lon_b - lat_b * lon_a for (lat_a, lon_a), (lat_b, lon_b) in pairwise(points))


def point_of(point: object) -> tuple[int, int]:
    """Latitude and longitude of a position of GeoJSON read by `features_of`. Raises `ValueNotRead`."""
    if not isinstance(point, list) or not 2 <= len(point) <= 3 or not all(isinstance(part, _Number) for part in point):
        raise ValueNotRead("has a point that is not [longitude, latitude]", "Write two numbers.")
    return read_degrees(point[1], "latitude"), read_degrees(point[0], "longitude")


def wrong_feature(content: bytes, area: str, what: str, mend: str, file: str = AREAS_FILE) -> PackError:
    """What is wrong with a feature, with the line that it stands in."""
    at = content.find(json.dumps(area, ensure_ascii=False).encode("utf-8", "replace"))
    line = content.count(b"\n", 0, at) + 1 if at >= 0 else 1
    return PackError(f"{file}, line {line}: {area!r} {what}", mend)
