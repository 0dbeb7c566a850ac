"""Named signals: for a pair of reports each gives one of a few levels, and every level is a reason in words.

A signal says how two reports stand to one another and not what that is worth: the worth of a level is in a model.
Here for many pairs at once; `one_pair` says the same of one pair, slowly.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.matching.compared import Compared
from truceline.matching.crowd_levels import CROWD_REASONS, crowd_level
from truceline.matching.crowding import Density, class_of, crowds
from truceline.matching.ngrams import alike_permille
from truceline.matching.relations import Relation, kinds_relation, sides_relation, weapons_relation
from truceline.matching.window import apart_cm2, apart_us, reach_cm
from truceline.vocabulary.columns import UNKNOWN, Bools, Bytes, Ints
from truceline.vocabulary.when import HOUR

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
    echoes: bool = field(init=False)
    kinds: Relation = field(init=False)
    weapons: Relation = field(init=False)
    sides: Relation = field(init=False)

    def __post_init__(self) -> None:
        texts = self.reports.texts
        object.__setattr__(self, "worded", self.reports.told.any(axis=1))
        object.__setattr__(self, "echoes", bool((self.reports.repeats >= 0).any()))
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
    spans = of.last[one] - of.start[one], of.last[other] - of.start[other]
    vague, sharp = np.maximum(*spans), np.minimum(*spans)
    level = np.full(len(one), 6, np.int8)
    level[apart <= HOUR] = 5
    level[apart <= HOUR // 4] = 4
    level[apart <= vague] = 3
    level[apart <= 0] = 2
    level[-2 * apart >= sharp] = 1
    level[-apart >= sharp] = 0
    return level


def _place(scene: Scene, one: Ints, other: Ints) -> Bytes:
    of = scene.reports
    a, b = of.radius[one], of.radius[other]
    apart, reach = apart_cm2(of, one, other), reach_cm(of, one, other, 0)
    level = np.full(len(one), 4, np.int8)
    level[apart <= reach * reach] = 3
    together = 10_000 * (a * a + b * b)
    level[apart <= together] = 2
    level[4 * apart <= together] = 1
    level[16 * apart <= together] = 0
    level[(a < 0) | (b < 0)] = 5
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
    if not scene.echoes:
        return level
    a, b = of.repeats[one], of.repeats[other]
    level[(a == b) & (a >= 0)] = 1
    level[(a == other) | (b == one)] = 0
    return level


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
    Signal("time", ("the sharper time lies within the vaguer", "the times share at least half of the sharper",
                    "the times overlap, by less than half of the sharper",
                    "the times lie no further apart than the vaguer is vague",
                    "the times lie up to a quarter of an hour apart, more than both are vague",
                    "the times lie up to an hour apart, more than both are vague",
                    "the times lie more than an hour apart, more than both are vague"), _time),
    Signal("place", ("the points lie within a quarter of both radii taken together",
                     "the points lie within half of both radii taken together",
                     "the points lie within both radii taken together", "the circles touch",
                     "the circles do not touch", "one has no point"), _place),
    Signal("crowd", CROWD_REASONS, _crowd),
    Signal("weapon", ("the weapon is the same", "a weapon is not said", "the weapons differ"), _weapon),
    Signal("origin", ("one says that it repeats the other", "both say that they repeat one report",
                      "both rest on one source", "they rest on sources of their own"), _origin),
    Signal("words", ("the words are nearly the same", "the words are much alike", "the words are somewhat alike",
                     "the words have little in common", "one has no words"), _words),
)  # fmt: skip
"""All signals, the ones that decide most and cost least first. Of two reports each says one of its reasons."""
