"""Notification: acts of these kinds only after notice given so long before."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.by_body import each_body, worst
from truceline.compliance.kinds.found import findings_of, span_of_finding
from truceline.compliance.kinds.notices_given import NoticeHeld, covers, notices_of
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import HOUR, iso


class Notification(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: what needs notice. hours: so long before it begins, 0: only before. to: bodies, without them any.

    weapons: codes, without them any.
    """

    kinds: tuple[Id, ...]
    hours: Annotated[int, Meta(ge=0, le=8_784)]
    to: tuple[Id, ...] = ()
    weapons: tuple[Id, ...] | None = None


def tests(rule: Notification, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: acts of these kinds, in the obligation's areas. Whether notice was given is asked of each of them."""
    return (RowTest(rule.kinds, rule.weapons, inside=obligation.areas or None),)


def judge_one(rule: Notification, before: Before) -> Judged:
    """Each act found by itself, against every notice. What is only reported leaves it undecided.

    A notice permits nothing by itself: what other clauses forbid stays forbidden.
    """
    rows = before.rows
    counted = rows.breaching + rows.excused + rows.maybe + rows.permitted
    if not counted:
        outcome = Outcome.COMPLIED if before.watched.enough else Outcome.NOT_OBSERVED
        values: dict[str, str | int] = {"days": before.watched.days, "of": before.watched.of}
        return Judged(outcome, Trace("nothing_to_notify", values, outcome))
    known = {held.id: (held, act) for held, act in findings_of(before, before.body or "")}
    given = notices_of(before.agreement, before.acts, before.as_of)
    most = rows.breaching + rows.permitted
    surely, excused = set(rows.ids[:most]), set(rows.ids[most : most + rows.excused])
    asked = [one for one in rows.ids if one in known and one not in excused]
    parts = tuple(_part(rule, before, known[one], given, one in surely) for one in asked)
    reported = counted - len(parts) - rows.excused
    if reported > 0:
        parts = (*parts, Trace("notice_of_reported", {"count": reported}, Outcome.UNDECIDED))
    outcomes = [part.outcome for part in parts if part.outcome]
    outcome = worst([*outcomes, Outcome.EXCUSED] if excused else outcomes)
    return Judged(outcome, Trace("notices_asked", {"of": counted}, outcome, parts, reports=rows.ids))


def _part(
    rule: Notification, before: Before, found: tuple[ActHeld, Finding], given: Sequence[NoticeHeld], surely: bool
) -> Trace:
    held, act = found
    zone = before.agreement.zone
    span = span_of_finding(held, act, zone)
    answers = [
        (covers(one, before.agreement, act, span, party=before.party, body=before.body or "",
                before_us=rule.hours * HOUR, to=rule.to), one)
        for one in given
    ]  # fmt: skip
    best, notice = max(answers, key=lambda one: one[0], default=(NO, None))
    values: dict[str, str | int] = {"about": act.about, "hours": rule.hours, "when": act.when or "not said"}
    if best == NO or notice is None:
        outcome = Outcome.BREACHED if surely else Outcome.UNDECIDED
        return Trace("notice_missing" if surely else "notice_missing_maybe", values, outcome, acts=(held.id,))
    values |= {"number": notice.number, "given": iso(notice.given, zone)}
    outcome = Outcome.COMPLIED if best == SURELY else Outcome.UNDECIDED
    code = {SURELY: "notice_in_time", MAYBE: "notice_open"}[best]
    return Trace(code, values, outcome, acts=(held.id, *notice.acts))


def wrong(rule: Notification, obligation: Obligation, agreement: Agreement) -> list[str]:
    """Kinds to notify, and bodies that are there."""
    known = {body.id for body in agreement.bodies}
    found = [] if rule.kinds else ["kinds: at least one"]
    return [*found, *(f"to: {one!r} is no body of this agreement" for one in rule.to if one not in known)]


NOTIFICATION = ClauseKind(
    "notification", "Acts of these kinds only after notice, so long before.", Notification, tests,
    each_body(judge_one), wrong,
    sentences={
        "notices_asked": "{of} acts that need notice, or may; each is asked for its notice.",
        "nothing_to_notify": "Nothing that needs notice was found; watched on {days} of {of} days.",
        "notice_in_time": "{about} ({when}): notice {number}, given {given}, at least {hours} hours before.",
        "notice_open": "{about} ({when}): notice {number}, given {given}, may be of it. Its kind, time, place, to whom "
        "it was given, and a word that is more than a claim would have to fit.",
        "notice_missing": "{about} ({when}): no notice at least {hours} hours before.",
        "notice_missing_maybe": "{about} ({when}) may need notice, and there is none at least {hours} hours before.",
        "notice_of_reported": "{count} only reported, or not read as acts here: no finding of this body says what was "
        "done.",
    },
)  # fmt: skip
