"""Proposals joined into groups, the heaviest first, and guarded: what is alike in pairs does not chain into one.

Before two groups are joined they are tested again, as wholes: no two of their reports are judged *different* or come
of one source, some time lies within the window of all of them, and the sharpest points of both lie within it. What
people judged the *same* is joined first and whatever the guards say; where that joins two judged *different* the
contradiction is kept and said. The answer hangs on the proposals and judgements alone, not on their order.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import HALF_ROUND_M, Compared
from truceline.matching.model import Scored
from truceline.matching.window import Window
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

JUDGED_SAME, SAYS_IT_REPEATS, ALIKE = "judged the same", "one says that it repeats the other", "alike"
REFUSALS = (
    "judged different",
    "one source tells of both, and its rows are presumed to tell of different incidents",
    "no time lies within the window of all reports of both",
    "the sharpest points of both lie too far apart",
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
    """of[i]: the first report of report i's group, by rank. joined and refused: step by step. contradictions: pairs
    judged different that judgements of *same* join nevertheless."""

    of: Ints
    joined: list[Step]
    refused: list[Step]
    contradictions: list[tuple[int, int]]


def grouped(
    reports: Compared,
    proposals: Scored,
    window: Window,
    *,
    same: Pairs = NONE,
    different: Pairs = NONE,
    rank: Ints | None = None,
) -> Grouped:
    """The groups. rank: an order of the reports that does not hang on how they came (of their ids): it settles ties."""
    ranks = np.arange(len(reports)) if rank is None else rank
    made = _Joining(reports, window, ranks)
    for one, other in _ranked(different, ranks):
        made.keep_apart(one, other)
    made.join(JUDGED_SAME, [(one, other, 0) for one, other in _ranked(same, ranks)])
    telling = np.flatnonzero(reports.repeats >= 0)
    repeating = _ranked(Pairs(telling, reports.repeats[telling]), ranks)
    made.join(SAYS_IT_REPEATS, [(one, other, 0) for one, other in repeating])
    apart = zip(different.one.tolist(), different.other.tolist(), strict=True)
    contradictions = sorted(pair for pair in apart if made.at[pair[0]] == made.at[pair[1]])
    made.join(ALIKE, _alike(proposals, ranks))
    return Grouped(made.first_of_each(), made.joined, made.refused, contradictions)


def _ranked(pairs: Pairs, rank: Ints) -> Iterator[tuple[int, int]]:
    low, high = (pick(rank[pairs.one], rank[pairs.other]) for pick in (np.minimum, np.maximum))
    order = np.lexsort((high, low))
    yield from zip(pairs.one[order].tolist(), pairs.other[order].tolist(), strict=True)


def _alike(proposals: Scored, rank: Ints) -> Iterator[tuple[int, int, int]]:
    pairs, weight = proposals
    low, high = (pick(rank[pairs.one], rank[pairs.other]) for pick in (np.minimum, np.maximum))
    order = np.lexsort((high, low, -weight))
    columns = [column[order].tolist() for column in (pairs.one, pairs.other, weight)]
    yield from zip(*columns, strict=True)


class _Joining:
    """Groups as they grow, each by the number of one of its reports; the one with more reports takes the other in.

    start, last: the time that all its reports share, the window aside. sharpest: its report with the smallest radius,
    by rank; one without a point where none has one. members, sources: None while it has one report. apart: by report,
    those judged different from it.
    """

    def __init__(self, reports: Compared, window: Window, rank: Ints) -> None:
        self.window, self.rank = window, rank
        count = len(reports)
        self.at, self.sharpest = list(range(count)), list(range(count))
        self.start, self.last, self.source = reports.start.tolist(), reports.last.tolist(), reports.source.tolist()
        # Sharpest first, those without a point last.
        self.order = np.lexsort((rank, reports.radius, reports.radius < 0)).argsort().tolist()
        self.radius, self.permille = reports.radius.tolist(), reports.permille.tolist()
        self.lat, self.lon = reports.lat.tolist(), reports.lon.tolist()
        self.members: list[list[int] | None] = [None] * count
        self.sources: list[set[int] | None] = [None] * count
        self.apart: dict[int, set[int]] = {}
        self.joined: list[Step] = []
        self.refused: list[Step] = []

    def keep_apart(self, one: int, other: int) -> None:
        self.apart.setdefault(one, set()).add(other)
        self.apart.setdefault(other, set()).add(one)

    def join(self, because: str, steps: Iterable[tuple[int, int, int]]) -> None:
        """Join the groups of each two, or keep the step with the reason why not."""
        at = self.at
        for one, other, weight in steps:
            here, there = at[one], at[other]
            if here == there:
                continue
            if why := self._refusal(here, there, because):
                self.refused.append(Step(one, other, weight, why))
                continue
            self._take_in(here, there)
            self.joined.append(Step(one, other, weight, because))

    def _refusal(self, a: int, b: int, because: str) -> str:
        if because == JUDGED_SAME:
            return ""
        if self.apart and self._judged_different(a, b):
            return REFUSALS[0]
        if because == SAYS_IT_REPEATS:
            return ""
        if not self.window.within_one_source and self._one_source(a, b):
            return REFUSALS[1]
        if max(self.start[a], self.start[b]) - min(self.last[a], self.last[b]) > self.window.time_us:
            return REFUSALS[2]
        return "" if self._close(self.sharpest[a], self.sharpest[b]) else REFUSALS[3]

    def _judged_different(self, a: int, b: int) -> bool:
        others = set(self.members[b] or (b,))
        return any(not others.isdisjoint(self.apart.get(one, ())) for one in self.members[a] or (a,))

    def _one_source(self, a: int, b: int) -> bool:
        one, other = self.sources[a], self.sources[b]
        if one is None:
            return self.source[a] == self.source[b] if other is None else self.source[a] in other
        return self.source[b] in one if other is None else not one.isdisjoint(other)

    def _close(self, a: int, b: int) -> bool:
        """As `window.near` of two points; what has no point is near whatever it says the name of."""
        if self.radius[a] < 0 or self.radius[b] < 0:
            return True
        reach = (min(self.radius[a] + self.radius[b], HALF_ROUND_M) + self.window.distance_m) * 100
        north = abs(self.lat[a] - self.lat[b]) * MIN_CM_PER_DEGREE // E7
        permille = min(self.permille[a], self.permille[b])
        east = abs(self.lon[a] - self.lon[b]) * permille // 1000 * MIN_CM_PER_DEGREE // E7
        return bool(north * north + east * east <= reach * reach)

    def _take_in(self, here: int, there: int) -> None:
        members, others = self.members[here] or [here], self.members[there] or [there]
        if len(members) < len(others):
            here, there, members, others = there, here, others, members
        members += others
        self.members[here], self.members[there] = members, None
        held = self.sources[here] or {self.source[here]}
        held |= self.sources[there] or {self.source[there]}
        self.sources[here], self.sources[there] = held, None
        self.start[here] = max(self.start[here], self.start[there])
        self.last[here] = min(self.last[here], self.last[there])
        if self.order[self.sharpest[there]] < self.order[self.sharpest[here]]:
            self.sharpest[here] = self.sharpest[there]
        for member in others:
            self.at[member] = here

    def first_of_each(self) -> Ints:
        """By rank, the first report of each report's group."""
        of = np.array(self.at, np.int64)
        first = np.full(len(of), np.iinfo(np.int64).max)
        np.minimum.at(first, of, self.rank)
        back = np.empty(len(of), np.int64)
        back[self.rank] = np.arange(len(of))
        groups: Ints = back[first[of]]
        return groups
