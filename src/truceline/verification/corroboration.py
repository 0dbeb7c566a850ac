"""Support from sources that do not depend on one another, as a grade that is proposed with its rule in words.

The grades are those of Airwars (confirmed, fair, weak, contested, discounted); its rule that fair also needs strikes
admitted nearby that day is left out. A grade is a proposal: who holds what to have happened is a finding's to say.
Where it is open whether two reports rest on one origin, or whether a source is credible, the answer is a range.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Grade = Literal["", "weak", "fair", "confirmed", "contested", "discounted"]
"""What is proposed; "" where no report counts."""
Doubted = Literal["nobody", "some", "all"]
"""Whether the bodies whose word is joint hold the source or its report to be no good: nobody, some of them, all."""
ENOUGH = 2
"""Independent credible origins that make a report fair."""


class Testimony(Struct, frozen=True):
    """One report of the incident, and the independent origins it counts as.

    origin: by what is declared and held; maybe: with every proposed and contested tie taken to be one.
    access: eyewitness, second_hand, derived or unknown.
    """

    report: str
    source: str
    origin: str
    maybe: str
    access: str = "unknown"
    doubted: Doubted = "nobody"


class Named(Struct, frozen=True):
    """An actor credibly named as the one who did it, and by whom."""

    actor: str
    by: str


class Corroboration(Struct, frozen=True):
    """The grade proposed at the least, and at the most, with the rule that gave it.

    independent_low, independent_high: independent credible origins; eyewitnesses: those of them that saw it, at most.
    """

    grade: Grade
    at_most: Grade
    rule: str
    independent_low: int
    independent_high: int
    eyewitnesses: int
    remarks: tuple[str, ...] = ()


def corroborated(
    told: Sequence[Testimony],
    *,
    admitted_by: Sequence[str] = (),
    named: Sequence[Named] = (),
    discounted_by: Sequence[str] = (),
    co_chairs: Sequence[str] = (),
) -> Corroboration:
    """The grade that is proposed for an incident.

    admitted_by: parties that admit it; discounted_by: bodies that found that it did not happen so. It is discounted
    only where every one of `co_chairs` found that; one alone is a remark.
    """
    low, high = independent(told)
    seen = len({one.origin for one in told if one.access == "eyewitness" and one.doubted != "all"})
    actors = sorted({one.actor for one in named})
    remarks = _remarks(told, discounted_by, co_chairs, admitted_by)
    if co_chairs and set(co_chairs) <= set(discounted_by):
        grade: Grade = "discounted"
        rule = f"Discounted: {_and(co_chairs)} each found that it did not happen so."
    elif admitted_by:
        grade, rule = "confirmed", f"Confirmed: {_and(sorted(set(admitted_by)))} admitted it."
    elif len(actors) >= ENOUGH:
        grade, rule = "contested", f"Contested: {len(actors)} actors are credibly named, {_and(actors)}."
    else:
        return Corroboration(_by(low), _by(high), _counted(low, high, seen), low, high, seen, remarks)
    return Corroboration(grade, grade, rule, low, high, seen, remarks)


def independent(told: Sequence[Testimony]) -> tuple[int, int]:
    """How many independent credible origins there are: at least, at most.

    At least: every tie is one, and whom any of the bodies doubts does not count. At most: only what is declared or
    held ties, and only whom all of them doubt does not count.
    """
    fewest = len({one.maybe for one in told if one.doubted == "nobody"})
    most = len({one.origin for one in told if one.doubted != "all"})
    return min(fewest, most), max(fewest, most)


def _by(origins: int) -> Grade:
    if not origins:
        return ""
    return "fair" if origins >= ENOUGH else "weak"


def _counted(low: int, high: int, seen: int) -> str:
    saw = f", {seen} of them {_eyewitnesses(seen)}" if seen else ""
    if high == 0:
        return "No grade: no report of a source that counts."
    if low == high:
        said = f"{high} independent credible {_sources(high)}{saw}"
        return f"Weak: {said}; fair needs {ENOUGH}." if high < ENOUGH else f"Fair: {said}."
    said = f"{low} to {high} independent credible sources{saw}"
    if low >= ENOUGH:
        return f"Fair: {said}."
    least = "Weak" if low else "No grade"
    return f"{least}, at most {_by(high)}: {said}; fair needs {ENOUGH}, and what is open has to be settled by a person."


def _remarks(
    told: Sequence[Testimony], discounted_by: Sequence[str], co_chairs: Sequence[str], admitted_by: Sequence[str]
) -> tuple[str, ...]:
    found = sorted(set(discounted_by))
    made = []
    if found and not (co_chairs and set(co_chairs) <= set(found)):
        made.append(f"{_and(found)} found that it did not happen so; it is not found jointly.")
    if found and admitted_by:
        made.append(f"{_and(sorted(set(admitted_by)))} admitted what {_and(found)} found not to have happened so.")
    doubts: tuple[tuple[Doubted, str], ...] = (
        ("some", "is held to be no good by some and not by all: it counts at most, not at least"),
        ("all", "is held to be no good by all whose word is joint: it does not count"),
    )
    for doubted, says in doubts:
        made += [f"{one.report} {says}." for one in told if one.doubted == doubted]
    return tuple(made)


def _sources(number: int) -> str:
    return "source" if number == 1 else "sources"


def _eyewitnesses(number: int) -> str:
    return "an eyewitness" if number == 1 else "eyewitnesses"


def _and(names: Sequence[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
