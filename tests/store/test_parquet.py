"""Parquet through DuckDB, an extra: typed columns in order, words beside them, or a sentence on what to install."""

import sys

import pytest

from truceline.errors import MissionError
from truceline.store import parquet as room
from truceline.store.parquet import parquet

COLUMNS = {
    "report": ("VARCHAR", ["a", None, "'; DROP --"]),
    "radius_m": ("BIGINT", [500, None, 0]),
    'odd "name"': ("DOUBLE", [1.5, None, -1e-07]),
    "nothing": ("VARCHAR", [None, None, None]),
    "geometry": ("BLOB", [b"\x01", None, b""]),
}
ABOUT = {"audience": "TLP:RED", "words": '{"version": "1.1.0", "it\'s": 1}'}


def test_what_is_written_is_read_back_with_its_kinds(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "x.parquet").write_bytes(parquet(COLUMNS, ABOUT, tmp_path))
    read = duckdb.sql(f"SELECT * FROM '{tmp_path / 'x.parquet'}'")
    assert read.columns == list(COLUMNS)
    assert [str(kind) for kind in read.types] == [kind for kind, _ in COLUMNS.values()]
    assert read.fetchall() == list(zip(*(values for _, values in COLUMNS.values()), strict=True))
    words = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{tmp_path / 'x.parquet'}')").fetchall()
    assert {bytes(key).decode(): bytes(value).decode() for key, value in words} == ABOUT


def test_the_same_rows_give_the_same_bytes_and_nothing_is_left_behind(tmp_path):
    pytest.importorskip("duckdb")
    assert parquet(COLUMNS, ABOUT, tmp_path) == parquet(COLUMNS, ABOUT, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_rows_are_a_file_too(tmp_path):
    pytest.importorskip("duckdb")
    empty = {name: (kind, []) for name, (kind, _) in COLUMNS.items()}
    assert parquet(empty, ABOUT, tmp_path)[:4] == b"PAR1"


def test_without_duckdb_a_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissionError, match="not installed") as refused:
        parquet(COLUMNS, ABOUT, tmp_path)
    assert "pip install 'truceline[parquet]'" in refused.value.mend


def test_duckdb_is_not_imported_with_the_program():
    assert "duckdb" not in vars(room)
