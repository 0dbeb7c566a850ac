"""Reports as they are read for a search: their words a part at a time, and which of some are in force at a cut."""

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from truceline.store.columns import below_sql
from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.marking import Reader, admit

COLUMNS = ("source", "origin", "repeats", "place", "area", "side_a", "side_b", "kind", "weapon", "words", "when_words")
"""What is searched of a report, in this order."""


class Searchable(NamedTuple):
    """How far there is something to search. made: changes where rows may read differently, or words were destroyed."""

    last: int
    others: int
    made: tuple[int, int]


class SearchedReports:
    """The reports of an open mission."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def extent(self) -> Searchable:
        """How far there is something to search."""
        last = self._one("SELECT max(seq) FROM report WHERE seq < ?", FIRST_PLACE)
        others = self._one("SELECT count(*) FROM report WHERE seq >= ?", FIRST_PLACE)
        made = self._one("PRAGMA schema_version"), self._one("SELECT count(*) FROM destruction")
        return Searchable(-1 if last is None else last, others, made)

    def words_between(self, reader: Reader, above: int, below: int, most: int) -> list[tuple[int, tuple[str, ...]]]:
        """Of rows with above < place < below, in force or not, the last `most`, rising: the place and `COLUMNS`."""
        admit(reader)
        names = ", ".join(COLUMNS)
        question = f"SELECT seq, {names} FROM report WHERE seq > ? AND seq < ? ORDER BY seq DESC LIMIT ?"  # noqa: S608
        rows = self._connection.execute(question, (above, below, most)).fetchall()
        return [(row[0], row[1:]) for row in reversed(rows)]

    def in_force(self, reader: Reader, seqs: Sequence[int], size: int) -> list[int]:
        """Those of these places whose reports are in force at a size, falling."""
        admit(reader)
        below = below_sql(self._connection)
        here, gone = below.format("seq"), below.format("superseded_by")
        question = (
            "SELECT seq FROM json_each(:seqs) JOIN report ON seq = value"  # noqa: S608
            f" WHERE {here} AND (superseded_by IS NULL OR NOT {gone}) ORDER BY seq DESC"
        )
        asked = {"seqs": json.dumps(list(seqs)), "since": 0, "size": size}
        return [row[0] for row in self._connection.execute(question, asked)]

    def _one(self, question: str, *values: int) -> int:
        return self._connection.execute(question, values).fetchone()[0]  # type: ignore[no-any-return]
