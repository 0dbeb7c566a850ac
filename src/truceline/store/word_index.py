"""An index of words in memory, for one process: it is written to no file, and made anew whenever it is wanted.

A full-text table of SQLite (FTS5) without contents: from it come places of reports, and nothing that was said. Words
come folded (`vocabulary.searching`); the table only divides them.
"""

import sqlite3
import time
from collections.abc import Iterable, Sequence
from threading import Lock

from truceline.vocabulary.searching import Term, words_of

PATIENCE_S = 0.7
"""So long an index is asked at most."""
STEPS = 20_000
"""Steps of SQLite after which the time is looked at."""
FIELDS = 11
"""Fields of a row, each apart: words of two fields are never one after the other."""


class WordIndex:
    """Words of rows by their place. May be asked and added to by several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA temp_store = MEMORY")
        names = ", ".join(f"f{n}" for n in range(FIELDS))
        self._connection.execute(f"CREATE VIRTUAL TABLE said USING fts5({names}, content='', columnsize=0)")
        places = ", ".join("?" for _ in range(FIELDS + 1))
        self._insert = f"INSERT INTO said(rowid, {names}) VALUES ({places})"  # noqa: S608 (names of this module)

    def add(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Rows of `FIELDS` texts, in rising order of their places."""
        folded = [(seq, *(" ".join(words_of(text)) for text in texts)) for seq, texts in rows]
        with self._lock:
            self._connection.execute("BEGIN")
            self._connection.executemany(self._insert, folded)
            self._connection.execute("COMMIT")

    def places(self, terms: Sequence[Term], most: int) -> list[int] | None:
        """The places of rows in which all terms stand, falling, at most so many; None where that takes too long."""
        if not terms:
            return []
        asked = " AND ".join(_asked(one) for one in terms)
        with self._lock:
            until = time.monotonic() + PATIENCE_S
            self._connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
            try:
                question = "SELECT rowid FROM said WHERE said MATCH ? ORDER BY rowid DESC LIMIT ?"
                return [row[0] for row in self._connection.execute(question, (asked, most))]
            except sqlite3.OperationalError as stopped:
                if "interrupted" not in str(stopped):
                    raise
                return None
            finally:
                self._connection.set_progress_handler(None, 0)

    def bytes(self) -> int:
        """What it takes of memory."""
        with self._lock:
            pages = self._connection.execute("PRAGMA page_count").fetchone()[0]
            return int(pages * self._connection.execute("PRAGMA page_size").fetchone()[0])

    def close(self) -> None:
        """Let go of all of it."""
        with self._lock:
            self._connection.close()


def _asked(term: Term) -> str:
    """In the words of FTS5: a phrase, whose last word may be a beginning. Folded words hold nothing that it reads."""
    return f'"{" ".join(term.words)}"{"" if term.whole else " *"}'
