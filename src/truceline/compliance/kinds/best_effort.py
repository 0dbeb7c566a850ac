"""A best effort: shown against its baseline, with counts and exposure, and never a bare breach.

What a party has to work for, without a promise that it comes about: fewer flights, more releases, talks. Too little of
it is undecided, and the figures are shown: whether that was an effort is for people to say.
"""

from typing import Literal

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.by_body import each_body, is_of, trusted
from truceline.compliance.kinds.found import done_by, findings_of, is_held, is_kind, span_of_finding, within
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.conduct import Performance
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import DAY, read_instant

_MADE = ("done", "partly", "begun", "resumed")


class BestEffort(Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of `kinds` and `performance` is given. baseline: [from, to), what a period is shown against.

    kinds: matters that are counted, of which there should be `fewer` or `more` (aim) a day than in the baseline.
    performance: what bodies say was done about the obligation. note: how it is measured, in words.
    """

    baseline: tuple[str, str]
    kinds: tuple[Id, ...] | None = None
    performance: bool = False
    aim: Literal["fewer", "more"] = "more"
    note: str = ""


def tests(rule: BestEffort, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test for matters of these kinds; none where performances are asked."""
    return (RowTest(rule.kinds),) if rule.kinds is not None else ()


def judge_one(rule: BestEffort, before: Before) -> Judged:
    """By performances, or by matters a watched day against the baseline's a day."""
    return _by_performances(rule, before) if rule.performance else _by_matters(rule, before)


def _by_performances(rule: BestEffort, before: Before) -> Judged:
    """Done in the period, as somebody says whose word is knowledge: complied. Claimed, or denied: undecided."""
    here = _words(before, before.start, min(before.end, before.as_of))
    earlier = _words(before, *_baseline(rule, before))
    made = [one for one in here if one[0] and one[1] in _MADE]
    if made and len(made) == sum(sure for sure, *_ in here):
        outcome = Outcome.COMPLIED
    else:
        outcome = Outcome.UNDECIDED if here else Outcome.NOT_OBSERVED
    values: dict[str, str | int] = {
        "made": len(made), "words": len(here), "before": sum(sure and says in _MADE for sure, says, _ in earlier),
    }  # fmt: skip
    return Judged(outcome, Trace("effort_performed", values, outcome, acts=tuple(act for *_, act in here)))


def _words(before: Before, start: int, end: int) -> list[tuple[bool, str, str]]:
    """What was said of it in [start, end): whether surely, what, and the act."""
    believed = trusted(before.agreement, before.body or "")
    return [
        (one.act.by in believed, one.act.says, one.id)
        for one in before.acts
        if isinstance(one.act, Performance) and one.act.about == before.obligation.id and one.at <= before.as_of
        and start <= one.when < end and is_of(before.agreement, one.act.party, before.party, one.when) != NO
    ]  # fmt: skip


def _by_matters(rule: BestEffort, before: Before) -> Judged:
    """Fewer, or more, a watched day than a day of the baseline. Where nobody watched, nothing is held of it."""
    rows, days = before.rows, before.watched.days
    surely = rows.breaching + rows.excused + rows.permitted
    start, end = _baseline(rule, before)
    earlier, earlier_days = _found(rule, before, start, end), max(1, (end - start) // DAY)
    values: dict[str, str | int] = {
        "surely": surely, "maybe": rows.maybe, "days": days, "of": before.watched.of, "before": earlier,
        "before_days": earlier_days, "aim": rule.aim,
    }  # fmt: skip
    outcome = _outcome(rule, (surely, surely + rows.maybe), days, (earlier, earlier_days))
    return Judged(outcome, Trace("effort_counted", values, outcome, reports=rows.ids))


def _outcome(rule: BestEffort, counted: tuple[int, int], days: int, earlier: tuple[int, int]) -> Outcome:
    low, high = counted
    if not days:
        return Outcome.UNDECIDED if high else Outcome.NOT_OBSERVED
    enough = high * earlier[1] <= earlier[0] * days if rule.aim == "fewer" else low * earlier[1] >= earlier[0] * days
    return Outcome.COMPLIED if enough else Outcome.UNDECIDED


def _found(rule: BestEffort, before: Before, start: int, end: int) -> int:
    """How many findings of this body surely lie in the baseline. What was only reported then is not counted."""
    found = 0
    for held, act in findings_of(before, before.body or ""):
        span = span_of_finding(held, act, before.agreement.zone)
        party = done_by(act, before.party, before, span[0])
        answers = (is_held(act), is_kind(act, rule.kinds), SURELY if party != NO else NO, within(span, start, end))
        found += min(answers) == SURELY
    return found


def _baseline(rule: BestEffort, before: Before) -> tuple[int, int]:
    zone = before.agreement.zone
    return read_instant(rule.baseline[0], zone), read_instant(rule.baseline[1], zone)


def wrong(rule: BestEffort, obligation: Obligation, agreement: Agreement) -> list[str]:
    """One thing is measured, everywhere, against a baseline that runs forward."""
    found = [] if (rule.kinds is None) == rule.performance else ["exactly one of kinds and performance is given"]
    if obligation.areas:
        found.append("a best effort is counted wherever it was: leave areas out")
    try:
        start, end = (read_instant(text, agreement.zone) for text in rule.baseline)
    except ValueNotRead as error:
        return [*found, f"baseline: {error.message}"]
    return found if start < end else [*found, "baseline: ends before it begins"]


BEST_EFFORT = ClauseKind(
    "best_effort", "Work for something; shown against its baseline, never a bare breach.", BestEffort, tests,
    each_body(judge_one), wrong,
    sentences={
        "effort_performed": "{made} times held to have been done in this period, of {words} words on it; {before} "
        "times in the baseline. A best effort is never a breach.",
        "effort_counted": "{surely} surely and {maybe} maybe in this period, watched on {days} of {of} days; {before} "
        "found in the {before_days} days of the baseline, all of them counted as watched. Asked for: {aim}. A best "
        "effort is never a breach.",
    },
)  # fmt: skip
