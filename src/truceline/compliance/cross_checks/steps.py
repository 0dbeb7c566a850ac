"""What a pack's steps name exists, none waits for itself by way of others, and each can be verified and become due."""

from collections.abc import Iterator

from truceline.compliance.cross_checks.pointing import (
    Wrong,
    all_known,
    executed,
    known,
    some_known,
    time_read,
    used_once,
)
from truceline.compliance.standing import EVER
from truceline.compliance.steps.graph import circle
from truceline.compliance.steps.standing import verifiers_of
from truceline.compliance.steps.waiting import span_of_text
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Due, Step, Waits
from truceline.vocabulary.plain_yaml import Path


def steps(agreement: Agreement) -> Iterator[Wrong]:
    """Everything that is wrong with the steps. A performance names one or an obligation, so they share their ids."""
    yield from used_once("steps", [step.id for step in agreement.steps], {one.id for one in agreement.obligations})
    ids = {step.id for step in agreement.steps}
    found = [wrong for i, step in enumerate(agreement.steps) for wrong in _step(("steps", i), step, ids, agreement)]
    yield from found
    if around := circle(agreement.steps):
        at = [step.id for step in agreement.steps].index(around[0])
        yield ("steps", at, "waits"), f"waits for itself: {' -> '.join(around)}"


def _step(at: Path, step: Step, ids: set[str], agreement: Agreement) -> Iterator[Wrong]:
    obliged = {party.id for party in agreement.parties} | {body.id for body in agreement.bodies}
    yield from some_known((*at, "obliged"), step.obliged, obliged, "party or body")
    yield from executed((*at, "terms"), step.terms, agreement)
    if step.cited.tag == "recalled":
        yield (*at, "cited", "tag"), "what is recalled is not executed until it is confirmed"
    yield from _verifiers(at, step, agreement)
    for i, wait in enumerate(step.waits):
        yield from _wait((*at, "waits", i), wait, ids - {step.id}, agreement)
    if step.due is not None:
        yield from _due((*at, "due"), step, step.due, agreement)
    yield from all_known((*at, "together"), step.together, ids - {step.id}, "other step")
    if step.within_hours and not step.together:
        yield (*at, "within_hours"), "there is no step that it has to be done together with"


def _verifiers(at: Path, step: Step, agreement: Agreement) -> Iterator[Wrong]:
    """They are bodies, not those of a party; and whoever owes the step has another to verify it."""
    bodies = {body.id: body.role for body in agreement.bodies}
    yield from some_known((*at, "verifiers"), step.verifiers, bodies, "body")
    for i, body in enumerate(step.verifiers):
        if bodies.get(body) == "party":
            yield (*at, "verifiers", i), f"{body!r} is a party's own body, whose word is a claim"
    for party in step.obliged:
        if not verifiers_of(step, party):
            yield (*at, "verifiers"), f"nobody but {party!r} itself verifies what {party!r} owes"


def _wait(at: Path, wait: Waits, others: set[str], agreement: Agreement) -> Iterator[Wrong]:
    given = [name for name in ("step", "clock", "instant", "delivery") if getattr(wait, name) is not None]
    if len(given) != 1:
        yield at, "exactly one of step, clock, instant and delivery is given"
    if wait.step is not None:
        yield from known((*at, "step"), wait.step, others, "other step")
    if wait.clock is not None:
        clocks = {clock.id: clock.deciders for clock in agreement.clocks}
        yield from known((*at, "clock"), wait.clock, clocks, "clock")
        if clocks.get(wait.clock) == ():
            yield (*at, "clock"), f"nobody declares {wait.clock!r} met"
    if wait.instant is not None:
        yield from time_read((*at, "instant"), wait.instant, agreement.zone)


def _due(at: Path, step: Step, due: Due, agreement: Agreement) -> Iterator[Wrong]:
    """One way to count, something to count from, and a rounding wherever months may need one."""
    longer = due.months or due.days or due.hours
    if (due.at is None) == (not longer):
        yield at, "either at, or months, days and hours after what it waits for"
    if due.at is not None:
        yield from time_read((*at, "at"), due.at, agreement.zone)
    if due.months and due.rounding is None:
        yield (*at, "rounding"), "months need a declared rounding: up or down"
    if due.rounding is not None and not due.months:
        yield (*at, "rounding"), "there is nothing to round here"
    if longer and not step.waits and not _has_start(step, agreement):
        yield at, "there is nothing to count from: it waits for nothing, and its text says not from when it holds"


def _has_start(step: Step, agreement: Agreement) -> bool:
    try:
        return span_of_text(agreement, step)[0] != EVER[0]
    except ValueNotRead:
        return True  # the instrument's own check says what is wrong with its time
