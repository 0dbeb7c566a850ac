"""Layers: reports, incidents, areas and ledger cells as rows with a shape, for maps and for analysis.

The columns are those of the CSV exports, but typed: whole numbers and degrees are numbers, and what a
source does not say is null. Texts stay as they were said: only a spreadsheet runs them as formulas, and
whoever shows them as HTML has to escape them. Columns: docs/reference/export.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from truceline.publication.page import Geometry, Page
from truceline.publication.reports_table import ADDED, NATIVE, Row, report_cells
from truceline.publication.tables import CELL_COLUMNS, incident_cells, incident_columns, ledger_cells
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import TLP, Reader, admit
from truceline.vocabulary.where import E7

Value = str | int | float | None
Point = tuple[float, float]
"""Longitude and latitude in degrees: the float nearest to the exact decimals, which it gives back at seven places."""
Surface = Sequence[Sequence[Sequence[Point]]]
"""Polygons, each its outer ring counter-clockwise and then holes clockwise (RFC 7946, 3.1.6), closed."""
Shape = Point | Surface | None

WHOLE = frozenset(
    "radius_m killed_low killed_best killed_high entry row low high sources".split(),
)
DEGREES = frozenset(("lat", "lon"))
AREA_COLUMNS = ("area", "code", "name", "names", "agreement", "version", "audience", "exercise")


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    DEGREES = "degrees"


@dataclass(frozen=True)
class Layer:
    """Rows of one noun. `shape` is Point, MultiPolygon, or empty for rows without a place.

    `key` is the column that identifies a row, empty where none does. `rows` can be gone through once.
    """

    name: str
    key: str
    columns: Mapping[str, Kind]
    shape: str
    rows: Iterable[tuple[Shape, Sequence[Value]]]
    audience: str
    exercise: bool


def reports_layer(rows: Sequence[Row], files: Mapping[int, str], zone: str, exercise: bool, reader: Reader) -> Layer:
    """Every report in force, a point where it has one. Arguments as `export_reports_csv`. Raises `NotReleased`."""
    heads = (*NATIVE, *ADDED)
    cells = report_cells(rows, files, zone, exercise, reader, str)
    return _layer("reports", "report", heads, "Point", cells, exercise, reader)


def incidents_layer(page: Page, reader: Reader) -> Layer:
    """Every incident, a point where it has one. Raises `NotReleased`."""
    cells = incident_cells(page, reader, str)
    return _layer("incidents", "incident", incident_columns(page), "Point", cells, page.exercise, reader)


def ledger_layer(page: Page, reader: Reader) -> Layer:
    """Every ledger cell, without a shape. Raises `NotReleased`."""
    return _layer("ledger", "", CELL_COLUMNS, "", ledger_cells(page, reader), page.exercise, reader)


def areas_layer(agreement: Agreement, geometry: Geometry, exercise: bool, reader: Reader) -> Layer:
    """The areas of the agreement as drawn, in its order. Raises `NotReleased`."""
    admit(reader)
    stamp = (TLP[reader.audience], "yes" if exercise else "no")
    rows = (
        (
            _surface(geometry, area.id),
            (area.id, area.code or None, _name(area.name), "; ".join(_others(area.name, area.names)) or None,
             agreement.pack, agreement.version, *stamp),
        )
        for area in agreement.areas
    )  # fmt: skip
    columns = dict.fromkeys(AREA_COLUMNS, Kind.TEXT)
    return Layer("areas", "area", columns, "MultiPolygon", rows, TLP[reader.audience], exercise)


def _layer(
    name: str,
    key: str,
    heads: Sequence[str],
    shape: str,
    cells: Iterable[Sequence[str]],
    exercise: bool,
    reader: Reader,
) -> Layer:
    columns = {head: _kind(head) for head in heads}
    return Layer(name, key, columns, shape, _typed(columns, cells), TLP[reader.audience], exercise)


def _kind(head: str) -> Kind:
    return Kind.WHOLE if head in WHOLE else Kind.DEGREES if head in DEGREES else Kind.TEXT


def _typed(columns: Mapping[str, Kind], cells: Iterable[Sequence[str]]) -> Iterator[tuple[Shape, Sequence[Value]]]:
    heads = list(columns)
    read = [{Kind.TEXT: str, Kind.WHOLE: int, Kind.DEGREES: float}[kind] for kind in columns.values()]
    lon, lat = (heads.index(name) if name in heads else -1 for name in ("lon", "lat"))
    for row in cells:
        values: list[Value] = [one(cell) if cell else None for one, cell in zip(read, row, strict=True)]
        point = (float(row[lon]), float(row[lat])) if lat >= 0 and row[lat] else None
        yield point, values


def _name(name: Mapping[str, str]) -> str:
    return name.get("en") or next(iter(name.values()))


def _others(name: Mapping[str, str], names: Sequence[str]) -> list[str]:
    first = _name(name)
    return [one for one in dict.fromkeys((*name.values(), *names)) if one != first]


def _surface(geometry: Geometry, area: str) -> Surface:
    return [[_ring(ring, hole=n > 0) for n, ring in enumerate(polygon)] for polygon in geometry[area]]


def _ring(ring: tuple[Iterable[int], Iterable[int]], *, hole: bool) -> list[Point]:
    """The ring, turned round where it runs the wrong way; its surface is summed in whole numbers."""
    points = [(int(lon), int(lat)) for lat, lon in zip(*ring, strict=True)]
    twice = sum(points[n - 1][0] * lat - lon * points[n - 1][1] for n, (lon, lat) in enumerate(points) if n)
    if (twice < 0) != hole:
        points.reverse()
    return [(lon / E7, lat / E7) for lon, lat in points]
