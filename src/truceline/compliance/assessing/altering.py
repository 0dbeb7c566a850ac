"""What one more act alters of the counts: which matters may count otherwise, and by how much.

Only these are counted twice, as they were held and as they now are; the difference is all that moves. An acceptance
concerns what one party did from then on, an exclusion what those so named did, or what was done to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.compliance.assessing.clauses import Bound, Clause, Stretches
from truceline.compliance.assessing.conditions import Asked, Ground
from truceline.compliance.assessing.membership import Membership
from truceline.compliance.kinds.base import RowTest
from truceline.compliance.standing import Span
from truceline.vocabulary.columns import MAYBE, NO, Bools, Bytes, Ints
from truceline.vocabulary.obligation import Obligation

MOST_PAIRS = 1 << 22
"""Pairs of an old and a new question that are looked up in a table; above that they are sorted."""


@dataclass(frozen=True)
class Rebound:
    """How two states of what binds whom differ: by party and by obligation, the time in which they do."""

    accepted: Mapping[str, Span]
    kept: Mapping[str, Span]

    @classmethod
    def between(cls, old: Bound, new: Bound) -> "Rebound":
        """The differences."""
        return cls(_differing(old.accepted, new.accepted), _differing(old.kept, new.kept))

    def of(self, one: Obligation) -> dict[str, Span]:
        """The parties that an obligation binds otherwise, and in which time."""
        if one.id in self.kept:
            return dict.fromkeys(one.obliged, _whole([self.kept[one.id], *self.accepted.values()]))
        if one.binds == "accepted":
            return {party: self.accepted[party] for party in one.obliged if party in self.accepted}
        return {}

    def counted(self, clause: Clause, permissions: Sequence[Clause]) -> dict[str, Span]:
        """The parties whose matters may count otherwise under an obligation: it or a permission binds otherwise."""
        found: dict[str, Span] = {}
        for one in (clause, *permissions):
            for party, span in self.of(one.obligation).items():
                if party in clause.obligation.obliged:
                    found[party] = _whole([span, found.get(party, span)])
        return found


def _differing(old: Stretches, new: Stretches) -> dict[str, Span]:
    """By name, from the first to the last instant at which the answers differ."""
    edges = np.union1d(old.edges, new.edges)
    ends = [-(1 << 62), *edges.tolist(), 1 << 62]
    found = {}
    for name in {*old.answers, *new.answers}:
        was, now = (_at(one, name, edges) for one in (old, new))
        differ = np.flatnonzero(was != now)
        if len(differ):
            found[name] = ends[differ[0]], ends[differ[-1] + 1]
        elif (name in old.answers) != (name in new.answers):
            found[name] = ends[0], ends[-1]
    return found


def _at(one: Stretches, name: str, edges: Ints) -> Bytes:
    """The answer before the first of these edges, and from each of them on."""
    each = one.answers.get(name, np.zeros(len(one.edges) + 1, np.int8))
    at = np.searchsorted(one.edges, edges, side="right")
    found: Bytes = each[np.concatenate([[0], at]).astype(np.int64)]
    return found


def _whole(spans: Sequence[Span]) -> Span:
    return min(start for start, _ in spans), max(end for _, end in spans)


def rows_of(asked: Asked, parties: Mapping[str, Span]) -> Ints:
    """The matters that one of these parties may have done in its time."""
    found: Bools = np.zeros(len(asked.matters), np.bool_)
    for party, (start, end) in parties.items():
        at = np.flatnonzero((asked.did.did((party,))[:, 0] != NO)[asked.did.which])
        found[at[(asked.matters.end[at] >= start) & (asked.matters.start[at] <= end)]] = True
    return np.flatnonzero(found)


def renamed(old: Asked, ground: Ground, parties: Sequence[str]) -> tuple[Asked, Ints]:
    """The same matters with others taken for who they are: and those of which some answer differs.

    parties: all that are asked for. What was answered and does not rest on names is kept, the rest mended where it
    differs.
    """
    made = Asked(old.matters, ground, old.held, _anew(old, ground, "by"), _anew(old, ground, "against"))
    differ = _unlike(old.did, made.did, parties, NO) | _unlike(old.hit, made.hit, parties, MAYBE)
    rows = np.flatnonzero(differ)
    made = replace(made, kept={key: answer for key, answer in old.kept.items() if not _of_names(key)}, areas=old.areas)
    few = made.take(rows)
    for key, answer in old.kept.items():
        if _of_names(key):
            mended = answer.copy()  # put there last: until then `few` has no answer to take, and works its own
            mended[rows] = few.meets(key) if isinstance(key, RowTest) else few.against(key[1])  # type: ignore[index]
            made.kept[key] = mended
    return made, rows


def _anew(old: Asked, ground: Ground, column: str) -> Membership:
    of = old.matters
    return Membership(ground.standing, ground.bodies, getattr(of, column), of.start, of.end)


def _of_names(key: object) -> bool:
    """An answer that rests on who was hit."""
    return key.against is not None if isinstance(key, RowTest) else isinstance(key, tuple) and key[0] == "against"


def _unlike(old: Membership, new: Membership, parties: Sequence[str], unknown: int) -> Bools:
    """The matters of which the two do not say the same of some party. unknown: the answer where nobody is named."""
    was, now = old.table(parties, unknown), new.table(parties, unknown)
    pair = old.which.astype(np.int64) * len(now) + new.which
    if len(was) * len(now) > MOST_PAIRS:
        pairs, at = np.unique(pair, return_inverse=True)
        return (was[pairs // len(now)] != now[pairs % len(now)]).any(axis=1)[at.ravel()]  # type: ignore[no-any-return]
    there = np.zeros(len(was) * len(now), np.bool_)
    there[pair] = True
    pairs = np.flatnonzero(there)
    there[pairs] = (was[pairs // len(now)] != now[pairs % len(now)]).any(axis=1)
    found: Bools = there[pair]
    return found
