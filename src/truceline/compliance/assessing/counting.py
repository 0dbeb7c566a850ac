"""Which matters count against whom, in which period and how: by obligation, in columns.

A matter counts as surely as the least of what its test asks, of when it was, of who did it, and of whether that party
was bound then. Of several tests the one that it meets most surely counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from truceline.compliance.assessing.clauses import PERMISSION, Bound, Clause
from truceline.compliance.assessing.conditions import Asked
from truceline.compliance.kinds.base import RowTest
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, Ints
from truceline.vocabulary.obligation import Unless

BREACHING, EXCUSED, OPEN, PERMITTED = range(4)
"""How a matter counts: as the fields of `kinds.base.Rows`."""
WAYS = 4
Edges = tuple[Ints, Ints]


class Counting(NamedTuple):
    """Matters that count: which, against which of those obliged, in which period, and how."""

    matter: Ints
    party: Ints
    period: Ints
    way: Ints

    def heard(self, by: Bools) -> "Counting":
        """Those of matters that a body hears of."""
        at = by[self.matter]
        return Counting(*(column[at] for column in self))

    def ids(self, id_of: Sequence[str]) -> Iterator[tuple[tuple[int, int], int, str]]:
        """((party, period), how telling, id) of each, the most telling (0) first and then by id."""
        order = {BREACHING: 0, PERMITTED: 1, EXCUSED: 2, OPEN: 3}
        rows = zip(*(column.tolist() for column in self), strict=True)
        yield from sorted(((party, period), order[way], id_of[matter]) for matter, party, period, way in rows)

    def counts(self, parties: int, periods: int) -> Ints:
        """How many count, [party, period, way]."""
        cells = (self.party * periods + self.period) * WAYS + self.way
        return np.bincount(cells, minlength=parties * periods * WAYS).reshape(parties, periods, WAYS)


@dataclass(frozen=True)
class Periods:
    """The periods asked about, [start, end) each. `apart`: in order, and none overlaps another."""

    start: Ints
    end: Ints

    @property
    def apart(self) -> bool:
        """They follow one another."""
        return bool((self.end[:-1] <= self.start[1:]).all() and (self.start < self.end).all())

    def touched(self, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """(which, period): every pair of a span and a period that touch; spans by their position."""
        if not self.apart:
            touch = (start[:, None] < self.end[None, :]) & (end[:, None] > self.start[None, :])
            which, period = np.nonzero(touch)
            return which, period
        first = np.searchsorted(self.end, start, side="right")
        number = np.maximum(np.searchsorted(self.start, end, side="left") - first, 0)
        which = np.repeat(np.arange(len(start)), number)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(number) - number, number)
        return which, np.repeat(first, number) + offset


def counting(asked: Asked, clause: Clause, periods: Periods, bound: Bound, permissions: Sequence[Clause]) -> Counting:
    """All that counts for one obligation. permissions: those of the agreement, asked where a matter surely counts."""
    matter, party, period, answer = _met(asked, clause, periods, bound)
    way = np.full(len(matter), OPEN, np.int64)
    sure = np.flatnonzero(answer == SURELY)
    if len(sure):
        way[sure] = _ways(asked, clause, matter[sure], party[sure], bound, permissions)
    return Counting(matter, party, period, way)


def _met(asked: Asked, clause: Clause, periods: Periods, bound: Bound) -> tuple[Ints, Ints, Ints, Bytes]:
    parts = [_meets(asked, clause, test, periods, bound) for test in clause.tests]
    if len(parts) == 1:
        return parts[0]
    matter, party, period, answer = (
        np.concatenate(column) if parts else np.zeros(0, np.int64) for column in zip(*parts, strict=True)
    ) if parts else (np.zeros(0, np.int64),) * 4  # fmt: skip
    order = np.lexsort((-answer.astype(np.int64), period, party, matter))
    ordered = np.stack([matter, party, period])[:, order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    first = order[new]
    return matter[first], party[first], period[first], answer[first].astype(np.int8)


def _meets(
    asked: Asked, clause: Clause, test: RowTest, periods: Periods, bound: Bound
) -> tuple[Ints, Ints, Ints, Bytes]:
    """The matters that meet a test SURELY or MAYBE, by party and period."""
    of, base = asked.matters, asked.meets(test)
    first, stop = _window(clause, test)
    rows = np.flatnonzero(base)
    rows = rows[(of.start[rows] < stop) & (of.end[rows] > first) & (of.end[rows] > of.start[rows])]
    if len(rows) == 0:
        return rows, rows, rows, np.zeros(0, np.int8)
    which, period = periods.touched(of.start[rows], of.end[rows])
    rows = rows[which]
    when = _within(of.start[rows], of.end[rows], np.maximum(periods.start, first)[period],
                   np.minimum(periods.end, stop)[period])  # fmt: skip
    obliged = clause.obligation.obliged
    told = np.array([test.parties is None or party in test.parties for party in obliged], np.int8) * SURELY
    who = np.minimum(asked.did.did(obliged), told)[asked.did.which[rows]]
    at, party = np.nonzero(who)
    rows, period, when, who = rows[at], period[at], when[at], who[at, party]
    answer = np.minimum.reduce([base[rows], when, who, of.by_held[rows], _binding(clause, bound, rows, party, asked)])
    kept = np.flatnonzero(answer != NO)
    return rows[kept], party[kept], period[kept], answer[kept]


def _window(clause: Clause, test: RowTest) -> tuple[int, int]:
    first, stop = clause.window
    return max(first, first if test.start is None else test.start), min(stop, stop if test.end is None else test.end)


def _within(start: Ints, end: Ints, first: Ints, stop: Ints) -> Bytes:
    """[start, end) in [first, stop)."""
    apart = (stop <= first) | (end <= first) | (stop <= start)
    whole = (first <= start) & (end <= stop)
    found: Bytes = np.where(apart, NO, np.where(whole, SURELY, MAYBE)).astype(np.int8)
    return found


def _binding(clause: Clause, bound: Bound, rows: Ints, party: Ints, asked: Asked) -> Bytes:
    answer = np.full(len(rows), SURELY, np.int8)
    if clause.obligation.binds == "accepted" or bound.lapses(clause.obligation):
        for n, name in enumerate(clause.obligation.obliged):
            at = np.flatnonzero(party == n)
            start, end = asked.matters.start[rows[at]], asked.matters.end[rows[at]]
            answer[at] = bound.over(clause.obligation, name, start, end)
    return answer


def _ways(asked: Asked, clause: Clause, matter: Ints, party: Ints, bound: Bound, permissions: Sequence[Clause]) -> Ints:
    """How matters count that surely do: an exemption shown, another clause that permits, or nothing that excuses."""
    shown = _shown(asked, clause, matter, party)
    allowed = _allowed(asked, clause, matter, party, bound, permissions)
    way = np.where(allowed != BREACHING, allowed, BREACHING)
    found: Ints = np.where(shown == SURELY, EXCUSED, np.where(shown == MAYBE, OPEN, way))
    return found


def _shown(asked: Asked, clause: Clause, matter: Ints, party: Ints) -> Bytes:
    """Whether an exemption that the party may invoke is shown: SURELY, MAYBE (begun and not refused), NO."""
    answer = np.zeros(len(matter), np.int8)
    for unless in clause.obligation.unless:
        may = np.array([not unless.by or one in unless.by for one in clause.obligation.obliged], np.int8) * SURELY
        each = asked.elements(lambda held, unless=unless: _shows(unless, held))  # type: ignore[misc]
        answer = np.maximum(answer, np.minimum(each[matter], may[party]))
    return answer


def _shows(unless: Unless, held: dict[str, str]) -> int:
    words = [held.get(f"{unless.id}.{one.id}", "") for one in unless.shown]
    if all(word == "yes" for word in words):
        return SURELY
    return MAYBE if any(words) and "no" not in words else NO


def _allowed(
    asked: Asked, clause: Clause, matter: Ints, party: Ints, bound: Bound, permissions: Sequence[Clause]
) -> Ints:
    """What other clauses make of them: PERMITTED (neither yields), EXCUSED (this one yields), OPEN, or BREACHING."""
    found = np.full(len(matter), BREACHING, np.int64)
    rank = {BREACHING: 0, OPEN: 1, EXCUSED: 2, PERMITTED: 3}
    ranks = np.zeros(len(matter), np.int64)
    for other in permissions:
        if other.obligation.id == clause.obligation.id or clause.obligation.id in other.obligation.yields_to:
            continue
        answer = _permits(asked, other, clause, matter, party, bound)
        sure = EXCUSED if other.obligation.id in clause.obligation.yields_to else PERMITTED
        made = np.where(answer == SURELY, rank[sure], np.where(answer == MAYBE, rank[OPEN], 0))
        ranks = np.maximum(ranks, made)
    for way, at in rank.items():
        found[ranks == at] = way
    return found


def _permits(asked: Asked, other: Clause, clause: Clause, matter: Ints, party: Ints, bound: Bound) -> Bytes:
    """Whether a permission surely holds for these matters of these parties, whenever it is in force."""
    answer = np.zeros(len(matter), np.int8)
    of, obliged = asked.matters, other.obligation.obliged
    there = np.array([obliged.index(one) if one in obliged else -1 for one in clause.obligation.obliged], np.int64)
    at = np.flatnonzero(there[party] >= 0)
    rows, which = matter[at], there[party[at]]
    who = asked.did.did(obliged)[asked.did.which[rows], which]
    binds = _binding(other, bound, rows, which, asked)
    for test in other.tests:
        first, stop = _window(other, test)
        when = _within(of.start[rows], of.end[rows], np.full(len(rows), first), np.full(len(rows), stop))
        met = np.minimum.reduce([asked.meets(test)[rows], when, who, of.by_held[rows], binds])
        answer[at] = np.maximum(answer[at], met)
    return answer


def permissions_in(clauses: Sequence[Clause]) -> list[Clause]:
    """The permissions among them."""
    return [one for one in clauses if one.kind.name == PERMISSION]
