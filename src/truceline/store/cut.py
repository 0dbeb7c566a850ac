"""What was known: a cut is the size of a log and its root at that size.

A cut may be written as SIZE, as SIZE:ROOT (at least eight hexadecimal digits of the root), or as a
time, which is resolved by the dated heads.
"""

import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from truceline.errors import RecordBroken, ValueNotRead
from truceline.record.frontier import Frontier
from truceline.record.sign import head_is_signed, read_head
from truceline.store import nodes

_SIZE = re.compile("([0-9]{1,15})(?::([0-9a-f]{8,64}))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
FAR = (1 << 63) - 1


def frontier_of(connection: sqlite3.Connection, log: int) -> Frontier:
    """The right edge of a log's tree as kept, empty for a new log. Raises `RecordBroken` if it cannot be one."""
    row = connection.execute("SELECT bytes FROM frontier WHERE log = ?", (log,)).fetchone()
    try:
        return Frontier() if row is None else Frontier.load(row[0])
    except ValueError as error:
        raise RecordBroken(f"The kept edge of the tree cannot be read: {error}.", "Audit the mission.") from error


class Known(NamedTuple):
    """The note of the head and the edge of the tree as this process wrote them, which it need not check again."""

    note: bytes
    edge: bytes


def checked_frontier(
    connection: sqlite3.Connection, log: int, origin: str, public_key: bytes, known: "Known | None" = None
) -> Frontier:
    """The right edge of a log's tree, if it is what the last head signed. Raises `RecordBroken`.

    Asked before anything is entered, so that nothing is added to a broken record. `known` is what this process wrote
    last: of the same bytes only the number of entries is asked again.
    """
    frontier = frontier_of(connection, log)
    question = "SELECT note FROM head WHERE log = ? ORDER BY size DESC LIMIT 1"
    row = connection.execute(question, (log,)).fetchone()
    count = connection.execute("SELECT max(seq) + 1 FROM entry WHERE log = ?", (log,)).fetchone()[0] or 0
    if row is None and frontier.size == count == 0:
        return frontier
    mend = "Nothing was entered. Audit the mission; it names what was changed."
    if known is not None and row and known == (row[0], frontier.dump()) and count == frontier.size:
        return frontier
    try:
        head = read_head(row[0]) if row else None
    except ValueError as error:
        raise RecordBroken(f"The last head cannot be read: {error}.", mend) from error
    fits = head and (head.origin, head.size, head.root) == (origin, frontier.size, frontier.root())
    if not head or not fits or count != frontier.size or not head_is_signed(head, public_key):
        raise RecordBroken("The entries are not those its last head signed.", mend)
    return frontier


def root_at(connection: sqlite3.Connection, log: int, size: int) -> bytes:
    """The Merkle root at a size: from the head signed there, or else from the nodes and leaves kept."""
    row = connection.execute("SELECT note FROM head WHERE log = ? AND size = ?", (log, size)).fetchone()
    if row is not None:
        try:
            return read_head(row[0]).root
        except ValueError as error:
            raise RecordBroken(f"The head at size {size} cannot be read: {error}.", "Audit the mission.") from error
    return nodes.edge_at(connection, log, size).root()


def size_at(connection: sqlite3.Connection, log: int, time_us: int) -> int:
    """The size known at a time (UTC microseconds): that of the largest head dated then or before; 0 if none was."""
    question = "SELECT max(size) FROM head WHERE log = ? AND dated_us <= ?"
    return int(connection.execute(question, (log, time_us)).fetchone()[0] or 0)


def dated(connection: sqlite3.Connection, log: int, size: int, until: int | None = None) -> int | None:
    """The earliest time (UTC microseconds) at which a dated head covers that size, or None.

    until: by heads of at most that size alone.
    """
    question = "SELECT min(dated_us) FROM head WHERE log = ? AND size >= ? AND size <= ? AND dated_us NOT NULL"
    found = connection.execute(question, (log, size, FAR if until is None else until)).fetchone()[0]
    return None if found is None else int(found)


def not_by(connection: sqlite3.Connection, log: int, seq: int) -> int | None:
    """The latest time (UTC microseconds) at which a dated head does not cover an entry yet, or None."""
    question = "SELECT max(dated_us) FROM head WHERE log = ? AND size <= ? AND dated_us NOT NULL"
    found = connection.execute(question, (log, seq)).fetchone()[0]
    return None if found is None else int(found)


def resolve(connection: sqlite3.Connection, log: int, size: int, text: str) -> int:
    """The size a cut names, in a log of `size` entries.

    Raises `ValueNotRead` for what is no cut or is beyond the record, `RecordBroken` when the root
    it names is not the root of this record.
    """
    named = _SIZE.fullmatch(text.strip().lower())
    if named is None:
        return size_at(connection, log, _instant(text.strip()))
    asked, root = int(named[1]), named[2]
    if asked > size:
        raise ValueNotRead(f"The record has {size} entries, not {asked}.", "Give a size up to that.")
    if root is not None and not (found := root_at(connection, log, asked).hex()).startswith(root):
        raise RecordBroken(
            f"At size {asked} the root of this record is {found[:16]}..., not {root[:16]}.",
            "The cut was taken from another record, or one of the two was changed: compare them, and audit both.",
        )
    return asked


def time_of(connection: sqlite3.Connection, log: int, size: int, text: str) -> int | None:
    """Until when (UTC microseconds) a cut is all that was known: the time it names, or that of the next dated head.

    None for a size beyond which no head is dated: it is so still. Raises as `resolve` does.
    """
    asked, named = resolve(connection, log, size, text), time_named(text)
    return dated(connection, log, asked + 1) if named is None else named


def time_named(text: str) -> int | None:
    """The time that a cut is written as, None for a size. Raises `ValueNotRead` for what is neither."""
    return _instant(text.strip()) if _SIZE.fullmatch(text.strip().lower()) is None else None


def _instant(text: str) -> int:
    """A time with its zone; a bare date is the last microsecond of that day in UTC."""
    try:
        if len(text) == 10:
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return (day + timedelta(days=1) - _EPOCH) // _US - 1
        instant = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueNotRead(
            f"{text!r} is not a cut.",
            "Write a size (1200), a size and its root (1200:9f86d081), or a time with its zone (2016-03-01T12:00Z).",
        )
    return (instant - _EPOCH) // _US
