"""Access for relief: rapid, unhindered, sustained and safe, each measured by itself, and the worst of the four."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from truceline.compliance.kinds.access_measures import rapid, sustained, unhindered
from truceline.compliance.kinds.access_requests import Request, names_of_areas, requests_of
from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.by_body import each_body, worst
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace


class Access(Struct, frozen=True, forbid_unknown_fields=True):
    """What each measure asks for; one that is left out is not measured. At least one is given.

    rapid_days: at most so many calendar days from asked to delivered. unhindered_percent: at least so many of a hundred
    people asked for are reached. sustained_gap_days: at most so many days between two deliveries. safe_kinds: kinds of
    attacks on it. areas: where; without them the obligation's.
    """

    rapid_days: Annotated[int, Meta(ge=0, le=3_660)] | None = None
    unhindered_percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    sustained_gap_days: Annotated[int, Meta(ge=0, le=3_660)] | None = None
    safe_kinds: tuple[Id, ...] = ()
    areas: tuple[Id, ...] = ()


def tests(rule: Access, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """For safe: attacks of these kinds, there. The other measures are asked of the requests, not of matters."""
    if not rule.safe_kinds:
        return ()
    return (RowTest(rule.safe_kinds, inside=rule.areas or obligation.areas or None),)


def judge_one(rule: Access, before: Before) -> Judged:
    """The requests asked in the period, with all that is known of them; each measure, and the worst of them."""
    where = names_of_areas(before.agreement, rule.areas or before.obligation.areas)
    every = [
        one
        for one in requests_of(before.agreement, before.acts, before.body, before.as_of)
        if one.touches(where) != NO and one.asked_of(before.agreement, before.party) != NO
    ]
    cohort = [one for one in every if _asked_in(one, before)]
    parts = _measures(rule, before, cohort, every)
    outcome = worst(part.outcome for part in parts if part.outcome)
    values: dict[str, str | int] = {"requests": len(cohort), "measures": len(parts)}
    return Judged(outcome, Trace("access", values, outcome, parts))


def _asked_in(one: Request, before: Before) -> bool:
    asked = one.asked()
    return asked is not None and before.start <= asked.when < min(before.end, before.as_of)


def _measures(rule: Access, before: Before, cohort: Sequence[Request], every: Sequence[Request]) -> tuple[Trace, ...]:
    parts = []
    if rule.rapid_days is not None:
        parts.append(rapid(rule.rapid_days, before, cohort))
    if rule.unhindered_percent is not None:
        parts.append(unhindered(rule.unhindered_percent, before, cohort))
    if rule.sustained_gap_days is not None:
        parts.append(sustained(rule.sustained_gap_days, before, every))
    if rule.safe_kinds:
        parts.append(_safe(rule, before, every))
    return tuple(parts)


def _safe(rule: Access, before: Before, every: Sequence[Request]) -> Trace:
    """By findings of attacks; and attacks that a request tells of, which leave it undecided until one finds on them.

    An attack that names nobody is told of, and put on nobody.
    """
    judged = judge_by_rows(rule, before)
    until = min(before.end, before.as_of)
    attacked = [s for one in every for s in one.steps if s.says == "attacked" and before.start <= s.when < until]
    mine = [s for one in every for _, s in one.by(before.agreement, before.party, ("attacked",)) if s in attacked]
    outcome = judged.outcome
    if mine and outcome in (Outcome.COMPLIED, Outcome.NOT_OBSERVED):
        outcome = Outcome.UNDECIDED
    values: dict[str, str | int] = {
        "told": len(mine), "unattributed": sum(not s.party for s in attacked),
    }  # fmt: skip
    return Trace("access_safe", values, outcome, (judged.trace,), tuple(s.act for s in attacked), judged.trace.reports)


def wrong(rule: Access, obligation: Obligation, agreement: Agreement) -> list[str]:
    """Something is measured."""
    asked = (rule.rapid_days, rule.unhindered_percent, rule.sustained_gap_days)
    if all(one is None for one in asked) and not rule.safe_kinds:
        return ["at least one of rapid_days, unhindered_percent, sustained_gap_days and safe_kinds"]
    return []


ACCESS = ClauseKind(
    "access", "Relief passes rapidly, unhindered, sustained and safe, each measured.", Access, tests,
    each_body(judge_one), wrong,
    sentences={
        "access": "{requests} requests asked in this period; {measures} measures, and the worst of them.",
        "access_rapid": "Rapid: of {of} requests due in time, {in_time} delivered within {days} days of asking; {late} "
        "late or refused by the party, {open} open. Method: calendar days from the first word that it was asked to "
        "the first that it was delivered.",
        "request_in_time": "{number}: asked {asked}, due {due}, delivered {delivered}.",
        "request_late": "{number}: asked {asked}, due {due}, delivered {delivered}, after that.",
        "request_late_others": "{number}: asked {asked}, due {due}, delivered {delivered}, after that; others had to "
        "let it pass too, and nobody says that this party held it up.",
        "request_refused": "{number}: asked {asked}, due {due}; refused by the party.",
        "request_open": "{number}: asked {asked}, due {due}; no word that counts says that it was delivered. One would "
        "settle it.",
        "access_unhindered": "Unhindered: {low} to {high} of {asked} people asked for were reached ({percent_low} to "
        "{percent_high} percent; at least {percent} owed); {hindered} steps name the party as holding up. Method: "
        "people told of at delivery over people asked for, summed over the requests that ended or were due; refused "
        "or aborted counts none; {left_out} requests give no number.",
        "access_sustained": "Sustained: {deliveries} deliveries; the longest gap that touches this period is {gap} "
        "days (at most {days}). Method: whole days between words that it was delivered, from the obligation's "
        "beginning.",
        "gap_short": "{gap} days from {from} to {to}.",
        "gap_refused": "{gap} days from {from} to {to}; the party refused or held up a request in it.",
        "gap_asked": "{gap} days from {from} to {to}; somebody asked in it, and nobody says that this party refused.",
        "gap_not_asked": "{gap} days from {from} to {to}; no request to the party is recorded in it.",
        "access_none": "No request is recorded, so nothing was measured.",
        "access_safe": "Safe: by findings of attacks, below; {told} more attacks that a request puts on the party, "
        "without a finding; {unattributed} that name nobody, and are put on nobody.",
    },
)  # fmt: skip
