"""Auditing destructions: whatever is gone, a signed act in the record says so, and all that the act names is gone.

Whether the commitments that are left are those of the entry is told by `record.audit`.
"""

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from truceline.errors import RecordBroken
from truceline.record.audit import Fault
from truceline.record.canonical import read_canonical
from truceline.store import kept
from truceline.store.destroying import Destroyed, destroyed
from truceline.store.tables import OWN_LOG

KIND = "destruction"
OF_A_FILE = frozenset({"counts", "blob_salt"})
"""The fields of a submission that go with the file its rows came in."""

_fields = msgspec.msgpack.Decoder(list[tuple[str, bytes]])


class Said(msgspec.Struct, frozen=True):
    """What the matter of a destruction names: entries as (first, how many), fields, whose log, and submissions."""

    entries: list[tuple[int, int]]
    fields: list[str]
    of: str
    files: dict[str, dict[str, int]]

    def names(self, seq: int) -> frozenset[str]:
        """The fields of an entry that go by this act."""
        file = OF_A_FILE if str(seq) in self.files else frozenset[str]()
        return file.union(self.fields) if any(first <= seq < first + many for first, many in self.entries) else file


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Everything that does not hold of what was destroyed."""
    try:
        all_gone = list(destroyed(connection))
    except RecordBroken as error:
        yield Fault(None, KIND, error.message)
        return
    acts: dict[int, Said | None] = {seq: _said(connection, seq) for seq in _acts(connection)}
    for seq, said in acts.items():
        if said is None:
            yield Fault(seq, KIND, f"Entry {seq}: what this act destroyed cannot be read.")
    origins = dict(connection.execute("SELECT id, origin FROM log").fetchall())
    for one in all_gone:
        said = acts.get(one.act)
        if said is None or said.of != origins.get(one.log) or (one.log == OWN_LOG and one.act <= one.seq):
            yield Fault(one.seq, KIND, f"Fields of entry {one.seq} are gone, and no signed act in the record says why.")
        elif not set(_names(connection, one)) <= said.names(one.seq):
            yield Fault(one.seq, KIND, f"More of entry {one.seq} is gone than the act in entry {one.act} says.")
    yield from _still_there(connection, origins[OWN_LOG], acts, all_gone)


def _acts(connection: sqlite3.Connection) -> list[int]:
    """The entries of the own log that say they are destructions."""
    question = "SELECT seq, body FROM entry WHERE log = ? AND instr(body, ?) ORDER BY seq"
    found = connection.execute(question, (OWN_LOG, b'"kind":"destruction"'))
    return [seq for seq, body in found if _kind(body) == KIND]


def _kind(body: bytes) -> object:
    try:
        return msgspec.json.decode(body, type=dict[str, object]).get("kind")
    except ValueError:
        return None


def _said(connection: sqlite3.Connection, seq: int) -> Said | None:
    try:
        _, fields = kept.sealed(connection, OWN_LOG, seq)
        said = msgspec.convert(read_canonical(dict(fields)["matter"]), Said)
    except (RecordBroken, KeyError, ValueError):
        return None
    return said if all(first >= 0 and many > 0 for first, many in said.entries) else None


def _names(connection: sqlite3.Connection, one: Destroyed) -> Sequence[str]:
    """The names of the destroyed fields of an own entry; of what others gave nothing is left to tell."""
    if one.log != OWN_LOG:
        return ()
    fields = _kept_fields(connection, one.seq)
    return [fields[at][0] if at < len(fields) else "" for at in one.gone]


def _kept_fields(connection: sqlite3.Connection, seq: int) -> list[tuple[str, bytes]]:
    question = "SELECT fields FROM payload WHERE log = ? AND seq = ?"
    row = connection.execute(question, (OWN_LOG, seq)).fetchone()
    try:
        return [] if row is None else _fields.decode(row[0])
    except ValueError:
        return []


def _still_there(
    connection: sqlite3.Connection, origin: str, acts: dict[int, Said | None], all_gone: Sequence[Destroyed]
) -> Iterator[Fault]:
    """What an act says it destroyed and that is there all the same: a file restored under a newer record."""
    gone: dict[int, set[int]] = {}
    for one in all_gone:
        if one.log == OWN_LOG:
            gone.setdefault(one.seq, set()).update(one.gone)
    for act, said in acts.items():
        if said is None or said.of != origin:
            continue
        beyond = any(first + many > act for first, many in said.entries)
        seqs = () if beyond else (seq for first, many in said.entries for seq in range(first, first + many))
        for seq in (*seqs, *(int(file) for file in said.files if file.isdigit())):
            names = said.names(seq)
            left = [name for at, (name, _) in enumerate(_kept_fields(connection, seq)) if at not in gone.get(seq, ())]
            if beyond or names.intersection(left):
                yield Fault(seq, KIND, f"Entry {act} says that fields of entry {seq} were destroyed; they are there.")
