"""A log as static files (c2sp.org/tlog-tiles): tiles of 256 hashes, and bundles of 256 entries.

The tile n of level l holds the roots of the complete subtrees of 256**l leaves from n * 256 on; the last
one of a level may be partial. A bundle holds the entries themselves, each after its length in two
bytes (big-endian). Files are named `tile/0/x001/234`, partial ones `tile/0/x001/234.p/5`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from truceline.record.frontier import HASH_BYTES, node_hash
from truceline.record.merkle import leaf_hash
from truceline.record.proofs import Node

HEAD = "checkpoint"
"""The name of the file of the signed head."""
WIDTH = 256
HEIGHT = 8
"""The height of the tree over one tile."""
MOST_LEVEL = 7
"""Levels above would need more than 2**56 entries."""
LENGTH_BYTES = 2
_NAME = re.compile(r"tile/(entries|[0-9])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


class Tile(NamedTuple):
    """One tile (level 0 to 7) or bundle of entries (level -1) by its place; `width` of 256, less where partial."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its name below the log's address."""
        digits = str(self.number)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join([*[f"x{group}" for group in groups[:-1]], groups[-1]])
        part = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{'entries' if self.level < 0 else self.level}/{number}{part}"

    def over(self) -> tuple[int, int]:
        """The entries [start, end) below it."""
        each = 1 << HEIGHT * max(self.level, 0)
        return self.number * WIDTH * each, (self.number * WIDTH + self.width) * each


def tile_named(path: str) -> Tile:
    """The tile or bundle of that name. Raises `ValueError` for any other name."""
    named = _NAME.fullmatch(path)
    level = -1 if named and named[1] == "entries" else int(named[1]) if named else 0
    tile = Tile(level, int(named[2].replace("x", "").replace("/", "")), int(named[3] or WIDTH)) if named else None
    if tile is None or tile.level > MOST_LEVEL or tile.width > WIDTH or tile.path != path:
        raise ValueError(f"{path[:80]!r} names no tile")
    return tile


def tiles_of(size: int, after: int = 0) -> Iterator[Tile]:
    """The tiles of a tree of a size, level by level: those that a tree of the size `after` did not have."""
    level = 0
    while size >> HEIGHT * level:
        width, before = size >> HEIGHT * level, after >> HEIGHT * level
        for index in range(before // WIDTH, -(-width // WIDTH)):
            tile = Tile(level, index, min(WIDTH, width - index * WIDTH))
            if index * WIDTH + tile.width > before:
                yield tile
        level += 1


def bundles_of(size: int, after: int = 0) -> Iterator[Tile]:
    """The bundles of entries of a log of a size: those that a log of the size `after` did not have."""
    return (Tile(-1, tile.number, tile.width) for tile in tiles_of(size, after) if tile.level == 0)


def hashes_of(content: bytes, tile: Tile) -> list[bytes]:
    """The hashes of a tile's file. Raises `ValueError` unless there are as many as it has to hold."""
    if len(content) != tile.width * HASH_BYTES:
        raise ValueError(f"{tile.path} has {len(content)} bytes, not {tile.width * HASH_BYTES}")
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """The file of a bundle. An entry of more than 65,535 bytes raises `OverflowError`."""
    return b"".join([len(entry).to_bytes(LENGTH_BYTES, "big") + entry for entry in entries])


def entries_of(content: bytes, tile: Tile) -> list[bytes]:
    """The entries of a bundle's file. Raises `ValueError` unless there are as many as it has to hold."""
    entries: list[bytes] = []
    at = 0
    while at < len(content) and len(entries) < tile.width:
        start = at + LENGTH_BYTES
        at = start + int.from_bytes(content[at:start], "big")
        entries.append(content[start:at])
    if at != len(content) or len(entries) != tile.width:
        raise ValueError(f"{tile.path} does not hold {tile.width} whole entries")
    return entries


def checked_entries(content: bytes, tile: Tile, hashes: Sequence[bytes]) -> list[bytes]:
    """The entries of a bundle, each of which has its hash in the tile of level 0. Raises `ValueError`."""
    entries = entries_of(content, tile)
    if [leaf_hash(entry) for entry in entries] != list(hashes):
        raise ValueError(f"{tile.path} holds other entries than the tree has")
    return entries


def nodes_from(tile: Callable[[Tile], Sequence[bytes]], size: int) -> Node:
    """The nodes of the tree of a size, from its tiles: a node lies in the tile of the level at or below its height."""
    within: dict[Tile, list[list[bytes]]] = {}

    def node(height: int, index: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        first = index << above
        named = Tile(level, first // WIDTH, min(WIDTH, (size >> HEIGHT * level) - first // WIDTH * WIDTH))
        if named not in within:
            within[named] = _levels(tile(named))
        return within[named][above][index - (named.number * WIDTH >> above)]

    return node


def _levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The nodes over the hashes of one tile, by their height above it; only those over full subtrees."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)])
    return levels
