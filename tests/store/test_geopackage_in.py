"""A GeoPackage from a stranger is read and nothing of it is run; what cannot be read is refused in a sentence."""

import sqlite3
from contextlib import suppress
from random import Random

import pytest

from truceline.errors import FileNotRead
from truceline.store import geopackage_in, untrusted
from truceline.store.geopackage_in import is_database, stored_layers
from truceline.store.schema_size import schema_bytes

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
LISTED = "INSERT INTO gpkg_contents VALUES('t', 'attributes', 't', 0);"


def rows_of(content):
    with stored_layers("sent.gpkg", content) as layers:
        return {layer.name: [tuple(row) for row in layer.rows()] for layer in layers}


def the_layer(content):
    with stored_layers("sent.gpkg", content) as (layer,):
        assert list(layer.rows()) == []
        return layer


def test_tables_come_in_their_order_with_their_columns_and_values(geopackages):
    blob = geopackages.point(37.25, 36.5)
    content = geopackages.geopackage_of(
        {"b": (["geom", "n"], [(blob, 5), (None, 2.5)]), 'a "x"; --': (["ä"], [("٣",)])}
    )
    assert is_database(content)
    with stored_layers("sent.gpkg", content) as (first, second):
        assert (first.name, first.columns, first.geometry, first.srs) == ("b", ("geom", "n"), 0, 4326)
        assert (second.name, second.columns, second.geometry, second.unfit) == ('a "x"; --', ("ä",), None, None)
        assert list(first.rows()) == list(first.rows()) == [(blob, 5), (None, 2.5)]
        assert list(second.rows()) == [("٣",)]


def test_tables_that_the_contents_do_not_name_are_no_tables_of_it(geopackages):
    content = geopackages.geopackage_of(
        {"t": (["a"], [(1,)])}, more="CREATE TABLE aside(a); INSERT INTO aside VALUES(2)"
    )
    assert rows_of(content) == {"t": [(1,)]}


def test_text_that_is_no_utf8_comes_as_lone_surrogates(geopackages):
    content = geopackages.geopackage_of({"t": (["a"], [])}, more="INSERT INTO t VALUES(CAST(x'61ff' AS TEXT))")
    assert rows_of(content) == {"t": [("a\udcff",)]}


def test_a_database_of_write_ahead_mode_is_read_without_the_file_beside_it(geopackages):
    content = geopackages.geopackage_of({"t": (["a"], [(1,)])}, marked={18: b"\2\2"})
    assert rows_of(content) == {"t": [(1,)]}


@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE VIEW t AS {ENDLESS}", "CREATE VIRTUAL TABLE t USING rtree(id, a, b)",
        "CREATE TABLE t(a, b AS (hex(zeroblob(100000000))))",
        "CREATE TABLE other(a)",
    ],
)  # fmt: skip
def test_views_virtual_tables_and_computed_columns_are_not_run(statement, geopackages):
    layer = the_layer(geopackages.geopackage_of({}, more=LISTED + statement))
    assert layer.columns == ()
    assert "is a view, or not there" in layer.unfit.message or "computed, 'b'" in layer.unfit.message


@pytest.mark.parametrize("name", ["sqlite_master", "sqlite_schema", "pragma_table_info", "json_each"])
def test_what_is_no_table_of_the_file_is_not_read_by_its_name(name, geopackages):
    more = f"INSERT INTO gpkg_contents VALUES('{name}', 'attributes', 't', 0)"
    assert the_layer(geopackages.geopackage_of({}, more=more)).columns == ()


@pytest.mark.parametrize(
    "lie",
    [
        f"sql = 'CREATE VIEW t AS {ENDLESS}'", "rootpage = 1", "rootpage = 999999", "type = 'view'",
        "sql = 'CREATE TABLE'",
        "sql = 'CREATE TABLE t(a); DROP TABLE gpkg_contents'", "sql = NULL", "name = 'u' || char(0)",
    ],
)  # fmt: skip
def test_a_schema_that_lies_is_refused_or_read_as_a_table(lie, geopackages):
    more = f"{LISTED}CREATE TABLE t(a);PRAGMA writable_schema = ON;UPDATE sqlite_master SET {lie} WHERE name = 't';"
    found = {"t": []}
    with suppress(FileNotRead):
        found = rows_of(geopackages.geopackage_of({}, more=more))
    assert found == {"t": []}


def test_contents_that_are_a_view_are_no_geopackage(geopackages):
    more = "ALTER TABLE gpkg_contents RENAME TO kept; CREATE VIEW gpkg_contents AS SELECT * FROM kept"
    with pytest.raises(FileNotRead, match="no GeoPackage"):
        rows_of(geopackages.geopackage_of({}, more=more))


def test_another_database_and_a_geopackage_of_pictures_are_refused(geopackages):
    with sqlite3.connect(":memory:") as other:
        other.execute("CREATE TABLE t(a)")
        with pytest.raises(FileNotRead, match=r"is a database \(SQLite\), and no GeoPackage"):
            rows_of(other.serialize())
    tiles = "INSERT INTO gpkg_contents VALUES('t', 'tiles', 't', 4326)"
    with pytest.raises(FileNotRead, match="without a table of features or attributes"):
        rows_of(geopackages.geopackage_of({}, more=tiles))


def test_nothing_but_reading_is_allowed_behind_the_fence(geopackages):
    content = geopackages.geopackage_of({"t": (["a"], [(1,)]), "u": (["a"], [(2,)])})
    connection = untrusted.opened_untrusted("sent.gpkg", content)
    untrusted.fence(connection, ["t"])
    assert connection.execute("SELECT a FROM t").fetchall() == [(1,)]
    for statement in (
        "SELECT a FROM u", "SELECT length(a) FROM t", ENDLESS, "DELETE FROM t", "INSERT INTO t VALUES(3)",
        "DROP TABLE t", "CREATE TABLE v(a)", "CREATE TEMP TABLE v(a)", "ATTACH ':memory:' AS w", "VACUUM", "ANALYZE",
        "PRAGMA journal_mode",
        "PRAGMA writable_schema = ON", "SELECT load_extension('x')", "SELECT * FROM pragma_table_info('t')", "BEGIN",
    ):  # fmt: skip
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("srs", "known"), [(4326, True), (100000, True), (32637, False), (0, False), (7, False), (-1, False)]
)  # fmt: skip
def test_coordinates_in_another_system_are_named_with_the_mend(srs, known, geopackages):
    layer = the_layer(geopackages.geopackage_of({"t": (["geom", "a"], [])}, srs=srs))
    assert (layer.unfit is None) == known
    if srs == 32637:
        assert "are in WGS 84 / UTM zone 37N (EPSG 32637), not in WGS 84" in layer.unfit.message
    if not known:
        assert "EPSG:4326" in layer.unfit.mend


def test_defaults_do_not_make_a_small_file_large(geopackages):
    many = "INSERT INTO t WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 2000) SELECT x FROM n;"
    more = many + f"ALTER TABLE t ADD COLUMN b DEFAULT '{'x' * 60_000}';"
    with pytest.raises(FileNotRead, match="hold far more than the file does"):
        rows_of(geopackages.geopackage_of({"t": (["a"], [])}, more=more))


@pytest.mark.parametrize(("bound", "most"), [("MOST_ROWS", 2), ("MOST_CELLS", 5), ("MOST_TABLES", 0)])
def test_more_rows_cells_or_tables_than_are_read_refuse_the_file(bound, most, geopackages, monkeypatch):
    monkeypatch.setattr(geopackage_in, bound, most)
    with pytest.raises(FileNotRead, match="more than"):
        rows_of(geopackages.geopackage_of({"t": (["a", "b"], [(1, 2)] * 3)}))


def test_a_value_of_millions_of_bytes_refuses_the_file(geopackages):
    with pytest.raises(FileNotRead, match="a value or a row of more than 4194304 bytes"):
        rows_of(geopackages.geopackage_of({"t": (["a"], [(bytes(5_000_000),)])}))


def test_work_without_end_is_left(geopackages, monkeypatch):
    monkeypatch.setattr(untrusted, "MOST_STEPS", 20_000)
    with pytest.raises(FileNotRead, match="far more work than its size"):
        rows_of(geopackages.geopackage_of({"t": (["a"], [(1,)] * 20_000)}))


def test_a_schema_that_would_not_fit_in_memory_is_refused_before_sqlite_sees_it(geopackages, monkeypatch):
    bomb = "".join(f"CREATE VIEW v{n} AS SELECT 1 IN ({'1,' * 20_000}1);" for n in range(120))
    content = geopackages.geopackage_of({"t": (["a"], [])}, more=bomb)
    with pytest.raises(FileNotRead, match="a schema of more than 4194304 bytes"):
        rows_of(content)


def test_the_size_of_a_schema_is_that_of_its_rows(geopackages):
    small = geopackages.geopackage_of({})
    grown = geopackages.geopackage_of({}, more="".join(f"CREATE TABLE t{n}(a{'b' * 900});" for n in range(300)))
    assert 500 < schema_bytes(small, 10**9) < 3_000
    assert 300 * 900 < schema_bytes(grown, 10**9) - schema_bytes(small, 10**9) < 300 * 1_000
    assert schema_bytes(small[:60], 10**9) is None
    assert schema_bytes(b"SQLite format 3\0" + bytes(200), 10**9) is None


def test_a_schema_page_that_leads_back_to_itself_is_damage(geopackages):
    grown = bytearray(geopackages.geopackage_of({}, more="".join(f"CREATE TABLE t{n}(a);" for n in range(300))))
    assert grown[100] == 5
    grown[108:112] = (1).to_bytes(4, "big")
    assert schema_bytes(bytes(grown), 10**9) is None


def test_no_damage_does_more_than_be_refused(geopackages):
    rows = [(geopackages.point(37, 36), "x" * n, n) for n in range(0, 900, 7)]
    content = geopackages.geopackage_of({"t": (["geom", "a", "b"], rows), "u": (["a"], [(1,)])})
    rng, refused = Random(20), 0
    for _ in range(300):
        changed = bytearray(content)
        for _ in range(rng.randint(1, 30)):
            changed[rng.randrange(len(changed) if rng.random() < 0.5 else 4_096)] = rng.randrange(256)
        del changed[rng.choice([len(changed), rng.randrange(len(changed))]) :]
        try:
            rows_of(bytes(changed))
        except FileNotRead:
            refused += 1
    assert refused > 30
