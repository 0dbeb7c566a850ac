"""`lines.geojson` of a pack: the lines that its rules are measured from.

RFC 7946, as `areas.geojson`: one Feature for a line with the line's id as its `id`, LineString or MultiLineString.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from truceline.compliance.areas_file import MAX_POINTS, features_of, point_of, wrong_feature
from truceline.compliance.lines.drawn import DrawnLine
from truceline.errors import PackError, ValueNotRead
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.obligation import Line
from truceline.vocabulary.where import E7

LINES_FILE = "lines.geojson"
MOST_DEGREES = 3_600
"""So long may a drawing be altogether, ten times round the Earth: it is cut into pieces of some kilometres."""


def read_lines(content: bytes, lines: Iterable[Line]) -> Mapping[str, DrawnLine]:
    """The lines of exactly these ids, as they are drawn. Raises `PackError` with a line of the file."""
    features, wanted = features_of(content, LINES_FILE), {line.id: line for line in lines}
    for extra in features.keys() - wanted.keys():
        raise wrong_feature(
            content, extra, "is no line of agreement.yaml", "Add the line, or take the feature out.", LINES_FILE
        )
    for missing in wanted.keys() - features.keys():
        raise PackError(f"{LINES_FILE}, line 1: the line {missing!r} has no feature", "Add a feature with this id.")
    made = {
        name: DrawnLine(name, _parts(content, name, features[name]), one.precision_m, one.left or "", one.right or "")
        for name, one in wanted.items()
    }
    if sum(len(part) for line in made.values() for part in line.parts) > MAX_POINTS:
        raise PackError(f"{LINES_FILE}, line 1: more than {MAX_POINTS} points", "Simplify the lines.")
    for name in (name for name, line in made.items() if too_long(line.parts)):
        raise wrong_feature(content, name, "is longer than ten times round the Earth", "Draw it anew.", LINES_FILE)
    return made


def _parts(content: bytes, name: str, geometry: object) -> tuple[Ints, ...]:
    match geometry:
        case {"type": "LineString", "coordinates": [*points]}:
            parts: list[object] = [points]
        case {"type": "MultiLineString", "coordinates": [*many]} if many:
            parts = many
        case _:
            raise wrong_feature(content, name, "is no LineString or MultiLineString", "Draw it as a line.", LINES_FILE)
    try:
        return tuple(part_of(points) for points in parts)
    except ValueNotRead as error:
        raise wrong_feature(content, name, error.message, error.mend, LINES_FILE) from error


def too_long(parts: Iterable[Ints]) -> bool:
    """Longer than `MOST_DEGREES`, the greater of latitude and longitude counted at each step."""
    return sum(int(np.abs(np.diff(part, axis=0)).max(axis=1).sum()) for part in parts) > MOST_DEGREES * E7


def part_of(points: object) -> Ints:
    """The points of one part of a line, (n, 2) of lat_e7, lon_e7. Raises `ValueNotRead`."""
    if not isinstance(points, list) or len(points) < 2:
        raise ValueNotRead("has a part of fewer than two points", "Give it a start and an end.")
    made = np.array([point_of(point) for point in points], dtype=np.int64)
    if int(np.abs(np.diff(made[:, 1])).max()) > 180 * E7:
        raise ValueNotRead("crosses the 180th meridian", "Cut it in two there (RFC 7946, 3.1.9).")
    if not np.diff(made, axis=0).any():
        raise ValueNotRead("has a part without length", "Give two points that are not the same.")
    made.setflags(write=False)
    return made
