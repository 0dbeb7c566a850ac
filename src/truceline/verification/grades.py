"""Admiralty gradings, body by body: what each holds now, what it held before, and where bodies differ.

Reliability of a source (A to F) and credibility of a report (1 to 6) are two things, never made into one (NATO AJP-2.1,
STANAG 2511): a good source may be wrong, a bad one right. F and 6 say that it cannot be judged, which is no doubt.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from truceline.verification.corroboration import Doubted

What = Literal["reliability", "credibility"]
MEANS = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
    "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful",
    "5": "improbable", "6": "credibility cannot be judged",
}  # fmt: skip
DOUBTS = frozenset("DE45")
"""Grades that say that it is no good; from D and from 4 on. F and 6 say nothing either way."""


class Grading(Struct, frozen=True):
    """One act: a body grades a source or a report (`of`: SOURCE or SOURCE/REPORT_ID).

    at: when it was said. counts: it is in force. log: where it was said, where several logs are read as one.
    """

    what: What
    of: str
    by: str
    grade: str
    because: str
    at: int
    act: str
    counts: bool = True
    log: str = ""


class Held(Struct, frozen=True):
    """What one body holds: the last it said ("" if it took back all), and everything it said.

    rivals: what it said last in several logs, where they differ and none goes before another; `grade` is "" then.
    """

    by: str
    grade: str
    rivals: tuple[str, ...]
    history: tuple[Grading, ...]


class Graded(Struct, frozen=True):
    """A source or a report, with what each body holds of it.

    rivals: bodies differ. joint: the grade that every co-chair holds, "" where they differ or one has said nothing.
    """

    what: What
    of: str
    held: tuple[Held, ...]
    rivals: bool
    joint: str
    doubted: Doubted


def graded(gradings: Iterable[Grading], co_chairs: Sequence[str]) -> list[Graded]:
    """Every source and report that was ever graded; reliability first, then by name."""
    found: dict[tuple[What, str], list[Grading]] = {}
    for one in gradings:
        found.setdefault((one.what, one.of), []).append(one)
    return [
        _graded(what, of, said, co_chairs)
        for (what, of), said in sorted(found.items(), key=lambda part: (part[0][0] != "reliability", part[0][1]))
    ]


def _graded(what: What, of: str, said: Sequence[Grading], co_chairs: Sequence[str]) -> Graded:
    held = tuple(_held(by, [one for one in said if one.by == by]) for by in sorted({one.by for one in said}))
    now = {one.by: one.rivals or tuple(one.grade) for one in held}
    joint = {now.get(body, ()) for body in co_chairs}
    together = "".join(joint.pop()) if len(joint) == 1 else ""
    differ = len({grade for grades in now.values() for grade in grades}) > 1
    return Graded(what, of, held, differ, together if len(together) == 1 else "", doubted(now, co_chairs))


def _held(by: str, said: Sequence[Grading]) -> Held:
    history = tuple(sorted(said, key=lambda one: (one.at, one.act)))
    last = {one.log: one.grade for one in history if one.counts}
    grades = sorted(set(last.values()))
    return Held(by, grades[0] if len(grades) == 1 else "", tuple(grades) if len(grades) > 1 else (), history)


def doubted(now: Mapping[str, Sequence[str]], co_chairs: Sequence[str]) -> Doubted:
    """Whether the bodies doubt it: all co-chairs (where there are any), some body, or nobody. now: grades of each."""
    surely = {by for by, grades in now.items() if grades and set(grades) <= DOUBTS}
    if co_chairs and set(co_chairs) <= surely:
        return "all"
    return "some" if any(DOUBTS & set(grades) for grades in now.values()) else "nobody"


def most_doubted(first: Doubted, other: Doubted) -> Doubted:
    """Of a source and of its report, the graver doubt."""
    order: tuple[Doubted, ...] = ("nobody", "some", "all")
    return max(first, other, key=order.index)
