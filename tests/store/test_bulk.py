"""Many rows a statement are the rows one by one."""

import sqlite3

import pytest

from truceline.store import bulk


@pytest.mark.parametrize("number", [0, 1, 99, 100, 101, 250])
def test_every_row_is_inserted_once_and_in_order(number: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t(a INTEGER, b TEXT, c INTEGER)")
    rows = [(n, f"row {n}") for n in range(number)]
    bulk.insert(connection, "INSERT INTO t", "(?, ?, 7)", rows)
    assert connection.execute("SELECT a, b FROM t ORDER BY rowid").fetchall() == rows
    connection.execute("DELETE FROM t")
    bulk.insert_columns(connection, "INSERT INTO t", "(?, ?, 7)", (range(number), [text for _, text in rows]))
    assert connection.execute("SELECT a, b FROM t ORDER BY rowid").fetchall() == rows
    connection.close()
