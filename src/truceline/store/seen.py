"""What each author had seen: the links `seen` of the entries, own and others', kept where they can be asked for.

An entry of this mission's log names the heads of other logs that came in since its author last named any
(decision: no order is taken from clocks). Computed from the entries; the entries are the truth.
"""

import sqlite3
from collections.abc import Mapping

from truceline.record.entry import Links
from truceline.record.sealing import announced
from truceline.record.sign import read_head
from truceline.store.tables import OWN_LOG

SCHEMA = """
CREATE TABLE IF NOT EXISTS seen(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, of TEXT NOT NULL, size INTEGER NOT NULL,
    root TEXT NOT NULL, PRIMARY KEY(log, seq, of)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sealing(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, public BLOB NOT NULL,
    PRIMARY KEY(log, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS had(
    log INTEGER NOT NULL REFERENCES log, name TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY(log, name)) STRICT, WITHOUT ROWID;
"""
"""What authors had seen; the sealing keys they announced; how far openings have come (`releasing`)."""

Seen = dict[str, list[int | str]]
"""Origin of a log to the size and the root (hex) of a head of it."""


def there(connection: sqlite3.Connection) -> bool:
    """This mission has other logs."""
    question = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'seen'"
    return connection.execute(question).fetchone() is not None


def unseen(connection: sqlite3.Connection) -> Seen:
    """The heads of other logs that no entry of this log names yet: the newest of each."""
    if not there(connection):
        return {}
    question = (
        "SELECT origin, newest, (SELECT max(size) FROM seen WHERE log = ?1 AND of = origin),"
        " (SELECT note FROM head WHERE head.log = others.id AND size = newest)"
        " FROM (SELECT id, origin, (SELECT max(size) FROM head WHERE head.log = log.id) AS newest"
        " FROM log WHERE id != ?1) AS others WHERE newest NOT NULL ORDER BY origin"
    )
    rows = connection.execute(question, (OWN_LOG,)).fetchall()
    return {origin: [newest, read_head(note).root.hex()] for origin, newest, last, note in rows if newest > (last or 0)}


def keep(connection: sqlite3.Connection, log: int, seq: int, links: Links) -> None:
    """Keep what an entry's links say was seen, and a sealing key; what does not have the form of it says nothing."""
    if (public := announced(links)) is not None:
        connection.execute("INSERT INTO sealing VALUES(?, ?, ?)", (log, seq, public))
    for of, head in named_in(links).items():
        connection.execute("INSERT INTO seen VALUES(?, ?, ?, ?, ?)", (log, seq, of, *head))


def named_in(links: Links) -> dict[str, tuple[int, str]]:
    """The heads that links name as seen: origin to size and root. What is no head says nothing."""
    named = links.get("seen")
    if not isinstance(named, Mapping):
        return {}
    return {of: (head[0], head[1]) for of, head in named.items() if _is_head(head)}


def _is_head(head: object) -> bool:
    return isinstance(head, list | tuple) and len(head) == 2 and type(head[0]) is int and isinstance(head[1], str)


def at(connection: sqlite3.Connection, log: int, size: int) -> Seen:
    """What the author of a log had seen of others by its first entries: of each log the largest size named."""
    if not there(connection):
        return {}
    question = "SELECT of, max(size), root FROM seen WHERE log = ? AND seq < ? GROUP BY of ORDER BY of"
    return {of: [most, root] for of, most, root in connection.execute(question, (log, size))}
