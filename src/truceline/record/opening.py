"""Some fields of one entry, opened: what they say, and what anyone needs to see that the entry committed to that.

A file of JSON: `entry` (its bytes, base64), `commitments` (all, hex, in order), `opened` (position, name, salt
in hex, content in base64), `proof` (a proof file with a signed head). Fields that are not opened stay sealed:
a commitment tells nothing of them.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import msgspec

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.commit import Field, commitments_of, field_commitment, payload_commitment
from truceline.record.entry import MOST_ENTRY_BYTES, Header, read_entry
from truceline.record.merkle import leaf_hash
from truceline.record.proof_file import EntryProof, read_proof_file

MOST_BYTES = 64 * 1024 * 1024


class OpenedField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field that is told: its place, its name, its salt (hex) and its bytes (base64)."""

    position: int
    name: str
    salt: str
    content: str

    def said(self) -> bytes:
        """What the field says."""
        return bytes_of(self.content, "a field")

    def commitment(self) -> bytes:
        """What the entry must have committed to, if this is the field."""
        return field_commitment(_hex(self.salt), self.position, self.name, self.said())


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of the file."""

    entry: str
    commitments: tuple[str, ...]
    opened: tuple[OpenedField, ...]
    proof: str
    opening: Literal["truceline opening v1"] = "truceline opening v1"

    def form(self) -> bytes:
        """The bytes of the file."""
        return msgspec.json.format(msgspec.json.encode(self)) + b"\n"


def opening_of(
    body: bytes,
    salts: Sequence[bytes],
    fields: Sequence[Field],
    told: Collection[str],
    proof: bytes,
    destroyed: Mapping[int, bytes] | None = None,
) -> Opening:
    """The opening of the fields with these names; `destroyed` has the commitments of those that are gone.

    Raises `ValueError` for a name the entry does not have, and for a field that was destroyed.
    """
    if missing := set(told) - {name for name, _ in fields}:
        raise ValueError(f"the entry has no field {', '.join(sorted(missing))}")
    if gone := sorted({fields[at][0] for at in destroyed or ()}.intersection(told)):
        raise ValueError(f"{', '.join(gone)}: destroyed; only the commitment is left")
    placed = list(enumerate(zip(salts, fields, strict=True)))
    commitments = tuple([one.hex() for one in commitments_of(salts, fields, destroyed)])
    opened = tuple(
        OpenedField(at, name, salt.hex(), text_of(content)) for at, (salt, (name, content)) in placed if name in told
    )
    return Opening(text_of(body), commitments, opened, proof.decode())


def read_opening(content: bytes) -> Opening:
    """The opening in these bytes; nothing is checked. Raises `ValueError` unless they are exactly the form of one."""
    if len(content) > MOST_BYTES:
        raise ValueError("the opening has too many bytes")
    opening = msgspec.json.decode(content, type=Opening)
    if opening.form() != content:
        raise ValueError("the opening is not written as its format asks")
    return opening


def checked(opening: Opening) -> tuple[Header, EntryProof]:
    """The entry's header and the proof that it is in the log, if all that is opened is what it committed to.

    Raises `ValueError` with what does not hold. Who signed the head is the caller's question.
    """
    body = bytes_of(opening.entry, "the entry")
    commitments = [_hex(one) for one in opening.commitments]
    found = [(field.position, field.name, field.commitment()) for field in opening.opened]
    header = read_entry(body) if len(body) <= MOST_ENTRY_BYTES else None
    if header is None or len(commitments) != header.fields or payload_commitment(commitments).hex() != header.payload:
        raise ValueError("the entry commits to other fields than these")
    for position, name, commitment in found:
        if not 0 <= position < len(commitments) or commitments[position] != commitment:
            raise ValueError(f"{name!r} is not what the entry committed to")
    proof = read_proof_file(opening.proof.encode())
    if not proof.holds(leaf_hash(body)):
        raise ValueError("the entry is not in the log whose head this is")
    return header, proof


def _hex(text: str) -> bytes:
    """The bytes; capital digits and spaces are refused: one content has one text."""
    content = bytes.fromhex(text)
    if content.hex() != text:
        raise ValueError("hexadecimal that is not written in small digits")
    return content
