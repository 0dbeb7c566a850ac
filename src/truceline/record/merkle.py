"""The Merkle tree over the entries (RFC 6962, section 2.1), and proofs about it.

A leaf's hash is SHA-256(0x00 || entry), a node's SHA-256(0x01 || left || right). An inclusion
proof shows that an entry is in a tree; a consistency proof shows that a later tree only added to
an earlier one. The two checks answer True or False and are strict: they never accept a tree of
size 0, an empty hash, or a proof with anything left over (RFC 9162, 2.1.3.2 and 2.1.4.2).
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from truceline.record.frontier import Frontier, node_hash

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without entries."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry's bytes: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root of the tree over these leaf hashes, in order."""
    frontier = Frontier()
    frontier.append(leaf_hashes)
    return frontier.root()


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of the leaf at an index (from 0), nearest first. Raises `ValueError` outside the tree."""
    if not 0 <= index < len(leaf_hashes):
        raise ValueError(f"there is no leaf {index} in a tree of {len(leaf_hashes)}")
    if len(leaf_hashes) == 1:
        return []
    split = _split(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if index < split:
        return [*inclusion_proof(left, index), root_of(right)]
    return [*inclusion_proof(right, index - split), root_of(left)]


def consistency_proof(leaf_hashes: Sequence[bytes], first: int) -> list[bytes]:
    """The proof that the tree over all these leaves only added to the tree over the first ones."""
    if not 0 < first <= len(leaf_hashes):
        raise ValueError(f"a tree of {first} is no beginning of a tree of {len(leaf_hashes)}")
    return _consistency(leaf_hashes, first, whole=True)


def inclusion_holds(root: bytes, size: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the leaf hash stands at the index (from 0) of the tree of that size and root."""
    if not 0 <= index < size or len(leaf) != sha256().digest_size:
        return False
    node, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0 or len(step) != len(leaf):
            return False
        if node & 1 or node == last:
            found = node_hash(step, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, step)
        node, last = node >> 1, last >> 1
    return last == 0 and hmac.compare_digest(found, root)


def consistency_holds(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the tree of the second size and root begins with the tree of the first."""
    if not 0 < first <= second or not first_root or not second_root:
        return False
    if first == second:
        return not proof and hmac.compare_digest(first_root, second_root)
    # A first tree that is complete is itself the first node of the path (RFC 9162, 2.1.4.2, step 2).
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if len(path) == len(proof) == 0 or any(len(step) != sha256().digest_size for step in path):
        return False
    return _climb(first, first_root, second, second_root, path)


def _climb(first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    was = now = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            was, now = node_hash(step, was), node_hash(step, now)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            now = node_hash(now, step)
        node, last = node >> 1, last >> 1
    return last == 0 and hmac.compare_digest(was, first_root) and hmac.compare_digest(now, second_root)


def _consistency(leaf_hashes: Sequence[bytes], first: int, whole: bool) -> list[bytes]:
    if first == len(leaf_hashes):
        return [] if whole else [root_of(leaf_hashes)]
    split = _split(len(leaf_hashes))
    left, right = leaf_hashes[:split], leaf_hashes[split:]
    if first <= split:
        return [*_consistency(left, first, whole), root_of(right)]
    return [*_consistency(right, first - split, whole=False), root_of(left)]


def _split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1
