"""Features with a geometry as rows: GeoJSON (RFC 7946) as it stands, KML (OGC 12-007r2) as the same.

A feature's properties are columns under their own names; what else it has stands under `feature.`:
`feature.id`, `feature.geometry`. The columns `lat`, `lon` and `radius_m`, where no property has these
names, are worked out from the geometry when a row is read; the record keeps the geometry.
"""

from collections.abc import Callable, Sequence

from truceline.errors import ValueNotRead
from truceline.intake.raw import JSON, JSON_ROWS, PLACED
from truceline.intake.shapes.json_text import Fault, flat, plain, written
from truceline.intake.shapes.point import place_of

GEOMETRY = "feature.geometry"
DERIVED = ("lat", "lon", "radius_m")


def is_feature(value: object) -> bool:
    """The value is a feature of GeoJSON."""
    return isinstance(value, dict) and value.get("type") == "Feature" and "geometry" in value


def feature_cells(value: object) -> dict[str, str]:
    """The cells of a feature by column. Raises `ValueNotRead` for what is none."""
    if isinstance(value, Fault):
        raise ValueNotRead(str(value), "Mend it where it was written.")
    if not isinstance(value, dict) or not is_feature(value):
        raise ValueNotRead("The record is no GeoJSON feature", 'Write {"type": "Feature", "geometry": ...}.')
    properties = value.get("properties")
    cells = flat({}) if properties is None else flat(properties)
    own = {name: part for name, part in value.items() if name not in ("type", "geometry", "properties")}
    for path, cell in flat({"feature": own} if own else {}).items():
        if path in cells or path == GEOMETRY:
            raise ValueNotRead(f"Two fields are named {path[:100]!r}", "Rename one of the two.")
        cells[path] = cell
    cells[GEOMETRY] = written(value["geometry"])
    return cells


def header_of(shape: str, header: Sequence[str]) -> tuple[str, ...]:
    """The columns a format sees: the file's own and, of features that say no place of their own, those derived."""
    return (*header, *DERIVED) if shape == PLACED and _lacks(header) else tuple(header)


def texts_of(shape: str, header: Sequence[str]) -> Callable[[Sequence[str]], tuple[str, ...]] | None:
    """What turns the cells as received into the texts a format reads; None where they are those texts."""
    if shape not in (JSON, JSON_ROWS, PLACED):
        return None
    at = tuple(header).index(GEOMETRY) if shape == PLACED and _lacks(header) else None

    def texts(cells: Sequence[str]) -> tuple[str, ...]:
        found = tuple([plain(cell) for cell in cells])
        return found if at is None else found + place_of(cells[at])

    return texts


def _lacks(header: Sequence[str]) -> bool:
    return GEOMETRY in header and not any(name in header for name in DERIVED)
