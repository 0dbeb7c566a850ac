"""A layer as a GeoPackage: an SQLite file that GIS programs open (OGC 12-128r18, version 1.3.1).

One feature table, no index, no triggers. The same rows at the same instant give the same bytes with the
same SQLite. The bytes are made in memory and returned, so that the caller writes them whole or not at all.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from struct import pack

from truceline.vocabulary.when import moment

APPLICATION, VERSION = 0x47504B47, 10301
"""`GPKG` and 1.3.1, at offsets 68 and 60 of the file."""
WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("WGS 84", 4326, "EPSG", 4326, WGS84, "longitude and latitude in degrees"),
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", ""),
    ("Undefined geographic", 0, "NONE", 0, "undefined", ""),
)
TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""

Box = tuple[float, float, float, float]


def geopackage(
    name: str,
    columns: Mapping[str, str],
    shape: str,
    rows: Iterable[tuple[bytes | None, Sequence[str | int | float | None]]],
    *,
    description: str,
    box: Box | None,
    changed_us: int,
) -> bytes:
    """The bytes of a GeoPackage with one table of features.

    columns: names to TEXT, INTEGER or REAL. shape: Point or MultiPolygon. Each row has its shape as well-known
    binary or None, and its values in the order of the columns. box: the extent in degrees (west, south,
    east, north). changed_us: the instant written as that of the last change, UTC microseconds.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {TABLES}")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", SYSTEMS)
        changed = moment(changed_us).strftime("%Y-%m-%dT%H:%M:%S.") + f"{changed_us // 1000 % 1000:03}Z"
        connection.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
            (name, name, description, changed, *(box or (None,) * 4)),
        )
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", (name, shape.upper()))
        _features(connection, name, columns, shape, rows)
        connection.execute("COMMIT")
        return connection.serialize()


def _features(
    connection: sqlite3.Connection,
    name: str,
    columns: Mapping[str, str],
    shape: str,
    rows: Iterable[tuple[bytes | None, Sequence[str | int | float | None]]],
) -> None:
    named = "".join(f", {_quoted(column)} {kind}" for column, kind in columns.items())
    connection.execute(
        f"CREATE TABLE {_quoted(name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {shape.upper()}{named})"
    )
    places = ", ".join("?" * (len(columns) + 1))
    heads = ", ".join(["geom", *map(_quoted, columns)])
    insert = f"INSERT INTO {_quoted(name)} ({heads}) VALUES ({places})"  # noqa: S608 (names are quoted, values bound)
    connection.executemany(insert, ((_blob(found), *values) for found, values in rows))


def _blob(found: bytes | None) -> bytes | None:
    """The shape with its GeoPackage header: little-endian, no envelope, WGS 84 (2.1.3 of the standard)."""
    return None if found is None else pack("<2sBBi", b"GP", 0, 1, 4326) + found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
