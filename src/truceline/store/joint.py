"""Rows of several logs in one set of read tables: putting them in, and what supersedes what across logs.

Rows stand under their places (`tables.place_of`). `revision` keeps what an entry of another log supersedes, by id,
so that it does not matter which of the two could be read first. An entry supersedes those of its own log, and of a
log whose author has named it as one of its own side: what one side says never alters what another side said.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from truceline.store import bulk, seen, tables
from truceline.store.tables import FIRST_PLACE, OWN_LOG

REVISED = ("report", "coverage", "tally", "recall", "act")
Pair = tuple[int, int]
"""Two logs: whose entry is superseded, and who may do so."""


class JointTables:
    """The read tables of a connection, for rows of several logs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert whole rows, values in the order of `tables.column_names`."""
        into, row = tables.insert_row(table)
        bulk.insert(self._connection, into, row, rows if isinstance(rows, list) else list(rows))

    def replace(self, places: Sequence[int], by: int) -> None:
        """The rows of these places are out of force from entry `by` of the own log on: more of them was opened."""
        for table in (*REVISED, "refusal"):
            question = f'UPDATE "{table}" SET superseded_by = ? WHERE seq = ?'  # noqa: S608
            self._connection.executemany(question, [(by, place) for place in places])

    def settle(self, logs: Collection[int], fellows: Collection[Pair]) -> None:
        """Put out of force what entries of these logs supersede or recall; `fellows` may do so across logs."""
        allowed = {*fellows, *((log, log) for log in logs)}
        self._connection.create_function(
            "may_supersede", 2, lambda old, new: (tables.log_at(old), tables.log_at(new)) in allowed
        )
        for table in REVISED:
            self._revise(table)
        for log in logs:
            self._recall(log)
        self._connection.create_function("may_supersede", 2, None)

    def _revise(self, table: str) -> None:
        question = (
            'UPDATE "{0}" SET superseded_by = (SELECT min(revision.seq) FROM revision'
            ' WHERE revision.of = "{0}".id AND may_supersede("{0}".seq, revision.seq))'
            " WHERE superseded_by IS NULL AND id IN (SELECT of FROM revision)"
        )
        self._connection.execute(question.format(table))

    def _recall(self, log: int) -> None:
        """A source's recall reaches the rows that stand in the same log."""
        span = {"first": tables.place_of(log, 0), "last": tables.place_of(log, 0) + FIRST_PLACE}
        there = "SELECT 1 FROM recall WHERE seq >= :first AND seq < :last"
        if self._connection.execute(there, span).fetchone() is None:
            return
        self._connection.execute(
            "UPDATE report SET superseded_by = (SELECT min(recall.seq) FROM recall WHERE recall.source = report.source"
            " AND recall.source_row = report.source_row AND recall.seq >= :first AND recall.seq < :last"
            " AND recall.superseded_by IS NULL)"
            " WHERE seq >= :first AND seq < :last AND superseded_by IS NULL AND (source, source_row) IN"
            " (SELECT source, source_row FROM recall WHERE seq >= :first AND seq < :last AND superseded_by IS NULL)",
            span,
        )


def seen_of_opened(connection: sqlite3.Connection, size: int) -> seen.Seen:
    """The heads, as the own entries below a size had seen them, of the logs of which something could be read then."""
    question = "SELECT origin FROM log WHERE id IN (SELECT DISTINCT seq / ? + ? FROM opened WHERE at < ?)"
    origins = {origin for (origin,) in connection.execute(question, (FIRST_PLACE, OWN_LOG, size))}
    return {of: head for of, head in seen.at(connection, OWN_LOG, size).items() if of in origins}
