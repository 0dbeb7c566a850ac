"""Keys and signed heads: the size and fingerprint of the whole record, signed.

A signed head is written as a C2SP checkpoint (c2sp.org/tlog-checkpoint): a note whose text is the
log's origin, its size and its root in base64, a line each. In this project a checkpoint is a post
on a road, so here it is a `SignedHead`. The time of a head is in a cosignature
(c2sp.org/tlog-cosignature, cosignature/v1), the log's own included, in whole seconds of UTC.
"""

import base64
import binascii
from functools import cached_property

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from truceline.record.note import (
    COSIGNATURE,
    ED25519,
    KEY_ID_BYTES,
    Note,
    NoteSignature,
    check_name,
    key_hash,
    read_note,
)
from truceline.record.sealing import SealingKey

SEED_BYTES = 32
HASH_BYTES = 32
PSEUDONYM_DIGITS = 16


class SignedHead(msgspec.Struct, frozen=True):
    """What a log says of itself: its origin, its size in entries, its Merkle root; and who signed that."""

    origin: str
    size: int
    root: bytes
    note: Note


class LogKey:
    """The Ed25519 key of one log. Signing is deterministic (RFC 8032): the same message, the same bytes."""

    def __init__(self, origin: str, private: Ed25519PrivateKey) -> None:
        self.origin = check_name(origin)
        self._private = private
        self.public_key = private.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, origin: str, seed: bytes) -> "LogKey":
        """The key of a log from its 32-byte seed. Raises `ValueError` for other seeds and unusable origins."""
        if len(seed) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
        return cls(origin, Ed25519PrivateKey.from_private_bytes(seed))

    @cached_property
    def pseudonym(self) -> str:
        """How entries name this key."""
        return pseudonym_of(self.origin, self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature of a message. The caller sees to it that no message can be taken for another."""
        return self._private.sign(message)

    def sealing_key(self) -> SealingKey:
        """The key that opens what was sealed for the holder of this log."""
        return SealingKey(self.origin, self._private.private_bytes_raw())

    def sign_head(self, size: int, root: bytes, dated_s: int | None = None) -> bytes:
        """The head of this log at a size, signed; with `dated_s` (UTC seconds) also dated by a cosignature."""
        text = head_text(self.origin, size, root)
        note = Note(text, (self._line(ED25519, self.sign(text.encode())),))
        return (note if dated_s is None else self.cosign(note, dated_s)).form()

    def cosign(self, note: Note, dated_s: int) -> Note:
        """The note with this key's dated cosignature under it. Check consistency before you cosign."""
        signature = dated_s.to_bytes(8, "big") + self.sign(_dated_message(note.text, dated_s))
        return Note(note.text, (*note.signatures, self._line(COSIGNATURE, signature)))

    def _line(self, kind: int, signature: bytes) -> NoteSignature:
        key_id = key_hash(self.origin, kind, self.public_key)[:KEY_ID_BYTES]
        return NoteSignature(self.origin, key_id, signature)


def pseudonym_of(origin: str, public_key: bytes) -> str:
    """Sixteen hexadecimal digits that name a key; the first eight are its key id in signed notes."""
    return key_hash(origin, ED25519, public_key).hex()[:PSEUDONYM_DIGITS]


def verifier_key(name: str, public_key: bytes) -> str:
    """The public key as others' tools take it (c2sp.org/signed-note, vkey): name+hash+base64."""
    material = base64.b64encode(bytes([ED25519]) + public_key).decode()
    return f"{name}+{key_hash(name, ED25519, public_key)[:KEY_ID_BYTES].hex()}+{material}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """The name and the Ed25519 public key of a verifier key. Raises `ValueError` unless it is one."""
    name, _, rest = text.strip().partition("+")
    material = rest.partition("+")[2]
    try:
        public_key = base64.b64decode(material, validate=True)[1:]
    except binascii.Error:
        public_key = b""
    if len(public_key) != HASH_BYTES or verifier_key(check_name(name), public_key) != text.strip():
        raise ValueError("that is no verifier key: it is written name+hash+base64 and of type Ed25519")
    return name, public_key


def head_text(origin: str, size: int, root: bytes) -> str:
    """The three lines a head signs."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def read_head(form: bytes) -> SignedHead:
    """The head these bytes are; no signature is checked. Raises `ValueError` for any other bytes."""
    note = read_note(form)
    lines = note.text.removesuffix("\n").split("\n")
    if len(lines) != 3:
        raise ValueError("a signed head is three lines: origin, size, root")
    origin, size, root = lines
    try:
        head = SignedHead(check_name(origin), int(size), base64.b64decode(root, validate=True), note)
    except binascii.Error:
        raise ValueError("the root of a signed head is not base64") from None
    if len(head.root) != HASH_BYTES or head_text(origin, head.size, head.root) != note.text:
        raise ValueError("the three lines of a signed head are not written as its format asks")
    return head


def signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """The signature of the message was made with the private half of this key (Ed25519, RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def head_is_signed(head: SignedHead, public_key: bytes) -> bool:
    """The log itself signed this head; a failing signature under its key id refuses the whole head."""
    found = _under(head.note, head.origin, ED25519, public_key)
    text = head.note.text.encode()
    return bool(found) and all(signature_holds(public_key, text, signature) for signature in found)


def head_dated_s(head: SignedHead, name: str, public_key: bytes) -> int | None:
    """When the named cosigner saw this head as the newest, in UTC seconds; None if it did not cosign.

    Raises `ValueError` if a cosignature under that key does not hold.
    """
    times = []
    for signed in _under(head.note, name, COSIGNATURE, public_key):
        dated_s = int.from_bytes(signed[:8], "big")
        if not signature_holds(public_key, _dated_message(head.note.text, dated_s), signed[8:]):
            raise ValueError(f"a cosignature of {name} does not hold")
        times.append(dated_s)
    return min(times, default=None)


def _under(note: Note, name: str, kind: int, public_key: bytes) -> list[bytes]:
    key_id = key_hash(name, kind, public_key)[:KEY_ID_BYTES]
    return [line.signature for line in note.signatures if (line.name, line.key_id) == (name, key_id)]


def _dated_message(text: str, dated_s: int) -> bytes:
    return f"cosignature/v1\ntime {dated_s}\n{text}".encode()
