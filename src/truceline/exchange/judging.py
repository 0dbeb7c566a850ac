"""What came of a log against what is held of it.

    extends         the log held, and more
    already held    nothing new; what is sent twice, late or out of order ends here
    stale           an earlier head of the same history
    split           two heads by one key that cannot both be true; a proof is made
    ahead           this mission's own log, with more than this file has: the file is an old copy of itself
    unknown         nobody has given us the key of this log
    wrong key       signed with another key than the one we were given
    unsigned        its head is not signed by the log, or a cosignature in it does not hold
    gap             entries are missing between what is held and what came
    unfit           the entries are not those its head signs
    broken          the log signed them, but an entry does not hold by itself

Only `extends`, `already held` and `stale` leave anything behind, and a split its proof.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from truceline.exchange.bundle import Chunk, LogPart
from truceline.record.audit import Arrived, Fault
from truceline.record.entry import Header
from truceline.record.frontier import HASH_BYTES, SIZE_BYTES, Frontier
from truceline.record.merkle import leaf_hash
from truceline.record.misbehaviour import Misbehaviour, misbehaviour_of
from truceline.record.note import ED25519, KEY_ID_BYTES, key_hash
from truceline.record.people import Signers
from truceline.record.proofs import Node, consistency_proof, nodes_of
from truceline.record.sign import SignedHead, head_dated_s, head_is_signed


class Judgement(StrEnum):
    """One word for what came."""

    EXTENDS = "extends"
    HELD = "already held"
    STALE = "stale"
    SPLIT = "split"
    AHEAD = "ahead"
    UNKNOWN = "unknown"
    WRONG_KEY = "wrong key"
    UNSIGNED = "unsigned"
    GAP = "gap"
    UNFIT = "unfit"
    BROKEN = "broken"

    @property
    def sound(self) -> bool:
        """What came is true of the log, as far as it is held."""
        return self in (Judgement.EXTENDS, Judgement.HELD, Judgement.STALE)


class Held(NamedTuple):
    """What is held of a log: its key, the edge of its tree, its newest head, and what its tree was before.

    `roots` gives the roots at sizes up to that of the edge, `node` its nodes, `signers` who may sign after it; all
    are asked when they are needed.
    """

    public_key: bytes
    edge: Frontier
    head: SignedHead | None
    roots: Callable[[Sequence[int]], Mapping[int, bytes]]
    node: Callable[[], Node]
    signers: Callable[[], Signers]
    own: bool = False


class New(NamedTuple):
    """An entry that is not held yet."""

    seq: int
    body: bytes
    leaf: bytes
    header: Header


class Judged(NamedTuple):
    """What came of one log, in a word and a sentence, with the proof of a split."""

    judgement: Judgement
    sentence: str
    proof: Misbehaviour | None = None


Cosigners = Mapping[str, bytes]
"""The public keys of those whose cosignatures count, by name: the logs held, and the own one."""


def key_judged(head: SignedHead, public_key: bytes) -> Judged | None:
    """Why a head is not taken for one of the log with this key; None if the log signed it."""
    if head_is_signed(head, public_key):
        return None
    ours = key_hash(head.origin, ED25519, public_key)[:KEY_ID_BYTES]
    own = [line.key_id for line in head.note.signatures if line.name == head.origin]
    if own and ours not in own:
        sentence = f"{head.origin}: signed with another key than the one that was given for it."
        return Judged(Judgement.WRONG_KEY, sentence)
    return Judged(Judgement.UNSIGNED, f"{head.origin}: the head at size {head.size} is not signed by its log.")


def cosignatures_judged(head: SignedHead, cosigners: Cosigners) -> Judged | None:
    """Why the cosignatures under a head are not believed; None if all of known cosigners hold."""
    for name, public_key in cosigners.items():
        try:
            head_dated_s(head, name, public_key)
        except ValueError as error:
            return Judged(Judgement.UNSIGNED, f"{head.origin}, the head at size {head.size}: {error}.")
    return None


class Judge:
    """One log as it arrives, held against what is held of it: `begin`, `take` each chunk, `finish`.

    As soon as one of them returns a judgement, that is the judgement.
    """

    def __init__(self, held: Held, log: LogPart) -> None:
        self._held, self._log = held, log
        self._edge = Frontier.load(log.edge.dump())
        self._forked: Frontier | None = None
        self._fault: Fault | None = None
        self._leaves: list[bytes] = []
        self._stops = {head.size: head for head in log.heads}
        self._arrived = Arrived(held.signers(), held.edge.size)

    def begin(self, cosigners: Cosigners) -> Judged | None:
        """The signatures, and the heads that are not larger than what is held."""
        log, size = self._log, self._held.edge.size
        if log.public_key != self._held.public_key:
            return Judged(Judgement.WRONG_KEY, f"{log.origin}: another key than the one that was given for it.")
        for head in log.heads:
            if wrong := key_judged(head, log.public_key) or cosignatures_judged(head, cosigners):
                return wrong
        earlier = [head for head in log.heads if head.size <= size]
        roots = self._held.roots([head.size for head in earlier])
        for head in earlier:
            if head.root != roots[head.size]:
                return self._split_within(head, roots[head.size])
        if log.size <= size:
            word = Judgement.HELD if log.size == size else Judgement.STALE
            return Judged(word, f"{log.origin}: {log.size:,} entries, which are held already.")
        if log.first > size:
            sentence = f"{log.origin}: {size:,} entries are held, and what came begins at {log.first:,}."
            return Judged(Judgement.GAP, sentence)
        self._compare()
        return None

    def take(self, chunk: Chunk) -> tuple[list[New], Judged | None]:
        """The entries of a chunk that are not held yet, or why it is not taken."""
        leaves = [leaf_hash(body) for body in chunk.bodies]
        if wrong := self._grow(leaves):
            return [], wrong
        if self._forked is not None or self._fault is not None:
            return [], None
        new: list[New] = []
        for seq, body, leaf in zip(range(chunk.first, chunk.first + len(leaves)), chunk.bodies, leaves, strict=True):
            if seq < self._held.edge.size:
                continue
            header = self._arrived.follow(seq, body, leaf)
            if isinstance(header, Fault):
                self._fault = header
                return [], None
            new.append(New(seq, body, leaf, header))
        return new, None

    def finish(self) -> Judged:
        """The judgement of a log that came whole."""
        log = self._log
        if self._forked is not None:
            return self._split_after(self._forked)
        fault = self._fault or next(self._arrived.finish(), None)
        if fault is not None:
            # Only now, under a head that fits: else whoever passed the log on may have broken it.
            return Judged(Judgement.BROKEN, f"{log.origin}: {fault.sentence}")
        size = self._held.edge.size
        if self._held.own:
            sentence = (
                f"{log.origin} is this mission's own log; others hold {log.size:,} entries of it, this file {size:,}. "
                "It is an old copy: write nothing more into it. Go on in the newest copy, or in a new mission."
            )
            return Judged(Judgement.AHEAD, sentence)
        return Judged(Judgement.EXTENDS, f"{log.origin}: {log.size - size:,} new entries, {log.size:,} in all.")

    def _grow(self, leaves: Sequence[bytes]) -> Judged | None:
        """Add leaves, stopping wherever a root is to be compared."""
        at = 0
        while at < len(leaves):
            until = min(
                (stop for stop in (*self._stops, self._held.edge.size) if stop > self._edge.size),
                default=self._log.size,
            )
            some = leaves[at : at + until - self._edge.size]
            self._edge.append(some)
            if self._forked is not None:
                self._leaves.extend(some)
            at += len(some)
            head = self._stops.get(self._edge.size)
            if head is not None and head.root != self._edge.root():
                sentence = f"{self._log.origin}: the entries are not those the head at size {head.size} signs."
                return Judged(Judgement.UNFIT, sentence)
            self._compare()
        return None

    def _compare(self) -> None:
        """Where the tree that came is as large as the one held, the two are one, or the log is forked."""
        held = self._held.edge
        if self._edge.size == held.size and self._edge.root() != held.root():
            self._forked = Frontier.load(self._edge.dump())

    def _split_within(self, head: SignedHead, ours: bytes) -> Judged:
        assert self._held.head is not None
        size = self._held.edge.size
        steps = consistency_proof(self._held.node(), head.size, size)
        return self._split(misbehaviour_of(self._held.public_key, head, self._held.head, ours, steps))

    def _split_after(self, forked: Frontier) -> Judged:
        assert self._held.head is not None
        steps = consistency_proof(_beyond(forked, self._leaves), forked.size, self._log.size)
        newest = self._log.heads[-1]
        return self._split(misbehaviour_of(self._held.public_key, self._held.head, newest, forked.root(), steps))

    def _split(self, proof: Misbehaviour) -> Judged:
        if self._held.own:
            sentence = (
                f"{self._log.origin} is this mission's own log, and it has two histories: a copy of this file was "
                "written on, or its key is in other hands."
            )
        else:
            sentence = f"{self._log.origin} has signed two histories. The proof is kept; the first one held stays."
        return Judged(Judgement.SPLIT, sentence, proof)


def peaks(edge: Frontier) -> dict[tuple[int, int], bytes]:
    """The complete subtrees (height, index) that an edge keeps, with their roots."""
    form, found, at = edge.dump(), {}, SIZE_BYTES
    for height in range(edge.size.bit_length()):
        if edge.size >> height & 1:
            # The lower a subtree, the further right it stands: all above it are left of it.
            found[height, (edge.size >> height) - 1] = form[at : at + HASH_BYTES]
            at += HASH_BYTES
    return found


def edge_of(found: Mapping[tuple[int, int], bytes], size: int) -> Frontier:
    """The edge of a tree of a size from the roots of its complete subtrees."""
    kept = [found[height, (size >> height) - 1] for height in range(size.bit_length()) if size >> height & 1]
    return Frontier.load(size.to_bytes(SIZE_BYTES, "big") + b"".join(kept))


def _beyond(edge: Frontier, leaves: Sequence[bytes]) -> Node:
    """The nodes of a tree of which only the edge at a size is known, and all leaves after it."""
    kept, first = peaks(edge), edge.size

    def node(height: int, index: int) -> bytes:
        if (height, index) in kept:
            return kept[height, index]
        start = (index << height) - first
        assert start >= 0, "nothing left of the edge is asked for but its peaks"
        return nodes_of(leaves[start : start + (1 << height)])(height, 0)

    return node
