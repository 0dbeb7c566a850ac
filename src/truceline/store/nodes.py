"""The roots of full subtrees at every eighth height, kept as entries come in: proofs read these and a few leaves.

Of the tree over ten million entries that is one node for 256 of them, and a proof reads at most a tile (256 hashes)
at each eighth height beside the way to its leaf. Computed from the entries; the audit holds them against these.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import partial

from truceline.errors import RecordBroken
from truceline.record.audit import Fault
from truceline.record.frontier import SIZE_BYTES, Frontier, Nodes
from truceline.record.proofs import Node
from truceline.record.tiles import HEIGHT, WIDTH, Tile, nodes_from
from truceline.store import bulk

_LEAVES = "SELECT leaf FROM entry WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq"
_NODES = "SELECT hash FROM node WHERE log = ? AND height = ? AND number >= ? AND number < ? ORDER BY number"
_AT_ONCE = 10_240


def keep(connection: sqlite3.Connection, log: int, made: Iterable[Nodes]) -> None:
    """Keep the nodes that an append to the tree of a log made."""
    for nodes in made:
        numbers = range(nodes.first, nodes.first + len(nodes.hashes))
        into = f"({log:d}, {nodes.height:d}, ?, ?)"
        bulk.insert_columns(connection, "INSERT INTO node", into, (numbers, nodes.hashes))


def fill(connection: sqlite3.Connection, log: int) -> Frontier:
    """Keep the nodes of all entries of a log, of which none are kept yet; the edge of their tree."""
    frontier = Frontier()
    leaves = connection.execute("SELECT leaf FROM entry WHERE log = ? ORDER BY seq", (log,))
    while some := leaves.fetchmany(_AT_ONCE):
        keep(connection, log, frontier.append(leaf for (leaf,) in some))
    return frontier


def tile(connection: sqlite3.Connection, log: int, asked: Tile) -> list[bytes]:
    """The hashes of a tile of a log. Raises `RecordBroken` where any is missing."""
    first = asked.number * WIDTH
    if asked.level == 0:
        rows = connection.execute(_LEAVES, (log, first, first + asked.width))
    else:
        rows = connection.execute(_NODES, (log, HEIGHT * asked.level, first, first + asked.width))
    hashes = [one for (one,) in rows]
    if len(hashes) != asked.width:
        sentence = f"Of the hashes of {asked.path} {asked.width - len(hashes)} are missing."
        raise RecordBroken(sentence, "Audit the mission; it names what was changed.")
    return hashes


def node(connection: sqlite3.Connection, log: int, size: int) -> Node:
    """The nodes of the tree of a log when it had that size, each tile read once. Asking raises `RecordBroken`."""
    return nodes_from(partial(tile, connection, log), size)


def edge_at(connection: sqlite3.Connection, log: int, size: int) -> Frontier:
    """The right edge of the tree of a log when it had that size. Raises `RecordBroken` beyond what is held."""
    asked = node(connection, log, size)
    peaks = [asked(height, (size >> height) - 1) for height in range(size.bit_length()) if size >> height & 1]
    return Frontier.load(size.to_bytes(SIZE_BYTES, "big") + b"".join(peaks))


class Compared:
    """The nodes a log's entries make, gathered as they are recomputed, against those that are kept of it."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], bytes] = {}

    def gather(self, made: Iterable[Nodes]) -> None:
        """The nodes that one more append made."""
        for nodes in made:
            self._made.update(((nodes.height, nodes.first + at), one) for at, one in enumerate(nodes.hashes))

    def faults(self, connection: sqlite3.Connection, log: int) -> Iterator[Fault]:
        """Each node that is missing, too many, or another one."""
        question = "SELECT height, number, hash FROM node WHERE log = ?"
        kept = {(height, number): one for height, number, one in connection.execute(question, (log,))}
        for height, number in sorted(kept.keys() | self._made.keys()):
            made = self._made.get((height, number))
            if made is None:
                yield Fault(None, "node", f"A node of height {height}, number {number}, is kept; no entries make it.")
            elif kept.get((height, number)) != made:
                over = f"entries {number << height} to {(number + 1 << height) - 1}"
                yield Fault(None, "node", f"The node kept over {over} is not the one these entries make.")
