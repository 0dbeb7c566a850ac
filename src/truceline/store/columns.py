"""Reading the read tables: whole rows, or columns for bulk work, at a cut and for a reader.

In force at a size are the rows that came from entries below it and that no entry below it
supersedes: seq < size, and superseded_by is null or >= size. Every question carries its reader and
passes the gate; an unreleased one raises `NotReleased`.
"""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from truceline.store import tables
from truceline.vocabulary.marking import Reader, admit
from truceline.vocabulary.texts import Coding, Texts

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Column = list[Any] | Numbers
Span = tuple[int, int]
AT_ONCE = 4_000
"""Rows of texts read together, which bounds the memory."""


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


def numbers(
    connection: sqlite3.Connection, table: str, names: Sequence[str], reader: Reader, span: Span, absent: int
) -> dict[str, Numbers]:
    """Columns of whole numbers of the rows in force, as arrays; `absent` where there is none.

    span: the first entry whose rows are read, and the size at which they are in force.
    """
    admit(reader)
    question = _question(table, names, "coalesce({}, :absent)")
    found = connection.execute(question, {"since": span[0], "size": span[1], "absent": absent})
    # Straight into an array: no list of a million rows is made on the way.
    flat = np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, len(names))
    return {name: np.ascontiguousarray(flat[:, n]) for n, name in enumerate(names)}


def texts(
    connection: sqlite3.Connection, table: str, names: Sequence[str], reader: Reader, span: Span
) -> dict[str, Texts]:
    """Columns of text of the rows in force; span as in `numbers`. Texts that repeat are kept once."""
    admit(reader)
    found = connection.execute(_question(table, names), {"since": span[0], "size": span[1]})
    columns = {name: Coding() for name in names}
    while some := found.fetchmany(AT_ONCE):
        for column, part in zip(columns.values(), zip(*some, strict=True), strict=True):
            column.add(part)
    return {name: column.column() for name, column in columns.items()}


def superseded(connection: sqlite3.Connection, table: str, seqs: Sequence[int], size: int) -> list[int]:
    """Of rows that came from these entries, the seqs of those that an entry below that size supersedes."""
    assert "superseded_by" in tables.READ_TABLES[table], table
    question = f'SELECT seq FROM "{table}" WHERE seq = ? AND superseded_by < ?'  # noqa: S608
    return [seq for seq in seqs if connection.execute(question, (seq, size)).fetchone()]


def _asked(connection: sqlite3.Connection, table: str, names: Sequence[str], size: int) -> list[tuple[Any, ...]]:
    return connection.execute(_question(table, names), {"since": 0, "size": size}).fetchall()


def _question(table: str, names: Sequence[str], form: str = "{}") -> str:
    described = tables.READ_TABLES[table]
    for name in names:
        if name not in described:
            raise KeyError(f"{table} has no column {name}; it has {', '.join(described)}")
    chosen = ", ".join(form.format(f'"{name}"') for name in names)
    order = ", ".join(tables.key_of(table))
    in_force = " AND (superseded_by IS NULL OR superseded_by >= :size)" if "superseded_by" in described else ""
    # The names are those of `tables`, checked above; the only values are parameters.
    return f'SELECT {chosen} FROM "{table}" WHERE seq >= :since AND seq < :size{in_force} ORDER BY {order}'  # noqa: S608
