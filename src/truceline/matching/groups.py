"""Proposals joined into groups, the heaviest first, and guarded: what is alike in pairs does not chain into one.

Before two groups are joined they are tested again, as wholes: no two of their reports are judged *different* or come
of one source, some time lies within the window of all of them, the sharpest points of both lie within it, and the
weights of all pairs across do not speak against it on the whole (a pair that is not proposed counts `UNPROPOSED`). What
people judged the *same* is joined first and whatever the guards say; where that joins two judged *different* the
contradiction is kept and said. The answer hangs on the proposals and judgements alone, not on their order.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared
from truceline.matching.joining import FREE, NO_KEYS, Asked, Edges, Joining, Tested, pair_key
from truceline.matching.model import Scored
from truceline.matching.window import Window
from truceline.vocabulary.columns import Bools, Ints

JUDGED_SAME, SAYS_IT_REPEATS, ALIKE = "judged the same", "one says that it repeats the other", "alike"
REFUSALS = (
    "judged different",
    "one source tells of both, and its rows are presumed to tell of different incidents",
    "no time lies within the window of all reports of both",
    "the sharpest points of both lie too far apart",
    "pair by pair, the reports of both say on the whole that they are of two incidents",
)
"""Why two groups were not joined, in the order in which it is asked."""
NONE = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))


class Step(NamedTuple):
    """Two reports whose groups were joined, or were not: the pair, its weight, and why."""

    one: int
    other: int
    weight: int
    why: str


@dataclass(frozen=True)
class Grouped:
    """of[i]: the first report of report i's group, by rank. contradictions: pairs judged different that judgements of
    *same* join nevertheless. steps: what was tested, by why it was asked."""

    of: Ints
    contradictions: list[tuple[int, int]]
    steps: tuple[tuple[str, Tested], ...]

    @cached_property
    def joined(self) -> list[Step]:
        """The joins, step by step."""
        return [step for why, tested in self.steps for step in _steps(tested, tested.said == FREE, (why,))]

    @cached_property
    def refused(self) -> list[Step]:
        """The joins that were refused, step by step."""
        return [step for _, tested in self.steps for step in _steps(tested, tested.said != FREE, REFUSALS)]


def grouped(
    reports: Compared,
    proposals: Scored,
    window: Window,
    *,
    same: Pairs = NONE,
    different: Pairs = NONE,
    rank: Ints | None = None,
    as_wholes: bool = True,
) -> Grouped:
    """The groups. rank: an order of the reports that does not hang on how they came (of their ids): it settles ties.
    as_wholes: also weigh all pairs across two groups before they are joined."""
    ranks = np.arange(len(reports)) if rank is None else rank
    made = Joining(reports, window, ranks)
    apart = np.unique(pair_key(*different, len(reports)))
    judged = made.join(_ranked(same, ranks), Asked(NO_KEYS, guarded=False))
    telling = np.flatnonzero(reports.repeats >= 0)
    repeating = _ranked(Pairs(telling, reports.repeats[telling]), ranks)
    contradictions = _held(made, different)
    repeats = made.join(repeating, Asked(apart, guarded=False))
    asked = Asked(apart, *_by_key(proposals, reports)) if as_wholes else Asked(apart)
    alike = made.join(_ranked(proposals.pairs, ranks, proposals.weight), asked)
    steps = ((JUDGED_SAME, judged), (SAYS_IT_REPEATS, repeats), (ALIKE, alike))
    return Grouped(_first_of_each(made.of, ranks), contradictions, steps)


def _ranked(pairs: Pairs, rank: Ints, weight: Ints | None = None) -> Edges:
    """The heaviest pair first, then the one with the lower ranks."""
    weights = np.zeros(len(pairs.one), np.int64) if weight is None else weight
    low, high = (pick(rank[pairs.one], rank[pairs.other]) for pick in (np.minimum, np.maximum))
    return Edges(pairs.one, pairs.other, weights).only(np.lexsort((high, low, -weights)))


def _by_key(proposals: Scored, reports: Compared) -> tuple[Ints, Ints]:
    key = pair_key(*proposals.pairs, len(reports))
    order = np.argsort(key, kind="stable")
    return key[order], proposals.weight[order]


def _held(made: Joining, different: Pairs) -> list[tuple[int, int]]:
    inside = different.only(made.of[different.one] == made.of[different.other])
    return sorted(zip(inside.one.tolist(), inside.other.tolist(), strict=True))


def _steps(tested: Tested, of: Bools, words: tuple[str, ...]) -> list[Step]:
    edges, said = tested.edges.only(of), tested.said[of]
    columns = zip(edges.one.tolist(), edges.other.tolist(), edges.weight.tolist(), said.tolist(), strict=True)
    return [Step(one, other, weight, words[why]) for one, other, weight, why in columns]


def _first_of_each(of: Ints, rank: Ints) -> Ints:
    """By rank, the first report of each report's group."""
    first = np.full(len(of), np.iinfo(np.int64).max)
    np.minimum.at(first, of, rank)
    back = np.empty(len(of), np.int64)
    back[rank] = np.arange(len(of))
    groups: Ints = back[first[of]]
    return groups
