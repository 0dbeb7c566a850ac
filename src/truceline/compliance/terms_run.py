"""Which terms of a pack run, by which obligations and steps, shown by which examples; and which do not, and why.

A term *runs* where an obligation or a step names it, or where it excludes and its instrument's exclusions are applied.
It is *shown* where at least three examples ask about one of those (or say that they show it), and one of them leaves it
undecided: what a text does not settle belongs to what it says. A term that neither runs nor is named under `not_run`
is `silent`: nobody has said why.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from truceline.compliance.examples import Example
from truceline.vocabulary.agreement import Agreement, NotRun, Term, Text
from truceline.vocabulary.assessment import Outcome, Verdict

EXAMPLES_EACH = 3
"""So many examples show a term, one of them undecided."""
OPEN_STATES = ("contested", "cannot_tell", "undecided")


class TermRun(Struct, frozen=True):
    """One term: what runs it, how many examples ask about that, how many of these are left undecided.

    rule, because, part: of `not_run`, for the whole term or, with `part`, for a part of one that runs.
    """

    term: str
    instrument: str
    state: Literal["run", "not_run", "silent"]
    shown: bool
    kinds: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    examples: int = 0
    undecided: int = 0
    rule: str | None = None
    because: Text | None = None
    part: Text | None = None


class KindUsed(Struct, frozen=True):
    """How many obligations are of a clause kind."""

    kind: str
    obligations: int


class TermsRun(Struct, frozen=True):
    """The counts over a pack, and every term."""

    terms: int
    run: int
    shown: int
    not_run: int
    silent: int
    obligations: int
    steps: int
    exemptions: int
    examples: int
    kinds: tuple[KindUsed, ...]
    by_term: tuple[TermRun, ...]


def terms_run(agreement: Agreement, examples: Sequence[Example]) -> TermsRun:
    """What runs of a pack's terms, counted."""
    asked = Counter(word for one in examples for word in _asked(one))
    left_open = Counter(word for one in examples for word in _asked(one) if _is_open(one))
    by_term = tuple(_term(agreement, term, asked, left_open) for term in agreement.terms)
    states = Counter(one.state for one in by_term)
    kinds = sorted(Counter(one.kind for one in agreement.obligations).items())
    return TermsRun(
        len(by_term), states["run"], sum(one.shown for one in by_term), states["not_run"], states["silent"],
        len(agreement.obligations), len(agreement.steps), sum(len(one.unless) for one in agreement.obligations),
        len(examples), tuple(KindUsed(*one) for one in kinds), by_term,
    )  # fmt: skip


Asked = tuple[str, str]
"""What an example asks about, or a term that it says it shows."""


def _asked(example: Example) -> tuple[Asked, ...]:
    given = example.given
    shown = tuple(("term", term) for term in example.terms)
    if given.obligation:
        return (("obligation", given.obligation), *shown)
    return (("step", given.step), *shown) if given.step else shown


def _is_open(example: Example) -> bool:
    said = example.expect
    return said.outcome == Outcome.UNDECIDED or said.verdict == Verdict.CANNOT_TELL or said.state in OPEN_STATES


def _term(agreement: Agreement, term: Term, asked: Counter[Asked], left_open: Counter[Asked]) -> TermRun:
    held = [one for one in agreement.obligations if term.id in one.terms]
    steps = tuple(step.id for step in agreement.steps if term.id in step.terms)
    excludes = term.kind == "exclusion" and any(
        one.exclusions for one in agreement.instruments if one.id == term.instrument
    )
    runs = bool(held or steps or excludes)
    ids = (("term", term.id), *(("obligation", one.id) for one in held), *(("step", step) for step in steps))
    examples, undecided = (sum(of[one] for one in ids) for of in (asked, left_open))
    why = next((one for one in agreement.not_run if one.term == term.id), None)
    made = TermRun(
        term.id, term.instrument, "run" if runs else "silent", runs and examples >= EXAMPLES_EACH and undecided > 0,
        tuple(sorted({one.kind for one in held})), tuple(one.id for one in held), steps, examples, undecided,
    )  # fmt: skip
    return made if why is None else _with_reason(made, why)


def _with_reason(made: TermRun, why: NotRun) -> TermRun:
    state: Literal["run", "not_run"] = "run" if made.state == "run" else "not_run"
    return msgspec.structs.replace(made, state=state, rule=why.rule, because=why.because, part=why.part)
