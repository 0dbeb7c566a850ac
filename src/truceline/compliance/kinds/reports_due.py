"""Reports that states owe by a date, once or every so often: what resolutions ask, such as 2253 within 120 days."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Annotated, Literal

from msgspec import Meta, Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body, is_of, trusted, worst
from truceline.compliance.months import is_ambiguous, time_after
from truceline.errors import ValueNotRead
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.act_parts import Short
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.conduct import Performance
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import iso, moment, read_instant, zone_of

MOST_DUE = 1_000


class ReportsDue(Struct, frozen=True, forbid_unknown_fields=True):
    """first: when the first is due. months, days: so long after it the next is, and so on; neither: there is one only.

    rounding: where the day does not exist in a month, the first of the next (`up`) or the last of this one (`down`).
    who: states besides those obliged whose reports are followed, by name.
    """

    first: str
    months: Annotated[int, Meta(ge=0, le=120)] = 0
    days: Annotated[int, Meta(ge=0, le=3_660)] = 0
    rounding: Literal["up", "down"] | None = None
    who: tuple[Short, ...] = ()


State = Literal["in_time", "late", "not_made", "claimed", "open", "not_said"]
_OUTCOMES: dict[str, Outcome] = {
    "late": Outcome.BREACHED, "not_made": Outcome.BREACHED, "claimed": Outcome.UNDECIDED, "open": Outcome.UNDECIDED,
    "not_said": Outcome.NOT_OBSERVED, "in_time": Outcome.COMPLIED,
}  # fmt: skip


@dataclass(frozen=True)
class DueReport:
    """One report of one state, as one body holds it: the how manieth, when it is due (UTC microseconds), and its state.

    claimed: only others, or the state itself, say that it was made. open: words on it contradict each other.
    """

    number: int
    due: int
    state: State
    acts: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    when: int
    surely: bool
    says: str
    act: str


def dues(rule: ReportsDue, agreement: Agreement, until: int) -> list[int]:
    """When reports are due, up to that instant."""
    first = read_instant(rule.first, agreement.zone)
    found: list[int] = []
    for n in count() if rule.months or rule.days else (0,):
        due = time_after(
            first, agreement.zone, months=n * rule.months, days=n * rule.days, rounding=rule.rounding
        )  # fmt: skip
        if due > until or len(found) >= MOST_DUE:
            break
        found.append(due)
    return found


def reports_of(
    rule: ReportsDue, obligation: Obligation, agreement: Agreement, state: str, body: str, acts: Sequence[ActHeld],
    as_of: int,
) -> list[DueReport]:  # fmt: skip
    """The reports of one state that were due by `as_of`, as that body holds it.

    Its own words count, and those of a secretariat or an observer; what others say, the state itself among them, is
    a claim. The n-th report made counts for the n-th due.
    """
    said = _said(obligation, agreement, state, body, acts, as_of)
    due = dues(rule, agreement, as_of)
    ends = [*due[1:], as_of + 1] if due else []
    return [
        DueReport(n, at, *_one(n, at, end, said)) for n, (at, end) in enumerate(zip(due, ends, strict=True), start=1)
    ]


def _said(
    obligation: Obligation, agreement: Agreement, state: str, body: str, acts: Sequence[ActHeld], as_of: int
) -> list[_Said]:
    believed, found = trusted(agreement, body), []
    for one in acts:
        act = one.act
        if isinstance(act, Performance) and act.about == obligation.id and max(one.at, one.when) <= as_of:
            whose = is_of(agreement, act.party, state, one.when)
            if whose != NO:
                found.append(_Said(one.when, act.by in believed and whose == SURELY, act.says, one.id))
    return sorted(found, key=lambda one: (one.when, one.act))


def _one(number: int, due: int, end: int, said: Sequence[_Said]) -> tuple[State, tuple[str, ...]]:
    made = [one for one in said if one.says in ("done", "partly")]
    surely = [one for one in made if one.surely and one.says == "done"]
    denied = [one for one in said if one.says == "not_done" and one.surely and due <= one.when < end]
    in_time = [one for one in surely if one.when <= due]
    if denied:
        contradicted = len(in_time) >= number
        return ("open" if contradicted else "not_made"), tuple(one.act for one in (*denied, *in_time))
    if len(in_time) >= number:
        return "in_time", (in_time[number - 1].act,)
    maybe = [one for one in made if one.when <= due]
    if len(maybe) >= number:
        return "claimed", tuple(one.act for one in maybe)
    if len(surely) >= number:
        return "late", (surely[number - 1].act,)
    return "not_said", tuple(one.act for one in made)


@each_body
def judge(rule: ReportsDue, before: Before) -> Judged:
    """The worst of the reports due in the period; in force only where one is due in it."""
    assert before.body is not None
    asked = (before.obligation, before.agreement, before.party, before.body, before.acts, before.as_of)
    until = min(before.end, before.as_of)
    reports = [one for one in reports_of(rule, *asked) if before.start <= one.due < until]
    if not reports:
        return Judged(Outcome.NOT_IN_FORCE, Trace("no_report_due", outcome=Outcome.NOT_IN_FORCE))
    parts = tuple(_trace(one, before.agreement.zone) for one in reports)
    outcome = worst(_OUTCOMES[one.state] for one in reports)
    in_time = sum(one.state == "in_time" for one in reports)
    return Judged(outcome, Trace("reports_due", {"of": len(reports), "in_time": in_time}, outcome, parts))


def _trace(one: DueReport, zone: str) -> Trace:
    values: dict[str, str | int] = {"number": one.number, "due": iso(one.due, zone)}
    return Trace(f"report_{one.state}", values, _OUTCOMES[one.state], acts=one.acts)


def wrong(rule: ReportsDue, obligation: Obligation, agreement: Agreement) -> list[str]:
    """The first date is one, and the months have a rounding where one of the dates needs it."""
    try:
        first = moment(read_instant(rule.first, agreement.zone)).astimezone(zone_of(agreement.zone)).date()
    except ValueNotRead as error:
        return [f"first: {error.message}"]
    often = range(0, 12 * rule.months + 1, rule.months) if rule.months else ()
    if rule.rounding is None and any(is_ambiguous(first, months=months) for months in often):
        return [f"rounding: some months have no day {first.day}: declare up or down"]
    return []


REPORTS_DUE = ClauseKind(
    "reports_due", "States report by a date, once or every so often.", ReportsDue, lambda *_: (), judge, wrong,
    sentences={
        "no_report_due": "No report was due in this period.",
        "reports_due": "{in_time} of {of} reports that were due were made in time.",
        "report_in_time": "Report {number}, due {due}, was made in time.",
        "report_late": "Report {number}, due {due}, was made after that.",
        "report_not_made": "Report {number}, due {due}, was not made.",
        "report_claimed": "Report {number}, due {due}, was made, or partly, as others or the state itself say.",
        "report_open": "Report {number}, due {due}: one word says that it was made, another that it was not.",
        "report_not_said": "Report {number}, due {due}: nobody says whether it was made.",
    },
)  # fmt: skip
