"""Reading the record back: entries with their payloads, and files."""

import hmac
import sqlite3
import zlib
from collections.abc import Iterator, Sequence

import msgspec

from truceline.errors import RecordBroken
from truceline.record.commit import Field, cut_salts, field_salts
from truceline.record.entry import Header, Links
from truceline.store.pen import AT_ONCE, MOST_BLOB_BYTES

_MEND = "Audit the mission; it names what was changed."
_header = msgspec.json.Decoder(Header)
_fields = msgspec.msgpack.Decoder(list[tuple[str, bytes]])


def payloads(
    connection: sqlite3.Connection, log: int, first: int, last: int
) -> Iterator[tuple[int, str, Links, list[Field]]]:
    """Seq, kind, links and fields of the entries in [first, last). Raises `RecordBroken` where one is missing."""
    question = (
        "SELECT seq, body, fields FROM entry LEFT JOIN payload USING(log, seq)"
        " WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
    )
    for start in range(first, last, AT_ONCE):
        some = connection.execute(question, (log, start, min(start + AT_ONCE, last))).fetchall()
        if len(some) != min(start + AT_ONCE, last) - start:
            raise RecordBroken(f"Entries between {start} and {last} are missing.", _MEND)
        for seq, body, packed in some:
            yield _opened(seq, body, packed)


def _opened(seq: int, body: bytes, packed: bytes | None) -> tuple[int, str, Links, list[Field]]:
    if packed is None:
        raise RecordBroken(f"The payload of entry {seq} is missing.", _MEND)
    try:
        header = _header.decode(body)
        return seq, header.kind, header.links, _fields.decode(packed)
    except ValueError as error:
        raise RecordBroken(f"Entry {seq} cannot be read: {error}.", _MEND) from error


def ids(connection: sqlite3.Connection, log: int, first: int, last: int) -> list[str]:
    """The ids of the entries in [first, last), in order."""
    return [leaf.hex() for leaf in leaves(connection, log, first, last)]


def bodies(connection: sqlite3.Connection, log: int, first: int, last: int) -> list[bytes]:
    """The bytes of the entries in [first, last), in order: commitments only, no payload."""
    question = "SELECT body FROM entry WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
    return [body for (body,) in connection.execute(question, (log, first, last))]


def leaves(connection: sqlite3.Connection, log: int, first: int, last: int) -> list[bytes]:
    """The leaf hashes of the entries in [first, last), in order."""
    question = "SELECT leaf FROM entry WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
    return [leaf for (leaf,) in connection.execute(question, (log, first, last))]


def last_head(connection: sqlite3.Connection, log: int) -> bytes | None:
    """The note of the largest signed head, None before the first."""
    question = "SELECT note FROM head WHERE log = ? ORDER BY size DESC LIMIT 1"
    row = connection.execute(question, (log,)).fetchone()
    return None if row is None else bytes(row[0])


def sealed(connection: sqlite3.Connection, log: int, seq: int) -> tuple[list[bytes], list[Field]]:
    """The salts and the fields of one entry: all that opens it. Raises `RecordBroken` where they are not there."""
    question = "SELECT secret, salts, fields FROM payload WHERE log = ? AND seq = ?"
    row = connection.execute(question, (log, seq)).fetchone()
    if row is None:
        raise RecordBroken(f"The payload of entry {seq} is missing.", _MEND)
    secret, salts, packed = row
    fields = _fields.decode(packed)
    if secret is not None:
        return field_salts(secret, len(fields)), fields
    return cut_salts(salts), fields


def fields_of(connection: sqlite3.Connection, log: int, seqs: Sequence[int]) -> dict[int, list[Field]]:
    """The fields of some hundred entries. Raises `RecordBroken` where they are not there."""
    places = ",".join("?" * len(seqs))
    question = f"SELECT seq, fields FROM payload WHERE log = ? AND seq IN ({places})"  # noqa: S608
    found = {seq: _fields.decode(packed) for seq, packed in connection.execute(question, (log, *seqs))}
    for seq in seqs:
        if seq not in found:
            raise RecordBroken(f"The payload of entry {seq} is missing.", _MEND)
    return found


def seq_of(connection: sqlite3.Connection, log: int, beginning: str) -> int:
    """The seq of the one entry whose id begins so (hex). Raises `ValueError` for none, or for several."""
    low, high = bytes.fromhex(beginning.ljust(64, "0")), bytes.fromhex(beginning.ljust(64, "f"))
    question = "SELECT seq FROM entry WHERE log = ? AND leaf >= ? AND leaf <= ? LIMIT 2"
    found = connection.execute(question, (log, low, high)).fetchall()
    if len(found) != 1:
        raise ValueError(f"{'no entry' if not found else 'more than one entry'} begins with {beginning}")
    return int(found[0][0])


def blob(connection: sqlite3.Connection, name: str, salt: bytes) -> bytes:
    """A kept file, checked against its name under its salt. Raises `RecordBroken`."""
    content = file_bytes(connection, name)
    if not hmac.compare_digest(hmac.digest(salt, content, "sha256").hex(), name):
        raise RecordBroken(f"The file {name[:16]} is not the one that was taken in.", _MEND)
    return content


def file_bytes(connection: sqlite3.Connection, name: str) -> bytes:
    """A kept file, not checked against its name. Raises `RecordBroken` where it is not there, or is damaged."""
    row = connection.execute("SELECT bytes FROM blob WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise RecordBroken(f"The file {name[:16]} is not kept in this mission.", _MEND)
    content = _unpacked(row[0])
    if content is None:
        raise RecordBroken(f"The file {name[:16]} is not the one that was taken in.", _MEND)
    return content


def _unpacked(packed: bytes) -> bytes | None:
    """The content, or None if it is damaged, has anything after it, or is larger than a mission keeps."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, MOST_BLOB_BYTES + 1)
    except zlib.error:
        return None
    whole = unpacking.eof and not unpacking.unused_data and len(content) <= MOST_BLOB_BYTES
    return content if whole else None
