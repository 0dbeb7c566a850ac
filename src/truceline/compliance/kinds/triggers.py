"""What sets a duty going, and what answers it: acts of bodies, linked by their case, by what they name, or maybe.

A trigger is judged as one body holds it: its own findings and determinations. Where a body is obliged, its own cases,
measures and steps set its own duties going; where a party is, those of the body that name the party.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import UNSET, Struct

from truceline.compliance.kinds.base import Before
from truceline.compliance.kinds.by_body import is_of
from truceline.compliance.kinds.found import element_held, findings_of, is_held, is_kind
from truceline.vocabulary.act import ActHeld, Declaration, Determination, kind_of
from truceline.vocabulary.case import CaseOpened, CaseStep
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.pack_parts import Id

ActName = Literal[
    "finding", "determination", "case", "move", "measure", "meeting", "performance", "publication", "referral", "notice"
]


class Trigger(Struct, frozen=True, forbid_unknown_fields=True):
    """What sets the duty going; at least one is given, and any of them does.

    kinds: a finding of these kinds (with `elements`: that holds them so). possible: one that may have happened, may be
    of these kinds or may hold them is enough. category: a determination of one of these. act: an act of that name.
    step: a step of a case. clock: all who decide it have declared it met.
    """

    kinds: tuple[Id, ...] | None = None
    elements: dict[Id, Literal["yes", "no"]] = {}
    possible: bool = False
    category: tuple[Id, ...] | None = None
    act: ActName | None = None
    step: Id | None = None
    clock: Id | None = None


class Response(Struct, frozen=True, forbid_unknown_fields=True):
    """What is owed then; exactly one is given. act: an act of that name. step: a step of a case."""

    act: ActName | None = None
    step: Id | None = None


@dataclass(frozen=True)
class Triggered:
    """One trigger: when (UTC microseconds, as it was said), how surely, and what names the matter it is about."""

    when: int
    certain: int
    act: str
    about: str
    links: frozenset[str]


def triggers(rule: Trigger, before: Before, body: str) -> list[Triggered]:
    """Every trigger that body holds, said by `as_of`, in order."""
    found = [*_found(rule, before, body), *_determined(rule, before, body), *_acted(rule, before, body)]
    found += _declared(rule, before)
    return sorted(found, key=lambda one: (one.when, one.act))


def _found(rule: Trigger, before: Before, body: str) -> Iterator[Triggered]:
    if rule.kinds is None and not rule.elements:
        return
    for held, act in findings_of(before, body):
        answers = [is_held(act), is_kind(act, rule.kinds)]
        for name, wanted in rule.elements.items():
            says = element_held(act, (name,))
            answers.append(SURELY if says == wanted else NO if says in ("yes", "no") else MAYBE)
        if min(answers) != NO:
            certain = SURELY if rule.possible else min(answers)
            yield Triggered(held.at, certain, held.id, act.about, links_of(held))


def _determined(rule: Trigger, before: Before, body: str) -> Iterator[Triggered]:
    """Determinations of these categories; one that names another party sets no duty of this party going."""
    bodies = {one.id for one in before.agreement.bodies}
    for one in before.acts:
        act = one.act
        if not isinstance(act, Determination) or act.by != body or one.at > before.as_of:
            continue
        named = "" if act.party is UNSET or before.party in bodies else act.party
        certain = is_of(before.agreement, named, before.party, one.when) if named else SURELY
        if act.category in (rule.category or ()) and certain != NO:
            yield Triggered(one.at, certain, one.id, act.about, links_of(one))


def _acted(rule: Trigger, before: Before, body: str) -> Iterator[Triggered]:
    if rule.act is None and rule.step is None:
        return
    bodies = {one.id for one in before.agreement.bodies}
    for one in before.acts:
        act: Any = one.act
        if one.at > before.as_of or not is_named(one, rule.act, rule.step):
            continue
        if before.party in bodies:
            certain = SURELY if act.by == before.party else NO
        else:
            certain = min(_names(act, before), SURELY if act.by == body else NO)
        if certain != NO:
            yield Triggered(one.at, certain, one.id, getattr(act, "case", None) or kind_of(one.act), links_of(one))


def _names(act: Any, before: Before) -> int:
    """Whether the act is about the party: its `party`, or whom it went `to`."""
    named = [name for field in ("party", "to") if isinstance(name := getattr(act, field, None), str)]
    return max((is_of(before.agreement, name, before.party, before.as_of) for name in named), default=NO)


def _declared(rule: Trigger, before: Before) -> Iterator[Triggered]:
    """The clock is met once the last word of every one of its deciders says so."""
    clock = next((one for one in before.agreement.clocks if one.id == rule.clock), None)
    if clock is None:
        return
    last: dict[str, ActHeld] = {}
    for one in sorted(before.acts, key=lambda one: (one.at, one.seq)):
        act = one.act
        is_word = isinstance(act, Declaration) and act.clock == clock.id and act.says in ("met", "not_met")
        if is_word and one.at <= before.as_of:
            last[act.by] = one
    said = [last[body] for body in clock.deciders if body in last and _says_met(last[body])]
    if clock.deciders and len(said) == len(clock.deciders):
        final = max(said, key=lambda one: (one.at, one.seq))
        yield Triggered(final.at, SURELY, final.id, clock.id, frozenset({f"clock/{clock.id}"}))


def _says_met(one: ActHeld) -> bool:
    return isinstance(one.act, Declaration) and one.act.says == "met"


def is_named(one: ActHeld, name: str | None, step: str | None) -> bool:
    """The act bears that name, or is that step of a case."""
    if step is not None and isinstance(one.act, CaseStep) and one.act.step == step:
        return True
    return name is not None and kind_of(one.act) == name


def links_of(one: ActHeld) -> frozenset[str]:
    """What names the matter an act is about: its id, its case, the reports it rests on, what it is about or answers."""
    act: Any = one.act
    named: set[str] = {one.id}
    if isinstance(act, CaseOpened):
        return frozenset({one.id, act.handle, *act.reports})
    for field in ("case", "about", "answers", "of", "after"):
        value = getattr(act, field, None)
        named |= {value} if isinstance(value, str) else set()
    rests_on = getattr(act, "rests_on", UNSET)
    if isinstance(rests_on, tuple):
        named |= set(rests_on)
    return frozenset(named)


def linked(trigger: Triggered, one: ActHeld) -> int:
    """SURELY where both name the same; MAYBE where the answer names nothing but itself; else NO.

    Ids of acts may be cut short: twelve characters of one are the same one.
    """
    theirs = links_of(one)
    if any(_same(left, right) for left in trigger.links for right in theirs):
        return SURELY
    return MAYBE if theirs == {one.id} else NO


def _same(left: str, right: str) -> bool:
    if left == right:
        return True
    shorter, longer = sorted((left, right), key=len)
    return len(shorter) >= 12 and "/" not in shorter and len(longer) == 64 and longer.startswith(shorter)
