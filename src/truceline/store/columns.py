"""Reading the read tables: whole rows, or columns for bulk work, at a cut and for a reader.

In force at a size are the rows that came from entries below it and that no entry below it
supersedes: seq < size, and superseded_by is null or >= size. Every question carries its reader and
passes the gate; an unreleased one raises `NotReleased`.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from truceline.store import tables
from truceline.vocabulary.marking import Reader, admit

Column = list[Any] | np.ndarray[Any, np.dtype[np.int64]]


def rows(connection: sqlite3.Connection, table: str, reader: Reader, size: int) -> list[tuple[Any, ...]]:
    """The rows in force at that size, in the order of their seq (and part); values as in `tables.column_names`."""
    admit(reader)
    return _asked(connection, table, tables.column_names(table), size)


def columns(
    connection: sqlite3.Connection, table: str, names: Sequence[str], reader: Reader, size: int
) -> dict[str, Column]:
    """The named columns of the rows in force at that size, in the order of their seq (and part).

    Whole numbers that are never null come as int64 arrays; text, and numbers that may be null, as lists.
    """
    admit(reader)
    described = tables.READ_TABLES[table]
    found = _asked(connection, table, names, size)
    values = list(zip(*found, strict=True)) if found else [()] * len(names)
    return {
        name: np.array(column, dtype=np.int64) if described[name] == "INTEGER NOT NULL" else list(column)
        for name, column in zip(names, values, strict=True)
    }


def _asked(connection: sqlite3.Connection, table: str, names: Sequence[str], size: int) -> list[tuple[Any, ...]]:
    described = tables.READ_TABLES[table]
    for name in names:
        if name not in described:
            raise KeyError(f"{table} has no column {name}; it has {', '.join(described)}")
    chosen = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(tables.key_of(table))
    in_force = " AND (superseded_by IS NULL OR superseded_by >= :size)" if "superseded_by" in described else ""
    # The names are those of `tables`, checked above; the only value is a parameter.
    question = f'SELECT {chosen} FROM "{table}" WHERE seq < :size{in_force} ORDER BY {order}'  # noqa: S608
    return connection.execute(question, {"size": size}).fetchall()
