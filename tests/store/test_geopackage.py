"""A GeoPackage has the tables and marks that its standard asks for, and nothing that depends on the moment."""

import sqlite3
from struct import pack

from truceline.store.geopackage import geopackage

POINT = pack("<BIdd", 1, 1, -40.0, 20.0)
COLUMNS = {"report": "TEXT", "radius_m": "INTEGER", 'odd "name"': "REAL"}
ROWS = [(POINT, ("a", 500, 1.5)), (None, ("'; DROP TABLE reports; --", None, None))]


def made(changed_us=1_741_000_000_123_456, rows=ROWS):
    box = (-40.0, 20.0, -40.0, 20.0)
    return geopackage("reports", COLUMNS, "Point", rows, description="TLP:RED", box=box, changed_us=changed_us)


def opened(content):
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


def test_the_file_says_what_it_is_at_the_offsets_of_the_standard():
    content = made()
    assert content[:16] == b"SQLite format 3\x00"
    assert content[68:72] == b"GPKG"
    assert int.from_bytes(content[60:64], "big") == 10301


def test_rows_stand_as_given_with_their_shape_under_its_header():
    with opened(made()) as file:
        rows = file.execute('SELECT fid, geom, report, radius_m, "odd ""name""" FROM reports ORDER BY fid').fetchall()
        assert rows == [(1, b"GP\x00\x01" + pack("<i", 4326) + POINT, "a", 500, 1.5), (2, None, *ROWS[1][1])]
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_contents_systems_and_geometry_column_are_registered():
    with opened(made()) as file:
        (contents,) = file.execute("SELECT * FROM gpkg_contents").fetchall()
        at = "2025-03-03T11:06:40.123Z"
        assert contents == ("reports", "features", "reports", "TLP:RED", at, -40.0, 20.0, -40.0, 20.0, 4326)
        assert file.execute("SELECT * FROM gpkg_geometry_columns").fetchall() == [
            ("reports", "geom", "POINT", 4326, 0, 0)
        ]
        systems = file.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id").fetchall()
        assert systems == [(-1,), (0,), (4326,)]


def test_the_same_rows_at_the_same_instant_give_the_same_bytes():
    assert made() == made()
    assert made() != made(changed_us=0)


def test_no_rows_are_a_file_too():
    with opened(made(rows=[])) as file:
        assert file.execute("SELECT count(*) FROM reports").fetchall() == [(0,)]
