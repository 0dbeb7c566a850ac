"""GeoPackages as the tests write them, without the program's own writer: tables, geometries of every spelling."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from struct import pack

SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys(srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents(table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns(table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES('WGS 84', 4326, 'EPSG', 4326, '', ''), ('Undefined', 0, 'NONE', 0, '', ''),
  ('WGS 84 / UTM zone 37N', 32637, 'EPSG', 32637, '', ''), ('WGS 84 by another number', 100000, 'epsg', 4326, '', '');
"""
ENVELOPES = (0, 32, 48, 48, 64)
CODES = {"xy": 0, "xyz": 1000, "xym": 2000, "xyzm": 3000}
FLAGS = {"xy": 0, "xyz": 0x80000000, "xym": 0x40000000, "xyzm": 0xC0000000}
POINT, LINE, POLYGON, COLLECTION = 1, 2, 3, 7


def geopackage_of(
    tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]],
    *,
    geometry: str | None = "geom",
    srs: int = 4326,
    more: str = "",
    marked: Mapping[int, bytes] | None = None,
) -> bytes:
    """Tables of named columns and rows; `geometry` names the column of the geometry, None for attributes.

    more: further SQL. marked: bytes written over the file, by their place.
    """
    with closing(sqlite3.connect(":memory:")) as file:
        file.executescript(SCHEMA)
        for name, (columns, rows) in tables.items():
            own = ", ".join('"' + column.replace('"', '""') + '"' for column in columns)
            table = '"' + name.replace('"', '""') + '"'
            file.execute(f"CREATE TABLE {table}({own})")
            file.executemany(f"INSERT INTO {table} VALUES({', '.join('?' * len(columns))})", rows)
            kind = "features" if geometry in columns else "attributes"
            file.execute("INSERT INTO gpkg_contents VALUES(?, ?, ?, ?)", (name, kind, name, srs))
            if geometry in columns:
                file.execute(
                    "INSERT INTO gpkg_geometry_columns VALUES(?, ?, 'GEOMETRY', ?, 0, 0)", (name, geometry, srs)
                )
        file.commit()
        file.executescript(more)
        content = bytearray(file.serialize())
    for at, some in (marked or {}).items():
        content[at : at + len(some)] = some
    return bytes(content)


def package(wkb: bytes, *, big: bool = False, envelope: int = 0, srs: int = 4326, empty: bool = False) -> bytes:
    """A geometry under the header of GeoPackage; its envelope is not looked at by whoever reads it."""
    flags = (not big) | envelope << 1 | empty << 4
    return pack(">2sBBi" if big else "<2sBBi", b"GP", 0, flags, srs) + bytes(ENVELOPES[envelope]) + wkb


def head(
    kind: int, *, big: bool = False, ordinates: str = "xy", extended: bool = False, srid: int | None = None
) -> bytes:
    """Byte order and type: as ISO writes Z and M or, `extended`, as EWKB does, with an SRID if one is given."""
    code = kind | FLAGS[ordinates] if extended else kind + CODES[ordinates]
    end = ">" if big else "<"
    if srid is None:
        return pack(f"{end}BI", not big, code)
    return pack(f"{end}BII", not big, code | 0x20000000, srid)


def positions(values: Sequence[Sequence[float]], *, big: bool = False, counted: bool = True) -> bytes:
    """Positions one after another, behind their number."""
    flat = [number for position in values for number in position]
    end = ">" if big else "<"
    return (pack(f"{end}I", len(values)) if counted else b"") + pack(f"{end}{len(flat)}d", *flat)


def point(lon: float, lat: float, **how: object) -> bytes:
    """A point under a header: the most usual blob."""
    return package(head(POINT) + positions([(lon, lat)], counted=False), **how)  # type: ignore[arg-type]
