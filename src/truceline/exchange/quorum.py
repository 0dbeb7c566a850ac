"""Which cosignatures make a cut joint, what happens when a holder falls silent, and who speaks for a body.

Declared, never computed: the form of a policy is in `vocabulary.holding`. A side holds a log up to the largest
size that one of its logs wrote or cosigned. A log's joint size is the largest that enough sides hold. Without a
policy all sides known are needed, silence freezes, and a body may be spoken for in any log.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from truceline.vocabulary.holding import OWN, Policy, contradictions

__all__ = ["Joint", "Log", "Policy", "everyone", "joint", "objections", "resolved", "side_in", "silent", "speakers"]

DAY_S = 86_400


class Joint(msgspec.Struct, frozen=True):
    """Up to which size a log is joint, and without whom: `without` is empty where the policy was met in full.

    `stand_in` says that the guarantor stood in for a silent side.
    """

    size: int
    without: tuple[str, ...] = ()
    stand_in: bool = False


class Log(Protocol):
    """A log that is held: whose side it is of. The own log has the side `own`."""

    @property
    def origin(self) -> str: ...
    @property
    def side(self) -> str: ...


def objections(policy: Policy, known: Collection[str], bodies: Collection[str] | None = None) -> list[str]:
    """What is wrong with a policy for these sides and, if they are given, the bodies of the pack; with the mend.

    A guarantor is another side than those that count. The own side may be named as it is in the pack (`own: north`).
    """
    wrong = [sentence for _, sentence in contradictions(policy)]
    here = resolved(policy)
    sides = sorted({side_in(policy, side) for side in known})
    add = "add its log with `truceline exchange add NAME --side SIDE`"
    for side in dict.fromkeys((*here.named, *here.speaks.values())):
        if side not in sides:
            wrong.append(f"{side!r} is no side of this mission, which has {', '.join(sides)}: {add}")
    for body in policy.speaks:
        if bodies is not None and body not in bodies:
            wrong.append(f"speaks: {body!r} is no body of the agreement, which has {', '.join(sorted(bodies))}")
    return wrong


def everyone(sides: Sequence[str]) -> Policy:
    """The policy where none was set: all sides, silence freezes, and anybody may speak for a body."""
    return Policy(tuple(sorted(set(sides))))


def side_in(policy: Policy, side: str) -> str:
    """A side as this mission calls it: its own one is `own`, whatever the policy calls it."""
    return OWN if side == policy.own else side


def resolved(policy: Policy) -> Policy:
    """The policy with `own` wherever it names this mission's side otherwise."""
    if not policy.own:
        return policy
    return msgspec.structs.replace(
        policy,
        sides=tuple(side_in(policy, side) for side in policy.sides),
        guarantor=side_in(policy, policy.guarantor) if policy.guarantor else "",
        speaks={body: side_in(policy, side) for body, side in policy.speaks.items()},
        own="",
    )


def speakers(policy: Policy, logs: Iterable[Log]) -> dict[str, frozenset[str]]:
    """For each body that the policy gives to a side, the origins of that side's logs: elsewhere its acts do not count.

    A body that is not in the answer may be spoken for in any log; one with no origins has nobody to speak for it
    here yet. Two holders with one policy and the same logs get the same answer, each with its own side as `own`.
    """
    of: dict[str, set[str]] = {}
    for log in logs:
        of.setdefault(side_in(policy, log.side), set()).add(log.origin)
    return {body: frozenset(of.get(side, ())) for body, side in sorted(resolved(policy).speaks.items())}


def silent(policy: Policy, heard_s: Mapping[str, int], now_s: int) -> tuple[str, ...]:
    """The sides that count and have been silent for too long; `heard_s` is when each was last heard (UTC seconds)."""
    if policy.silent_after_days is None:
        return ()
    longest = policy.silent_after_days * DAY_S
    return tuple(side for side in policy.sides if side != OWN and now_s - heard_s.get(side, 0) > longest)


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
