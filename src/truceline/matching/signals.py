"""Named signals: for a pair of reports each gives one of a few levels, and every level is a reason in words.

A signal says how two reports stand to one another and not what that is worth: the worth of a level is in a model.
Here for many pairs at once; `one_pair` says the same of one pair, slowly.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.matching.compared import Compared
from truceline.matching.crowding import Density, class_of, crowds
from truceline.matching.ngrams import alike_permille
from truceline.matching.relations import Relation, kinds_relation, sides_relation, weapons_relation
from truceline.matching.window import apart_cm2, apart_us, reach_cm
from truceline.vocabulary.columns import UNKNOWN, Bools, Bytes, Ints
from truceline.vocabulary.when import HOUR

CROWD_LEVELS = 16
CROWD_ONE = 8
"""The level at which chance would bring one or more, and fewer than two."""
WORDS_PERMILLE = (850, 600, 400)
"""From how many thousandths on two texts are nearly the same, much alike, somewhat alike. Ours."""


@dataclass(frozen=True)
class Scene:
    """Reports, and how crowded it is around each."""

    reports: Compared
    minutes: int
    crowd: NDArray[np.int32]
    size: NDArray[np.int8]
    worded: Bools = field(init=False)
    kinds: Relation = field(init=False)
    weapons: Relation = field(init=False)
    sides: Relation = field(init=False)

    def __post_init__(self) -> None:
        texts = self.reports.texts
        object.__setattr__(self, "worded", self.reports.told.any(axis=1))
        for name, made in (
            ("kinds", Relation(kinds_relation, texts.kind)),
            ("weapons", Relation(weapons_relation, texts.weapon)),
            ("sides", Relation(sides_relation, texts.sides)),
        ):
            object.__setattr__(self, name, made)

    @classmethod
    def of(cls, reports: Compared, density: Density) -> "Scene":
        """The reports, among what was counted before."""
        return cls(reports, density.minutes, crowds(reports, density), class_of(reports))


Levels = Callable[[Scene, Ints, Ints], Bytes]


@dataclass(frozen=True)
class Signal:
    """A signal: its name, a reason for each level, and how the levels of many pairs are found."""

    name: str
    reasons: tuple[str, ...]
    levels: Levels


def _time(scene: Scene, one: Ints, other: Ints) -> Bytes:
    of = scene.reports
    apart = apart_us(of, one, other)
    vague = np.maximum(of.last[one] - of.start[one], of.last[other] - of.start[other])
    level = np.full(len(one), 4, np.int8)
    level[apart <= HOUR] = 3
    level[apart <= HOUR // 4] = 2
    level[apart <= vague] = 1
    level[apart <= 0] = 0
    return level


def _place(scene: Scene, one: Ints, other: Ints) -> Bytes:
    of = scene.reports
    apart, reach = apart_cm2(of, one, other), reach_cm(of, one, other, 0)
    wider = np.maximum(of.radius[one], of.radius[other]) * 100
    level = np.full(len(one), 2, np.int8)
    level[apart <= reach * reach] = 1
    level[apart <= wider * wider] = 0
    level[(of.radius[one] < 0) | (of.radius[other] < 0)] = 3
    return level


def _name(scene: Scene, one: Ints, other: Ints) -> Bytes:
    a, b = scene.reports.name[one], scene.reports.name[other]
    return np.where((a == 0) | (b == 0), 1, np.where(a == b, 0, 2)).astype(np.int8)


def _crowd(scene: Scene, one: Ints, other: Ints) -> Bytes:
    of = scene.reports
    size = np.maximum(scene.size[one], scene.size[other])
    count = np.maximum(scene.crowd[one, size], scene.crowd[other, size]).astype(np.int64)
    first, last = np.minimum(of.start[one], of.start[other]), np.maximum(of.last[one], of.last[other])
    minutes = (last - first) // (HOUR // 60) + 1
    return crowd_level(count * minutes, scene.minutes)


def crowd_level(times: Ints, minutes: int) -> Bytes:
    """How many others chance would bring, `times` / `minutes`, as a power of two: `CROWD_ONE` from 1 to below 2."""
    bounds = np.array([minutes << max(power, 0) for power in range(CROWD_LEVELS - CROWD_ONE)], np.int64)
    below = np.array([-(-minutes >> power) for power in range(CROWD_ONE - 1, 0, -1)], np.int64)
    edges = np.concatenate([below, bounds])
    return np.searchsorted(edges, times, side="right").astype(np.int8)


def _kind(scene: Scene, one: Ints, other: Ints) -> Bytes:
    return scene.kinds.of(scene.reports.kind[one], scene.reports.kind[other])


def _weapon(scene: Scene, one: Ints, other: Ints) -> Bytes:
    return scene.weapons.of(scene.reports.weapon[one], scene.reports.weapon[other])


def _sides(scene: Scene, one: Ints, other: Ints) -> Bytes:
    return scene.sides.of(scene.reports.sides[one], scene.reports.sides[other])


def _killed(scene: Scene, one: Ints, other: Ints) -> Bytes:
    low, high = scene.reports.low, scene.reports.high
    made = np.full(len(one), 3, np.int8)
    at = np.flatnonzero((low[one] != UNKNOWN) & (low[other] != UNKNOWN))
    a, b = one[at], other[at]
    gap = np.maximum(low[a], low[b]) - np.minimum(high[a], high[b])
    exact = (low[a] == high[a]) & (low[b] == high[b]) & (gap == 0)
    level = np.full(len(at), 5, np.int8)
    level[gap <= 2] = 4
    level[gap <= 0] = 2
    level[exact & (low[a] > 0)] = 0
    level[exact & (low[a] == 0)] = 1
    made[at] = level
    return made


def _words(scene: Scene, one: Ints, other: Ints) -> Bytes:
    made = np.full(len(one), 4, np.int8)
    at = np.flatnonzero(scene.worded[one] & scene.worded[other])
    alike = alike_permille(scene.reports.told[one[at]], scene.reports.told[other[at]])
    level = np.full(len(at), 3, np.int8)
    for rank, least in reversed(list(enumerate(WORDS_PERMILLE))):
        level[alike >= least] = rank
    made[at] = level
    return made


def _origin(scene: Scene, one: Ints, other: Ints) -> Bytes:
    of = scene.reports
    level = np.where(of.origin[one] == of.origin[other], 2, 3).astype(np.int8)
    a, b = of.repeats[one], of.repeats[other]
    level[(a == b) & (a >= 0)] = 1
    level[(a == other) | (b == one)] = 0
    return level


def _expected(level: int) -> str:
    if level == 0:
        return "chance alone would bring fewer than one in 128 others as near"
    if level == CROWD_LEVELS - 1:
        return f"chance alone would bring {1 << (level - CROWD_ONE)} others or more as near"
    if level < CROWD_ONE:
        few = 1 << (CROWD_ONE - level)
        return f"chance alone would bring one in {few} to one in {few >> 1} others as near"
    return f"chance alone would bring {1 << (level - CROWD_ONE)} to {2 << (level - CROWD_ONE)} others as near"


SIGNALS = (
    Signal("kind", ("the kind is the same", "a kind is not said", "the kinds may be two words for one thing",
                    "the kinds are two things"), _kind),
    Signal("killed", ("the same number of people killed", "both say that nobody was killed",
                      "the numbers of people killed overlap", "a number of people killed is not said",
                      "the numbers of people killed differ by one or two",
                      "the numbers of people killed differ by more than two"), _killed),
    Signal("sides", ("both sides are the same", "one side is the same, the other is not said by both",
                     "a side is not said", "one side is the same, the other is not", "no side is the same"), _sides),
    Signal("name", ("the place has the same name", "a name of the place is not said",
                    "the names of the place differ"), _name),
    Signal("time", ("the times overlap", "the times lie no further apart than the vaguer is vague",
                    "the times lie up to a quarter of an hour apart, more than both are vague",
                    "the times lie up to an hour apart, more than both are vague",
                    "the times lie more than an hour apart, more than both are vague"), _time),
    Signal("place", ("one point lies within the other's radius", "the circles touch",
                     "the circles do not touch", "one has no point"), _place),
    Signal("crowd", tuple(_expected(level) for level in range(CROWD_LEVELS)), _crowd),
    Signal("weapon", ("the weapon is the same", "a weapon is not said", "the weapons differ"), _weapon),
    Signal("origin", ("one says that it repeats the other", "both say that they repeat one report",
                      "both rest on one source", "they rest on sources of their own"), _origin),
    Signal("words", ("the words are nearly the same", "the words are much alike", "the words are somewhat alike",
                     "the words have little in common", "one has no words"), _words),
)  # fmt: skip
"""All signals, the ones that decide most and cost least first. Of two reports each says one of its reasons."""
