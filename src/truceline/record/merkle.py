"""The Merkle tree over the entries (RFC 6962, section 2.1), and whether a proof about it holds.

A leaf's hash is SHA-256(0x00 || entry), a node's SHA-256(0x01 || left || right). An inclusion
proof shows that an entry is in a tree; a consistency proof shows that a later tree only added to
an earlier one. The two checks answer True or False and are strict: they never accept a tree of
size 0, an empty hash, or a proof with anything left over (RFC 9162, 2.1.3.2 and 2.1.4.2).
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from truceline.record.frontier import Frontier, node_hash
from truceline.record.subtrees import is_subtree, subtree_holds


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry's bytes: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root of the tree over these leaf hashes, in order."""
    frontier = Frontier()
    frontier.append(leaf_hashes)
    return frontier.root()


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


def subtree_inclusion_holds(root: bytes, start: int, end: int, index: int, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the leaf hash stands at the index (of the whole log) in the subtree [start, end)."""
    return is_subtree(start, end) and inclusion_holds(root, end - start, index - start, leaf, proof)


def consistency_holds(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the tree of the second size and root begins with the tree of the first.

    Nothing is shown of a first tree without entries: every tree begins with it.
    """
    return first > 0 and subtree_holds(0, first, first_root, second, second_root, proof)
