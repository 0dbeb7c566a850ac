"""Bringing a mission file of the format before up to this one: in one transaction, or not at all.

Format 3 added tables, guards and the nodes of the trees, which are computed from the entries; format 4 adds the read
table of models. No entry, payload, head or row is changed. What is asked of the tree is that it ends where the file
says: the audit asks the rest.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from truceline.errors import MissionError, RecordBroken
from truceline.store import cut, nodes, seen, tables
from truceline.store.opening import FORMAT_VERSION, OLDEST_VERSION, WRITING, checked, connected, page_key
from truceline.store.others import Others
from truceline.store.tables import OWN_LOG
from truceline.store.trouble import in_words

WITH_NODES = 3
"""The first format with the nodes of the trees."""


class Upgraded(NamedTuple):
    """The format before, and how many entries and nodes there are, of all logs. Nothing was done if it was this one."""

    before: int
    entries: int
    nodes: int


def upgrade(path: Path) -> Upgraded:
    """Bring a mission file up to this format. Raises `MissionError`, and `RecordBroken` where its tree does not end so.

    Nothing is changed where it raises.
    """
    if not path.is_file():
        raise MissionError(f"{path} is not there.", "Check the path.")
    with in_words(path), closing(_opened(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            before = connection.execute("PRAGMA user_version").fetchone()[0]
            if before < FORMAT_VERSION:
                _add_schema(connection, path, before)
                logs = connection.execute("SELECT id FROM log ORDER BY id").fetchall()
                for (log,) in logs if before < WITH_NODES else ():
                    _fill(connection, log)
                connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")
            counts = [_count(connection, table) for table in ("entry", "node")]
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    return Upgraded(before, *counts)


def _opened(path: Path) -> sqlite3.Connection:
    return checked(connected(path, WRITING, page_key(path)), path, oldest=OLDEST_VERSION)


def _add_schema(connection: sqlite3.Connection, path: Path, before: int) -> None:
    """Add what is new, and put the guards of today in the place of earlier ones."""
    there = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL").fetchall())
    if ("node" if before < WITH_NODES else "model") in there:
        raise MissionError(f"{path} has tables that no Truceline of its format made.", "Restore the last backup of it.")
    for kind, name, sql in _wanted():
        if kind == "trigger" and there.get(name, sql) != sql:
            connection.execute(f'DROP TRIGGER "{name}"')
            del there[name]
        if name not in there:
            connection.execute(sql)
    if seen.there(connection):
        Others(connection).prepare()


def _wanted() -> list[tuple[str, str, str]]:
    """Kind, name and SQL of everything in a new mission file, in the order in which it is made."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(tables.schema())
        question = "SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid"
        return fresh.execute(question).fetchall()


def _fill(connection: sqlite3.Connection, log: int) -> None:
    kept = cut.frontier_of(connection, log)
    if nodes.fill(connection, log).dump() != kept.dump():
        whose = "this log" if log == OWN_LOG else f"log {log}"
        sentence = f"The entries of {whose} are not those its edge of the tree says; nothing was changed."
        raise RecordBroken(sentence, "Audit it with the Truceline that wrote it, or restore a backup.")


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 (one of ours)
