"""Three measures of access, each with its own outcome, its denominators and how it was measured."""

from collections.abc import Sequence

from truceline.compliance.kinds.access_requests import ENDED, HINDERING, Request, StepHeld
from truceline.compliance.kinds.base import Before
from truceline.compliance.kinds.by_body import worst
from truceline.compliance.months import time_after
from truceline.errors import ValueNotRead
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Trace
from truceline.vocabulary.when import DAY, iso, read_instant

MOST_TOLD = 50
"""So many requests are told one by one; all are counted."""


def rapid(days: int, before: Before, cohort: Sequence[Request]) -> Trace:
    """From the first word that it was asked to the first that it was delivered, in calendar days.

    Refused by the party, or delivered late where it alone had to let it pass or held it up: a breach. No word of a
    delivery by then: undecided. Not due yet: not counted.
    """
    parts = tuple(part for one in cohort if (part := _rapid(one, days, before)) is not None)
    if not parts:
        return Trace("access_none", {}, Outcome.NOT_OBSERVED)
    outcomes = [part.outcome for part in parts]
    outcome = worst(one for one in outcomes if one)
    values: dict[str, str | int] = {
        "of": len(parts), "days": days, "in_time": outcomes.count(Outcome.COMPLIED),
        "late": outcomes.count(Outcome.BREACHED), "open": outcomes.count(Outcome.UNDECIDED),
    }  # fmt: skip
    return Trace("access_rapid", values, outcome, parts[:MOST_TOLD])


def _rapid(one: Request, days: int, before: Before) -> Trace | None:
    asked = one.asked()
    assert asked is not None, "a request of the period was asked in it"
    zone = before.agreement.zone
    due = time_after(asked.when, zone, days=days)
    delivered = one.first("delivered", certain=SURELY)
    told: dict[str, str | int] = {"number": one.number, "asked": iso(asked.when, zone), "due": iso(due, zone)}
    acts = tuple(step.act for step in (asked, delivered) if step)
    if delivered is not None:
        told["delivered"] = iso(delivered.when, zone)
        if delivered.when <= due:
            return Trace("request_in_time", told, Outcome.COMPLIED, acts=acts)
        blamed = one.asked_of(before.agreement, before.party) == SURELY or _surely(one, before, HINDERING)
        code, outcome = ("request_late", Outcome.BREACHED) if blamed else ("request_late_others", Outcome.UNDECIDED)
        return Trace(code, told, outcome, acts=acts)
    if refused := _surely(one, before, ("refused",)):
        return Trace("request_refused", told, Outcome.BREACHED, acts=(*acts, *(step.act for step in refused)))
    return Trace("request_open", told, Outcome.UNDECIDED, acts=acts) if due < before.as_of else None


def _surely(one: Request, before: Before, says: Sequence[str]) -> list[StepHeld]:
    return [step for certain, step in one.by(before.agreement, before.party, says) if certain == SURELY]


def unhindered(percent: int, before: Before, cohort: Sequence[Request]) -> Trace:
    """People reached of people asked for, as bounds: several figures give the lowest and the highest.

    Fewer than asked for is a breach only where the party surely held something up; without that, undecided.
    """
    asked_low = asked_high = low = high = left_out = 0
    hindered: list[StepHeld] = []
    for one in cohort:
        asked, reached = one.people("asked"), _reached(one)
        if asked is None or reached is None or not asked[0]:
            left_out += 1
            continue
        asked_low, asked_high = asked_low + asked[0], asked_high + asked[1]
        low, high = low + min(reached[0], asked[0]), high + min(reached[1], asked[1])
        hindered += _surely(one, before, HINDERING)
    if not asked_high:
        return Trace("access_none", {}, Outcome.NOT_OBSERVED)
    values: dict[str, str | int] = {
        "low": low, "high": high, "asked": _bounds(asked_low, asked_high), "percent": percent,
        "percent_low": 100 * low // asked_high, "percent_high": min(100, 100 * high // asked_low),
        "hindered": len(hindered), "left_out": left_out,
    }  # fmt: skip
    surely_enough, surely_short = 100 * low >= percent * asked_high, 100 * high < percent * asked_low
    outcome = Outcome.COMPLIED if surely_enough else Outcome.UNDECIDED
    if surely_short and hindered:
        outcome = Outcome.BREACHED
    return Trace("access_unhindered", values, outcome, acts=tuple(step.act for step in hindered))


def _reached(one: Request) -> tuple[int, int] | None:
    """Those told of at delivery; nobody where it was refused or aborted; None while it is open or gives no number."""
    if given := one.people("delivered"):
        return given
    ended = one.first(*ENDED, certain=SURELY)
    return (0, 0) if ended is not None and ended.says != "delivered" else None


def _bounds(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def sustained(days: int, before: Before, every: Sequence[Request]) -> Trace:
    """The longest gap between deliveries that touches the period, from the obligation's beginning up to now.

    Too long a gap is a breach where the party surely refused or held up a request in it; undecided where somebody
    asked, or where it is not too long only by a delivery that is claimed; not observed where nobody asked.
    """
    until = min(before.end, before.as_of)
    since = _beginning(before.obligation, before)
    told = sorted({step.when for one in every for step in one.steps if step.says == "delivered"})
    sure = sorted({s.when for one in every for s in one.steps if s.says == "delivered" and s.certain == SURELY})
    gap = _longest([since, *(at for at in sure if since < at)], before, until)
    if gap is None:
        return Trace("access_none", {}, Outcome.NOT_OBSERVED)
    claimed = _longest([since, *(at for at in told if since < at)], before, until)
    part = _gap(gap, days, before, every)
    if part.outcome is Outcome.BREACHED and claimed is not None and claimed[1] - claimed[0] <= days * DAY:
        part = Trace("gap_asked", part.values, Outcome.UNDECIDED, acts=part.acts)
    counted = len([at for at in sure if before.start <= at < until])
    values: dict[str, str | int] = {"deliveries": counted, "gap": (gap[1] - gap[0]) // DAY, "days": days}
    return Trace("access_sustained", values, part.outcome, (part,))


def _longest(instants: Sequence[int], before: Before, until: int) -> tuple[int, int] | None:
    """The longest gap of those that touch [start, until); the last one ends there."""
    inside = [at for at in instants if at < until]
    gaps = zip(inside, [*inside[1:], until], strict=True)
    return max((gap for gap in gaps if gap[1] > before.start), key=lambda gap: (gap[1] - gap[0], -gap[0]), default=None)


def _gap(gap: tuple[int, int], days: int, before: Before, every: Sequence[Request]) -> Trace:
    zone = before.agreement.zone
    values: dict[str, str | int] = {
        "gap": (gap[1] - gap[0]) // DAY, "from": iso(gap[0], zone), "to": iso(gap[1], zone),
    }  # fmt: skip
    if gap[1] - gap[0] <= days * DAY:
        return Trace("gap_short", values, Outcome.COMPLIED)
    held_up = [s for one in every for s in _surely(one, before, HINDERING) if gap[0] <= s.when < gap[1]]
    if held_up:
        return Trace("gap_refused", values, Outcome.BREACHED, acts=tuple(step.act for step in held_up))
    asked = [step for one in every if (step := one.asked()) and gap[0] <= step.when < gap[1]]
    if asked:
        return Trace("gap_asked", values, Outcome.UNDECIDED, acts=tuple(step.act for step in asked))
    return Trace("gap_not_asked", values, Outcome.NOT_OBSERVED)


def _beginning(obligation: Obligation, before: Before) -> int:
    """When the obligation begins: its own time, else its instrument's, else the period's start."""
    instrument = next((one for one in before.agreement.instruments if one.id == obligation.instrument), None)
    for text in (obligation.from_, instrument.in_force if instrument else None):
        if text:
            try:
                return read_instant(text, before.agreement.zone)
            except ValueNotRead:
                continue
    return before.start
