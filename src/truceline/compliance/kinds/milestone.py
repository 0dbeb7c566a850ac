"""A milestone: something done by a date, or within so long after a time or a step; shown by performances."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body
from truceline.compliance.kinds.performed import Performed, performed
from truceline.compliance.months import is_ambiguous, time_after
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import iso, moment, read_as_of, read_instant, zone_of


class Milestone(Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of `by` (a time; a date is the end of that day), `after` (a time) and `step` is given.

    months, days, hours: how long after the time or after the step is done. rounding: where the day does not exist in
    that month, the first day of the next (`up`) or the last of this one (`down`).
    """

    by: str | None = None
    after: str | None = None
    step: Id | None = None
    months: Annotated[int, Meta(ge=0, le=1_200)] = 0
    days: Annotated[int, Meta(ge=0, le=36_600)] = 0
    hours: Annotated[int, Meta(ge=0, le=878_400)] = 0
    rounding: Literal["up", "down"] | None = None


def due_of(rule: Milestone, zone: str, step_done: int | None = None) -> int | None:
    """When it is due (UTC microseconds); None where it waits for a step that is not done.

    Raises `ValueNotRead` where the month has no such day and no rounding is declared.
    """
    if rule.by is not None:
        return read_as_of(rule.by, zone)
    since = read_instant(rule.after, zone) if rule.after is not None else step_done
    if since is None:
        return None
    return time_after(since, zone, months=rule.months, days=rule.days, hours=rule.hours, rounding=rule.rounding)


def judge_one(rule: Milestone, before: Before) -> Judged:
    """Not owed before it is due; then done in time, done late, not done, or nobody says.

    Done late is a breach of the time between, and compliance of any later period.
    """
    body = before.body or ""
    waited = _waited(rule, before, body)
    if isinstance(waited, Judged):
        return waited
    due = _due(rule, before, waited)
    if isinstance(due, Judged):
        return due
    held = performed(before, before.obligation.id, before.party, body)
    outcome, code = _outcome(due, held, before)
    zone = before.agreement.zone
    values: dict[str, str | int] = {"due": iso(due, zone), "done": iso(held.when, zone)}
    return Judged(outcome, Trace(code, values, outcome, acts=held.acts))


def _outcome(due: int, held: Performed, before: Before) -> tuple[Outcome, str]:
    until = min(before.end, before.as_of)
    if held.state == "discharged" and held.when <= until:
        return Outcome.NOT_IN_FORCE, "milestone_discharged"
    if held.state == "done" and held.when <= due:
        return Outcome.COMPLIED, "milestone_in_time"
    if due >= until:
        return Outcome.NOT_IN_FORCE, "milestone_not_due"
    if held.state == "done":
        late = before.start < held.when
        return (Outcome.BREACHED, "milestone_late") if late else (Outcome.COMPLIED, "milestone_done_late")
    if held.state == "not_done":
        return Outcome.BREACHED, "milestone_not_done"
    if held.state == "not_said":
        return Outcome.NOT_OBSERVED, "milestone_not_said"
    return Outcome.UNDECIDED, f"milestone_{'claimed' if held.state == 'claimed' else 'open'}"


def _waited(rule: Milestone, before: Before, body: str) -> int | Judged | None:
    """When the step it waits for was done; or that nothing is owed yet, or that this is open."""
    if rule.step is None:
        return None
    held = _step(rule.step, before, body)
    if held.state == "done":
        return held.when
    values: dict[str, str | int] = {"step": rule.step}
    if held.state in ("not_said", "not_done", "discharged"):
        return Judged(Outcome.NOT_IN_FORCE, Trace("milestone_waits", values, Outcome.NOT_IN_FORCE, acts=held.acts))
    return Judged(Outcome.UNDECIDED, Trace("milestone_wait_open", values, Outcome.UNDECIDED, acts=held.acts))


def _step(name: str, before: Before, body: str) -> Performed:
    """The step as done once all who owe it have done it: the last of them; else the first that has not."""
    step = next(one for one in before.agreement.steps if one.id == name)
    each = [performed(before, name, party, body) for party in step.obliged]
    return next((one for one in each if one.state != "done"), max(each, key=lambda one: one.when))


def _due(rule: Milestone, before: Before, step_done: int | None) -> int | Judged:
    zone = before.agreement.zone
    try:
        due = due_of(rule, zone, step_done)
    except ValueNotRead as error:
        why = Trace("milestone_ambiguous", {"says": error.message}, Outcome.UNDECIDED)
        return Judged(Outcome.UNDECIDED, why)
    assert due is not None, "a step that is done gives its time"
    return due


def wrong(rule: Milestone, obligation: Obligation, agreement: Agreement) -> list[str]:
    """One time to count from, one that exists, and a declared rounding wherever the months need one."""
    given = [name for name in ("by", "after", "step") if getattr(rule, name) is not None]
    if len(given) != 1:
        return ["exactly one of by, after and step is given"]
    longer = rule.months or rule.days or rule.hours
    if rule.by is not None and longer:
        return ["months, days and hours count from after or step; by is the time itself"]
    if rule.step is not None:
        known = [step.id for step in agreement.steps]
        found = [] if rule.step in known else [f"step: {rule.step!r} is no step; there are: {', '.join(known)}"]
        needs = rule.months and rule.rounding is None
        return [*found, *(["months after a step need a declared rounding: up or down"] if needs else [])]
    return _wrong_time(rule, agreement.zone)


def _wrong_time(rule: Milestone, zone: str) -> list[str]:
    try:
        due_of(rule, zone)
    except ValueNotRead as error:
        return [f"{error.message} {error.mend}"]
    if rule.after is None or rule.rounding is None:
        return []
    day = moment(read_instant(rule.after, zone)).astimezone(zone_of(zone)).date()
    return [] if is_ambiguous(day, months=rule.months) else ["rounding: there is nothing to round here"]


MILESTONE = ClauseKind(
    "milestone", "Something done by a date, or within so long after something else.", Milestone, lambda *_: (),
    each_body(judge_one), wrong,
    sentences={
        "milestone_in_time": "Due {due}; done {done}, in time.",
        "milestone_late": "Due {due}; done {done}, after that.",
        "milestone_done_late": "Due {due}; done {done}, late, and before this period.",
        "milestone_not_due": "It is due {due}, not before this period was over.",
        "milestone_not_done": "Due {due}; it is held not to have been done. It would be settled by the words of a body "
        "that it was.",
        "milestone_not_said": "Due {due}; nobody says whether it was done. A performance entered by a body would "
        "settle it.",
        "milestone_claimed": "Due {due}; that it was done is claimed, by the party itself or by others whose word this "
        "body has not made its own. Its own word would settle it.",
        "milestone_open": "Due {due}; it was done in part, or words on it contradict each other. The last word of each "
        "would have to agree.",
        "milestone_discharged": "It was discharged before.",
        "milestone_waits": "It counts from when the step {step} is done, and nobody says that it is.",
        "milestone_wait_open": "It counts from when the step {step} is done, and that is open.",
        "milestone_ambiguous": "When it is due depends on a rounding that nobody declared: {says}",
    },
)  # fmt: skip
