"""The right edge of a Merkle tree: all that is needed to append to it and to know its root.

A tree of n leaves is a row of complete subtrees, one for each bit set in n. The frontier keeps
their roots (a *compact range*), so appending reads nothing back.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
SIZE_BYTES = 8
KEPT_EVERY = 8
"""Of the inner nodes, those at every eighth height are worth keeping: proofs need few others (C2SP tlog-tiles)."""


class Nodes(NamedTuple):
    """Roots of complete subtrees that an append completed, all of one height, from number `first` of it on."""

    height: int
    first: int
    hashes: list[bytes]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962, section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the complete subtrees of a growing tree, by height (0 is a single leaf)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes | None] = []

    def append(self, leaf_hashes: Iterable[bytes]) -> list[Nodes]:
        """Add leaves at the right end, in order; the new nodes that are worth keeping.

        Works level by level: one hash for each new inner node.
        """
        level, before, height = list(leaf_hashes), self.size, 0
        self.size += len(level)
        worth: list[Nodes] = []
        while level:
            if height == len(self._peaks):
                self._peaks.append(None)
            waiting = self._peaks[height]
            if waiting is not None:
                level.insert(0, waiting)
            self._peaks[height] = level.pop() if len(level) % 2 else None
            level = [
                sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=True)
            ]
            height += 1
            if level and height % KEPT_EVERY == 0:
                worth.append(Nodes(height, before >> height, list(level)))
        return worth

    def root(self) -> bytes:
        """The root of the tree so far; SHA-256 of nothing when it is empty."""
        found: bytes | None = None
        for peak in self._peaks:
            if peak is not None:
                found = peak if found is None else node_hash(peak, found)
        return sha256(b"").digest() if found is None else found

    def dump(self) -> bytes:
        """The frontier as bytes: the size (8 bytes, big-endian), then the subtree roots, lowest first."""
        return self.size.to_bytes(SIZE_BYTES, "big") + b"".join(peak for peak in self._peaks if peak is not None)

    @classmethod
    def load(cls, form: bytes) -> "Frontier":
        """The frontier a `dump` wrote. Raises `ValueError` if the bytes do not fit the size they name."""
        size = int.from_bytes(form[:SIZE_BYTES], "big")
        if len(form) != SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise ValueError(f"{len(form)} bytes are not the frontier of a tree of {size}")
        frontier, start = cls(), SIZE_BYTES
        frontier.size = size
        for height in range(size.bit_length()):
            present = size >> height & 1
            frontier._peaks.append(form[start : start + HASH_BYTES] if present else None)
            start += HASH_BYTES * present
        return frontier
