"""`export`: reports, incidents, areas or ledger cells as CSV, GeoJSON, GeoPackage or Parquet, through the gate."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from truceline.errors import MissionError
from truceline.pipeline.gated import gated_answer
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.missions import registered
from truceline.pipeline.publishing import page_of, write_whole
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.views import opened_for
from truceline.publication.geojson import geojson
from truceline.publication.layers import (
    Kind,
    Layer,
    areas_layer,
    incidents_layer,
    ledger_layer,
    reports_layer,
)
from truceline.publication.page import Page
from truceline.publication.reports_table import TAKEN, export_reports_csv
from truceline.publication.tables import export_csv, export_ledger_csv
from truceline.publication.wkb import wkb
from truceline.store.geopackage import Box, geopackage
from truceline.store.mission_file import MissionFile
from truceline.store.parquet import parquet
from truceline.vocabulary.marking import Reader, admit

REPORTS, INCIDENTS, LEDGER, AREAS = "reports", "incidents", "ledger", "areas"
CSV, GEOJSON, GPKG, PARQUET = "csv", "geojson", "gpkg", "parquet"
NOT_TOGETHER = {
    (CSV, AREAS): "geojson, gpkg or parquet",
    (GEOJSON, LEDGER): "csv or parquet",
    (GPKG, LEDGER): "csv or parquet",
}
"""What has no such form, and the forms it has: a table without shapes, a map without places."""
TABLES: dict[str, Callable[[Page, Reader], bytes]] = {INCIDENTS: export_csv, LEDGER: export_ledger_csv}
LAYERS: dict[str, Callable[[Page, Reader], Layer]] = {INCIDENTS: incidents_layer, LEDGER: ledger_layer}
SQLITE = {Kind.TEXT: "TEXT", Kind.WHOLE: "INTEGER", Kind.DEGREES: "REAL"}
DUCKDB = {Kind.TEXT: "VARCHAR", Kind.WHOLE: "BIGINT", Kind.DEGREES: "DOUBLE"}


def export(path: Path, out: Path, asked: Asked, what: str, form: str = CSV) -> int:
    """Write an export, whole or not at all; its size in bytes. Reports and areas need no reading.

    Raises `NotReleased`, `ReadingError`, `MissionError`.
    """
    if (form, what) in NOT_TOGETHER:
        raise MissionError(f"There is no {form} of {what}.", f"Choose --format {NOT_TOGETHER[form, what]}.")
    admit(asked.reader)
    with opened_for(path, asked) as mission:
        content = table(mission, asked, what) if form == CSV else mapped(mission, asked, what, form, out.parent)
    write_whole(out, content)
    return len(content)


def table(mission: MissionFile, asked: Asked, what: str) -> bytes:
    """Reports, incidents or ledger cells as CSV."""
    if what == REPORTS:
        return export_reports_csv(*reports_of(mission, asked), asked.reader)
    return TABLES[what](page_of(mission, ask(mission, asked)), asked.reader)


def mapped(mission: MissionFile, asked: Asked, what: str, form: str, folder: Path) -> bytes:
    """A layer as GeoJSON, GeoPackage or Parquet."""
    layer = layer_of(mission, asked, what)
    if form == GEOJSON:
        return geojson(layer)
    if form == PARQUET:
        return parquet(*_columns(layer), folder)
    rows = list(layer.rows)
    return geopackage(
        layer.name,
        {name: SQLITE[kind] for name, kind in layer.columns.items()},
        layer.shape,
        ((wkb(shape), values) for shape, values in rows),
        description=f"{layer.audience}, " + ("an exercise: invented" if layer.exercise else "no exercise"),
        box=_box(shape for shape, _ in rows),
        changed_us=_before(mission, asked),
    )


def layer_of(mission: MissionFile, asked: Asked, what: str) -> Layer:
    """What was asked for as a layer."""
    if what == REPORTS:
        return reports_layer(*reports_of(mission, asked), asked.reader)
    if what == AREAS:
        pack = registered(mission, _size(mission, asked)).pack
        drawn = {
            area: [[(ring[:, 0], ring[:, 1]) for ring in polygon] for polygon in polygons]
            for area, polygons in pack.geometry.items()
        }
        return areas_layer(pack.agreement, drawn, mission.exercise, asked.reader)
    answer = ask(mission, asked)
    passed = gated_answer(mission, answer, asked.reader).evaluated.incidents
    return LAYERS[what](replace(page_of(mission, answer), incidents=passed), asked.reader)


def reports_of(mission: MissionFile, asked: Asked) -> tuple[list[Any], dict[int, str], str, bool]:
    """The reports in force as asked, the files they came in, the zone, and whether they are invented."""
    size = _size(mission, asked)
    before = _before(mission, asked)
    found = mission.columns("report", TAKEN, asked.reader, size=size)
    starts = [int(start) for start in found["start_us"]]
    rows = [
        tuple(int(value) if isinstance(value, np.integer) else value for value in row)
        for row, start in zip(zip(*(found[name] for name in TAKEN), strict=True), starts, strict=True)
        if start < before
    ]
    files = {row[0]: row[2] for row in mission.rows("submission", asked.reader, size=size)}
    return rows, files, registered(mission, size).pack.agreement.zone, mission.exercise


def _size(mission: MissionFile, asked: Asked) -> int:
    return mission.resolve_cut(asked.known) if asked.known else mission.size


def _before(mission: MissionFile, asked: Asked) -> int:
    zone = registered(mission, _size(mission, asked)).pack.agreement.zone
    return asked_instant(mission, zone, now_us=asked.now_us, as_of=asked.as_of, known=asked.known)


def _columns(layer: Layer) -> tuple[dict[str, tuple[str, Sequence[Any]]], dict[str, str]]:
    """The layer by column, and the words about it: its stamp, and how its shapes are written (GeoParquet 1.1.0)."""
    rows = list(layer.rows)
    columns: dict[str, tuple[str, Sequence[Any]]] = {
        name: (DUCKDB[kind], [values[n] for _, values in rows]) for n, (name, kind) in enumerate(layer.columns.items())
    }
    about = {"audience": layer.audience, "exercise": "yes" if layer.exercise else "no"}
    if layer.shape:
        columns["geometry"] = ("BLOB", [wkb(shape) for shape, _ in rows])
        how = {"encoding": "WKB", "geometry_types": [layer.shape]}
        about["geo"] = json.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": how}})
    return columns, about


def _box(shapes: Any) -> Box | None:
    """West, south, east, north of all points."""
    points = [point for shape in shapes if shape for point in _points(shape)]
    if not points:
        return None
    lon, lat = zip(*points, strict=True)
    return min(lon), min(lat), max(lon), max(lat)


def _points(shape: Any) -> Iterator[tuple[float, float]]:
    if isinstance(shape[0], float):
        yield shape
    else:
        yield from (point for polygon in shape for ring in polygon for point in ring)
