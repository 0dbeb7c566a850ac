"""Subtrees: any stretch [start, end) of entries that is a tree of its own within a larger one, and proofs about it.

A subtree starts at a multiple of the smallest power of two that holds it, so that its nodes are nodes of
every larger tree (draft-ietf-plants-merkle-tree-certs, 4; C2SP merkle-tree). With start 0 it is an
earlier tree of the same log, and the proof is the consistency proof of RFC 6962, 2.1.2. The checks are strict:
a proof with anything left over or missing is refused. The subtree without entries lies in every tree.
"""

import hmac
from collections.abc import Iterator, Sequence
from hashlib import sha256

from truceline.record.frontier import node_hash

HASH_BYTES = sha256().digest_size
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without entries."""


def is_subtree(start: int, end: int) -> bool:
    """The entries [start, end) are a tree of their own in every tree that holds them."""
    return 0 <= start <= end and (start == end or start % room(end - start) == 0)


def subtree_holds(start: int, end: int, subroot: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the tree of that size and root holds, at [start, end), the subtree of that root."""
    if not is_subtree(start, end) or end > size:
        return False
    if start == end:
        return not proof and hmac.compare_digest(subroot, EMPTY_ROOT)
    if start == 0 and end == size:
        return not proof and bool(root) and hmac.compare_digest(subroot, root)
    if any(len(step) != HASH_BYTES for step in (subroot, root, *proof)):
        return False
    steps = iter(proof)
    try:
        within, whole = _climb(start, end, size, subroot, steps, given=True)
    except StopIteration:
        return False
    left_over = next(steps, None) is not None
    return not left_over and hmac.compare_digest(within, subroot) and hmac.compare_digest(whole, root)


def _climb(
    start: int, end: int, size: int, subroot: bytes, steps: Iterator[bytes], *, given: bool
) -> tuple[bytes, bytes]:
    """The roots of the subtree and of the tree as the steps build them; a `given` subroot is not among the steps."""
    if (start, end) == (0, size):
        first = subroot if given else next(steps)
        return first, first
    split = room(size) // 2
    if end <= split:
        within, whole = _climb(start, end, split, subroot, steps, given=given)
        return within, node_hash(whole, next(steps))
    if start >= split:
        within, whole = _climb(start - split, end - split, size - split, subroot, steps, given=given)
        return within, node_hash(next(steps), whole)
    within, whole = _climb(0, end - split, size - split, subroot, steps, given=False)
    left = next(steps)
    return node_hash(left, within), node_hash(left, whole)


def room(size: int) -> int:
    """The smallest power of two that is not below the size."""
    return 1 << (size - 1).bit_length()
