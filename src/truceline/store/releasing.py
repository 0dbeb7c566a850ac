"""What the exchange of openings reads and keeps in a mission file.

Kept are the sealing keys that logs announced (`sealing`, from the entries' links, audited), how far openings have
come here and, as they say themselves, to others (`had`, which decides only what is sent again), and the read table
`release`: the releases of the own log and, under their places, those of others that were told here.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from truceline.record.commit import DESTROYED, Field, cut_salts, field_commitment, field_salts
from truceline.record.entry import Header
from truceline.record.frontier import HASH_BYTES
from truceline.store import cut, given, kept
from truceline.store.destroying import destroyed_of
from truceline.store.given import Given, Opened
from truceline.store.tables import FIRST_PLACE, OWN_LOG, insert_row, place_of, seq_at

_ROW = b'"kind":"row"'
_LINKED = (b'"layout":"', b'"reader":"')
_EMPTY = b'{"fields":0,'
_ID_DIGITS = 64
_fields = msgspec.msgpack.Decoder(list[Field]).decode


class _Head(msgspec.Struct, gc=False):
    kind: str


_head = msgspec.json.Decoder(_Head)


class Notable(NamedTuple):
    """An entry that is no row."""

    seq: int
    kind: str
    id: str


class Openable(NamedTuple):
    """An entry of which some fields can be opened: those, and what commits to every other (by position)."""

    seq: int
    fields: int
    opened: Sequence[Opened]
    closed: Mapping[int, bytes]

    def chosen(self, opens: Callable[[str], bool]) -> tuple[list[bytes], list[Opened]]:
        """Commitments to the fields that stay closed, in order, and the fields whose names are to be opened."""
        told = [field for field in self.opened if opens(field[1])]
        if len(told) == self.fields:
            return [], told
        said = {field[0] for field in told}
        beside = {at: field_commitment(salt, at, name, word) for at, name, salt, word in self.opened if at not in said}
        return [beside[at] if at in beside else self.closed[at] for at in range(self.fields) if at not in said], told


class Releasing:
    """Openings in a mission file: what can be given, and what came. What writes is called within a pen's block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def sealing_key(self, log: int) -> bytes | None:
        """The public sealing key that a log announced last; None if it announced none."""
        if not _there(self._connection):
            return None
        question = "SELECT public FROM sealing WHERE log = ? ORDER BY seq DESC LIMIT 1"
        row = self._connection.execute(question, (log,)).fetchone()
        return None if row is None else bytes(row[0])

    def had(self, log: int, name: str) -> int:
        """Up to which size of a log the holder of that name has everything that was opened to it, by what is known."""
        if not _there(self._connection):
            return 0
        question = "SELECT size FROM had WHERE log = ? AND name = ?"
        row = self._connection.execute(question, (log, name)).fetchone()
        return 0 if row is None else int(row[0])

    def put_had(self, log: int, name: str, size: int) -> None:
        """Keep how far openings of a log have come to the holder of that name."""
        question = "INSERT INTO had VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET size = excluded.size"
        self._connection.execute(question, (log, name, size))

    def state(self) -> object:
        """Another value as soon as anything else can be given than before."""
        asked = "SELECT (SELECT max(rowid) FROM given), (SELECT count(*) FROM destruction)"
        sizes = self._connection.execute("SELECT log, substr(bytes, 1, 8) FROM frontier ORDER BY log").fetchall()
        return sizes, self._connection.execute(asked).fetchone()

    def releases(self, log: int) -> list[tuple[object, ...]]:
        """The releases of a log that are known here, in order: seq in that log, then as in the read table."""
        question = "SELECT * FROM release WHERE seq >= ? AND seq < ? ORDER BY seq"
        first = place_of(log, 0)
        found = self._connection.execute(question, (first, first + FIRST_PLACE))
        return [(seq_at(place), *rest) for place, *rest in found]

    def put_release(self, log: int, seq: int, row: Sequence[object]) -> None:
        """Put a release into the read table: the row without its seq."""
        into, places = insert_row("release")
        self._connection.execute(f"{into} VALUES{places}", (place_of(log, seq), *row))

    def notable(self, log: int, first: int, last: int) -> list[Notable]:
        """The entries in [first, last) of a log that are no rows, in order."""
        question = (
            "SELECT seq, body, leaf FROM entry WHERE log = ? AND seq >= ? AND seq < ? AND NOT instr(body, ?)"
            " ORDER BY seq"
        )
        found = self._connection.execute(question, (log, first, last, _ROW))
        return [Notable(seq, _head.decode(body).kind, leaf.hex()) for seq, body, leaf in found]

    def empty(self, log: int, first: int, last: int) -> int:
        """How many of the entries in [first, last) have no field at all, so that there is nothing to open."""
        question = "SELECT count(*) FROM entry WHERE log = ? AND seq >= ? AND seq < ? AND instr(body, ?) = 1"
        return int(self._connection.execute(question, (log, first, last, _EMPTY)).fetchone()[0])

    def linked(self, log: int, first: int, last: int) -> set[str]:
        """The ids of layouts and readers that the entries in [first, last) name in their links."""
        question = (
            "SELECT DISTINCT substr(body, instr(body, ?1) + ?2, ?3) FROM entry"
            " WHERE log = ?4 AND seq >= ?5 AND seq < ?6 AND instr(body, ?1)"
        )
        found: set[str] = set()
        for mark in _LINKED:
            asked = (mark, len(mark), _ID_DIGITS, log, first, last)
            found |= {named.decode("ascii", "replace") for (named,) in self._connection.execute(question, asked)}
        return found

    def weights(self, log: int, first: int, last: int) -> list[tuple[int, int]]:
        """Of the entries in [first, last) of which something can be opened, the seq and the bytes of its fields."""
        if log == OWN_LOG:
            question = "SELECT seq, length(fields) FROM payload WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
        else:
            question = (
                "SELECT seq, sum(length(opened)) FROM given WHERE log = ? AND seq >= ? AND seq < ?"
                " GROUP BY seq ORDER BY seq"
            )
        return self._connection.execute(question, (log, first, last)).fetchall()

    def openable(self, log: int, first: int, last: int) -> Iterator[Openable]:
        """The entries in [first, last) of which something can be opened, in order, with all that can be."""
        return self._own(first, last) if log == OWN_LOG else self._forwarded(log, first, last)

    def _own(self, first: int, last: int) -> Iterator[Openable]:
        gone = destroyed_of(self._connection, OWN_LOG)
        question = "SELECT seq, secret, salts, fields FROM payload WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
        for seq, secret, salts, packed in self._connection.execute(question, (OWN_LOG, first, last)):
            fields = _fields(packed)
            cut = field_salts(secret, len(fields)) if secret is not None else cut_salts(salts)
            opened = [
                (at, name, salt, content)
                for at, (salt, (name, content)) in enumerate(zip(cut, fields, strict=True))
                if salt != DESTROYED
            ]
            yield Openable(seq, len(fields), opened, gone.get(seq, {}))

    def _forwarded(self, log: int, first: int, last: int) -> Iterator[Openable]:
        for seq, commitments, opened in given.rows(self._connection, log, first, last):
            cut = [commitments[at : at + HASH_BYTES] for at in range(0, len(commitments), HASH_BYTES)]
            yield Openable(seq, len(cut), opened, dict(enumerate(cut)))

    def bodies(self, log: int, seqs: Sequence[int]) -> dict[int, bytes]:
        """The bytes of these entries (ascending), by seq; those that are not held are not in it."""
        if seqs[-1] - seqs[0] + 1 == len(seqs):
            return dict(zip(seqs, kept.bodies(self._connection, log, seqs[0], seqs[-1] + 1), strict=False))
        question = f"SELECT seq, body FROM entry WHERE log = ? AND seq IN ({','.join('?' * len(seqs))})"  # noqa: S608
        return dict(self._connection.execute(question, (log, *seqs)).fetchall())

    def dated_us(self, log: int, size: int) -> int | None:
        """When a log is first known to have had that size, by its dated heads (UTC microseconds); None if by none."""
        return cut.dated(self._connection, log, size)

    def first_that_saw(self, log: int, origin: str, size: int) -> int | None:
        """The first entry of a log that was written after its author had seen another log at that size, or later.

        By its own word: the entry that names it, or the first row of the submission that does, because rows name
        nothing themselves. None where no entry names it.
        """
        if not _there(self._connection):
            return None
        question = "SELECT min(seq) FROM seen WHERE log = ? AND of = ? AND size >= ?"
        seq = self._connection.execute(question, (log, origin, size)).fetchone()[0]
        if seq is None:
            return None
        (body,) = kept.bodies(self._connection, log, seq, seq + 1)
        first = msgspec.json.decode(body, type=Header).links.get("first", seq)
        return min(seq, first) if isinstance(first, int) else int(seq)

    def keep(self, log: int, at: int, came: Sequence[Given]) -> int:
        """Keep what was opened of a log and checked; how many fields are new: see `given.keep_many`."""
        return given.keep_many(self._connection, log, at, came)

    def given(self, log: int, first: int, last: int) -> Iterator[Given]:
        """What was opened to this mission of the entries in [first, last) of a log: see `given.rows`."""
        return given.rows(self._connection, log, first, last)

    def given_at(self, log: int, seqs: Iterable[int]) -> dict[int, list[Opened]]:
        """What was opened of these entries, by seq."""
        return {seq: one.opened for seq in seqs for one in given.rows(self._connection, log, seq, seq + 1)}


def _there(connection: sqlite3.Connection) -> bool:
    question = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'had'"
    return connection.execute(question).fetchone() is not None
