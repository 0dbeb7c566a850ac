"""Inserting many rows at once: a hundred rows a statement, which costs less than a statement a row."""

import sqlite3
from collections.abc import Sequence
from itertools import chain

ROWS = 100
"""Rows of one statement. SQLite takes 32,766 values in one (SQLITE_MAX_VARIABLE_NUMBER)."""


def insert(connection: sqlite3.Connection, into: str, row: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows: `into` is the statement up to VALUES, `row` the places of one row in brackets.

    Both are SQL of ours, never anybody's words.
    """
    whole = len(rows) // ROWS * ROWS
    statement = f"{into} VALUES{','.join([row] * ROWS)}" if whole else ""
    for start in range(0, whole, ROWS):
        connection.execute(statement, list(chain.from_iterable(rows[start : start + ROWS])))
    if whole < len(rows):
        connection.executemany(f"{into} VALUES{row}", rows[whole:])


def insert_columns(connection: sqlite3.Connection, into: str, row: str, columns: Sequence[Sequence[object]]) -> None:
    """The same rows given as columns of one length."""
    count = len(columns[0])
    whole = count // ROWS * ROWS
    statement = f"{into} VALUES{','.join([row] * ROWS)}" if whole else ""
    for start in range(0, whole, ROWS):
        some = [column[start : start + ROWS] for column in columns]
        connection.execute(statement, list(chain.from_iterable(zip(*some, strict=True))))
    if whole < count:
        rest = zip(*[column[whole:] for column in columns], strict=True)
        connection.executemany(f"{into} VALUES{row}", rest)
