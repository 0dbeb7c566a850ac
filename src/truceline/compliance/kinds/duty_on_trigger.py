"""A duty that something sets going: a violation, a case, a measure, a clock; to be answered within so many hours."""

from typing import Annotated

from msgspec import Meta, Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body, trusted, worst
from truceline.compliance.kinds.performed import Performed, performed
from truceline.compliance.kinds.triggers import Response, Trigger, Triggered, is_named, linked, triggers
from truceline.vocabulary.act import ActHeld, kind_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.codes import codes
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import HOUR, iso


class DutyOnTrigger(Struct, frozen=True, forbid_unknown_fields=True):
    """trigger: what sets it going. then: what is owed. within_hours: so long after the trigger was said."""

    trigger: Trigger
    then: Response
    within_hours: Annotated[int, Meta(ge=0, le=87_840)]


def judge_one(rule: DutyOnTrigger, before: Before) -> Judged:
    """Every trigger whose answer is due in the period, by itself; the worst of them. Without any, nothing is owed."""
    body = before.body or ""
    until = min(before.end, before.as_of)
    parts = []
    for one in triggers(rule.trigger, before, body):
        due = one.when + rule.within_hours * HOUR
        if before.start <= due < until:
            parts.append(_part(rule, before, body, one, due))
    if not parts:
        return Judged(Outcome.NOT_IN_FORCE, Trace("nothing_triggered", {}, Outcome.NOT_IN_FORCE))
    outcome = worst(part.outcome for part in parts if part.outcome)
    return Judged(outcome, Trace("duties_triggered", {"of": len(parts)}, outcome, tuple(parts)))


def _part(rule: DutyOnTrigger, before: Before, body: str, trigger: Triggered, due: int) -> Trace:
    answers = _answers(rule.then, before, body, trigger)
    said = performed(before, before.obligation.id, before.party, body, since=trigger.when)
    outcome, code, acts = _outcome(answers, said, trigger, due)
    zone = before.agreement.zone
    owed = rule.then.step or rule.then.act or ""
    values: dict[str, str | int] = {
        "about": trigger.about, "since": iso(trigger.when, zone), "due": iso(due, zone), "owed": owed.replace("_", " "),
    }  # fmt: skip
    return Trace(code, values, outcome, acts=(trigger.act, *acts))


Answer = tuple[int, ActHeld]


def _answers(then: Response, before: Before, body: str, trigger: Triggered) -> list[Answer]:
    """Acts that may answer it, each with how surely: by whoever owes it, and on the same matter."""
    found = []
    for one in before.acts:
        if trigger.when <= one.at <= before.as_of and one.id != trigger.act and is_named(one, then.act, then.step):
            certain = min(_by_obliged(one, before, body), linked(trigger, one))
            if certain != NO and kind_of(one.act) != "performance":
                found.append((certain, one))
    return found


def _by_obliged(one: ActHeld, before: Before, body: str) -> int:
    """A body acts for itself; what a party answered is told by the body that judges, or by one trusted."""
    if any(known.id == before.party for known in before.agreement.bodies):
        return SURELY if one.act.by == before.party else NO
    return SURELY if one.act.by in trusted(before.agreement, body) else MAYBE


def _outcome(
    answers: list[Answer], said: Performed, trigger: Triggered, due: int
) -> tuple[Outcome, str, tuple[str, ...]]:
    in_time = [one for certain, one in answers if certain == SURELY and one.at <= due]
    if in_time or (said.state == "done" and said.when <= due):
        return Outcome.COMPLIED, "answered_in_time", (in_time[0].id,) if in_time else said.acts
    if said.state == "discharged":
        return Outcome.NOT_IN_FORCE, "answer_no_longer_owed", said.acts
    acts = (*(one.id for _, one in answers[:5]), *said.acts)
    if trigger.certain == MAYBE:
        return Outcome.UNDECIDED, "trigger_open", acts
    if any(certain == MAYBE and one.at <= due for certain, one in answers):
        return Outcome.UNDECIDED, "answered_maybe", acts
    if said.state in ("claimed", "open", "partly"):
        return Outcome.UNDECIDED, "answered_claimed", acts
    if said.state == "done" or any(certain == SURELY for certain, _ in answers):
        return Outcome.BREACHED, "answered_late", acts
    if said.state == "not_done":
        return Outcome.BREACHED, "not_answered", acts
    return Outcome.NOT_OBSERVED, "answer_not_known", acts


def wrong(rule: DutyOnTrigger, obligation: Obligation, agreement: Agreement) -> list[str]:
    """Something sets it going, one thing is owed, and what both name exists."""
    trigger, then = rule.trigger, rule.then
    found = []
    if not (trigger.kinds or trigger.elements or trigger.category or trigger.act or trigger.step or trigger.clock):
        found.append("trigger: at least one of kinds, elements, category, act, step and clock")
    if trigger.possible and not (trigger.kinds or trigger.elements):
        found.append("trigger.possible: goes with kinds or elements")
    if (then.act is None) == (then.step is None):
        found.append("then: exactly one of act and step")
    known = set(codes("incident_kinds"))
    found += [f"trigger.kinds: {one!r} is no incident kind" for one in trigger.kinds or () if one not in known]
    known = set(codes("determination_categories"))
    found += [f"trigger.category: {one!r} is no category" for one in trigger.category or () if one not in known]
    if trigger.clock and trigger.clock not in {one.id for one in agreement.clocks}:
        found.append(f"trigger.clock: {trigger.clock!r} is no clock of this agreement")
    return found


DUTY_ON_TRIGGER = ClauseKind(
    "duty_on_trigger", "When something happens, something is owed within so long.", DutyOnTrigger, lambda *_: (),
    each_body(judge_one), wrong,
    sentences={
        "nothing_triggered": "Nothing set the duty going with an answer due in this period.",
        "duties_triggered": "{of} triggers with an answer due in this period; each is judged by itself.",
        "answered_in_time": "{about}, {since}: {owed} due {due}; done in time.",
        "answer_no_longer_owed": "{about}, {since}: {owed} was discharged.",
        "trigger_open": "{about}, {since}: whether it set the duty going is open; {owed} would be due {due}.",
        "answered_maybe": "{about}, {since}: {owed} due {due}; something that may be it names no matter. A case named "
        "in it would settle it.",
        "answered_claimed": "{about}, {since}: {owed} due {due}; that it was done is a claim, partly so, or "
        "contradicted.",
        "answered_late": "{about}, {since}: {owed} due {due}; done after that.",
        "not_answered": "{about}, {since}: {owed} due {due}; it is held not to have been done.",
        "answer_not_known": "{about}, {since}: {owed} due {due}; none is recorded here, and nobody says that none was "
        "made. A performance entered by a body would settle it.",
    },
)  # fmt: skip
