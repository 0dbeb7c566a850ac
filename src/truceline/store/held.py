"""What this holder has already taken in: keyed fingerprints, so that taking a file in twice adds nothing.

A row has two: one of its source and the source's own row id, which finds revisions, and one of
these with the content, which finds repeats. They are BLAKE2b keyed with the holder's own secret
(RFC 7693), 16 bytes long; without the secret no guess can be tried. They can be recomputed from the record.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from truceline.store import bulk

KEY_BYTES = 16
_AT_ONCE = 500


class Fingerprints:
    """The keyed fingerprints of one holder, under its secret."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def row_key(self, source: str, source_row: str) -> bytes:
        """The fingerprint of a source and its own row id."""
        return self._of(b"row", source.encode(), source_row.encode())

    def content_key(self, source: str, source_row: str, content: bytes) -> bytes:
        """The fingerprint of a source, its row id and the row's content."""
        return self._of(b"content", source.encode(), source_row.encode(), content)

    def file_key(self, content: bytes) -> bytes:
        """The fingerprint of a whole file."""
        return self._of(b"file", content)

    def of_rows(
        self, table: str, named: Iterable[tuple[str, str]], digests: Iterable[bytes]
    ) -> tuple[list[bytes], list[bytes]]:
        """Of many rows (source, own id) with the digests of their contents: row keys (of "table/id"), content keys."""
        keyed, before, keys, contents = blake2b(key=self.secret, digest_size=KEY_BYTES).copy, "\0", [], []
        of_row = of_content = b""
        under = table.encode() + b"/"
        for (source, own), digest in zip(named, digests, strict=True):
            if source != before:
                before, of_row, of_content = source, _prefixed(b"row", source), _prefixed(b"content", source)
            name = own.encode()
            made = keyed()
            made.update(of_row + (len(under) + len(name)).to_bytes(4, "big") + under + name)
            keys.append(made.digest())
            made = keyed()
            made.update(of_content + len(name).to_bytes(4, "big") + name + _DIGEST + digest)
            contents.append(made.digest())
        return keys, contents

    def _of(self, *parts: bytes) -> bytes:
        message = b"".join([len(part).to_bytes(4, "big") + part for part in parts])
        return blake2b(message, key=self.secret, digest_size=KEY_BYTES).digest()


def _prefixed(what: bytes, source: str) -> bytes:
    return b"".join([len(part).to_bytes(4, "big") + part for part in (what, source.encode())])


_DIGEST = (32).to_bytes(4, "big")
"""The length of a digest, as it stands before it."""


class Held:
    """The held rows and files of one mission."""

    def __init__(self, connection: sqlite3.Connection, fingerprint_secret: bytes) -> None:
        self._connection = connection
        self.fingerprints = Fingerprints(fingerprint_secret)
        self.row_key = self.fingerprints.row_key
        self.content_key = self.fingerprints.content_key
        self.file_key = self.fingerprints.file_key

    def held(self, row_keys: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        """Of these row keys, those held: with the seq of the row in force and its content key."""
        found: dict[bytes, tuple[int, bytes]] = {}
        for start in range(0, len(row_keys), _AT_ONCE):
            some = row_keys[start : start + _AT_ONCE]
            places = ",".join("?" * len(some))
            question = f"SELECT row_key, seq, content FROM held_row WHERE row_key IN ({places})"  # noqa: S608
            found.update((key, (seq, content)) for key, seq, content in self._connection.execute(question, some))
        return found

    def hold_new(self, rows: Sequence[tuple[bytes, int, bytes]]) -> bool:
        """Remember rows (row key, seq, content key). Where one is held, or twice among them: none, and False."""
        before = self._connection.total_changes
        # In the order of their keys: rows that lie near one another are written together.
        bulk.insert(self._connection, "INSERT OR IGNORE INTO held_row", "(?, ?, ?)", sorted(rows))
        if self._connection.total_changes - before == len(rows):
            return True
        mine = [(key, seq) for key, seq, _ in rows]
        self._connection.executemany("DELETE FROM held_row WHERE row_key = ? AND seq = ?", mine)
        return False

    def hold(self, rows: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Remember (row key, seq, content key): this entry is now the row in force under that key."""
        self._connection.executemany(
            "INSERT INTO held_row VALUES(?, ?, ?) ON CONFLICT(row_key) DO UPDATE"
            " SET seq = excluded.seq, content = excluded.content",
            rows,
        )

    def held_file(self, file_key: bytes) -> int | None:
        """The seq of the submission with which this file was taken in, or None."""
        row = self._connection.execute("SELECT seq FROM held_file WHERE file_key = ?", (file_key,)).fetchone()
        return None if row is None else int(row[0])

    def hold_file(self, file_key: bytes, seq: int) -> None:
        """Remember that this file was taken in by the submission with that seq; the first one stays."""
        self._connection.execute("INSERT INTO held_file VALUES(?, ?) ON CONFLICT DO NOTHING", (file_key, seq))

    def forget_held(self) -> None:
        """Drop all fingerprints, to be recomputed from the record."""
        self._connection.execute("DELETE FROM held_row")
        self._connection.execute("DELETE FROM held_file")
