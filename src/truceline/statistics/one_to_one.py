"""At most how many can be paired off one to one: a maximum matching in a graph of two sides.

Dinic's method (1970) on the network source -> left -> right -> sink; where every room is 1 it is that of
Hopcroft and Karp (1973, SIAM Journal on Computing 2:225-231). Rooms above 1 stand for like ones put together:
a left node of room 3 is three nodes with the same neighbours, and the answer is the same as for those.
"""

from collections.abc import Sequence

import numpy as np

from truceline.vocabulary.columns import Ints


def most_paired(left: Ints, right: Ints, left_room: Ints, right_room: Ints) -> int:
    """The size of a maximum one-to-one pairing. Edge i joins left[i] and right[i]; rooms are by node."""
    if not len(left):
        return 0
    alone = (np.bincount(left)[left] == 1) & (np.bincount(right)[right] == 1)
    easy = int(np.minimum(left_room[left[alone]], right_room[right[alone]]).sum())
    rest = ~alone
    if not rest.any():
        return easy
    lefts, at_left = np.unique(left[rest], return_inverse=True)
    rights, at_right = np.unique(right[rest], return_inverse=True)
    network = _Network(len(lefts) + len(rights) + 2)
    source, sink = len(lefts) + len(rights), len(lefts) + len(rights) + 1
    for n, room in enumerate(left_room[lefts].tolist()):
        network.join(source, n, room)
    for n, room in enumerate(right_room[rights].tolist()):
        network.join(len(lefts) + n, sink, room)
    ends = zip(at_left.tolist(), at_right.tolist(), left_room[left[rest]].tolist(), strict=True)
    for one, other, room in ends:
        network.join(one, len(lefts) + other, room)
    return easy + network.flow(source, sink)


class _Network:
    """Arcs in pairs: arc ^ 1 goes back. room[arc] is what may still go along it."""

    def __init__(self, nodes: int) -> None:
        self.arcs: list[list[int]] = [[] for _ in range(nodes)]
        self.to: list[int] = []
        self.room: list[int] = []

    def join(self, one: int, other: int, room: int) -> None:
        """An arc with this much room, and its way back with none."""
        self.arcs[one].append(len(self.to))
        self.arcs[other].append(len(self.to) + 1)
        self.to += [other, one]
        self.room += [room, 0]

    def flow(self, source: int, sink: int) -> int:
        """The largest flow."""
        total = 0
        while (level := self._levels(source, sink))[sink] >= 0:
            total += self._push(source, sink, level)
        return total

    def _levels(self, source: int, sink: int) -> list[int]:
        level = [-1] * len(self.arcs)
        level[source] = 0
        front = [source]
        while front and level[sink] < 0:
            reached = []
            for node in front:
                for arc in self.arcs[node]:
                    if self.room[arc] and level[self.to[arc]] < 0:
                        level[self.to[arc]] = level[node] + 1
                        reached.append(self.to[arc])
            front = reached
        return level

    def _push(self, source: int, sink: int, level: list[int]) -> int:
        """A blocking flow along rising levels."""
        at, way, node, total = [0] * len(self.arcs), list[int](), source, 0
        while True:
            if node == sink:
                total += self._along(way)
                way, node = [], source
            arc = self._next(node, at, level)
            if arc is not None:
                way.append(arc)
                node = self.to[arc]
            elif way:
                level[node] = -1
                node = self.to[way.pop() ^ 1]
            else:
                return total

    def _next(self, node: int, at: list[int], level: Sequence[int]) -> int | None:
        arcs = self.arcs[node]
        while at[node] < len(arcs):
            arc = arcs[at[node]]
            if self.room[arc] and level[self.to[arc]] == level[node] + 1:
                return arc
            at[node] += 1
        return None

    def _along(self, way: Sequence[int]) -> int:
        least = min(self.room[arc] for arc in way)
        for arc in way:
            self.room[arc] -= least
            self.room[arc ^ 1] += least
        return least
