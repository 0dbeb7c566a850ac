"""Auditing a mission file: its record, and what the file keeps beside it.

The record itself is recomputed by `truceline.record.audit`. Checked here besides are the edge of
the tree, the files, payloads that belong to no entry, what acts have destroyed (`audit_destroyed`), the logs of
other holders (`audit_others`), and the triggers that guard the tables.
Whether the read tables are what the record says is told by a rebuild, not here.
"""

import sqlite3
from collections.abc import Iterator, Mapping

import msgspec

from truceline.errors import RecordBroken
from truceline.record import audit as record
from truceline.record.audit import Fault, Kept, KeptHead, Payload
from truceline.record.audit_rows import Stretch
from truceline.record.commit import cut_salts
from truceline.store import audit_destroyed, audit_others, cut, destroying, kept, nodes, others, seen, signers, tables

_fields = msgspec.msgpack.Decoder(list[tuple[str, bytes]])

AT_ONCE = 2_000

_Row = tuple[int, bytes, bytes, bytes | None, bytes | None, bytes | None]
"""An entry with its payload: seq, body, leaf, secret, salts, fields."""

Named = dict[str, tuple[int, bytes]]
"""Name of a kept file to the seq of the entry that names it and its salt."""


def faults(connection: sqlite3.Connection, log: int) -> Iterator[Fault]:
    """Everything that does not hold in a mission file, the record first."""
    question = "SELECT origin, public_key FROM log WHERE id = ?"
    origin, public_key = connection.execute(question, (log,)).fetchone()
    named: Named = {}
    try:
        gone = destroying.destroyed_of(connection, log)
    except RecordBroken as error:
        gone = {}
        yield Fault(None, "destruction", error.message)
    tree, entries = nodes.Compared(), _entries(connection, log, named, gone)
    yield from record.audit(origin, public_key, entries, _heads(connection, log), nodes=tree.gather)
    yield from tree.faults(connection, log)
    yield from _edge(connection, log)
    yield from _strays(connection, log)
    yield from _files(connection, named)
    yield from audit_destroyed.faults(connection)
    yield from audit_others.faults(connection)
    yield from signers.faults(connection)
    yield from _triggers(connection)


def _heads(connection: sqlite3.Connection, log: int) -> Iterator[KeptHead]:
    question = "SELECT size, note, dated_us FROM head WHERE log = ? ORDER BY size"
    return (KeptHead(*row) for row in connection.execute(question, (log,)))


def _entries(
    connection: sqlite3.Connection, log: int, named: Named, gone: Mapping[int, destroying.Gone]
) -> Iterator[Kept | Stretch]:
    question = (
        "SELECT seq, body, leaf, secret, salts, fields FROM entry LEFT JOIN payload USING(log, seq)"
        " WHERE log = ? ORDER BY seq"
    )
    rows = connection.execute(question, (log,))
    while some := rows.fetchmany(AT_ONCE):
        yield from _stretch(some, named, gone)


def _stretch(rows: list[_Row], named: Named, gone: Mapping[int, destroying.Gone]) -> Iterator[Kept | Stretch]:
    """Entries that follow one another, together; of what an act has destroyed each is looked at by itself."""

    def one(at: int) -> Kept:
        seq, body, leaf, secret, salts, packed = rows[at]
        payload = None if packed is None else _payload(secret, salts, packed)
        if payload is not None:
            if seq in gone:
                payload = payload._replace(destroyed=gone[seq])
            _note_file(seq, payload, named)
        return Kept(seq, body, leaf, payload)

    seqs, bodies, leaves, secrets, salts, packed = map(list, zip(*rows, strict=True))
    if seqs[-1] - seqs[0] == len(seqs) - 1:
        for at, seq in enumerate(seqs):
            secrets[at] = None if salts[at] is not None or seq in gone else secrets[at]
        yield Stretch(seqs[0], bodies, leaves, secrets, packed, one)
    else:
        yield from map(one, range(len(rows)))


def _payload(secret: bytes | None, salts: bytes | None, packed: bytes) -> Payload:
    """The payload as kept. Bytes that are no payload are one field without a name, which no commitment fits."""
    try:
        fields = _fields.decode(packed)
    except ValueError:  # msgspec's own errors among them, and text that is not UTF-8
        fields = []
    if msgspec.msgpack.encode(fields) != packed:
        fields = [("", packed)]
    return Payload(secret, None if salts is None else cut_salts(salts), fields)


def _note_file(seq: int, payload: Payload, named: Named) -> None:
    held = {name: content for at, (name, content) in enumerate(payload.fields) if at not in payload.destroyed}
    if "blob" in held and "blob_salt" in held:
        named[held["blob"].decode("ascii", "replace")] = (seq, held["blob_salt"])


def _edge(connection: sqlite3.Connection, log: int) -> Iterator[Fault]:
    last = connection.execute("SELECT max(size) FROM head WHERE log = ?", (log,)).fetchone()[0] or 0
    try:
        edge = cut.frontier_of(connection, log)
        fits = (edge.size, edge.root()) == (last, cut.root_at(connection, log, last))
    except RecordBroken:
        fits = False
    if not fits:
        yield Fault(None, "edge", "The kept edge of the tree is not that of the last head.")


def _strays(connection: sqlite3.Connection, log: int) -> Iterator[Fault]:
    question = "SELECT log, seq FROM payload EXCEPT SELECT log, seq FROM entry WHERE log = ?"
    for _, seq in connection.execute(question, (log,)):
        yield Fault(seq, "payload", f"There is a payload for entry {seq}, which is not there.")


def _files(connection: sqlite3.Connection, named: Named) -> Iterator[Fault]:
    for name, (seq, salt) in named.items():
        try:
            kept.blob(connection, name, salt)
        except RecordBroken as error:
            yield Fault(seq, "file", f"Entry {seq}: {error.message}")
    for (name,) in connection.execute("SELECT name FROM blob ORDER BY name"):
        if name not in named:
            yield Fault(None, "file", f"No entry names the kept file {name[:16]}.")


def _triggers(connection: sqlite3.Connection) -> Iterator[Fault]:
    there = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    wanted = tables.guards() | (others.guards() if seen.there(connection) else {})
    for name, sql in wanted.items():
        if there.pop(name, None) != sql:
            yield Fault(None, "guard", f"The trigger {name}, which guards the record, is missing or changed.")
    for name in there:
        yield Fault(None, "guard", f"There is a trigger {name} that no Truceline made.")
