"""Reading the read tables: whole rows, or columns for bulk work, at a cut and for a reader.

In force at a size are the rows that came from entries below it and that no entry below it
supersedes: seq < size, and superseded_by is null or >= size. What another holder opened is below a size if the
entry of the own log with which it came is (`opened`). Every question carries its reader and
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


def rows_ever(connection: sqlite3.Connection, table: str, reader: Reader, size: int) -> list[tuple[Any, ...]]:
    """The rows that came from entries below that size, also those no longer in force.

    `superseded_by` stands last; what supersedes a row only from that size on is not yet there.
    """
    admit(reader)
    below = below_sql(connection)
    *names, last = tables.column_names(table)
    assert last == "superseded_by", table
    gone = below.format(f'"{table}".superseded_by')
    chosen = ", ".join((*(f'"{name}"' for name in names), f"CASE WHEN {gone} THEN superseded_by END"))
    here = below.format(f'"{table}".seq')
    order = ", ".join(tables.key_of(table))
    question = f'SELECT {chosen} FROM "{table}" WHERE {here} ORDER BY {order}'  # noqa: S608
    return connection.execute(question, {"since": 0, "size": size}).fetchall()


def rows_at(
    connection: sqlite3.Connection, table: str, seqs: Sequence[int], reader: Reader, size: int
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Those of these rows that came from entries below that size, in force or not, in the order of seq; as `rows`."""
    admit(reader)
    chosen = ", ".join(f'"{name}"' for name in tables.column_names(table))
    here = below_sql(connection).format(f'"{table}".seq')
    order = ", ".join(tables.key_of(table))
    question = f'SELECT {chosen} FROM "{table}" WHERE seq = :seq AND {here} ORDER BY {order}'  # noqa: S608
    asked = ({"seq": seq, "since": 0, "size": size} for seq in sorted(set(seqs)))
    return [row for one in asked for row in connection.execute(question, one)]


def read_from(connection: sqlite3.Connection, place: int) -> int:
    """With which entry of the own log a row could first be read: its own, or the one that brought what was opened."""
    if place < tables.FIRST_PLACE:
        return place
    return int(connection.execute("SELECT min(at) FROM opened WHERE seq = ?", (place,)).fetchone()[0])


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
    question = _question(table, names, below_sql(connection), "coalesce({}, :absent)")
    found = connection.execute(question, {"since": span[0], "size": span[1], "absent": absent})
    # Straight into an array: no list of a million rows is made on the way.
    flat = np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, len(names))
    return {name: np.ascontiguousarray(flat[:, n]) for n, name in enumerate(names)}


def texts(
    connection: sqlite3.Connection, table: str, names: Sequence[str], reader: Reader, span: Span
) -> dict[str, Texts]:
    """Columns of text of the rows in force; span as in `numbers`. Texts that repeat are kept once."""
    admit(reader)
    question = _question(table, names, below_sql(connection))
    found = connection.execute(question, {"since": span[0], "size": span[1]})
    columns = {name: Coding() for name in names}
    while some := found.fetchmany(AT_ONCE):
        for column, part in zip(columns.values(), zip(*some, strict=True), strict=True):
            column.add(part)
    return {name: column.column() for name, column in columns.items()}


def superseded(connection: sqlite3.Connection, table: str, seqs: Sequence[int], size: int) -> list[int]:
    """Of rows that came from these entries, the seqs of those that an entry below that size supersedes."""
    assert "superseded_by" in tables.READ_TABLES[table], table
    below = below_sql(connection).format("superseded_by")
    question = f'SELECT 1 FROM "{table}" WHERE seq = :seq AND {below}'  # noqa: S608
    asked = ({"seq": seq, "size": size, "since": 0} for seq in seqs)
    return [one["seq"] for one in asked if connection.execute(question, one).fetchone()]


def _asked(connection: sqlite3.Connection, table: str, names: Sequence[str], size: int) -> list[tuple[Any, ...]]:
    question = _question(table, names, below_sql(connection))
    return connection.execute(question, {"since": 0, "size": size}).fetchall()


def below_sql(connection: sqlite3.Connection) -> str:
    """The SQL of "{} names an entry from :since on that is below :size"."""
    if connection.execute("SELECT 1 FROM opened LIMIT 1").fetchone() is None:
        return "({0} >= :since AND {0} < :size)"
    return (
        f"CASE WHEN {{0}} < {tables.FIRST_PLACE} THEN {{0}} >= :since AND {{0}} < :size ELSE EXISTS (SELECT 1 FROM"  # noqa: S608
        " opened WHERE opened.seq = {0} AND opened.at >= :since AND opened.at < :size) END"
    )


def _question(table: str, names: Sequence[str], below: str, form: str = "{}") -> str:
    described = tables.READ_TABLES[table]
    for name in names:
        if name not in described:
            raise KeyError(f"{table} has no column {name}; it has {', '.join(described)}")
    chosen = ", ".join(form.format(f'"{name}"') for name in names)
    order = ", ".join(tables.key_of(table))
    here = below.format(f'"{table}".seq')
    gone = below.format("superseded_by").replace(":since", "0")
    in_force = f" AND (superseded_by IS NULL OR NOT {gone})" if "superseded_by" in described else ""
    # The names are those of `tables`, checked above; the only values are parameters.
    return f'SELECT {chosen} FROM "{table}" WHERE {here}{in_force} ORDER BY {order}'  # noqa: S608
