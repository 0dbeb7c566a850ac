"""The policy of those who hold one record: which sides make a cut joint, and which side speaks for which body.

The same block stands in a pack (`holders:` in agreement.yaml) and in a mission's own policy file:

    sides: [north, south]     whose holding counts, by the names of their sides
    own: north                which of these sides this mission is; in a pack it is left out, each holder says it
    at_least: 2               how many of them are needed (left out: all)
    silence: freeze           what a silent side stops: everything (`freeze`), nothing, with a mark (`alone`), or
                              the guarantor's cosignature takes its place (`guarantor`)
    silent_after_days: 14     a side that wrote or cosigned nothing for so long is silent (left out: never)
    guarantor: secretariat    the side that stands in
    speaks: {alpha: north}    which side speaks for a body: its acts count from the logs of that side alone

A mission's own side is always called `own` too. A body that is not in `speaks` may be spoken for in any log.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec import Struct, field

OWN = "own"


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """The policy as it is written."""

    sides: tuple[str, ...]
    at_least: int | None = None
    silence: Literal["freeze", "alone", "guarantor"] = "freeze"
    silent_after_days: int | None = None
    guarantor: str = ""
    own: str = ""
    speaks: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Every side that it names, the guarantor among them."""
        return (*self.sides, self.guarantor) if self.guarantor else self.sides


def contradictions(policy: Policy) -> Iterator[tuple[str, str]]:
    """What is wrong with a policy by itself: the field, and a sentence with the mend."""
    if not policy.sides or len(set(policy.sides)) < len(policy.sides):
        yield "sides", "sides names each side that counts, once"
    if policy.at_least is not None and not 1 <= policy.at_least <= len(policy.sides):
        yield "at_least", f"at_least is 1 to {len(policy.sides)}"
    if (policy.silence == "guarantor") != bool(policy.guarantor):
        yield "guarantor", "a guarantor, and only one for `silence: guarantor`, is named"
    elif policy.guarantor and policy.guarantor in policy.sides:
        yield "guarantor", "a guarantor stands in for sides that count, so it is not one of them"
    if policy.silent_after_days is not None and policy.silent_after_days < 1:
        yield "silent_after_days", "silent_after_days is at least 1"
    if policy.own and OWN in (*policy.named, *policy.speaks.values()):
        yield "own", f"say {OWN!r} or {policy.own!r} for the own side, not both"


def as_seen_by(policy: Policy, own: str) -> Policy:
    """A pack's policy, for the holder whose side is called `own` in it."""
    return msgspec.structs.replace(policy, own=own)
