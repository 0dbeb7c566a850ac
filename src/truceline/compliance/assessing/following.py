"""Outcomes that follow what changes: matters that come and go move only the counts of the cells they count in."""

from collections.abc import Sequence

import numpy as np

from truceline.compliance.assessing.assessed import (
    WHO_IS_WHO,
    Assessed,
    Frame,
    Ids,
    asked_by,
    assessed_in,
    conclude,
    counted,
    unattributed,
    without,
)
from truceline.compliance.assessing.clauses import Clause
from truceline.compliance.assessing.conditions import Asked
from truceline.compliance.parties_named import party_of
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation
from truceline.vocabulary.matters import MatterColumns


class Followed:
    """The outcomes of one question, right after every change. They are at every moment what `assess` gives anew."""

    def __init__(self, frame: Frame, matters: MatterColumns) -> None:
        self.assessed: Assessed = assessed_in(frame, matters)
        self._parts = [(asked_by(frame, matters), 1)]

    def change(self, gone: MatterColumns, come: MatterColumns) -> None:
        """Matters that are no longer, and others that now are. An incident that is found on goes and comes as found."""
        frame, touched = self.assessed.frame, set[str]()
        for matters, sign in ((gone, -1), (come, 1)):
            asked = asked_by(frame, matters)
            if len(asked[0].matters):
                self._parts.append((asked, sign))
                self.assessed.unattributed += sign * unattributed(asked[0], frame.agreement)
                touched |= self._count(asked, sign)
        for clause in frame.clauses:
            if clause.obligation.id in touched:
                conclude(self.assessed, clause)

    def say(self, acts: Sequence[ActHeld], new: ActHeld) -> None:
        """All acts in force, of which one is new: kinds that look at acts are judged again for whom it may concern.

        An acceptance or an attestation alters whom obligations bind that bind those who accepted, an exclusion who
        belongs to a party: what rests on it counts anew.
        """
        frame = self.assessed.frame = without(self.assessed.frame, acts)
        who = isinstance(new.act, WHO_IS_WHO)
        if who:
            self._parts = [(asked_by(frame, asked[0].matters), sign) for asked, sign in self._parts]
            self.assessed.unattributed = sum(sign * unattributed(one[0], frame.agreement) for one, sign in self._parts)
        binds = isinstance(new.act, Acceptance | Attestation)
        for clause in frame.clauses:
            if who or (binds and clause.obligation.binds == "accepted"):
                self._count_anew(clause)
                conclude(self.assessed, clause)
            elif not clause.by_rows:
                conclude(self.assessed, clause, self._concerned(clause, new))

    def _count(self, asked: list[Asked], sign: int) -> set[str]:
        """Add these matters to the counts, or take them off; the obligations whose counts that moved."""
        frame, touched = self.assessed.frame, set()
        for clause in frame.clauses:
            moved, ids = counted(frame, asked, clause)
            if moved.any():
                self.assessed.counts[clause.obligation.id] += sign * moved
                self._name(clause, ids, sign)
                touched.add(clause.obligation.id)
        return touched

    def _name(self, clause: Clause, ids: Ids, sign: int) -> None:
        """Put the matters that a kind looks at beside the others, or take them out."""
        held = self.assessed.ids.setdefault(clause.obligation.id, {})
        for cell, some in ids.items():
            known = held.get(cell, [])
            held[cell] = [*known, *some] if sign > 0 else [one for one in known if one not in some]

    def _count_anew(self, clause: Clause) -> None:
        name = clause.obligation.id
        self.assessed.counts[name] = np.zeros_like(self.assessed.counts[name])
        self.assessed.ids[name] = {}
        for asked, sign in self._parts:
            moved, ids = counted(self.assessed.frame, asked, clause)
            self.assessed.counts[name] += sign * moved
            self._name(clause, ids, sign)

    def _concerned(self, clause: Clause, new: ActHeld) -> list[int]:
        """The parties whom an act may concern: the one it names, or all where it names none that is obliged."""
        named = getattr(new.act, "party", None)
        if isinstance(named, str):
            party = party_of(self.assessed.frame.agreement, named, new.at)[0]
            if party in clause.obligation.obliged:
                return [clause.obligation.obliged.index(party)]
        return list(range(len(clause.obligation.obliged)))
