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


@pytest.mark.parametrize("number", [2, 150, 601])
@pytest.mark.parametrize("same", [(0,), (1,), (2,), (0, 2), (0, 1, 2)])
def test_a_column_of_one_value_has_it_in_every_row(number: int, same: tuple[int, ...]) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t(a INTEGER, b INTEGER, c TEXT, d TEXT)")
    rows = [tuple([None if at == 2 and at in same else at if at in same else at * n for at in range(3)])
            for n in range(number)]  # fmt: skip
    columns = [[row[at] for row in rows[: 1 if at in same else None]] for at in range(3)]
    if same == (0, 1, 2):
        columns[0] = [0] * number
    bulk.insert_columns(connection, "INSERT INTO t", "(?, 7, ?, ?)", columns)
    assert connection.execute("SELECT a, b, c, d FROM t ORDER BY rowid").fetchall() == [
        (a, 7, str(b), None if c is None else str(c)) for a, b, c in rows
    ]
    connection.close()
