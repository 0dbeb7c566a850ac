"""Reciprocity: one side owes something once the other has done its part, within so many hours of that."""

from typing import Annotated

from msgspec import Meta, Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body
from truceline.compliance.kinds.performed import Performed, performed
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import HOUR, iso


class Reciprocity(Struct, frozen=True, forbid_unknown_fields=True):
    """if_party, if_of: whoever has to have done which obligation or step. then_within_hours: so long after that."""

    if_party: Id
    if_of: Id
    then_within_hours: Annotated[int, Meta(ge=0, le=87_840)]


def judge_one(rule: Reciprocity, before: Before) -> Judged:
    """Nothing is owed until the other side surely did its part; where that is only claimed, it is open."""
    body = before.body or ""
    theirs = performed(before, rule.if_of, rule.if_party, body)
    zone = before.agreement.zone
    told: dict[str, str | int] = {"if_party": rule.if_party, "if_of": rule.if_of, "since": iso(theirs.when, zone)}
    if theirs.state in ("not_said", "not_done", "discharged"):
        code = "not_reciprocated_yet" if theirs.state == "not_said" else "other_side_did_not"
        return Judged(Outcome.NOT_IN_FORCE, Trace(code, told, Outcome.NOT_IN_FORCE, acts=theirs.acts))
    ours = performed(before, before.obligation.id, before.party, body)
    due = theirs.when + rule.then_within_hours * HOUR
    first = Trace(f"other_side_{theirs.state}", told, acts=theirs.acts)
    outcome, code = _outcome(theirs, ours, due, before)
    values: dict[str, str | int] = {"due": iso(due, zone), "done": iso(ours.when, zone)}
    second = Trace(code, values, outcome, acts=ours.acts)
    return Judged(outcome, Trace("reciprocity", told, outcome, (first, second)))


def _outcome(theirs: Performed, ours: Performed, due: int, before: Before) -> tuple[Outcome, str]:
    until = min(before.end, before.as_of)
    if ours.state == "discharged":
        return Outcome.NOT_IN_FORCE, "answer_discharged"
    if ours.state == "done" and (ours.when <= due or ours.when <= before.start):
        return Outcome.COMPLIED, "answer_in_time" if ours.when <= due else "answer_done_late"
    if theirs.state != "done":
        return Outcome.UNDECIDED, "answer_not_surely_owed"
    if due >= until:
        return Outcome.NOT_IN_FORCE, "answer_not_due"
    found = {
        "done": (Outcome.BREACHED, "answer_late"), "not_done": (Outcome.BREACHED, "answer_not_done"),
        "not_said": (Outcome.NOT_OBSERVED, "answer_not_said"), "claimed": (Outcome.UNDECIDED, "answer_claimed"),
    }  # fmt: skip
    return found.get(ours.state, (Outcome.UNDECIDED, "answer_open"))


def wrong(rule: Reciprocity, obligation: Obligation, agreement: Agreement) -> list[str]:
    """The other side is there, and what it has to do is an obligation or a step of its own."""
    sides = {party.id for party in agreement.parties} | {body.id for body in agreement.bodies}
    found = [] if rule.if_party in sides else [f"if_party: {rule.if_party!r} is no party and no body"]
    owed = {one.id: one.obliged for one in agreement.obligations} | {one.id: one.obliged for one in agreement.steps}
    if rule.if_of not in owed:
        return [*found, f"if_of: {rule.if_of!r} is no obligation and no step"]
    if rule.if_party not in owed[rule.if_of]:
        found.append(f"if_party: {rule.if_party!r} does not owe {rule.if_of!r}")
    return found


RECIPROCITY = ClauseKind(
    "reciprocity", "If one side does its part, the other does within so long.", Reciprocity, lambda *_: (),
    each_body(judge_one), wrong,
    sentences={
        "reciprocity": "Owed once {if_party} has done {if_of}.",
        "not_reciprocated_yet": "Owed once {if_party} has done {if_of}, and nobody says that it has.",
        "other_side_did_not": "Owed once {if_party} has done {if_of}; it is held that it did not, or need not.",
        "other_side_done": "{if_party} did {if_of} on {since}.",
        "other_side_claimed": "That {if_party} did {if_of} is a claim: this body's own word would settle it.",
        "other_side_partly": "{if_party} did {if_of} in part.",
        "other_side_open": "Words on whether {if_party} did {if_of} contradict each other, or only deny it elsewhere.",
        "answer_in_time": "Due {due}; done {done}, in time.",
        "answer_done_late": "Due {due}; done {done}, late, and before this period.",
        "answer_late": "Due {due}; done {done}, after that.",
        "answer_not_due": "Due {due}, not before this period was over.",
        "answer_not_done": "Due {due}; it is held not to have been done.",
        "answer_not_said": "Due {due}; nobody says whether it was done. A performance entered by a body would settle "
        "it.",
        "answer_claimed": "Due {due}; that it was done is a claim.",
        "answer_open": "Due {due}; done in part, or words on it contradict each other.",
        "answer_not_surely_owed": "Whether it is owed at all is open.",
        "answer_discharged": "It was discharged.",
    },
)  # fmt: skip
