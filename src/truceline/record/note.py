"""The signed note (c2sp.org/signed-note): a text, an empty line, and a line for each signature.

A signature line is `— name base64(key id || signature)`. The key id is the first four bytes of
SHA-256(name || newline || type || public key); type 1 is Ed25519 over the text, type 4 a dated
cosignature (c2sp.org/tlog-cosignature).
"""

import base64
import binascii
import re
from hashlib import sha256

import msgspec

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_ID_BYTES = 4
MOST_BYTES = 65_536
MOST_SIGNATURES = 64
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f]")


class NoteSignature(msgspec.Struct, frozen=True):
    """One signature line: who says it signed, the id of the key, and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The signature line, with its newline."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


class Note(msgspec.Struct, frozen=True):
    """A text (with its final newline) and the signatures under it, checked or not."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def form(self) -> bytes:
        """The bytes of the note."""
        return (self.text + "\n" + "".join(signature.line() for signature in self.signatures)).encode()


def key_hash(name: str, kind: int, public_key: bytes) -> bytes:
    """SHA-256 over name, newline, signature type and public key; its first four bytes are the key id."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()


def read_note(form: bytes) -> Note:
    """The note these bytes are. Raises `ValueError` unless they are exactly the form of one."""
    if len(form) > MOST_BYTES:
        raise ValueError(f"a signed note has at most {MOST_BYTES} bytes")
    whole = form.decode()
    if _CONTROLS.search(whole):
        raise ValueError("a signed note holds a control character")
    text, gap, below = whole.rpartition("\n\n")
    lines = below.splitlines(keepends=True)
    if not gap or not 0 < len(lines) <= MOST_SIGNATURES:
        raise ValueError("a signed note is a text, an empty line and one to 64 signature lines")
    note = Note(text + "\n", tuple(_signature(line) for line in lines))
    if note.form() != form:
        raise ValueError("a signed note is not written as its format asks")
    return note


def check_name(name: str) -> str:
    """The name, if a key or a log may have it: no spaces, no plus, no controls, at most 200 bytes."""
    if not name or len(name.encode()) > 200 or "+" in name or not name.isprintable() or len(name.split()) != 1:
        raise ValueError(f"{name!r} cannot name a log: write it like example.org/mission, without spaces or plus")
    return name


def _signature(line: str) -> NoteSignature:
    dash, _, rest = line.removesuffix("\n").partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        signed = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ValueError("a signature is not base64") from None
    if dash != "—" or not name or len(signed) <= KEY_ID_BYTES:
        raise ValueError("a signature line is not written as '— name base64'")
    return NoteSignature(name, signed[:KEY_ID_BYTES], signed[KEY_ID_BYTES:])
