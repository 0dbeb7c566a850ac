"""Making proofs about a tree of which only its nodes can be asked: a few dozen hashes of millions of entries.

`node(height, index)` gives the root of the complete subtree over the leaves [index << height, (index + 1) <<
height). A proof is a list of stretches whose roots are told; each is put together from complete subtrees.
Proofs are those of RFC 6962, 2.1.1 and 2.1.2, nearest the leaves first.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from truceline.record.frontier import node_hash
from truceline.record.subtrees import is_subtree, room

Node = Callable[[int, int], bytes]
Stretch = tuple[int, int]


def nodes_of(leaf_hashes: Sequence[bytes]) -> Node:
    """The nodes of the tree over these leaves, computed when they are asked for."""

    @cache
    def node(height: int, index: int) -> bytes:
        if height == 0:
            return leaf_hashes[index]
        return node_hash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1))

    return node


def stretch_root(node: Node, start: int, end: int) -> bytes:
    """The root of the subtree [start, end), which is not empty."""
    assert is_subtree(start, end) and start < end, (start, end)
    found: bytes | None = None
    for height, index in reversed(list(_complete(start, end))):
        part = node(height, index)
        found = part if found is None else node_hash(part, found)
    assert found is not None
    return found


def inclusion_proof(node: Node, size: int, index: int) -> list[bytes]:
    """The proof that the leaf at an index (from 0) is in the tree of a size. Raises `ValueError` outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    return [stretch_root(node, *stretch) for stretch in _beside(0, size, index, index + 1)]


def consistency_proof(node: Node, first: int, size: int) -> list[bytes]:
    """The proof that the tree of a size only added to the tree over its first leaves."""
    if not 0 < first <= size:
        raise ValueError(f"a tree of {first} is no beginning of a tree of {size}")
    return subtree_proof(node, 0, first, size)


def subtree_proof(node: Node, start: int, end: int, size: int) -> list[bytes]:
    """The proof that the subtree [start, end) lies in the tree of a size. Raises `ValueError` for what is none."""
    if not is_subtree(start, end) or start == end or end > size:
        raise ValueError(f"[{start}, {end}) is no subtree of a tree of {size}")
    return [stretch_root(node, *stretch) for stretch in _beside(0, size, start, end)]


def _beside(low: int, high: int, start: int, end: int) -> list[Stretch]:
    """The stretches beside the way down from [low, high) to [start, end), the lowest first.

    Where [start, end) reaches over a split it is itself in two parts: the way goes on to its right
    one, whose root then has to be told too.
    """
    told: list[Stretch] = []
    parted = False
    while (low, high) != (start, end):
        split = low + room(high - low) // 2
        if end <= split:
            told.append((split, high))
            high = split
            continue
        parted = parted or start < split
        start = max(start, split)
        told.append((low, split))
        low = split
    return [*([(low, high)] if parted else []), *reversed(told)]


def _complete(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees (height, index) that a subtree is made of, from left to right."""
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height
