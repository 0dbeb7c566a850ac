"""Where every step of an agreement stands: a function of the acts in force as of an instant, and of nothing else.

For a body alone, its own view decides, of the steps that others wait for too. Jointly, the verifiers that each step
names all have to hold the same; where they differ the step stays what it was, and is shown as contested.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from truceline.compliance.months import time_after
from truceline.compliance.standing import EVER
from truceline.compliance.steps.states import Owed, PartyStanding, StepState, party_standing, whole
from truceline.compliance.steps.waiting import (
    Wait,
    named_in,
    on_clock,
    on_delivery,
    on_instant,
    span_of_text,
    text_holds,
)
from truceline.compliance.steps.words import View, view_of, words_on
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Step
from truceline.vocabulary.when import HOUR, read_as_of

Kept = Literal["kept", "apart", "open"]


@dataclass(frozen=True)
class StepStanding:
    """One step. since: when it came into force; due; done: when the last who owes it has done it (UTC microseconds).

    together: each step that has to be done at the same time, and whether that was kept.
    """

    step: Step
    state: StepState
    waits: tuple[Wait, ...]
    since: int | None
    due: int | None
    done: int | None
    late: bool
    overdue: bool
    contested: bool
    parties: tuple[PartyStanding, ...]
    together: tuple[tuple[str, Kept], ...] = ()


@dataclass
class _Standing:
    """The work of one call: each step is asked once."""

    agreement: Agreement
    acts: Sequence[ActHeld]
    as_of: int
    body: str | None
    steps: dict[str, Step]
    views: dict[tuple[str, str], tuple[View, ...]] = field(default_factory=dict)
    found: dict[str, StepStanding] = field(default_factory=dict)


def stand(
    agreement: Agreement, acts: Sequence[ActHeld], as_of: int, body: str | None = None
) -> dict[str, StepStanding]:  # fmt: skip
    """Every step as it stands at `as_of`, as `body` holds it or, without it, as its verifiers hold it together.

    acts: those in force. The pack's check has seen that no step waits for itself.
    """
    at = _Standing(agreement, acts, as_of, body, {step.id: step for step in agreement.steps})
    return {step.id: _of(at, step) for step in agreement.steps}


def _of(at: _Standing, step: Step) -> StepStanding:
    if step.id not in at.found:
        at.found[step.id] = _made(at, step)
    return at.found[step.id]


def _made(at: _Standing, step: Step) -> StepStanding:
    owed = _owed(at, step)
    parties = tuple(party_standing(party, _views(at, step, party), owed, at.as_of) for party in step.obliged)
    state = whole(parties)
    whens = [one.done for one in parties if one.done is not None]
    done = max(whens) if state is StepState.FULFILLED else None
    return StepStanding(
        step, state, owed.waits, owed.since, owed.due, done,
        late=any(one.late for one in parties), overdue=any(one.overdue for one in parties),
        contested=any(one.contested for one in parties), parties=parties, together=_together(at, step),
    )  # fmt: skip


def _views(at: _Standing, step: Step, party: str) -> tuple[View, ...]:
    """What each who verifies holds; nobody verifies what it owes itself."""
    if (step.id, party) not in at.views:
        bodies = verifiers_of(step, party) if at.body is None else (at.body,)
        words = words_on(at.agreement, at.acts, step.id, party, at.as_of)
        at.views[step.id, party] = tuple(view_of(at.agreement, words, body, party) for body in bodies)
    return at.views[step.id, party]


def verifiers_of(step: Step, party: str) -> tuple[str, ...]:
    """Whose word makes it done by that party: the verifiers, without the party itself."""
    return tuple(body for body in step.verifiers if body != party)


def _done(at: _Standing, step: Step) -> int | None:
    """When all who owe it had done it, by words alone: what has to be done together asks for no more."""
    views = [view for party in step.obliged for view in _views(at, step, party)]
    return max(view.when for view in views) if views and all(view.holds == "done" for view in views) else None


def _owed(at: _Standing, step: Step) -> Owed:
    waits = (*text_holds(at.agreement, step, at.as_of), *(_wait(at, step, *named_in(wait)) for wait in step.waits))
    met = all(wait.come == "met" for wait in waits)
    since = max((wait.since for wait in waits if wait.since is not None), default=EVER[0]) if met else None
    due = _due(at, step, since)
    ends = span_of_text(at.agreement, step)[1]
    ended = ends <= at.as_of and (since is None or since >= ends or due is None or due > ends)
    return Owed(waits, since, due, ended)


def _wait(at: _Standing, step: Step, on: str, name: str) -> Wait:
    if on == "instant":
        return on_instant(at.agreement, name, at.as_of)
    if on == "clock":
        return on_clock(at.agreement, at.acts, name, at.as_of)
    if on == "delivery":
        bodies = step.verifiers if at.body is None else (at.body,)
        return on_delivery(at.agreement, at.acts, name, bodies, at.as_of)
    other = _of(at, at.steps[name])
    acts = tuple(sorted({word.act for one in other.parties for view in one.views for word in view.words}))
    if other.state is StepState.FULFILLED:
        return Wait("step", name, "met", other.done, acts)
    if other.state in (StepState.DISCHARGED, StepState.EXPIRED):
        return Wait("step", name, "never", None, acts)
    holds = {view.holds for one in other.parties for view in one.views}
    return Wait("step", name, "open" if holds & {"done", "partly", "claimed", "open"} else "unmet", None, acts)


def _due(at: _Standing, step: Step, since: int | None) -> int | None:
    """Until when, once it is owed: as the text has it, and so long after a step that belongs together with it."""
    if since is None:
        return None
    dues = [done + step.within_hours * HOUR for done in _others_done(at, step)]
    rule = step.due
    if rule is not None and rule.at is not None:
        dues.append(read_as_of(rule.at, at.agreement.zone))
    elif rule is not None:
        zone = at.agreement.zone
        dues.append(
            time_after(since, zone, months=rule.months, days=rule.days, hours=rule.hours, rounding=rule.rounding)
        )
    return min(dues, default=None)


def _others_done(at: _Standing, step: Step) -> list[int]:
    dones = (_done(at, at.steps[name]) for name in step.together)
    return [done for done in dones if done is not None]


def _together(at: _Standing, step: Step) -> tuple[tuple[str, Kept], ...]:
    ours = _done(at, step)
    found: list[tuple[str, Kept]] = []
    for name in step.together:
        theirs = _done(at, at.steps[name])
        if ours is None or theirs is None:
            found.append((name, "open"))
        else:
            found.append((name, "kept" if abs(ours - theirs) <= step.within_hours * HOUR else "apart"))
    return tuple(found)
