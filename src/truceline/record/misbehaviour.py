"""The proof that one key signed two histories, in a file that anyone can check with nothing else at hand.

JSON: `key` (the log's verifier key), `first` and `second` (two heads it signed, the smaller first),
`prefix` (hex: the root that the tree of the second has at the size of the first) and `proof` (base64: the
consistency proof of RFC 6962, 2.1.2, from that root to the second head). If both heads are signed, the proof
holds and `prefix` is not the root that the first head signs, no log can have both. Whether the log was forked, restored
from a backup and written on, or its key stolen, the proof does not say.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.merkle import consistency_holds
from truceline.record.note import ED25519, KEY_ID_BYTES, Note, key_hash
from truceline.record.sign import SignedHead, head_is_signed, read_head, read_verifier_key, verifier_key

MOST_BYTES = 1 << 18
MOST_STEPS = 64


class Misbehaviour(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of the file."""

    key: str
    first: str
    second: str
    prefix: str
    proof: tuple[str, ...]
    misbehaviour: Literal["truceline misbehaviour v1"] = "truceline misbehaviour v1"

    def form(self) -> bytes:
        """The bytes of the file."""
        return msgspec.json.format(msgspec.json.encode(self)) + b"\n"


class Split(msgspec.Struct, frozen=True):
    """What a proof shows: of which log, and the two heads that cannot both be true."""

    origin: str
    public_key: bytes
    first: SignedHead
    second: SignedHead


def misbehaviour_of(
    public_key: bytes, first: SignedHead, second: SignedHead, prefix: bytes, steps: Sequence[bytes]
) -> Misbehaviour:
    """The proof, from the smaller head, the larger one and the root that the larger tree has at the smaller size."""
    told = tuple(text_of(step) for step in steps)
    smaller, larger = (_bare(head, public_key) for head in (first, second))
    return Misbehaviour(verifier_key(first.origin, public_key), smaller, larger, prefix.hex(), told)


def _bare(head: SignedHead, public_key: bytes) -> str:
    """The head with its log's signature alone: what others cosigned proves nothing here."""
    key_id = key_hash(head.origin, ED25519, public_key)[:KEY_ID_BYTES]
    own = [line for line in head.note.signatures if (line.name, line.key_id) == (head.origin, key_id)]
    return Note(head.note.text, tuple(own[:1])).form().decode()


def read_misbehaviour(content: bytes) -> Misbehaviour:
    """The proof in these bytes; nothing is checked. Raises `ValueError` unless they are exactly the form of one."""
    if len(content) > MOST_BYTES:
        raise ValueError("the proof has too many bytes")
    read = msgspec.json.decode(content, type=Misbehaviour)
    if read.form() != content:
        raise ValueError("the proof is not written as its format asks")
    return read


def checked(told: Misbehaviour) -> Split:
    """The two heads, if the key signed both and they cannot both be true. Raises `ValueError` for what shows less."""
    origin, public_key = read_verifier_key(told.key)
    first, second = read_head(told.first.encode()), read_head(told.second.encode())
    for head in (first, second):
        if head.origin != origin or len(head.note.signatures) != 1 or not head_is_signed(head, public_key):
            raise ValueError("one of the two heads is not signed with the key, and with it alone")
    if len(told.proof) > MOST_STEPS:
        raise ValueError("the proof has too many steps")
    prefix, steps = bytes.fromhex(told.prefix), [bytes_of(step, "a step of the proof") for step in told.proof]
    if prefix.hex() != told.prefix:
        raise ValueError("the prefix is not written in small hexadecimal digits")
    if prefix == first.root:
        raise ValueError("the two heads agree: nothing is wrong between them")
    if not consistency_holds(first.size, prefix, second.size, second.root, steps):
        raise ValueError("it is not shown that the two heads conflict")
    return Split(origin, public_key, first, second)
