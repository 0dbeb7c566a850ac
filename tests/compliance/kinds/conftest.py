"""Clause kinds asked by themselves: a rule, a few acts of the example pack's bodies, and what one body makes of it."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.pack import Pack
from truceline.compliance.trace_words import words_of
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement, Cited
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.obligation import Obligation, Step
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import read_as_of, read_instant

CITED = Cited("Ours", "invented")
Ask = Callable[..., Judged]


def every_part(trace: Trace) -> list[Trace]:
    """A trace and all its parts."""
    return [trace, *(inner for part in trace.parts for inner in every_part(part))]


@pytest.fixture
def asked(example: Pack) -> Ask:
    """`asked("milestone", {rule}, *acts, party=, body=, period=, as_of=, rows=, watched=, certain=)` -> Judged.

    Every sentence of the trace is read once: a code without one, or a value that is missing, fails the test.
    """

    def made(
        kind: str, rule: dict[str, Any], *acts: dict[str, Any], party: str = "north", body: str | None = "alpha",
        period: tuple[str, str] = ("2025-03-15T00:00", "2025-04-15T00:00"), as_of: str = "2025-05-01T00:00",
        rows: Rows | None = None, watched: tuple[int, int] = (0, 31), certain: int = SURELY,
        obligations: tuple[Obligation, ...] = (), steps: tuple[Any, ...] = (),
    ) -> Judged:  # fmt: skip
        agreement, owed = _with(example.agreement, kind, rule, party, obligations, steps)
        held = _held(acts, agreement.zone)
        start, end = (read_instant(text, agreement.zone) for text in period)
        before = Before(
            agreement, owed, party, body, start, end, read_as_of(as_of, agreement.zone), held, rows or Rows(),
            Watched(*watched), certain,
        )  # fmt: skip
        read = msgspec.convert(rule, KINDS[kind].rule)
        judged = KINDS[kind].judge(read, before)
        for part in every_part(judged.trace):
            assert part.code not in words_of(part, kind), f"{part.code} has no sentence"
        return judged

    return made


def _with(
    agreement: Agreement, kind: str, rule: dict[str, Any], party: str, more: tuple[Obligation, ...], steps: Any
) -> tuple[Agreement, Obligation]:
    owed = Obligation("owed", {"en": "Owed"}, "truce_text", ("A1",), (party,), kind, CITED, rule)
    read = tuple(msgspec.convert(step, Step) for step in steps)
    return msgspec.structs.replace(agreement, obligations=(owed, *more), steps=read), owed


def _held(acts: Any, zone: str) -> list[ActHeld]:
    read: list[Act] = [msgspec.convert({"because": "Seen.", **act}, Act) for act in acts]
    whens = [getattr(act, "when", None) for act in read]
    return [
        ActHeld(f"{n:064x}", n, act, read_instant(act.at, zone), read_instant(when or act.at, zone))
        for n, (act, when) in enumerate(zip(read, whens, strict=True))
    ]
