"""Outcomes that follow what changes: matters that come and go move only the counts of the cells they count in."""

from collections.abc import Sequence
from functools import reduce

import numpy as np

from truceline.compliance.assessing.altering import Rebound, renamed, rows_of
from truceline.compliance.assessing.assessed import (
    WHO_IS_WHO,
    Assessed,
    Frame,
    Ids,
    asked_by,
    assessed_of,
    certain_of,
    conclude,
    counted,
    find_certain,
    unattributed,
    without,
)
from truceline.compliance.assessing.clauses import PERMISSION, Clause
from truceline.compliance.assessing.conditions import Asked
from truceline.compliance.parties_named import party_of
from truceline.compliance.standing import Span
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.matters import MatterColumns

FEW, MANY_PARTS = 4_096, 8
"""Parts of no more matters than this are put together once there are so many of them."""
Part = tuple[list[Asked], int]
"""Matters, as each body holds them, that count (1) or do so no longer (-1)."""
Moved = dict[str, set[int]]
"""By obligation, the parties of whom something moved."""


class Followed:
    """The outcomes of one question, right after every change. They are at every moment what `assess` gives anew."""

    def __init__(self, frame: Frame, matters: MatterColumns) -> None:
        asked = asked_by(frame, matters)
        self.assessed: Assessed = assessed_of(frame, asked)
        self._parts: list[Part] = [(asked, 1)]

    def change(self, gone: MatterColumns, come: MatterColumns) -> None:
        """Matters that are no longer, and others that now are. An incident that is found on goes and comes as found."""
        frame = self.assessed.frame
        moved: Moved = {}
        for matters, sign in ((gone, -1), (come, 1)):
            asked = asked_by(frame, matters) if len(matters) else []
            if asked and len(asked[0].matters):
                self._parts.append((asked, sign))
                self.assessed.unattributed += sign * unattributed(asked[0], frame.agreement)
                for clause in frame.clauses:
                    self._move(frame, asked, clause, sign, moved)
        self._conclude(moved)
        self._put_together()

    def say(self, acts: Sequence[ActHeld], *new: ActHeld) -> None:
        """All acts in force, of which these are new: kinds that look at acts are judged again for whom it may concern.

        An act that is no longer in force is given as one that is new: it alters what it altered.

        An acceptance or an attestation alters whom obligations bind that bind those who accepted, a declaration what a
        recommitment keeps in force, an exclusion who belongs to a party: the matters that may count otherwise then
        (`altering`) are counted as they did and as they do.
        """
        old, frame = self.assessed.frame, without(self.assessed.frame, acts)
        self.assessed.frame = frame
        rebound = Rebound.between(old.bound, frame.bound)
        moved: Moved = {}
        if any(isinstance(one.act, WHO_IS_WHO) for one in new):
            self._rename(old, moved)
        self._rebind(old, rebound, moved)
        for clause in frame.clauses:
            self._bind(old, clause, rebound, moved)
            concerned = {party for one in new for party in self._concerned(clause, one)}
            if concerned:
                moved.setdefault(clause.obligation.id, set()).update(concerned)
        self._conclude(moved)

    def _move(self, frame: Frame, asked: list[Asked], clause: Clause, sign: int, moved: Moved) -> None:
        """Add these matters to the counts of an obligation, or take them off; note the parties whose counts moved."""
        name = clause.obligation.id
        counts, ids = counted(frame, asked, clause)
        if counts.any():
            self.assessed.counts[name] += sign * counts
            self._name(clause, ids, sign)
            moved.setdefault(name, set()).update(np.flatnonzero(counts.any(axis=(1, 2, 3))).tolist())

    def _name(self, clause: Clause, ids: Ids, sign: int) -> None:
        """Put the matters that a kind looks at among the others, in their order, or take them out."""
        held = self.assessed.ids.setdefault(clause.obligation.id, {})
        for cell, some in ids.items():
            known, these = held.get(cell, []), set(some)
            held[cell] = sorted([*known, *some]) if sign > 0 else [one for one in known if one not in these]

    def _rename(self, old: Frame, moved: Moved) -> None:
        """Others are who is named: the matters of which that makes a difference leave as they were, and come back."""
        frame, parties = self.assessed.frame, _asked_for(self.assessed.frame)
        for n, (asked, sign) in enumerate(self._parts):
            now, was_few, now_few = _renamed(asked, frame, parties)
            self._parts[n] = now, sign
            few = unattributed(now_few[0], frame.agreement) - unattributed(was_few[0], frame.agreement)
            self.assessed.unattributed += sign * few
            for clause in frame.clauses if any(len(one.matters) for one in now_few) else ():
                self._move(old, was_few, clause, -sign, moved)
                self._move(old, now_few, clause, sign, moved)

    def _rebind(self, old: Frame, rebound: Rebound, moved: Moved) -> None:
        """Obligations bind otherwise: the matters of those whom they bind so leave as they were, and come back."""
        frame = self.assessed.frame
        taken: dict[tuple[tuple[str, Span], ...], list[Part]] = {}
        for clause in frame.clauses:
            parties = rebound.counted(clause, frame.permissions)
            key = tuple(parties.items())
            if key and key not in taken:
                taken[key] = [(_done_by(asked, parties), sign) for asked, sign in self._parts]
            for asked, sign in taken.get(key, ()):
                self._move(old, asked, clause, -sign, moved)
                self._move(frame, asked, clause, sign, moved)

    def _bind(self, old: Frame, clause: Clause, rebound: Rebound, moved: Moved) -> None:
        """How surely an obligation binds is as it was, but for those whom it binds otherwise."""
        one, frame = clause.obligation, self.assessed.frame
        frame.certain[one.id] = certain_of(old, clause)
        parties = rebound.of(one)
        if parties:
            frame.certain[one.id] = frame.certain[one.id].copy()
            find_certain(frame, clause, parties)
            moved.setdefault(one.id, set()).update(one.obliged.index(party) for party in parties)

    def _concerned(self, clause: Clause, new: ActHeld) -> Sequence[int]:
        """The parties whom an act may concern. Most kinds look at what others did too: a trigger, a first step."""
        if clause.by_rows or clause.kind.name == PERMISSION:
            return ()
        named = getattr(new.act, "party", None)
        if clause.kind.name == "acceptance" and isinstance(named, str):
            party = party_of(self.assessed.frame.agreement, named, new.at)[0]
            if party in clause.obligation.obliged:
                return (clause.obligation.obliged.index(party),)
        return range(len(clause.obligation.obliged))

    def _conclude(self, moved: Moved) -> None:
        for clause in self.assessed.frame.clauses:
            if clause.obligation.id in moved:
                conclude(self.assessed, clause, sorted(moved[clause.obligation.id]))

    def _put_together(self) -> None:
        """Many small parts become one of those that came and one of those that left."""
        few = [part for part in self._parts if len(part[0][0].matters) <= FEW]
        if len(few) < MANY_PARTS:
            return
        self._parts = [part for part in self._parts if len(part[0][0].matters) > FEW]
        for sign in (1, -1):
            some = [asked[0].matters for asked, of in few if of == sign]
            if some:
                self._parts.append((asked_by(self.assessed.frame, reduce(MatterColumns.join, some)), sign))


def _asked_for(frame: Frame) -> list[str]:
    """All parties, and bodies, that some condition asks for."""
    found = {party.id for party in frame.agreement.parties}
    for clause in (*frame.clauses, *frame.permissions):
        found.update(clause.obligation.obliged, *(test.against or () for test in clause.tests))
    return sorted(found)


def _renamed(asked: list[Asked], frame: Frame, parties: list[str]) -> tuple[list[Asked], list[Asked], list[Asked]]:
    """All as they now are, and those that differ as they were and as they now are, for each body."""
    made: dict[tuple[int, int], tuple[Asked, Asked, Asked]] = {}
    keys = [(id(one), id(ground)) for one, ground in zip(asked, frame.grounds, strict=True)]
    for key, one, ground in zip(keys, asked, frame.grounds, strict=True):
        if key not in made:
            now, rows = renamed(one, ground, parties)
            made[key] = now, one.take(rows), now.take(rows)
    each = [made[key] for key in keys]
    return [one[0] for one in each], [one[1] for one in each], [one[2] for one in each]


def _done_by(asked: list[Asked], parties: dict[str, Span]) -> list[Asked]:
    """The matters that one of these parties may have done in its time, as some body holds it."""
    apart = {id(one): one for one in asked}
    rows = reduce(np.union1d, [rows_of(one, parties) for one in apart.values()])
    few = {key: one.take(rows) for key, one in apart.items()}
    return [few[id(one)] for one in asked]
