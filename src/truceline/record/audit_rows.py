"""Rows recomputed many at once: the audit of a million of them in a fraction of the time, and no less strict.

Rows under one layout differ in their commitment alone. So from their payloads it is worked out what their entries
have to be, byte for byte, and that is compared with what is kept. Whatever is not so goes the slow way, entry by
entry, where it is named what is wrong.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from truceline.record.commit import SECRET_BYTES, commit_many
from truceline.record.entry import Header, RowForm

if TYPE_CHECKING:
    from truceline.record.audit import Kept

FEWEST = 8
"""Rows from which doing them at once is worth its trouble."""

_decode = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode
_encode = msgspec.msgpack.Encoder().encode


class Stretch(NamedTuple):
    """Entries that follow one another as kept, in columns, from the one with seq `first` on.

    `secrets` and `packed` (fields as kept) are those of their payloads, None where one of them has to be looked at
    by itself; both are empty where no payloads are there. `kept` gives one entry by its place, from 0.
    """

    first: int
    bodies: Sequence[bytes]
    leaves: Sequence[bytes]
    secrets: Sequence[bytes | None]
    packed: Sequence[bytes | None]
    kept: Callable[[int], "Kept"]


class RowsLike(NamedTuple):
    """The rows whose entries are those of one that was found sound, but for the commitment."""

    form: RowForm
    fields: int

    @classmethod
    def of(cls, body: bytes, header: Header) -> "RowsLike | None":
        """The rows like this one; None where its commitment cannot be told apart."""
        before, mark, after = body.rpartition(b'"payload":"' + header.payload.encode())
        # The last such name is the header's own: links stand before it, and a quote within a text is escaped.
        start = before + mark[: -len(header.payload)]
        return cls(RowForm(start, after), header.fields) if len(header.payload) == 64 else None

    def until(self, some: Stretch, at: int, *, opened: bool) -> int:
        """The end of the rows like this one that begin at a place of a stretch; their commitments are not checked."""
        before, after = self.form
        length = len(before) + 64 + len(after)
        for place in range(at, len(some.bodies)):
            body = some.bodies[place]
            if len(body) != length or not body.startswith(before) or not body.endswith(after):
                return place
            if opened and (some.packed[place] is None or len(some.secrets[place] or b"") != SECRET_BYTES):
                return place
        return len(some.bodies)

    def sound(self, some: Stretch, at: int, end: int, *, opened: bool) -> bool:
        """The entries [at, end) of a stretch are what they have to be, and their leaf hashes too."""
        bodies = some.bodies[at:end]
        commitments = self._committed(some, at, end) if opened else _named(bodies, len(self.form.before))
        if commitments is None:
            return False
        wanted, leaves = self.form.entries(commitments)
        return wanted == bodies and leaves == some.leaves[at:end]

    def _committed(self, some: Stretch, at: int, end: int) -> list[bytes] | None:
        """The commitments to payloads with fields of the same names; None where they are not so, or no payloads.

        A field that tells the name of a kept file is looked at by itself.
        """
        packed = some.packed[at:end]
        try:
            payloads = [_decode(one or b"") for one in packed]
        except ValueError:  # msgspec's own errors among them, and text that is not UTF-8
            return None
        if {len(fields) for fields in payloads} != {self.fields} or [_encode(one) for one in payloads] != packed:
            return None
        names, contents = zip(*chain.from_iterable(payloads), strict=True) if self.fields else ((), ())
        ours = names[: self.fields]
        if names != ours * len(packed) or "blob" in ours:
            return None
        secrets = [secret or b"" for secret in some.secrets[at:end]]
        return commit_many(secrets, ours, [contents[place :: self.fields] for place in range(self.fields)])


def _named(bodies: Sequence[bytes], start: int) -> list[bytes] | None:
    """The commitments that entries name, all at the same place; None where that is not how one is written."""
    try:
        return [bytes.fromhex(body[start : start + 64].decode("ascii")) for body in bodies]
    except ValueError:
        return None
