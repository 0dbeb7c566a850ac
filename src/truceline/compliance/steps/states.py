"""The state of a step for one party, from what its verifiers hold, what it waits for, and when it is due.

The order of the questions makes the states exclude each other; `docs/explanation/steps.md` tells it in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from truceline.compliance.steps.waiting import Wait
from truceline.compliance.steps.words import View


class StepState(StrEnum):
    """Where a step stands.

    conditional: what it waits for has not come. in_force: owed. suspended: all verifiers hold it suspended. fulfilled:
    all hold it done. breached: owed, due, and all hold that it was not done then. discharged: all hold that
    it is no longer owed. expired: what it waits for can no longer come, or its text has ended before it was due.
    """

    CONDITIONAL = "conditional"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    FULFILLED = "fulfilled"
    BREACHED = "breached"
    DISCHARGED = "discharged"
    EXPIRED = "expired"


OPPOSED = ("done", "not_done", "discharged", "suspended")


@dataclass(frozen=True)
class Owed:
    """What of a step is the same for all who owe it: since when it is owed, until when, and whether it has ended."""

    waits: tuple[Wait, ...]
    since: int | None
    due: int | None
    ended: bool


@dataclass(frozen=True)
class PartyStanding:
    """Where the step stands for one who owes it. done: since when all verifiers hold it done.

    late: done after it was due. overdue: in force, due before now, and not all verifiers hold that it was not done.
    contested: verifiers, or words that one of them has to believe, contradict each other: shown, and not resolved.
    """

    party: str
    state: StepState
    views: tuple[View, ...]
    done: int | None
    late: bool
    overdue: bool
    contested: bool


def party_standing(party: str, views: Sequence[View], owed: Owed, as_of: int) -> PartyStanding:
    """The state, and what is told beside it."""
    state = state_of(views, owed, as_of)
    done = max(view.when for view in views) if state is StepState.FULFILLED else None
    late = done is not None and owed.due is not None and done > owed.due
    overdue = state is StepState.IN_FORCE and owed.due is not None and owed.due < as_of
    return PartyStanding(party, state, tuple(views), done, late, overdue, is_contested(views))


def state_of(views: Sequence[View], owed: Owed, as_of: int) -> StepState:
    """1. what all verifiers hold as final  2. what can no longer come  3. suspension  4. what it waits for  5. the due
    date, which only makes a breach of words that all verifiers gave of a time when it was owed and due."""
    holds = {view.holds for view in views}
    if holds == {"discharged"}:
        return StepState.DISCHARGED
    if holds == {"done"}:
        return StepState.FULFILLED
    if owed.ended or any(wait.come == "never" for wait in owed.waits):
        return StepState.EXPIRED
    if holds == {"suspended"}:
        return StepState.SUSPENDED
    if owed.since is None:
        return StepState.CONDITIONAL
    if owed.due is not None and owed.due <= as_of and _not_done_then(views, max(owed.due, owed.since)):
        return StepState.BREACHED
    return StepState.IN_FORCE


def _not_done_then(views: Sequence[View], owed_and_due: int) -> bool:
    """All hold it not done, of a time at which it was owed and due: not done before that says nothing of then."""
    return bool(views) and all(view.holds == "not_done" and view.when >= owed_and_due for view in views)


def is_contested(views: Sequence[View]) -> bool:
    """Two hold what excludes the other, or one has to believe two such words."""
    return len({view.holds for view in views if view.holds in OPPOSED}) > 1 or any(v.holds == "open" for v in views)


def whole(parties: Sequence[PartyStanding]) -> StepState:
    """The step's state from those of all who owe it: done once the last has done it, breached once one has."""
    states = {one.state for one in parties}
    if states == {StepState.DISCHARGED}:
        return StepState.DISCHARGED
    if states <= {StepState.FULFILLED, StepState.DISCHARGED}:
        return StepState.FULFILLED
    order = (
        StepState.BREACHED, StepState.EXPIRED, StepState.SUSPENDED, StepState.CONDITIONAL, StepState.IN_FORCE,
    )  # fmt: skip
    return next(state for state in order if state in states)
