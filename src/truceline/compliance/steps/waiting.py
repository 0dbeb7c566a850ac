"""What a step waits for, whether that has come, since when, and whether it still can."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from truceline.compliance.kinds.access_requests import requests_of
from truceline.compliance.standing import EVER
from truceline.vocabulary.act import ActHeld, Declaration
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, SURELY
from truceline.vocabulary.obligation import Step, Waits
from truceline.vocabulary.when import read_instant

On = Literal["step", "clock", "instant", "delivery", "text"]
Come = Literal["met", "unmet", "open", "never"]


@dataclass(frozen=True)
class Wait:
    """One thing that is waited for. since: when it came (UTC microseconds), where it is met.

    on `text`: that the instrument holds. open: it is only claimed, or not by all whose word is needed. never: it cannot
    come any more.
    """

    on: On
    name: str
    come: Come
    since: int | None = None
    acts: tuple[str, ...] = ()


def span_of_text(agreement: Agreement, step: Step) -> tuple[int, int]:
    """[from, to) of the instruments that the step's terms are of: once all hold, and while one of them does.

    Open where they give no time, or where the step names no term.
    """
    named = {term.instrument for term in agreement.terms if term.id in step.terms}
    texts = [one for one in agreement.instruments if one.id in named]
    starts = [read_instant(one.in_force, agreement.zone) for one in texts if one.in_force]
    ends = [read_instant(one.until, agreement.zone) if one.until else EVER[1] for one in texts]
    return max(starts, default=EVER[0]), max(ends, default=EVER[1])


def text_holds(agreement: Agreement, step: Step, as_of: int) -> list[Wait]:
    """That the text is in force, where it says from when."""
    start = span_of_text(agreement, step)[0]
    if start == EVER[0]:
        return []
    names = sorted({term.instrument for term in agreement.terms if term.id in step.terms})
    met = start <= as_of
    return [Wait("text", ", ".join(names), "met" if met else "unmet", start if met else None)]


def on_instant(agreement: Agreement, text: str, as_of: int) -> Wait:
    """A time that has come, or not yet."""
    instant = read_instant(text, agreement.zone)
    return Wait("instant", text, "met" if instant <= as_of else "unmet", instant if instant <= as_of else None)


def on_clock(agreement: Agreement, acts: Sequence[ActHeld], name: str, as_of: int) -> Wait:
    """Met once the last word of every one of the clock's deciders is that it is; open while some say so."""
    deciders = next(clock.deciders for clock in agreement.clocks if clock.id == name)
    last: dict[str, dict[str, ActHeld]] = {}
    for held in acts:
        act = held.act
        if not isinstance(act, Declaration) or act.clock != name or held.at > as_of:
            continue
        if act.by in deciders and act.says in ("met", "not_met", "ended"):
            newest = max((one.at for one in last.get(act.by, {}).values()), default=held.at)
            if held.at > newest:
                last[act.by] = {}
            if held.at >= newest:
                last.setdefault(act.by, {})[held.id] = held
    said = {body: [one for one in words.values() if _is_met(one)] for body, words in last.items()}
    met = {body: words for body, words in said.items() if words and len(words) == len(last[body])}
    used = tuple(sorted(one.id for words in last.values() for one in words.values()))
    if deciders and set(met) == set(deciders):
        return Wait("clock", name, "met", max(one.at for words in met.values() for one in words), used)
    return Wait("clock", name, "open" if any(said.values()) else "unmet", None, used)


def _is_met(held: ActHeld) -> bool:
    return isinstance(held.act, Declaration) and held.act.says == "met"


def on_delivery(
    agreement: Agreement, acts: Sequence[ActHeld], number: str, bodies: Sequence[str], as_of: int
) -> Wait:  # fmt: skip
    """Delivered as each of these bodies holds it; open where some do, or where it is a claim."""
    whens: list[int] = []
    used: set[str] = set()
    claimed = False
    for body in bodies:
        request = next((one for one in requests_of(agreement, acts, body, as_of) if one.number == number), None)
        sure = request.first("delivered", certain=SURELY) if request else None
        maybe = request.first("delivered", certain=MAYBE) if request else None
        claimed = claimed or maybe is not None
        used |= {one.act for one in (sure or maybe,) if one is not None}
        whens += [sure.when] if sure else []
    if bodies and len(whens) == len(bodies):
        return Wait("delivery", number, "met", max(whens), tuple(sorted(used)))
    return Wait("delivery", number, "open" if claimed else "unmet", None, tuple(sorted(used)))


def named_in(wait: Waits) -> tuple[On, str]:
    """Which of the four kinds it is, and what it names."""
    for on, name in (("step", wait.step), ("clock", wait.clock), ("instant", wait.instant)):
        if name is not None:
            return on, name  # type: ignore[return-value]
    return "delivery", wait.delivery or ""
