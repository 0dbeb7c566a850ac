"""Who held an exhibit, one after the other; and where the chain has a gap.

The Berkeley Protocol (OHCHR, HR/PUB/20/2, 2020) asks for a dated list of everyone who held a file and what they did to
it, and for a fingerprint that shows it unaltered. A gap is stated, and decides nothing: it is for a person to weigh.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from truceline.vocabulary.exhibit import Custody

PASSES_ON = ("handed_over", "returned")
ENDS = ("lost", "destroyed")
State = Literal["whole", "gap", "altered", "not_told"]
"""Of a chain. altered: somebody measured another fingerprint. not_told: nobody has said who held it."""


class Step(Struct, frozen=True):
    """One act of custody: when it was said to be done (UTC microseconds) and its id."""

    id: str
    at: int
    act: Custody


class Chain(Struct, frozen=True):
    """Where an exhibit is by its chain: who holds it ("" if nobody does), what is under way, and what does not fit."""

    state: State
    holder: str
    awaited: str = ""
    breaks: tuple[str, ...] = ()


class _Following:
    """Goes along a chain."""

    def __init__(self, holder: str, sha256: str) -> None:
        self.holder, self.awaited, self.ended = holder, "", ""
        self._sha256 = sha256
        self.breaks: list[str] = []
        self.altered = False

    def take(self, step: Step) -> None:
        """One step further."""
        act, name = step.act, step.id[:12]
        if self.ended:
            self.breaks.append(f"{name}: {act.holder} {_did(act)} it after it was {self.ended}")
        if act.did == "received":
            self._received(act, name)
        elif act.holder != self.holder:
            self.breaks.append(self._other(act, name))
            self.holder, self.awaited = act.holder, ""
        if act.sha256 is not None and act.sha256 != self._sha256:
            self.altered = True
            self.breaks.append(f"{name}: {act.holder} measured another fingerprint, {act.sha256[:16]}")
        if act.did in PASSES_ON:
            self.awaited = act.to or ""
        self.ended = act.did if act.did in ENDS else self.ended

    def _received(self, act: Custody, name: str) -> None:
        if self.awaited and act.holder != self.awaited:
            self.breaks.append(f"{name}: it was handed over to {self.awaited}, and {act.holder} received it")
        elif not self.awaited and act.holder != self.holder:
            self.breaks.append(f"{name}: {act.holder} received it, and {self.holder} has not said that it gave it away")
        self.holder, self.awaited = act.holder, ""

    def _other(self, act: Custody, name: str) -> str:
        if self.awaited == act.holder:
            return f"{name}: {act.holder} {_did(act)} it, and has not said that it received it"
        return f"{name}: {act.holder} {_did(act)} it, while {self.holder} held it"


def chain_of(entered_by: str, entered_at: int, sha256: str, steps: Sequence[Step]) -> Chain:
    """The chain of one exhibit: of all steps told, in the order in which they were done.

    It begins with whoever took the first step, if that was before the exhibit was entered; else with who entered it.
    """
    if not steps:
        return Chain("not_told", "", "nobody has said who holds it")
    ordered = sorted(steps, key=lambda one: (one.at, one.id))
    first = ordered[0]
    following = _Following(first.act.holder if first.at < entered_at else entered_by, sha256)
    for step in ordered:
        following.take(step)
    state: State = "altered" if following.altered else "gap" if following.breaks else "whole"
    awaited = f"handed over to {following.awaited}, who has not said that it arrived" if following.awaited else ""
    return Chain(state, "" if following.ended else following.holder, awaited, tuple(following.breaks))


def _did(act: Custody) -> str:
    return act.did.replace("_", " ")
