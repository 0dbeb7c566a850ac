"""Obligations made ready: their rules read, their tests, when they are in force, and whom they bind since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec
import numpy as np

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import ClauseKind, RowTest
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.compliance.kinds.recommitment import RECOMMITMENT, Recommitment, clock_of
from truceline.compliance.recommitted import term_of
from truceline.compliance.registers import OPEN, registers_at
from truceline.compliance.standing import Span, span_of
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bytes, Ints
from truceline.vocabulary.obligation import Obligation

PERMISSION = "permission"
_ACCEPTED = ("accepted_in_every_register", "accepted_and_attested")


@dataclass(frozen=True)
class Clause:
    """One obligation: window is when it is in force, cut at the as-of instant."""

    obligation: Obligation
    kind: ClauseKind
    rule: Any
    tests: tuple[RowTest, ...]
    window: Span

    @property
    def by_rows(self) -> bool:
        """The outcome follows from the counts alone."""
        return self.kind.judge is judge_by_rows


@dataclass(frozen=True)
class Stretches:
    """An answer for each of several names, stretch by stretch.

    edges: the instants at which one changes. answers: by name, one for each stretch between them; NO for another name.
    """

    edges: Ints
    answers: Mapping[str, Bytes] = field(default_factory=dict)

    def over(self, name: str, start: Ints, end: Ints) -> Bytes:
        """For each [start, end): what it is all the time, else MAYBE."""
        each = self._of(name)
        first = np.searchsorted(self.edges, start, side="right")
        last = np.maximum(np.searchsorted(self.edges, end, side="left"), first)
        length = last - first + 1
        answer = np.full(len(start), MAYBE, np.int8)
        for one in (NO, SURELY):
            before = np.concatenate([[0], np.cumsum(each == one)])
            answer[before[last + 1] - before[first] == length] = one
        return answer

    def at(self, name: str, instant: int) -> int:
        """The answer at an instant."""
        return int(self._of(name)[int(np.searchsorted(self.edges, instant, side="right"))])

    def _of(self, name: str) -> Bytes:
        return self.answers.get(name, np.zeros(len(self.edges) + 1, np.int8))


@dataclass(frozen=True)
class Bound:
    """How surely an obligation binds a party, by acts.

    accepted: by party, what the co-chairs' registers hold. kept: by obligation, whether the period of the recommitment
    that keeps it in force runs; one that none keeps is not in it.
    """

    accepted: Stretches
    kept: Stretches

    def over(self, one: Obligation, party: str, start: Ints, end: Ints) -> Bytes:
        """For each [start, end): how surely it binds the party; MAYBE where it does not all the time."""
        answer = np.full(len(start), SURELY, np.int8)
        if one.binds == "accepted":
            answer = self.accepted.over(party, start, end)
        return np.minimum(answer, self.kept.over(one.id, start, end)) if self.lapses(one) else answer

    def most(self, one: Obligation, party: str, start: int, end: int) -> int:
        """The surest answer at some time of [start, end)."""
        if one.binds == "named" and not self.lapses(one):
            return SURELY
        edges = chain(self.accepted.edges.tolist(), self.kept.edges.tolist())
        instants = {start, *(edge for edge in edges if start < edge < end)}
        return max(self._at(one, party, instant) for instant in instants)

    def lapses(self, one: Obligation) -> bool:
        """A recommitment keeps it in force."""
        return one.id in self.kept.answers

    def _at(self, one: Obligation, party: str, instant: int) -> int:
        accepted = SURELY if one.binds == "named" else self.accepted.at(party, instant)
        return min(accepted, self.kept.at(one.id, instant)) if self.lapses(one) else accepted


def clauses_of(agreement: Agreement, obligations: Sequence[Obligation], as_of: int) -> list[Clause]:
    """The obligations, ready. The pack's check has seen that each rule is one of its kind."""
    return [_clause(agreement, one, as_of) for one in obligations]


def _clause(agreement: Agreement, one: Obligation, as_of: int) -> Clause:
    kind = KINDS[one.kind]
    rule = msgspec.convert(one.rule, kind.rule)
    instrument = next(text for text in agreement.instruments if text.id == one.instrument)
    start, end = span_of(one.from_ or instrument.in_force, one.to or instrument.until, agreement.zone)
    return Clause(one, kind, rule, kind.tests(rule, one, agreement), (start, min(end, as_of)))


def bound_by(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> Bound:
    """What binds whom since when, from the acts in force said by the as-of instant."""
    return Bound(_accepted(agreement, acts, as_of), _kept(agreement, acts, as_of))


def _accepted(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> Stretches:
    """What the registers hold of every party.

    Accepted and attested all round: SURELY. In one register only, objected to or disputed: MAYBE. A party of which only
    an actor of its own accepted is bound MAYBE: it is open for whom that one spoke.
    """
    spoken = [one for one in acts if isinstance(one.act, Acceptance | Attestation) and one.at <= as_of]
    edges = sorted({instant for one in spoken for instant in (one.at, one.when) if instant <= as_of})
    answers = {party.id: np.zeros(len(edges) + 1, np.int8) for party in agreement.parties}
    of = {actor.id: actor.party for actor in agreement.actors if actor.party}
    for n, instant in enumerate(edges):
        for one in registers_at(agreement, spoken, instant):
            held = SURELY if one.status in _ACCEPTED else MAYBE if one.status in (*OPEN, "attested_unread") else NO
            party, most = (one.party, SURELY) if one.party in answers else (of.get(one.party, ""), MAYBE)
            if party in answers:
                answers[party][n + 1] = max(int(answers[party][n + 1]), min(held, most))
    return Stretches(np.array(edges, np.int64), answers)


def _kept(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> Stretches:
    """Whether what recommitments keep in force is so: by obligation."""
    rules = [msgspec.convert(one.rule, Recommitment) for one in agreement.obligations if one.kind == RECOMMITMENT.name]
    holding = [rule for rule in rules if rule.holds]
    terms = [term_of(clock_of(rule, agreement), rule.by, acts, as_of, agreement.zone) for rule in holding]
    edges = sorted({edge for term in terms for edge in term.edges()})
    answers: dict[str, Bytes] = {}
    for rule, term in zip(holding, terms, strict=True):
        each = np.array([NO, *(term.runs_at(edge) for edge in edges)], np.int8)
        answers |= dict.fromkeys(rule.holds, each)
    return Stretches(np.array(edges, np.int64), answers)
