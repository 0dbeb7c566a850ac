"""What kinds that are judged one by one share: one body after the other, then jointly; and who is trusted."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from truceline.compliance.dated_words import RECORDERS
from truceline.compliance.kinds.base import Before
from truceline.compliance.parties_named import party_of
from truceline.compliance.registers import co_chairs
from truceline.compliance.standing import folded
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.trace import Judged, Trace

Judge = Callable[[Any, Before], Judged]
WORST = (
    Outcome.CONFLICT, Outcome.BREACHED, Outcome.UNDECIDED, Outcome.EXCUSED, Outcome.NOT_OBSERVED, Outcome.COMPLIED,
    Outcome.NOT_IN_FORCE,
)  # fmt: skip
"""Of several parts the first of these is the outcome of the whole: the worst that is sure, then what is open."""


def each_body(judge: Judge) -> Judge:
    """A kind's judge from one that judges as a single body holds it.

    Not in force: that. Jointly (body None): what every co-chair holds, or undecided where they differ. Where it is open
    whether the obligation binds, a breach is undecided.
    """

    def judged(rule: Any, before: Before) -> Judged:
        if before.certain == NO:
            values: dict[str, str | int] = {"party": before.party}
            return Judged(Outcome.NOT_IN_FORCE, Trace("not_in_force", values, Outcome.NOT_IN_FORCE))
        if before.body is None:
            return _jointly([judged(rule, replace(before, body=one)) for one in bodies_of(before.agreement)])
        return _softened(judge(rule, before), before)

    return judged


def bodies_of(agreement: Agreement) -> tuple[str, ...]:
    """Whose outcomes make the joint one: the co-chairs; without any the secretariats, else every body."""
    found = co_chairs(agreement) or tuple(one.id for one in agreement.bodies if one.role == "secretariat")
    return found or tuple(one.id for one in agreement.bodies)


def trusted(agreement: Agreement, body: str) -> frozenset[str]:
    """Whose word is the body's own knowledge: the body, and those who write down what was done for both sides."""
    return frozenset({body, *(one.id for one in agreement.bodies if one.role in RECORDERS)})


def is_of(agreement: Agreement, name: str, party: str, instant: int) -> int:
    """Whether a name in an act is the party: its id or title SURELY; an actor of its own MAYBE (one of several)."""
    if folded(name) in {folded(one) for one in (party, *_titles(agreement, party))}:
        return SURELY
    found = party_of(agreement, name, instant)[0]
    if found == party:
        return SURELY
    return MAYBE if any(one.id == found and one.party == party for one in agreement.actors) else NO


def _titles(agreement: Agreement, party: str) -> list[str]:
    titled = [(one.id, one.name) for one in agreement.parties] + [(one.id, one.name) for one in agreement.bodies]
    return [title for one, name in titled if one == party for title in name.values()]


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of the whole from those of its parts; not in force without any."""
    return min(outcomes, key=WORST.index, default=Outcome.NOT_IN_FORCE)


def _softened(judged: Judged, before: Before) -> Judged:
    if before.certain == SURELY or judged.outcome is not Outcome.BREACHED:
        return judged
    why = Trace("maybe_in_force", {"party": before.party}, Outcome.UNDECIDED, (judged.trace,))
    return Judged(Outcome.UNDECIDED, why)


def _jointly(each: list[Judged]) -> Judged:
    outcomes = {one.outcome for one in each}
    parts = tuple(one.trace for one in each)
    if len(outcomes) == 1:
        [outcome] = outcomes
        return Judged(outcome, each[0].trace if len(each) == 1 else Trace("jointly", {}, outcome, parts))
    return Judged(Outcome.UNDECIDED, Trace("co_chairs_differ", {}, Outcome.UNDECIDED, parts))
