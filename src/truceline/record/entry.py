"""The bytes of one entry: a small header in canonical JSON, at most 65,535 bytes.

    {"fields": n, "key": pseudonym, "kind": ..., "links": {...}, "log": origin,
     "payload": hex commitment, "signature": base64, "v": 1}

The header holds no readable word of the payload, no time and no name. `fields` and `payload`
commit to the payload (`commit`). What people and submissions say is signed: Ed25519 over a tag and
the canonical header without its signature. Rows are covered by the signature of their submission,
whose links hold {"first": seq, "count": n, "root": hex Merkle root over the leaf hashes of its
rows}. An entry's id is the hex of its leaf hash.

Links: first, count, root; "supersedes": [id...]; "layout": id; "reader": id;
"seen": {log: [size, root]}; "key": what an entry of kind `key` says of the key of a person or an instrument (`people`).
`key` in the header is the log's own key, or the one of whoever signed an act or a submission.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Literal, NamedTuple

import msgspec

from truceline.record.canonical import canonical, read_canonical
from truceline.record.commit import Committed, Field, commit
from truceline.record.merkle import leaf_hash
from truceline.record.sign import LogKey, signature_holds

MOST_ENTRY_BYTES = 65_535
SIGNED = frozenset({"submission", "act", "agreement", "layout", "reader", "release", "destruction", "key", "model"})
KINDS = SIGNED | {"row", "note"}

_SIGN_TAG = b"truceline entry v1\x00"
"""Holds a NUL, which no signed note may: a signed entry can never be taken for a signed head."""

_END = b',"v":1}'
"""How the bytes of every header end: names stand in their order, and after the signature comes the version alone."""

_ID = re.compile("[0-9a-f]{64}")

Links = dict[str, Any]


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the log itself holds of an entry."""

    log: str
    key: str
    kind: str
    links: Links
    fields: int
    payload: str
    signature: str | None = None
    v: Literal[1] = 1

    def form(self) -> bytes:
        """The entry's bytes. Raises `ValueError` when they are too many or hold what JSON cannot."""
        named = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        return _bounded(canonical(named))

    def signed_form(self, key: LogKey) -> bytes:
        """The bytes of this header with the key's signature: those of `signed_by`, the rest written once."""
        bare = msgspec.structs.replace(self, signature=None).form()
        signature = base64.b64encode(key.sign(_SIGN_TAG + bare))
        return _bounded(bare.removesuffix(_END) + b',"signature":"' + signature + b'"' + _END)

    def signed_by(self, key: LogKey) -> "Header":
        """The same header with the key's signature."""
        bare = msgspec.structs.replace(self, signature=None)
        signature = base64.b64encode(key.sign(_SIGN_TAG + bare.form())).decode()
        return msgspec.structs.replace(self, signature=signature)

    def signature_holds(self, public_key: bytes) -> bool:
        """The header's signature was made over it with this key; False where there is none."""
        if self.signature is None:
            return False
        try:
            signature = base64.b64decode(self.signature, validate=True)
        except ValueError:
            return False
        bare = msgspec.structs.replace(self, signature=None)
        return signature_holds(public_key, _SIGN_TAG + bare.form(), signature)


def _bounded(form: bytes) -> bytes:
    if len(form) > MOST_ENTRY_BYTES:
        raise ValueError(f"an entry has at most {MOST_ENTRY_BYTES} bytes, not {len(form)}: fewer links, please")
    return form


def entry_of(key: LogKey, kind: str, links: Links, secret: bytes, fields: Sequence[Field]) -> bytes:
    """The bytes of one entry by this key, signed where its kind is. Raises `ValueError` for unknown kinds."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of entry; there are {', '.join(sorted(KINDS))}")
    header = Header(
        log=key.origin,
        key=key.pseudonym,
        kind=kind,
        links=links,
        fields=len(fields),
        payload=commit(secret, fields).hex(),
    )
    return header.signed_form(key) if kind in SIGNED else header.form()


def read_entry(form: bytes) -> Header:
    """The header these bytes are. Raises `ValueError` for anything but the canonical form of one."""
    if len(form) > MOST_ENTRY_BYTES:
        raise ValueError(f"an entry has at most {MOST_ENTRY_BYTES} bytes")
    header = msgspec.convert(read_canonical(form), Header)
    if header.kind not in KINDS:
        raise ValueError(f"{header.kind!r} is no kind of entry")
    return header


def entry_id(form: bytes) -> str:
    """The id of an entry: the hex of its leaf hash."""
    return leaf_hash(form).hex()


def row_entries(
    key: LogKey, layout_id: str, rows: Sequence[Committed], supersedes: Iterable[str | None]
) -> list[tuple[bytes, bytes]]:
    """The bytes and leaf hash of many row entries under one layout: what `entry_of` makes, only fast.

    Only the commitment, the number of fields and the superseded id differ from row to row, so the
    rest of the header is written once.
    """
    pieces: dict[tuple[int, bool], tuple[bytes, bytes, bytes]] = {}
    made = []
    for row, old in zip(rows, supersedes, strict=True):
        shape = (row.fields, old is not None)
        if shape not in pieces:
            pieces[shape] = _row_pieces(key, layout_id, *shape)
        before, between, after = pieces[shape]
        body = before + _checked(old) + between + row.commitment.hex().encode() + after
        made.append((body, sha256(b"\x00" + body).digest()))
    return made


class RowForm(NamedTuple):
    """The bytes of a row's entry around its commitment, for a number of fields; the row supersedes nothing."""

    before: bytes
    after: bytes

    @classmethod
    def of(cls, key: LogKey, layout_id: str, fields: int) -> "RowForm":
        """The form of all rows of a layout."""
        _, before, after = _row_pieces(key, layout_id, fields, supersedes=False)
        return cls(before, after)

    def entries(self, commitments: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
        """The bytes and the leaf hashes of entries with these commitments."""
        before, after = self
        bodies = [before + commitment.hex().encode() + after for commitment in commitments]
        return bodies, [sha256(b"\x00" + body).digest() for body in bodies]


def _row_pieces(key: LogKey, layout_id: str, fields: int, supersedes: bool) -> tuple[bytes, bytes, bytes]:
    """A row's header around the superseded id (empty if there is none) and around the commitment."""
    links: Links = {"layout": layout_id} | ({"supersedes": [_OLD]} if supersedes else {})
    header = Header(log=key.origin, key=key.pseudonym, kind="row", links=links, fields=fields, payload=_NEW)
    before, _, after = header.form().partition(_NEW.encode())
    first, old, between = before.partition(_OLD.encode())
    return (first, between, after) if old else (b"", before, after)


def _checked(old: str | None) -> bytes:
    if old is None:
        return b""
    if not _ID.fullmatch(old):
        raise ValueError(f"{old!r} is not the id of an entry")
    return old.encode()


_OLD = "put the superseded id here"
_NEW = "put the commitment here"
