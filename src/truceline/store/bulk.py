"""Inserting many rows at once: many rows a statement, which costs less than a statement a row."""

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, count

ROWS = 100
"""Rows of one statement, at most."""
VALUES = 600
"""Values of one statement, unless a row has more. SQLite takes 32,766 (SQLITE_MAX_VARIABLE_NUMBER)."""


def insert(connection: sqlite3.Connection, into: str, row: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows: `into` is the statement up to VALUES, `row` the places of one row in brackets.

    Both are SQL of ours, never anybody's words.
    """
    if not rows:
        return
    some = _rows_at_once(len(rows[0]))
    whole = len(rows) // some * some
    statement = _statement(into, row, (), some)
    for start in range(0, whole, some):
        connection.execute(statement, list(chain.from_iterable(rows[start : start + some])))
    if whole < len(rows):
        connection.executemany(f"{into} VALUES{row}", rows[whole:])


def insert_columns(connection: sqlite3.Connection, into: str, row: str, columns: Sequence[Sequence[object]]) -> None:
    """The same rows given as columns of one length. A column of one value has that value in every row.

    Such a value is handed to SQLite once for all rows of a statement.
    """
    length = max(map(len, columns))
    same = tuple([length > 1 and len(column) == 1 for column in columns])
    shared = [column[0] for column, one in zip(columns, same, strict=True) if one]
    others = [column for column, one in zip(columns, same, strict=True) if not one]
    if length == 1:
        connection.execute(_statement(into, row, same, 1), [column[0] for column in columns])
        return
    some = _rows_at_once(len(others))
    whole = length // some * some
    statement = _statement(into, row, same, some)
    for start in range(0, whole, some):
        rows = zip(*[column[start : start + some] for column in others], strict=True)
        connection.execute(statement, [*shared, *chain.from_iterable(rows)])
    rest = zip(*[column[whole:] for column in others], strict=True)
    connection.executemany(_statement(into, row, same, 1), [[*shared, *values] for values in rest])


def _rows_at_once(values: int) -> int:
    return max(1, min(ROWS, VALUES // max(1, values)))


@lru_cache(maxsize=256)
def _statement(into: str, row: str, same: tuple[bool, ...], rows: int) -> str:
    """The statement for so many rows; `same`: the places of a row that have one value for all of them."""
    if not any(same):
        return f"{into} VALUES{','.join([row] * rows)}"
    first, *between = row.split("?")
    number = count(1 + sum(same))
    made = []
    for _ in range(rows):
        shared = iter(range(1, 1 + sum(same)))
        places = [next(shared) if one else next(number) for one in same]
        made.append(first + "".join([f"?{place}{after}" for place, after in zip(places, between, strict=True)]))
    return f"{into} VALUES{','.join(made)}"
