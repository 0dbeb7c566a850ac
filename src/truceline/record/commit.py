"""What an entry says of its payload without telling it: salted commitments (docs: decision 1).

A payload is a short list of fields, each a name and bytes. Every entry has one random secret of
32 bytes; a field's salt is HMAC-SHA256 of its position under that secret, and a field's commitment
is HMAC-SHA256, under its own salt, of a tag, the position, the name and the bytes. So opening one
field (telling its salt and its bytes) tells nothing of the others, and a guess at a field cannot
be tried without its salt. The entry holds one SHA-256 over the number and list of commitments.

HMAC: RFC 2104, FIPS 198-1. Lengths, positions and numbers are four bytes, big-endian.
"""

import hmac
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

import msgspec

Field = tuple[str, bytes]
"""A field of a payload: its name and its bytes."""

SECRET_BYTES = 32
MOST_FIELDS = 4096
SALT_TAG = b"truceline salt v1"
FIELD_TAG = b"truceline field v1"
PAYLOAD_TAG = b"truceline payload v1"

_encode = msgspec.msgpack.Encoder().encode
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))
_INNER_REST = b"\x36" * 32
_OUTER_REST = b"\x5c" * 32


def field_salt(secret: bytes, position: int) -> bytes:
    """The 32-byte salt of the field at a position (from 0), derived from the entry's secret."""
    return hmac.digest(secret, _salt_message(position), "sha256")


def field_commitment(salt: bytes, position: int, name: str, content: bytes) -> bytes:
    """The 32-byte commitment to one field; anyone holding its salt and bytes can recompute it."""
    return hmac.digest(salt, _field_message(position, name) + _number(len(content)) + content, "sha256")


def payload_commitment(commitments: Sequence[bytes]) -> bytes:
    """The 32 bytes an entry's header holds: SHA-256 over a tag, the number and the commitments."""
    return sha256(PAYLOAD_TAG + _number(len(commitments)) + b"".join(commitments)).digest()


def field_salts(secret: bytes, number: int) -> list[bytes]:
    """The salts of the first fields, in order: `field_salt` for each position."""
    _check_secret(secret)
    return [field_salt(secret, position) for position in range(number)]


def commit_salted(salts: Sequence[bytes], fields: Sequence[Field]) -> bytes:
    """The payload commitment of fields whose salts are given: what remains to check when the secret is destroyed."""
    made = [
        field_commitment(salt, position, name, content)
        for position, (salt, (name, content)) in enumerate(zip(salts, fields, strict=True))
    ]
    return payload_commitment(made)


def commit(secret: bytes, fields: Sequence[Field]) -> bytes:
    """The payload commitment of fields under an entry's secret: what the header holds, in 32 bytes.

    The same as `payload_commitment` over `field_commitment` under each `field_salt`, with HMAC
    written out: the library's call looks its algorithm up each time, which costs more than the hashing.
    """
    _check_secret(secret)
    inner, outer = secret.translate(_INNER), secret.translate(_OUTER) + _OUTER_REST
    made = [PAYLOAD_TAG, _number(len(fields))]
    for (for_salt, for_field), (_, content) in zip(_messages(tuple([name for name, _ in fields])), fields, strict=True):
        salt = sha256(outer + sha256(inner + for_salt).digest()).digest()
        within = sha256(salt.translate(_INNER) + for_field + len(content).to_bytes(4, "big") + content).digest()
        made.append(sha256(salt.translate(_OUTER) + _OUTER_REST + within).digest())
    return sha256(b"".join(made)).digest()


class Committed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A payload ready to be entered: its secret, its number of fields, its commitment, and its fields as kept."""

    secret: bytes
    fields: int
    commitment: bytes
    packed: bytes


def committed(secret: bytes, fields: Sequence[Field]) -> Committed:
    """The fields of a payload under an entry's secret, ready to be entered."""
    return Committed(secret, len(fields), commit(secret, fields), packed(fields))


def packed(fields: Sequence[Field]) -> bytes:
    """The fields of a payload as they are kept: a MessagePack list of pairs."""
    return _encode(fields)


def _check_secret(secret: bytes) -> None:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"an entry's secret has {SECRET_BYTES} bytes, not {len(secret)}")


@lru_cache(maxsize=256)
def _messages(names: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    """What follows the padded key in the inner hash of each salt, and of each commitment up to the bytes' length."""
    if len(names) > MOST_FIELDS:
        raise ValueError(f"a payload has at most {MOST_FIELDS} fields, not {len(names)}")
    return [
        (_INNER_REST + _salt_message(position), _INNER_REST + _field_message(position, name))
        for position, name in enumerate(names)
    ]


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _prefixed(part: bytes) -> bytes:
    return _number(len(part)) + part


def _salt_message(position: int) -> bytes:
    return _prefixed(SALT_TAG) + _prefixed(_number(position))


def _field_message(position: int, name: str) -> bytes:
    return _prefixed(FIELD_TAG) + _prefixed(_number(position)) + _prefixed(name.encode())
