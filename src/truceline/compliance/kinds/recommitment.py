"""A recommitment: a period of hours at whose end those who decide say that it goes on, or it lapses.

Whoever is obliged is asked at every end of the period: did its own word, said by then, extend it beyond? What other
obligations the period keeps in force (`holds`) are in force only while it runs (`compliance/recommitted.py`).
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body, worst
from truceline.compliance.recommitted import Term, Word, needed_by, term_of
from truceline.vocabulary.agreement import Agreement, Clock
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import iso


class Recommitment(Struct, frozen=True, forbid_unknown_fields=True):
    """clock: a clock of hours: when the period begins, how long it lasts, and what declarations name.

    by: the bodies that must all extend it; without them those of the clock's `extension`, else its deciders. holds:
    obligations of the same instrument that are in force only while the period runs. asked: `if_it_held`: whoever
    refuses may say that it was not kept, so a refusal is undecided; `always`: a refusal is a breach.
    """

    clock: Id
    by: tuple[Id, ...] = ()
    holds: tuple[Id, ...] = ()
    asked: Literal["if_it_held", "always"] = "if_it_held"


def judge_one(rule: Recommitment, before: Before) -> Judged:
    """Every end of the period that lies in the time asked about, by itself; the worst of them. Without any, not owed.

    A declaration is the word of the body that made it, so every body holds the same of it.
    """
    zone = before.agreement.zone
    term = term_of(clock_of(rule, before.agreement), rule.by, before.acts, before.as_of, zone)
    until = min(before.end, before.as_of)
    ends = [end for end in term.ends(before.as_of) if before.start <= end < until]
    parts = tuple(_part(rule, term, before.party, end, zone) for end in ends)
    if not parts:
        return Judged(Outcome.NOT_IN_FORCE, Trace("recommitment_not_due", {}, Outcome.NOT_IN_FORCE))
    outcome = worst(part.outcome for part in parts if part.outcome)
    return Judged(outcome, Trace("recommitments_due", {"of": len(parts)}, outcome, parts))


def _part(rule: Recommitment, term: Term, party: str, end: int, zone: str) -> Trace:
    """At one end: extended by then, refused, extended after that, or nothing said."""
    word = _word(term.said_by(party), end)
    values: dict[str, str | int] = {"end": iso(end, zone)}
    if word is None:
        return Trace("recommitment_not_said", values, Outcome.NOT_OBSERVED)
    values["said"] = iso(word.at, zone)
    if word.says == "extended" and word.at <= end:
        values["until"] = iso(word.until, zone)
        return Trace("recommitted_in_time", values, Outcome.COMPLIED, acts=(word.act,))
    outcome = Outcome.BREACHED if rule.asked == "always" else Outcome.UNDECIDED
    code = "recommitted_late" if word.says == "extended" else "recommitment_refused"
    return Trace(code if rule.asked == "always" else f"{code}_open", values, outcome, acts=(word.act,))


def _word(said: list[Word], end: int) -> Word | None:
    """What a body says of that end: its last word by then, where it goes beyond or ended it; `not_met`; a later one.

    That the clock's condition is not met takes no extension back that was declared.
    """
    earlier = [one for one in said if one.at <= end]
    last = next((one for one in reversed(earlier) if one.says != "not_met"), None)
    if last is not None and (last.says == "ended" or last.until > end):
        return last
    refused = [one for one in earlier if one.says == "not_met"]
    return next(iter((*refused[-1:], *(one for one in said if one.at > end))), None)


def clock_of(rule: Recommitment, agreement: Agreement) -> Clock:
    """The clock it counts by. The pack's check has seen that there is one."""
    return next(one for one in agreement.clocks if one.id == rule.clock)


def wrong(rule: Recommitment, obligation: Obligation, agreement: Agreement) -> list[str]:
    """A clock of hours; obliged are some whose words extend it; what it holds is of its instrument, and held once."""
    clock = next((one for one in agreement.clocks if one.id == rule.clock), None)
    if clock is None or clock.hours is None:
        return [f"clock: {rule.clock!r} is no clock of hours of this agreement"]
    bodies = {one.id for one in agreement.bodies}
    found = [f"by: {one!r} is no body" for one in rule.by if one not in bodies]
    needed = needed_by(clock, rule.by)
    found += [f"obliged: the word of {one!r} does not extend it" for one in obligation.obliged if one not in needed]
    return [*found, *_wrong_holds(rule, obligation, agreement)]


def _wrong_holds(rule: Recommitment, obligation: Obligation, agreement: Agreement) -> Iterator[str]:
    known = {one.id: one for one in agreement.obligations}
    others = [one for one in agreement.obligations if one.kind == obligation.kind and one.id != obligation.id]
    for name in rule.holds:
        if name not in known or name == obligation.id or known[name].kind == obligation.kind:
            yield f"holds: {name!r} is no obligation that a period can keep in force"
        elif known[name].instrument != obligation.instrument:
            yield f"holds: {name!r} is of another instrument"
        elif any(name in one.rule.get("holds", ()) for one in others):
            yield f"holds: {name!r} is held by another recommitment too"


RECOMMITMENT = ClauseKind(
    "recommitment", "A period that is extended by those who decide, or lapses.", Recommitment, lambda *_: (),
    each_body(judge_one), wrong,
    sentences={
        "recommitment_not_due": "The period did not run out in the time asked about: nobody had to recommit in it.",
        "recommitments_due": "{of} times in this time the period ran out unless it was extended; each is judged by "
        "itself.",
        "recommitted_in_time": "To run out {end}; extended until {until}, said {said}, in time.",
        "recommitted_late": "It ran out {end}; extended after that, said {said}. What lay between is not made good.",
        "recommitted_late_open": "It ran out {end}; extended after that, said {said}. It was to be extended if it "
        "held: whether it held is for those who decide.",
        "recommitment_refused": "To run out {end}; declared ended or not met, said {said}.",
        "recommitment_refused_open": "To run out {end}; declared ended or not met, said {said}. It was to be extended "
        "if it held: whether it held is for those who decide.",
        "recommitment_not_said": "It ran out {end}; no word of it is recorded here. Its own declaration would settle "
        "it.",
    },
)  # fmt: skip
