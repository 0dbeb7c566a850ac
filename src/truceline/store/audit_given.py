"""Auditing what other holders opened to this one: held against their logs again, byte for byte.

Checked besides: that the sealing keys that are kept are those that the logs' entries announce.
"""

import sqlite3
from collections.abc import Iterator

import msgspec

from truceline.errors import RecordBroken
from truceline.record.audit import Fault
from truceline.record.commit import MOST_FIELDS, SALT_BYTES, field_commitment, payload_commitment
from truceline.record.entry import Header
from truceline.record.sealing import announced
from truceline.store import kept
from truceline.store.given import Opened
from truceline.store.tables import OWN_LOG

QUIET = frozenset({"note", "key", "release"})
_KEY = b'"kind":"key"'
_header = msgspec.json.Decoder(Header)
_decode = msgspec.msgpack.Decoder(list[Opened]).decode
_encode = msgspec.msgpack.Encoder().encode


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Everything that does not hold of what was opened to this mission."""
    origins = dict(connection.execute("SELECT id, origin FROM log").fetchall())
    size = connection.execute("SELECT coalesce(max(size), 0) FROM head WHERE log = ?", (OWN_LOG,)).fetchone()[0]
    question = (
        "SELECT given.log, given.seq, part, at, commitments, opened, body FROM given LEFT JOIN entry"
        " ON entry.log = given.log AND entry.seq = given.seq ORDER BY given.log, given.seq, part"
    )
    notes = _Notes(connection)
    last, had = (0, -1), set[int]()
    for log, seq, part, at, commitments, opened, body in connection.execute(question):
        if (log, seq) != last:
            last, had, parts, before = (log, seq), set(), 0, 0
        where = f"{origins.get(log, f'log {log}')}: what was opened of entry {seq}"
        if part != parts or not before <= at <= size or log == OWN_LOG:
            yield Fault(seq, "given", f"{where}, part {part}, is not kept in the order in which it came.")
        parts, before = part + 1, at
        wrong = "is of an entry that is not there" if body is None else _wrong(body, commitments, opened, had)
        wrong = wrong or notes.objection(body, at)
        if wrong:
            yield Fault(seq, "given", f"{where}, part {part}, {wrong}.")


class _Notes:
    """The entries of the own log that say that something was opened to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, bool] = {}

    def objection(self, body: bytes, at: int) -> str:
        """Why an entry cannot have been opened with that entry of the own log; "" if it can.

        What only says how the exchange is run comes with no entry of its own.
        """
        if at not in self._known:
            self._known[at] = self._says(at)
        if self._known[at] or _header.decode(body).kind in QUIET:
            return ""
        return f"did not come with entry {at}, as it is kept"

    def _says(self, at: int) -> bool:
        try:
            _, fields = kept.sealed(self._connection, OWN_LOG, at)
        except RecordBroken:
            return False
        return fields == [("exchange", b'{"what":"received"}')]


def _wrong(body: bytes, commitments: bytes, packed: bytes, had: set[int]) -> str:
    """What is wrong with one part; `had` are the fields of the parts before, and those of this one are added."""
    cut = [commitments[at : at + SALT_BYTES] for at in range(0, len(commitments), SALT_BYTES)]
    try:
        header = _header.decode(body)
        opened = _decode(packed)
    except ValueError as error:
        return f"cannot be read: {error}"
    if len(cut) > MOST_FIELDS or len(cut) != header.fields or payload_commitment(cut).hex() != header.payload:
        return "has other commitments than the entry commits to"
    if _encode(opened) != packed:
        return "is not written as it is kept"
    for position, name, salt, content in opened:
        if not 0 <= position < len(cut) or field_commitment(salt, position, name, content) != cut[position]:
            return f"field {name!r}, is not what the entry committed to"
        if position in had:
            return f"field {name!r}, was opened before"
        had.add(position)
    return ""


def sealing_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """The sealing keys kept are those that entries announce, and no others."""
    said = set()
    for log, seq, body in connection.execute("SELECT log, seq, body FROM entry WHERE instr(body, ?)", (_KEY,)):
        try:
            public = announced(_header.decode(body).links)
        except ValueError:
            continue  # named where the entry itself is looked at
        said |= set() if public is None else {(log, seq, public)}
    for log, seq, _ in said ^ set(connection.execute("SELECT log, seq, public FROM sealing").fetchall()):
        where = "" if log == OWN_LOG else f" of log {log}"
        yield Fault(seq, "key", f"The sealing key kept of entry {seq}{where} is not the one it announces.")
