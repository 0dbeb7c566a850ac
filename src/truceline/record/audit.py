"""Recomputing the record from its bytes, by someone who does not trust whoever kept it.

Recomputed are: every leaf hash, every payload's commitment, the tree against every signed head
(which makes any two heads consistent), the signatures of heads, of dates and of what people said, who may
sign (`people`), and the root each submission signed over its rows. Each fault names the entry, where one can be named.
"""

import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from truceline.record.audit_rows import FEWEST, RowsLike, Stretch
from truceline.record.commit import DESTROYED, Field, commit, commit_salted
from truceline.record.entry import SIGNED, Header, Links, read_entry
from truceline.record.frontier import HASH_BYTES, Frontier, Nodes
from truceline.record.key_links import KEY
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.people import Signers
from truceline.record.sign import SignedHead, head_dated_s, head_is_signed, read_head

AT_ONCE = 10_000
_HEX = re.compile(b"[0-9a-f]{64}")


class Fault(NamedTuple):
    """What does not hold: the entry's seq (None if none can be named), one word for what, and a sentence."""

    seq: int | None
    what: str
    sentence: str


class Payload(NamedTuple):
    """A payload as kept: the secret or, where that was destroyed, the salts of the fields; and the fields.

    destroyed: the commitments of the fields that an act in the record has destroyed, by position.
    """

    secret: bytes | None
    salts: Sequence[bytes] | None
    fields: Sequence[Field]
    destroyed: Mapping[int, bytes] = MappingProxyType({})


class Kept(NamedTuple):
    """An entry as kept: its place, its bytes, its leaf hash, and its payload (None if it is not there)."""

    seq: int
    body: bytes
    leaf: bytes
    payload: Payload | None


class KeptHead(NamedTuple):
    """A head as kept: the size it is filed under, the note's bytes, and when it is said to be dated (UTC us)."""

    size: int
    note: bytes
    dated_us: int | None


def audit(
    origin: str,
    public_key: bytes,
    entries: Iterable[Kept | Stretch],
    heads: Iterable[KeptHead],
    *,
    payloads: bool = True,
    nodes: Callable[[list[Nodes]], None] | None = None,
) -> Iterator[Fault]:
    """The faults of one log: first those of its heads, then those of its entries in order; none if all holds.

    `entries` come in the order of seq, `heads` in the order of size; every payload is read once. Without
    `payloads` (another holder's log) nothing is said of a payload that is not there.
    `nodes` is told the nodes of the tree as they are recomputed.
    """
    read: list[SignedHead] = []
    for kept_head in heads:
        head = yield from _head_faults(origin, public_key, kept_head)
        if head is not None:
            read.append(head)
    tree, coverage, expected = _Tree(read, nodes), _Coverage(), 0
    author = _Author(Signers(origin, public_key))
    for kept in _one_by_one(entries, author, payloads):
        if kept.seq != expected:
            yield Fault(expected, "missing", f"Entries {expected} to {kept.seq - 1} are missing.")
        if isinstance(kept, _Sound):
            expected = kept.seq + len(kept.leaves)
            coverage.rows(kept)
            yield from tree.grow(kept.leaves)
            continue
        expected = kept.seq + 1
        leaf = leaf_hash(kept.body)
        header = yield from _entry_faults(author, kept, leaf, payloads)
        yield from coverage.follow(kept.seq, leaf, header)
        yield from tree.grow([leaf])
    yield from coverage.finish()
    yield from tree.finish()


class _Sound(NamedTuple):
    """Rows from a seq on that are what they have to be: all that is left to look at is the whole."""

    seq: int
    leaves: Sequence[bytes]


def _one_by_one(entries: Iterable[Kept | Stretch], author: "_Author", payloads: bool) -> Iterator[Kept | _Sound]:
    """Each entry by itself, but rows that were found sound together. An entry is looked at before the next is asked."""
    for some in entries:
        if isinstance(some, Kept):
            yield some
            continue
        at, singly = 0, 0
        while at < len(some.bodies):
            like = author.like if at >= singly else None
            end = at if like is None else like.until(some, at, opened=payloads)
            if like is not None and end - at >= FEWEST and like.sound(some, at, end, opened=payloads):
                yield _Sound(some.first + at, some.leaves[at:end])
                at = end
            else:
                singly = max(singly, end)
                yield some.kept(at)
                at += 1


class Arrived:
    """Entries of another holder's log as they come in, from a seq on: each by itself, and rows under a submission.

    Their payloads are not there. Whether they are under a signed head is asked of the tree. `signers` are those
    of the log up to that seq.
    """

    def __init__(self, signers: Signers, first: int) -> None:
        self._author = _Author(signers)
        self._coverage = _Coverage(first)

    def follow(self, seq: int, body: bytes, leaf: bytes) -> Header | Fault:
        """The header of the next entry, or the first thing that is wrong with it."""
        faults = self.faults(seq, body, leaf)
        try:
            return next(faults)
        except StopIteration as end:
            header: Header = end.value
            return header

    def faults(self, seq: int, body: bytes, leaf: bytes) -> Generator[Fault, None, Header | None]:
        """Everything that is wrong with the next entry; gone through to its end, it returns the header."""
        header = yield from _entry_faults(self._author, Kept(seq, body, leaf, None), leaf, payloads=False)
        yield from self._coverage.follow(seq, leaf, header)
        return header

    def finish(self) -> Iterator[Fault]:
        """What is wrong with the whole at its end."""
        yield from self._coverage.finish()


def _head_faults(origin: str, public_key: bytes, kept: KeptHead) -> Generator[Fault, None, SignedHead | None]:
    """What is wrong with one head by itself. Returns it, if it can be read and its log signed it."""
    where = f"The head at size {kept.size}"
    try:
        head = read_head(kept.note)
        dated_s = head_dated_s(head, origin, public_key)
    except ValueError as error:
        yield Fault(None, "head", f"{where} cannot be read: {error}.")
        return None
    if head.origin != origin or head.size != kept.size or not head_is_signed(head, public_key):
        yield Fault(None, "head", f"{where} is not what this log signed.")
        return None
    if kept.dated_us != (None if dated_s is None else dated_s * 1_000_000):
        yield Fault(None, "date", f"{where} is filed under another time than its cosignature names.")
    return head


def _entry_faults(author: "_Author", kept: Kept, leaf: bytes, payloads: bool) -> Generator[Fault, None, Header | None]:
    """What is wrong with one entry by itself. Returns its header, if it can be read."""
    seq = kept.seq
    if leaf != kept.leaf:
        yield Fault(seq, "leaf", f"Entry {seq} and the leaf hash kept with it do not fit: one of them was changed.")
    try:
        header = author.read(kept.body)
    except ValueError as error:
        yield Fault(seq, "header", f"Entry {seq} cannot be read: {error}.")
        return None
    if objection := author.signers.objection(header):
        yield Fault(seq, "author", f"Entry {seq} is not this log's: {objection}.")
    if header.kind in SIGNED and not header.signature_holds(author.signers.checks_with(header)):
        yield Fault(seq, "signature", f"Entry {seq}: the signature of this {header.kind} does not hold.")
    elif not objection and (wrong := author.signers.follow(seq, header)):
        yield Fault(seq, "key", f"Entry {seq}: {wrong}.")
    wrong = _payload_wrong(header, kept.payload) if payloads or kept.payload is not None else ""
    if wrong:
        yield Fault(seq, "payload", f"Entry {seq}: {wrong}.")
    return header


def _payload_wrong(header: Header, payload: Payload | None) -> str:
    if payload is None:
        return "its payload is not there, and no act in the record says why"
    if (payload.secret is None) == (payload.salts is None):
        return "its payload has neither its secret nor its salts, or both"
    if payload.secret is None and not payload.destroyed:
        return "its secret is not there, and no act in the record says why"
    if payload.destroyed and (wrong := _left_wrong(payload)):
        return wrong
    try:
        if payload.secret is not None:
            found = commit(payload.secret, payload.fields)
        else:
            found = commit_salted(payload.salts or (), payload.fields, payload.destroyed)
    except ValueError as error:
        return f"its payload cannot be recomputed: {error}"
    if len(payload.fields) != header.fields or found.hex() != header.payload:
        return "its payload is not the one it commits to"
    return ""


def _left_wrong(payload: Payload) -> str:
    """What is still there of fields that an act has destroyed, "" if nothing is."""
    if payload.secret is not None:
        return "an act has destroyed fields of it, but the secret that gives their salts is still there"
    kept = list(zip(payload.salts or (), payload.fields, strict=False))
    if any(at < len(kept) and (kept[at][0] != DESTROYED or kept[at][1][1]) for at in payload.destroyed):
        return "an act has destroyed fields of it that are still there"
    return ""


class _Author:
    """Who writes a log, and reading it: a row that differs from the last in its commitment alone is read quickly."""

    def __init__(self, signers: Signers) -> None:
        self.signers = signers
        self._last: tuple[RowsLike, Header] | None = None

    @property
    def like(self) -> RowsLike | None:
        """The rows like the last that was read, where this log and its own key wrote that; None where there is none."""
        if self._last is None or self.signers.objection(self._last[1]) or KEY in self._last[1].links:
            return None
        return self._last[0]

    def read(self, body: bytes) -> Header:
        """The header of an entry. Raises `ValueError`."""
        if self._last is not None:
            ((before, after), _), like = self._last
            start, end = len(before), len(body) - len(after)
            if body.startswith(before) and body.endswith(after) and _HEX.fullmatch(body, start, end):
                return Header(
                    log=like.log, key=like.key, kind=like.kind, links=like.links, fields=like.fields,
                    payload=body[start:end].decode(), signature=like.signature,
                )  # fmt: skip
        header = read_entry(body)
        rows = RowsLike.of(body, header) if header.kind == "row" else None
        if rows is not None:
            self._last = (rows, header)
        return header


class _Tree:
    """The tree as it grows, held against every head. After the first that does not fit, no later one can."""

    def __init__(self, heads: Sequence[SignedHead], nodes: Callable[[list[Nodes]], None] | None) -> None:
        self._heads = deque(heads)
        self._nodes = nodes
        self._frontier = Frontier()
        self._waiting: list[bytes] = []
        self._size = self._good = self._last = 0
        self._fits = True

    def grow(self, leaves: Sequence[bytes]) -> Iterator[Fault]:
        """Add leaves, stopping wherever a head was signed."""
        while leaves:
            stop = self._heads[0].size - self._size if self._heads else 0
            some = leaves[:stop] if stop > 0 else leaves
            leaves = leaves[len(some) :]
            self._waiting += some
            self._size += len(some)
            if self._heads and self._heads[0].size == self._size:
                yield from self._hold(self._heads.popleft())
            elif len(self._waiting) >= AT_ONCE:
                self._append()

    def finish(self) -> Iterator[Fault]:
        self._append()
        if self._heads:
            signed = self._heads[-1].size
            yield Fault(self._size, "missing", f"A head signs {signed} entries, but only {self._size} are there.")
        elif self._last != self._size:
            sentence = f"Entries {self._last} to {self._size - 1} are under no signed head."
            yield Fault(self._last, "head", sentence)

    def _hold(self, head: SignedHead) -> Iterator[Fault]:
        self._append()
        self._last = head.size
        if self._fits and self._frontier.root() != head.root:
            self._fits = False
            between = f"between entry {self._good} and entry {head.size - 1}"
            yield Fault(None, "tree", f"The record does not fit the head signed at size {head.size}: look {between}.")
        elif self._fits:
            self._good = head.size

    def _append(self) -> None:
        made = self._frontier.append(self._waiting)
        self._waiting.clear()
        if self._nodes is not None:
            self._nodes(made)


class _Coverage:
    """Every row stands under the signature of the submission that follows it."""

    def __init__(self, start: int = 0) -> None:
        self._leaves = bytearray()
        self._start = start
        self._first_row: int | None = None

    def follow(self, seq: int, leaf: bytes, header: Header | None) -> Iterator[Fault]:
        kind = header.kind if header else ""
        if header and kind == "submission":
            if not self._covers(seq, header.links):
                yield Fault(seq, "rows", f"Entry {seq}: this submission does not sign the rows before it.")
            self._leaves.clear()
            self._start, self._first_row = seq + 1, None
            return
        self._leaves += leaf
        if kind == "row" and self._first_row is None:
            self._first_row = seq

    def rows(self, rows: _Sound) -> None:
        """Rows that were found sound by themselves."""
        self._leaves += b"".join(rows.leaves)
        self._first_row = rows.seq if self._first_row is None else self._first_row

    def finish(self) -> Iterator[Fault]:
        if self._first_row is not None:
            sentence = f"The rows from entry {self._first_row} on are under no submission's signature."
            yield Fault(self._first_row, "rows", sentence)

    def _covers(self, seq: int, links: Links) -> bool:
        first, count, root = links.get("first"), links.get("count"), links.get("root")
        if not (isinstance(first, int) and isinstance(count, int) and self._start <= first <= seq):
            return False
        if first + count != seq or (self._first_row is not None and self._first_row < first):
            return False
        begin = HASH_BYTES * (first - self._start)
        leaves = [bytes(self._leaves[at : at + HASH_BYTES]) for at in range(begin, len(self._leaves), HASH_BYTES)]
        return root_of(leaves).hex() == root
