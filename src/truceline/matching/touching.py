"""Groups kept right while reports come and go: only what hangs together with a change is put together again.

Two reports hang together if a chain of proposals, of judgements of *same* and of reports that repeat one another leads
from one to the other. Guards look at nothing else, so the groups of such a part are those it has among all reports.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared
from truceline.matching.groups import grouped
from truceline.matching.keyed import Key
from truceline.matching.model import Scored
from truceline.matching.window import Window
from truceline.vocabulary.columns import Ints

Neighbours = dict[int, int]
"""Position of another report to the weight of the pair."""


class Proposed:
    """Proposed pairs by report: those that were there first as columns, and the neighbours of what changed."""

    def __init__(self, found: Scored, count: int) -> None:
        ends = np.concatenate([found.pairs.one, found.pairs.other])
        order = np.argsort(ends, kind="stable")
        self._others = np.concatenate([found.pairs.other, found.pairs.one])[order]
        self._weight = np.concatenate([found.weight, found.weight])[order]
        self._begin = np.searchsorted(ends[order], np.arange(count + 1))
        self._changed: dict[int, Neighbours] = {}

    def of(self, at: int) -> Neighbours:
        """The neighbours of one report."""
        if at in self._changed:
            return self._changed[at]
        if at >= len(self._begin) - 1:
            return {}
        span = slice(int(self._begin[at]), int(self._begin[at + 1]))
        return dict(zip(self._others[span].tolist(), self._weight[span].tolist(), strict=True))

    def put(self, at: int, neighbours: Neighbours) -> None:
        """These are the report's neighbours from now on, and it is theirs."""
        for other in self.of(at):
            self._own(other).pop(at, None)
        self._changed[at] = dict(neighbours)
        for other, weight in neighbours.items():
            self._own(other)[at] = weight

    def _own(self, at: int) -> Neighbours:
        if at not in self._changed:
            self._changed[at] = self.of(at)
        return self._changed[at]


class Pairing:
    """Pairs that people judged, by report."""

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self.pairs = frozenset(pairs)
        self._of: dict[int, set[int]] = {}
        for one, other in self.pairs:
            self._of.setdefault(one, set()).add(other)
            self._of.setdefault(other, set()).add(one)

    def of(self, at: int) -> set[int]:
        """Those that are this one's."""
        return self._of.get(at, set())

    def otherwise(self, other: "Pairing") -> set[int]:
        """The reports of the pairs that only one of the two has."""
        return {at for pair in self.pairs ^ other.pairs for at in pair}

    def within(self, at: Sequence[int]) -> Pairs:
        """The pairs among these reports, as positions in `at`, which is rising."""
        number = {one: n for n, one in enumerate(at)}
        found = sorted((number[one], number[b]) for one in at for b in self.of(one) if b > one and b in number)
        return Pairs(*(np.array([pair[n] for pair in found], np.int64) for n in (0, 1)))


def hanging_together(seeds: Iterable[int], next_to: Callable[[int], Iterable[int]]) -> list[int]:
    """All that hang together with these, rising."""
    found = set(seeds)
    waiting = list(found)
    while waiting:
        for other in next_to(waiting.pop()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return sorted(found)


def regrouped(
    reports: Compared, at: Sequence[int], proposals: Proposed, judged: tuple[Pairing, Pairing], keys: Sequence[Key],
    window: Window,
) -> Ints:  # fmt: skip
    """Of each of these reports, which hang together with no other, the position of the first of its group.

    judged: same, and different. keys: by what the reports are ranked (`proposing.ranked`).
    """
    few = reports.take(np.array(at, np.int64))
    edges = sorted(_edges(at, proposals))
    one, other, weight = (np.array([edge[n] for edge in edges], np.int64) for n in range(3))
    ranks = np.empty(len(at), np.int64)
    ranks[sorted(range(len(at)), key=lambda n: keys[n])] = np.arange(len(at))
    same, different = (pairs.within(at) for pairs in judged)
    found = grouped(few, Scored(Pairs(one, other), weight), window, same=same, different=different, rank=ranks)
    groups: Ints = np.array(at, np.int64)[found.of]
    return groups


def _edges(at: Sequence[int], proposals: Proposed) -> Iterator[tuple[int, int, int]]:
    number = {one: n for n, one in enumerate(at)}
    for one in at:
        for other, weight in proposals.of(one).items():
            if other > one:
                yield number[one], number[other], weight
