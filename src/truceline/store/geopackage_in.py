"""The tables of a GeoPackage that somebody sent (OGC 12-128r18): their columns, and their rows as SQLite holds them.

Read are the tables that `gpkg_contents` names as features or attributes, and nothing else in the file. What a
geometry says is not looked at here.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple

from truceline.errors import FileNotRead
from truceline.store.untrusted import (
    SIGN,
    fence,
    opened_untrusted,
    plain_columns,
    refused,
    rows_of,
    stored_tables,
    usable,
)
from truceline.vocabulary.refusal import shown

MOST_TABLES = 200
MOST_ROWS, MOST_CELLS = 1_048_576, 16_777_216
"""Of all tables that are read together."""
SPARE = 16_777_216
"""Bytes of values that may be read beyond the size of the file: defaults stand in the schema, once for all rows."""
WGS84 = ("epsg", 4326)
_CONTENTS, _GEOMETRIES, _SYSTEMS = "gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"
_KINDS = ("features", "attributes", "aspatial")
"""`aspatial` is what programs wrote for attributes before version 1.2."""


class StoredTable(NamedTuple):
    """A table of features or attributes. `rows()` reads it anew each time, while the file is open.

    geometry: the position of its geometry among the columns, None of attributes. srs: the number under which its
    coordinates' system stands in the file. unfit: why its rows cannot be read; of what is no table without columns.
    """

    name: str
    columns: tuple[str, ...]
    geometry: int | None
    srs: int
    rows: Callable[[], Iterator[Sequence[object]]]
    unfit: FileNotRead | None = None


def is_database(content: bytes) -> bool:
    """The bytes are an SQLite file, as a GeoPackage is."""
    return content.startswith(SIGN)


@contextmanager
def stored_layers(name: str, content: bytes) -> Iterator[tuple[StoredTable, ...]]:
    """The tables of a GeoPackage, in its order; their rows can be read until it is left.

    Raises `FileNotRead` for a database that is damaged, hostile, no GeoPackage, or has no such tables; while rows
    are read, for damage found then, and where they are more than `MOST_ROWS`, `MOST_CELLS`, or than the file holds.
    """
    with closing(opened_untrusted(name, content)) as connection:
        with refused(name):
            tables = stored_tables(connection)
            own = [tables[table] for table in (_CONTENTS, _GEOMETRIES, _SYSTEMS) if table in tables]
            if _CONTENTS not in own:
                raise FileNotRead(
                    f"{name} is a database (SQLite), and no GeoPackage.", "Export its table as CSV (UTF-8)."
                )
            fence(connection, own)
            listed = _listed(name, connection)
            shapes = _geometries(connection) if {_GEOMETRIES, _SYSTEMS} <= set(own) else {}
            fence(connection, [*own, *listed])
        left = _Left(name, len(content))
        yield tuple(_stored(connection, left, tables.get(table.lower()), table, shapes) for table in listed)


class _Left:
    """What all tables of a file together may still give."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.rows, self.cells, self.bytes = name, MOST_ROWS, MOST_CELLS, size + SPARE

    def take(self, row: Sequence[object]) -> None:
        """One row more. Raises `FileNotRead` where that is too much."""
        self.rows -= 1
        self.cells -= len(row)
        self.bytes -= sum([len(value) for value in row if isinstance(value, str | bytes)])
        if self.rows < 0 or self.cells < 0:
            told = f"{self.name} has more than {MOST_ROWS} rows or {MOST_CELLS} cells."
            raise FileNotRead(told, "Send it in parts, or as CSV (UTF-8).")
        if self.bytes < 0:
            told = f"The rows of {self.name} hold far more than the file does."
            raise FileNotRead(told, "Export it anew, or as CSV (UTF-8).")


class _Shape(NamedTuple):
    """The geometry column of a table, the number of its system, and the system in words, "" for WGS 84."""

    column: str
    srs: int
    other: str


def _listed(name: str, connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT table_name, data_type FROM gpkg_contents NOT INDEXED").fetchmany(MOST_TABLES + 1)
    if len(found) > MOST_TABLES:
        raise FileNotRead(f"{name} has more than {MOST_TABLES} tables.", "Send it in parts.")
    listed = [table for table, kind in found if kind in _KINDS and usable(table)]
    if not listed:
        told = f"{name} is a GeoPackage without a table of features or attributes."
        raise FileNotRead(told, "Pictures and tiles are not read. Export the layer as features.")
    return listed


def _geometries(connection: sqlite3.Connection) -> dict[str, _Shape]:
    """The geometry column of each table, by the table's name in small letters."""
    query = "SELECT srs_id, srs_name, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys NOT INDEXED"
    systems = {
        srs: "" if (str(body).lower(), code) == WGS84 else f"{str(said)[:80]} ({str(body)[:40]} {str(code)[:20]})"
        for srs, said, body, code in connection.execute(query).fetchmany(10_000)
    }
    query = "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns NOT INDEXED"
    return {
        str(table).lower(): _Shape(str(column), srs, systems.get(srs, f"system {str(srs)[:20]}, which it does not say"))
        for table, column, srs in connection.execute(query).fetchmany(MOST_TABLES)
    }


def _stored(
    connection: sqlite3.Connection, left: _Left, table: str | None, listed: str, shapes: dict[str, _Shape]
) -> StoredTable:
    def none() -> Iterator[Sequence[object]]:
        yield from ()

    if table is None:
        absent = FileNotRead(f"{shown(listed)!r} in {left.name} is a view, or not there.", "Export it as a table.")
        return StoredTable(listed, (), None, 0, none, absent)
    try:
        with refused(left.name):
            columns = plain_columns(connection, table)
    except ValueError as error:
        told = f"{shown(listed)!r} in {left.name} has a column that is computed, {str(error)!r}."
        return StoredTable(listed, (), None, 0, none, FileNotRead(told, "Export it as a plain table."))

    def rows() -> Iterator[Sequence[object]]:
        with refused(left.name):
            for row in rows_of(connection, table, columns):
                left.take(row)
                yield row

    shape = shapes.get(listed.lower())
    at = next((at for at, name in enumerate(columns) if shape and name.lower() == shape.column.lower()), None)
    unfit = _elsewhere(left.name, listed, shape) if shape and at is not None else None
    return StoredTable(listed, tuple(columns), at, shape.srs if shape else 0, rows, unfit)


def _elsewhere(name: str, table: str, shape: _Shape) -> FileNotRead | None:
    if not shape.other:
        return None
    told = f"The coordinates of {shown(table)!r} in {name} are in {shown(shape.other)}, not in WGS 84."
    return FileNotRead(told, "Export it with the coordinate system WGS 84 (EPSG:4326).")
