"""Truceline's own table of reports: as CSV in six manners, as JSON Lines, and as features."""

from collections.abc import Sequence

import msgspec

from truceline.theatre.benchmark.forms.form import Columns, Form, cell, delimited, json_lines
from truceline.theatre.benchmark.said import Said
from truceline.theatre.tables import FIGURES, MUST, REPORTS, WHERE, WORDS, Table

WRONG = (("when", "last Tuesday"), ("kind", "noise"), ("report_id", ""))
COLUMNS = (*MUST, *WHERE, "weapon", *FIGURES, *WORDS)
PLACED = tuple(name for name in COLUMNS if name not in ("lat", "lon", "radius_m"))


def table_of(source: str) -> Table:
    """The table a source of truceline's own writes into."""
    return next(table for table in REPORTS if source in table.sources)


def own(table: Table) -> Form:
    """One of the six tables of the small theatre, in its encoding and with its separator."""
    rows, head = delimited(table.encoding, table.separator, table.line_end)
    return Form(lambda said: {name: cell(said, name) for name in table.columns}, WRONG, rows, head)


def columns(said: Said) -> Columns:
    """All columns of truceline's table."""
    return {name: cell(said, name) for name in COLUMNS}


def _placed(said: Said) -> Columns:
    """The properties of a feature, and its point; the radius is that of a point without one."""
    return {name: cell(said, name) for name in (*PLACED, "lat", "lon")}


def _features(names: Sequence[str], columns: Sequence[Sequence[object]]) -> bytes:
    encode, made = msgspec.json.encode, []
    for *properties, lat, lon in zip(*columns, strict=True):
        point = f'{{"type":"Point","coordinates":[{lon},{lat}]}}' if lat else "null"
        own = encode(dict(zip(names, properties, strict=False)))
        made.append(b'{"type":"Feature","geometry":%b,"properties":%b}' % (point.encode(), own))
    return b",\n".join(made)


JSON_LINES = Form(columns, WRONG, json_lines("\n"), between=b"\n", foot=b"\n")
GEOJSON = Form(
    _placed, WRONG, _features, lambda names: b'{"type":"FeatureCollection","features":[\n', b"\n]}\n", b",\n"
)
