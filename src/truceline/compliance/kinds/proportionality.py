"""Proportionality: a response to a provocation meets an immediate threat, and is no greater than that requires.

The response is a finding that names what it answers. Neither cancels the other: the provocation is held against
whoever did it, by its own clauses, and the response against whoever answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import UNSET, Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.by_body import each_body, worst
from truceline.compliance.kinds.found import element_held, findings_of
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace

ELEMENTS = ("immediate_threat", "no_greater_than_required")


class Proportionality(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: of responses, without them any. elements: what each has to meet; a finding holds them one by one.

    The element may also be written as of an exemption, `self_defence.immediate_threat`.
    """

    kinds: tuple[Id, ...] | None = None
    elements: tuple[Id, ...] = ELEMENTS


@dataclass(frozen=True)
class _Response:
    act: ActHeld
    finding: Finding
    certain: int


def tests(rule: Proportionality, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test, for who did what, there and then: which of these are responses, the findings say."""
    return (RowTest(rule.kinds, inside=obligation.areas or None),)


def judge_one(rule: Proportionality, before: Before) -> Judged:
    """Each response by itself; the whole is the worst of them. Without any, nothing was owed and nothing broken."""
    parts = tuple(_trace(rule, one, before) for one in _responses(before, before.body or ""))
    if not parts:
        outcome = Outcome.COMPLIED if before.watched.enough else Outcome.NOT_OBSERVED
        values: dict[str, str | int] = {"days": before.watched.days, "of": before.watched.of}
        return Judged(outcome, Trace("no_response_found", values, outcome))
    outcome = worst(part.outcome for part in parts if part.outcome)
    return Judged(outcome, Trace("responses", {"of": len(parts)}, outcome, parts))


def _responses(before: Before, body: str) -> Iterator[_Response]:
    """The findings on a response among the matters that count; the last of these are those that only may."""
    rows = before.rows
    surely = set(rows.ids[: rows.breaching + rows.permitted + rows.excused])
    for held, act in findings_of(before, body):
        if act.answers is not UNSET and held.id in rows.ids:
            yield _Response(held, act, SURELY if held.id in surely else MAYBE)


def _trace(rule: Proportionality, one: _Response, before: Before) -> Trace:
    """One response: what is held of each element, and what it answers. An element held `no` breaks the clause."""
    held = {name: _element(rule, one.finding, name, before) for name in rule.elements}
    outcome, code = _outcome(held, one.certain)
    assert one.finding.answers is not UNSET
    said = ", ".join(f"{name.replace('_', ' ')}: {says.replace('_', ' ')}" for name, says in held.items())
    missing = ", ".join(name.replace("_", " ") for name, says in held.items() if says not in ("yes", "no"))
    values: dict[str, str | int] = {
        "about": one.finding.about, "answers": one.finding.answers, "held": said, "missing": missing,
    }  # fmt: skip
    return Trace(code, values, outcome, acts=(one.act.id,), reports=(one.finding.answers,))


def _element(rule: Proportionality, act: Finding, name: str, before: Before) -> str:
    exempt = [f"{unless.id}.{name}" for one in before.agreement.obligations for unless in one.unless]
    return element_held(act, (name, f"self_defence.{name}", *exempt)) or "not said"


def _outcome(held: dict[str, str], certain: int) -> tuple[Outcome, str]:
    if "no" in held.values():
        broken = Outcome.BREACHED if certain == SURELY else Outcome.UNDECIDED
        return broken, "response_beyond" if certain == SURELY else "response_not_surely"
    if all(says == "yes" for says in held.values()):
        return Outcome.COMPLIED, "response_proportionate"
    return Outcome.UNDECIDED, "response_open"


def wrong(rule: Proportionality, obligation: Obligation, agreement: Agreement) -> list[str]:
    """There is an element to hold."""
    return [] if rule.elements else ["elements: at least one, or leave it out for the two of self-defence"]


PROPORTIONALITY = ClauseKind(
    "proportionality", "A response meets an immediate threat, and no more than that requires.", Proportionality,
    tests, each_body(judge_one), wrong,
    sentences={
        "responses": "{of} findings on a response that may be the party's; each is judged by itself, and none cancels "
        "what it answers.",
        "no_response_found": "No response was found; watched on {days} of {of} days.",
        "response_proportionate": "The response {about} to {answers}: {held}.",
        "response_beyond": "The response {about} to {answers} went beyond what was allowed: {held}.",
        "response_not_surely": "The response {about} to {answers} went beyond what was allowed ({held}); that it was "
        "this party's, of such a kind and in this period is open.",
        "response_open": "The response {about} to {answers}: {held}. A finding on this would settle it: {missing}.",
    },
)  # fmt: skip
