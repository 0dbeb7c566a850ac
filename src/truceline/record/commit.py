"""What an entry says of its payload without telling it: salted commitments (docs: decision 1).

A payload is a short list of fields, each a name and bytes. Every entry has one random secret of
32 bytes; the salts of its fields are the output of SHAKE256 over a tag and the secret, 32 bytes a
field. A field's commitment is SHA-256 over its salt, a tag, the position, the name and the bytes.
So opening one field (telling its salt and its bytes) tells nothing of the others, and a guess at a
field cannot be tried without its salt. The entry holds one SHA-256 over the number and list of
commitments.

SHAKE256: FIPS 202. SHA-256 over salt and value is what RFC 9901 (SD-JWT) and ISO/IEC 18013-5 do.
Lengths, positions and numbers are four bytes, big-endian.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256, shake_256

import msgspec

Field = tuple[str, bytes]
"""A field of a payload: its name and its bytes."""

SECRET_BYTES = 32
SALT_BYTES = 32
MOST_FIELDS = 4096
DESTROYED = bytes(SALT_BYTES)
"""What stands in the place of the salt of a field that was destroyed."""
SALT_TAG = b"truceline salt v2"
FIELD_TAG = b"truceline field v2"
PAYLOAD_TAG = b"truceline payload v2"

_encode = msgspec.msgpack.Encoder().encode


def field_salt(secret: bytes, position: int) -> bytes:
    """The 32-byte salt of the field at a position (from 0), derived from the entry's secret."""
    return field_salts(secret, position + 1)[position]


def field_salts(secret: bytes, number: int) -> list[bytes]:
    """The salts of the first fields, in order: what SHAKE256 gives of a tag and the secret, cut into 32 bytes each."""
    _check_secret(secret)
    return cut_salts(shake_256(_SALT_MESSAGE + secret).digest(SALT_BYTES * number))


def cut_salts(salts: bytes) -> list[bytes]:
    """Salts that were written one after the other."""
    return [salts[at : at + SALT_BYTES] for at in range(0, len(salts), SALT_BYTES)]


def field_commitment(salt: bytes, position: int, name: str, content: bytes) -> bytes:
    """The 32-byte commitment to one field; anyone holding its salt and bytes can recompute it."""
    return sha256(salt + _field_message(position, name) + content).digest()


def payload_commitment(commitments: Sequence[bytes]) -> bytes:
    """The 32 bytes an entry's header holds: SHA-256 over a tag, the number and the commitments."""
    return sha256(PAYLOAD_TAG + _number(len(commitments)) + b"".join(commitments)).digest()


def commitments_of(
    salts: Sequence[bytes], fields: Sequence[Field], destroyed: Mapping[int, bytes] | None = None
) -> list[bytes]:
    """The commitment of every field, in order. Of a destroyed one (by position) it is all that is left.

    Raises `ValueError` where salts and fields are not of one number, or a destroyed field is not there.
    """
    gone = destroyed or {}
    if any(position not in range(len(fields)) for position in gone):
        raise ValueError("a field that was destroyed is not one of these")
    return [
        gone[position] if position in gone else field_commitment(salt, position, name, content)
        for position, (salt, (name, content)) in enumerate(zip(salts, fields, strict=True))
    ]


def commit_salted(
    salts: Sequence[bytes], fields: Sequence[Field], destroyed: Mapping[int, bytes] | None = None
) -> bytes:
    """The payload commitment of fields whose salts are given: what remains to check when the secret is destroyed."""
    return payload_commitment(commitments_of(salts, fields, destroyed))


def commit(secret: bytes, fields: Sequence[Field]) -> bytes:
    """The payload commitment of fields under an entry's secret: what the header holds, in 32 bytes."""
    _check_secret(secret)
    return commit_many([secret], tuple([name for name, _ in fields]), [[content] for _, content in fields])[0]


def commit_many(secrets: Sequence[bytes], names: tuple[str, ...], columns: Sequence[Sequence[bytes]]) -> list[bytes]:
    """The payload commitments of many payloads with fields of the same names, the bytes of a field in a column each.

    secrets: one for each payload. The same as `payload_commitment` over `field_commitment` under
    `field_salts`, with what is equal for all worked out once.
    """
    hashed, drawn, messages, joined = sha256, shake_256, _messages(names), b"".join
    salts = [drawn(_SALT_MESSAGE + secret).digest(SALT_BYTES * len(names)) for secret in secrets]
    made = []
    for position, (message, contents) in enumerate(zip(messages, columns, strict=True)):
        own = slice(SALT_BYTES * position, SALT_BYTES * (position + 1))
        made.append(
            [hashed(salt[own] + message + content).digest() for salt, content in zip(salts, contents, strict=True)]
        )
    head = PAYLOAD_TAG + _number(len(names))
    return [hashed(head + joined(each)).digest() for each in (zip(*made, strict=True) if made else [()] * len(salts))]


def column_commitments(position: int, name: str, salts: bytes, contents: Sequence[bytes]) -> list[bytes]:
    """The commitments to the field of one name and position of many payloads; their salts stand one after the other."""
    hashed, message = sha256, _field_message(position, name)
    return [
        hashed(salts[at : at + SALT_BYTES] + message + content).digest()
        for at, content in zip(range(0, len(salts), SALT_BYTES), contents, strict=True)
    ]


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
def _messages(names: tuple[str, ...]) -> list[bytes]:
    """What stands between the salt of each field and its bytes."""
    if len(names) > MOST_FIELDS:
        raise ValueError(f"a payload has at most {MOST_FIELDS} fields, not {len(names)}")
    return [_field_message(position, name) for position, name in enumerate(names)]


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def _prefixed(part: bytes) -> bytes:
    return _number(len(part)) + part


def _field_message(position: int, name: str) -> bytes:
    return _prefixed(FIELD_TAG) + _number(position) + _prefixed(name.encode())


_SALT_MESSAGE = _prefixed(SALT_TAG)
