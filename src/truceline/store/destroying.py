"""Destroying fields: their words, salts and secrets go, their commitments stay, and a recorded act says why.

In the transaction that enters the act: the entry's secret goes (every salt could be made from it), the salts and
the bytes of the destroyed fields go, the other fields keep their own salts, and the file the row came in goes.
The commitments of what went stand in `destruction`, so that the entry still recomputes. Of what another holder
opened (`given`), the openings of the destroyed fields go.

After the commit the file is swept: SQLite keeps deleted bytes in free pages and in its write-ahead log until
they are written over (sqlite.org/pragma.html#pragma_secure_delete, sqlite.org/lang_vacuum.html).
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from truceline.errors import MissionError, RecordBroken
from truceline.record.commit import DESTROYED, SALT_BYTES, Field, commitments_of
from truceline.store import kept
from truceline.store.ciphered import error_code, operational_errors
from truceline.store.tables import FIRST_PLACE, OWN_LOG, READ_TABLES

Gone = dict[int, bytes]
"""The commitments of an entry's destroyed fields, by position."""

_IN_MEMORY_BYTES = 256 * 1024 * 1024
"""A mission up to this size is swept without a temporary file."""

_positions = msgspec.msgpack.Decoder(list[int])
_opened = msgspec.msgpack.Decoder(list[tuple[int, str, bytes, bytes]])
_fields = msgspec.msgpack.Decoder(list[tuple[str, bytes]])
_encode = msgspec.msgpack.Encoder().encode


class Destroyed(NamedTuple):
    """What one act destroyed of one entry: positions of fields to their commitments."""

    log: int
    seq: int
    act: int
    gone: Gone


def destroyed(connection: sqlite3.Connection) -> Iterator[Destroyed]:
    """All that was destroyed in a mission file, by log and entry. Raises `RecordBroken` where it cannot be read."""
    question = "SELECT log, seq, act, positions, commitments FROM destruction ORDER BY log, seq, act"
    for log, seq, act, positions, commitments in connection.execute(question):
        yield Destroyed(log, seq, act, _gone(seq, positions, commitments))


def destroyed_of(connection: sqlite3.Connection, log: int, seq: int | None = None) -> dict[int, Gone]:
    """What was destroyed of the entries of one log (of one entry, if `seq` is given), by seq."""
    found: dict[int, Gone] = {}
    one = "" if seq is None else " AND seq = :seq"
    question = f"SELECT seq, positions, commitments FROM destruction WHERE log = :log{one}"  # noqa: S608
    for at, positions, commitments in connection.execute(question, {"log": log, "seq": seq}):
        found.setdefault(at, {}).update(_gone(at, positions, commitments))
    return found


def _gone(seq: int, positions: bytes, commitments: bytes) -> Gone:
    mend = "Audit the mission; it names what was changed."
    try:
        at = _positions.decode(positions)
    except ValueError as error:
        raise RecordBroken(f"What was destroyed of entry {seq} cannot be read.", mend) from error
    if len(commitments) != SALT_BYTES * len(at):
        raise RecordBroken(f"What was destroyed of entry {seq} has not one commitment a field.", mend)
    cut = (commitments[SALT_BYTES * n : SALT_BYTES * (n + 1)] for n in range(len(at)))
    return dict(zip(at, cut, strict=True))


class Destroying:
    """Destroys in a mission file. What writes is called within the pen's block that has entered the act."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def prepare(self) -> None:
        """Let SQLite write zeros over what is deleted. Called before the pen is taken up."""
        self._connection.execute("PRAGMA secure_delete=ON")

    def all(self) -> list[Destroyed]:
        """All that was destroyed, by log and entry."""
        return list(destroyed(self._connection))

    def of_own(self, seq: int | None = None) -> dict[int, Gone]:
        """What was destroyed of the own entries (of one, if `seq` is given), by seq."""
        return destroyed_of(self._connection, OWN_LOG, seq)

    def seq_of(self, log: int, beginning: str) -> int:
        """The seq of the one entry of a log whose id begins so. Raises `ValueError` for none, or for several."""
        return kept.seq_of(self._connection, log, beginning)

    def id_of(self, log: int, seq: int) -> str:
        """The id of an entry of a log."""
        return kept.ids(self._connection, log, seq, seq + 1)[0]

    def is_recall(self, seq: int) -> bool:
        """A row of the read table `recall` came from this own entry."""
        return self._connection.execute("SELECT 1 FROM recall WHERE seq = ?", (seq,)).fetchone() is not None

    def naming(self, file: str) -> list[int]:
        """The own submissions that name a kept file, in order: one for each sheet."""
        question = "SELECT seq FROM submission WHERE blob = ? AND seq < ? ORDER BY seq"
        return [seq for (seq,) in self._connection.execute(question, (file, FIRST_PLACE))]

    def out(self, table: str, first: int, count: int) -> dict[int, int]:
        """Of the rows of a read table from these entries, those out of force: seq to what took them out."""
        assert table in READ_TABLES, table
        question = f'SELECT seq, superseded_by FROM "{table}" WHERE seq >= ? AND seq < ? AND superseded_by NOT NULL'  # noqa: S608
        return dict(self._connection.execute(question, (first, first + count)).fetchall())

    def saying(self, texts: Sequence[bytes], beside: Collection[int], most: int) -> list[int]:
        """Own entries whose payload holds one of these texts, beside those named; at most so many."""
        said = " OR ".join("instr(fields, ?)" for _ in texts)
        question = f"SELECT seq FROM payload WHERE log = ? AND ({said}) ORDER BY seq"  # noqa: S608
        found = self._connection.execute(question, (OWN_LOG, *texts))
        return list(islice((seq for (seq,) in found if seq not in beside), most))

    def kept_file(self, name: str) -> bytes:
        """The bytes of a kept file, unchecked. Raises `RecordBroken` where it is not there."""
        return kept.file_bytes(self._connection, name)

    def names(self, seq: int) -> dict[int, str]:
        """The fields of an own entry that are still there: position to name."""
        _, fields = kept.sealed(self._connection, OWN_LOG, seq)
        gone = self.of_own(seq).get(seq, {})
        return {at: name for at, (name, _) in enumerate(fields) if at not in gone}

    def given_names(self, log: int, seq: int) -> dict[int, str]:
        """The fields that another holder opened of an entry and that are still there: position to name."""
        return {at: name for _, opened in self._given(log, seq) for at, name, _, _ in opened}

    def destroy(self, seq: int, names: Collection[str], act: int) -> int:
        """Destroy the named fields of an own entry by the act with that seq; how many fields went."""
        salts, fields = kept.sealed(self._connection, OWN_LOG, seq)
        before = self.of_own(seq).get(seq, {})
        going = {at for at, (name, _) in enumerate(fields) if name in names and at not in before}
        if not going:
            return 0
        commitments = commitments_of(salts, fields, before)
        self._note(OWN_LOG, seq, {at: commitments[at] for at in sorted(going)}, act)
        blank = going | {*before}
        left: list[Field] = [(name, b"" if at in blank else content) for at, (name, content) in enumerate(fields)]
        kept_salts = b"".join([DESTROYED if at in blank else salt for at, salt in enumerate(salts)])
        self._connection.execute(
            "UPDATE payload SET secret = NULL, salts = ?, fields = ? WHERE log = ? AND seq = ?",
            (kept_salts, _encode(left), OWN_LOG, seq),
        )
        return len(going)

    def destroy_given(self, log: int, seq: int, names: Collection[str], act: int) -> int:
        """Destroy what another holder opened of these fields, by an act of the own log; how many fields went."""
        gone: Gone = {}
        parts = self._given(log, seq)
        commitments = self._commitments(log, seq)
        for _, opened in parts:
            going = {at for at, name, _, _ in opened if name in names}
            gone |= {at: commitments[SALT_BYTES * at : SALT_BYTES * (at + 1)] for at in going}
        if not gone:
            return 0
        self._note(log, seq, dict(sorted(gone.items())), act)
        for part, opened in parts:
            left = [one for one in opened if one[0] not in gone]
            question = "UPDATE given SET opened = ? WHERE log = ? AND seq = ? AND part = ?"
            self._connection.execute(question, (_encode(left), log, seq, part))
        return len(gone)

    def drop_file(self, name: str) -> bool:
        """Destroy a kept file; whether it was there. Fields of an entry that names it have to be destroyed before."""
        return bool(self._connection.execute("DELETE FROM blob WHERE name = ?", (name,)).rowcount)

    def sweep(self) -> bool:
        """Write the file anew, without free pages, and empty the write-ahead log. After the commit, outside a pen.

        False where another process has the mission open, so that old pages still lie in its log: sweep again.
        """
        connection = self._connection
        # SQLCipher answers with text where SQLite does with a number.
        pages, size = (int(connection.execute(f"PRAGMA {what}").fetchone()[0]) for what in ("page_count", "page_size"))
        in_memory = pages * size <= _IN_MEMORY_BYTES
        if in_memory:
            connection.execute("PRAGMA temp_store=MEMORY")
        try:
            connection.execute("VACUUM")
        except operational_errors() as error:
            if error_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            return False
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy

    def _note(self, log: int, seq: int, gone: Mapping[int, bytes], act: int) -> None:
        row = (log, seq, _encode(list(gone)), b"".join(gone.values()), act)
        self._connection.execute("INSERT INTO destruction VALUES(?, ?, ?, ?, ?)", row)

    def _given(self, log: int, seq: int) -> list[tuple[int, list[tuple[int, str, bytes, bytes]]]]:
        question = "SELECT part, opened FROM given WHERE log = ? AND seq = ? ORDER BY part"
        found = self._connection.execute(question, (log, seq))
        return [(part, _opened.decode(opened)) for part, opened in found]

    def _commitments(self, log: int, seq: int) -> bytes:
        question = "SELECT commitments FROM given WHERE log = ? AND seq = ? LIMIT 1"
        row = self._connection.execute(question, (log, seq)).fetchone()
        if row is None:
            raise MissionError(f"Nothing of entry {seq} was given.", "`truceline releases` shows what was opened.")
        return bytes(row[0])
