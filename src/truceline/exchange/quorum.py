"""Which cosignatures make a cut joint, and what happens when a holder falls silent. Declared, never computed.

    sides: [own, south]       whose holding counts: sides as they were named when their logs were added
    at_least: 2               how many of them are needed (left out: all)
    silence: freeze           what a silent side stops: everything (`freeze`), nothing, with a mark (`alone`), or
                              the guarantor's cosignature takes its place (`guarantor`)
    silent_after_days: 14     a side that wrote or cosigned nothing for so long is silent (left out: never)
    guarantor: secretariat    the side that stands in

A side holds a log up to the largest size that one of its logs wrote or cosigned. A log's joint size is the
largest that enough sides hold. Without a policy all sides known are needed, and silence freezes.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

import msgspec

DAY_S = 86_400


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The policy as it is written."""

    sides: tuple[str, ...]
    at_least: int | None = None
    silence: Literal["freeze", "alone", "guarantor"] = "freeze"
    silent_after_days: int | None = None
    guarantor: str = ""


class Joint(msgspec.Struct, frozen=True):
    """Up to which size a log is joint, and without whom: `without` is empty where the policy was met in full.

    `stand_in` says that the guarantor stood in for a silent side.
    """

    size: int
    without: tuple[str, ...] = ()
    stand_in: bool = False


def objections(policy: Policy, known: Collection[str]) -> list[str]:
    """What is wrong with a policy for these sides; a guarantor may be one that counts anyway, or another."""
    wrong = [f"{side!r} is no side of this mission" for side in policy.sides if side not in known]
    if not policy.sides or len(set(policy.sides)) < len(policy.sides):
        wrong.append("sides names each side that counts, once")
    if policy.at_least is not None and not 1 <= policy.at_least <= len(policy.sides):
        wrong.append(f"at_least is 1 to {len(policy.sides)}")
    if (policy.silence == "guarantor") != bool(policy.guarantor):
        wrong.append("a guarantor, and only one for `silence: guarantor`, is named")
    elif policy.guarantor and policy.guarantor not in known:
        wrong.append(f"{policy.guarantor!r} is no side of this mission")
    elif policy.guarantor in policy.sides:
        wrong.append("a guarantor stands in for sides that count, so it is not one of them")
    if policy.silent_after_days is not None and policy.silent_after_days < 1:
        wrong.append("silent_after_days is at least 1")
    return wrong


def everyone(sides: Sequence[str]) -> Policy:
    """The policy where none was set: all sides, and silence freezes."""
    return Policy(tuple(sorted(set(sides))))


def silent(policy: Policy, heard_s: Mapping[str, int], now_s: int) -> tuple[str, ...]:
    """The sides that count and have been silent for too long; `heard_s` is when each was last heard (UTC seconds)."""
    if policy.silent_after_days is None:
        return ()
    longest = policy.silent_after_days * DAY_S
    return tuple(side for side in policy.sides if side != "own" and now_s - heard_s.get(side, 0) > longest)


def joint(policy: Policy, holds: Mapping[str, int], silent_sides: Collection[str] = ()) -> Joint:
    """The joint size of one log from the size that each side holds of it."""
    needed = policy.at_least or len(policy.sides)
    whole = _nth(holds, policy.sides, needed)
    gone = tuple(side for side in policy.sides if side in silent_sides)
    if policy.silence == "freeze" or not gone:
        return Joint(whole)
    present = [side for side in policy.sides if side not in gone]
    if policy.silence == "guarantor":
        # One guarantor has one voice, however many are silent: the sides beyond the first stay needed.
        voices, wanted = [*present, policy.guarantor], max(1, needed - len(gone) + 1)
    else:
        voices, wanted = present, min(needed, len(present))
    found = _nth(holds, voices, wanted) if voices and wanted else 0
    return Joint(found, gone, policy.silence == "guarantor") if found > whole else Joint(whole)


def _nth(holds: Mapping[str, int], voices: Sequence[str], needed: int) -> int:
    """The largest size that so many of the voices hold."""
    sizes = sorted((holds.get(side, 0) for side in voices), reverse=True)
    return sizes[needed - 1] if 0 < needed <= len(sizes) else 0
