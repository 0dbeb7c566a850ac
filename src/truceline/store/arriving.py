"""Entries of other logs laid aside, unchecked, until all up to a signed head are there.

What an interrupted pull has brought lies here, and nobody reads it but the next pull: nothing of it is believed.
"""

import sqlite3
from collections.abc import Sequence

from truceline.store import seen

ARRIVING = """
CREATE TABLE IF NOT EXISTS arriving(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY(log, seq)) STRICT, WITHOUT ROWID;
"""


class Arriving:
    """What was laid aside. What writes is called within a pen's block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def staged(self, log: int) -> tuple[int, int] | None:
        """The entries [first, last) of a log that an interrupted pull has left, unchecked; None if there are none."""
        if not seen.there(self._connection):
            return None
        question = "SELECT min(seq), max(seq) + 1 FROM arriving WHERE log = ?"
        first, last = self._connection.execute(question, (log,)).fetchone()
        return None if first is None else (first, last)

    def stage(self, log: int, first: int, bodies: Sequence[bytes]) -> None:
        """Lay entries aside, unchecked, until all up to a signed head are there."""
        rows = [(log, first + at, body) for at, body in enumerate(bodies)]
        self._connection.executemany("INSERT INTO arriving VALUES(?, ?, ?)", rows)

    def staged_bodies(self, log: int, first: int, last: int) -> list[bytes]:
        """What was laid aside of the entries [first, last)."""
        question = "SELECT body FROM arriving WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
        return [body for (body,) in self._connection.execute(question, (log, first, last))]

    def unstage(self, log: int) -> None:
        """Forget what was laid aside of a log."""
        self._connection.execute("DELETE FROM arriving WHERE log = ?", (log,))
