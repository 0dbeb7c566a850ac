"""What the link `key` of an entry says, and the two proofs in it: its form, and making it. Rules: `people`."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.entry import Links
from truceline.record.sign import HASH_BYTES, LogKey, signature_holds

KEY = "key"
"""The kind of the entries that bring in and end keys, and the name of their link."""

SIGNATURE_BYTES = 64

POSSESSION_TAG = b"truceline possession of a key v1\x00"
HANDOVER_TAG = b"truceline handover of a key v1\x00"

_Public = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Pseudonym = Annotated[str, Meta(pattern=r"\A[0-9a-f]{16}\Z")]
_Signature = Annotated[str, Meta(max_length=88)]
_Seq = Annotated[int, Meta(ge=0)]


class New(Struct, frozen=True, forbid_unknown_fields=True, tag_field="what", tag="new"):
    """A key comes in."""

    key: _Pseudonym
    public: _Public
    possession: _Signature


class Rotated(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="what", tag="rotated"):
    """A key takes the place of another, which signs nothing from here on."""

    key: _Pseudonym
    public: _Public
    possession: _Signature
    was: _Pseudonym
    handover: _Signature | UnsetType = UNSET


class Revoked(Struct, frozen=True, forbid_unknown_fields=True, tag_field="what", tag="revoked"):
    """A key signs nothing from here on; what it signed from entry `since` on is in doubt."""

    key: _Pseudonym
    since: _Seq


class Sealing(Struct, frozen=True, forbid_unknown_fields=True, tag_field="what", tag="sealing"):
    """The key to which others seal what is for this holder only."""

    public: _Public


def read_key_link(links: Links) -> New | Rotated | Revoked | Sealing:
    """What the link `key` says; nothing of it is checked but its form. Raises `ValueError`."""
    return msgspec.convert(links.get(KEY), New | Rotated | Revoked | Sealing)


def brought_in(key: LogKey) -> Links:
    """The links of the entry that brings in a key."""
    return _links(New(key.pseudonym, key.public_key.hex(), _proof_of_possession(key)))


def rotated(key: LogKey, was: str, old: LogKey | None) -> Links:
    """The links of the entry that puts a key in the place of `was`; without the old key where that is lost."""
    handover = UNSET if old is None else text_of(old.sign(_handover(key.origin, was, key.pseudonym)))
    return _links(Rotated(key.pseudonym, key.public_key.hex(), _proof_of_possession(key), was, handover))


def revoked(pseudonym: str, since: int) -> Links:
    """The links of the entry that ends a key and doubts what it signed from the entry `since` on."""
    return _links(Revoked(pseudonym, since))


def possession_holds(origin: str, said: New | Rotated) -> bool:
    """Whoever brings in a key has it. Raises `ValueError` for a proof that is no signature."""
    return signature_holds(bytes.fromhex(said.public), _possession(origin, said.key), _signature(said.possession))


def handover_holds(origin: str, said: Rotated, old_public_key: bytes) -> bool:
    """The old key agrees, or does not speak because it is lost. Raises `ValueError` for what is no signature."""
    if isinstance(said.handover, UnsetType):
        return True
    return signature_holds(old_public_key, _handover(origin, said.was, said.key), _signature(said.handover))


def is_weak(public_key: bytes) -> bool:
    """One of the points of small order, under which anybody can make a signature that holds (RFC 8032, 8.9)."""
    return public_key[:-1] + bytes([public_key[-1] & 0x7F]) in WEAK


def _links(said: Struct) -> Links:
    link: dict[str, Any] = msgspec.to_builtins(said)
    return {KEY: link}


def _proof_of_possession(key: LogKey) -> str:
    return text_of(key.sign(_possession(key.origin, key.pseudonym)))


def _possession(origin: str, pseudonym: str) -> bytes:
    return POSSESSION_TAG + origin.encode() + b"\x00" + pseudonym.encode()


def _handover(origin: str, was: str, pseudonym: str) -> bytes:
    return HANDOVER_TAG + origin.encode() + b"\x00" + was.encode() + b"\x00" + pseudonym.encode()


def _signature(text: str) -> bytes:
    signature = bytes_of(text, "a signature")
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError(f"a signature has {SIGNATURE_BYTES} bytes")
    return signature


_PRIME = 2**255 - 19
_OF_ORDER_8 = (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
WEAK = frozenset(
    [y.to_bytes(HASH_BYTES, "little") for y in (0, 1, _PRIME - 1, _PRIME, _PRIME + 1)]
    + [bytes.fromhex(y) for y in _OF_ORDER_8]
)
"""The points of small order, by their y without the sign of x: their canonical and their other encodings."""
