"""What likeness in words is worth, estimated from the texts themselves, without labels.

Of texts of two sources that are each dated by themselves, those of one incident fall on one day or the next; those of
two incidents do so only as often as they fall three to seven days apart. So for every level of a signal the pairs
that fall on one day *more* than that are taken to be of one incident (m), the pairs further apart of two (u), and
the weight of the level is the logarithm of their ratio (Fellegi and Sunter 1969). Texts of one campaign are alike and
of neighbouring days too: that is why days nearby are compared with and not all days. Where too few texts are dated
the weights are `USUAL`, which are round and ours.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from truceline.matching.wording_days import MILLION, logarithm
from truceline.matching.wording_said import Said
from truceline.matching.wording_terms import alike_permille
from truceline.vocabulary.columns import Ints

WORDS_PERMILLE = (10, 30, 60, 90, 120, 150, 180, 220, 280, 360, 460, 600)
KINDS_PERMILLE = (100, 200, 300, 450, 600, 800)
WORDS, KINDS, PEOPLE = len(WORDS_PERMILLE) + 1, len(KINDS_PERMILLE) + 2, 4
"""Levels: of words by likeness; of kinds and people 0 is "not said by both"."""
NEAR_DAYS, APART_DAYS = 1, (3, 7)
SHARP = 400_000
"""Millionths from which on a text's likeliest day counts as known."""
LEAST_EXCESS, LIKE_CHANCE = 40, 3
MOST_OTHERS = 3 * MILLION
"""The odds beforehand are no better than if each text had 2 ** 3 others of its incident."""
LEAST_WORDS = -2 * MILLION
"""Two texts may tell of one thing in other words or another language."""


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The odds beforehand, and the worth of each level of each signal, in millionths of a doubling."""

    prior: int
    words: tuple[int, ...]
    kinds: tuple[int, ...]
    people: tuple[int, ...]
    estimated: bool


def usual(texts: int) -> Weights:
    """Where nothing can be estimated. The odds beforehand: each text has one other of its incident."""
    return Weights(
        -int(logarithm(np.array([max(texts, 2)]))[0]),
        tuple(half * MILLION // 2 for half in (-4, -2, -1, 0, 2, 4, 6, 8, 10, 13, 14, 18, 22)),
        tuple(half * MILLION // 2 for half in (0, -3, -1, 0, 3, 5, 7, 7)),
        tuple(half * MILLION // 2 for half in (-1, -1, 1, 4)),
        estimated=False,
    )


class Seen:
    """Pairs of dated texts counted as they come: for each level, how many were near, some days apart, and any
    further."""

    def __init__(self) -> None:
        self.near = [np.zeros(count, np.int64) for count in (WORDS, KINDS, PEOPLE)]
        self.apart = [np.zeros(count, np.int64) for count in (WORDS, KINDS, PEOPLE)]
        self.far = [np.zeros(count, np.int64) for count in (WORDS, KINDS, PEOPLE)]
        self.pairs = 0

    def add(self, gap_days: Ints, levels: Sequence[Ints]) -> None:
        """So many days apart, and their levels."""
        near, apart = gap_days <= NEAR_DAYS, (gap_days >= APART_DAYS[0]) & (gap_days <= APART_DAYS[1])
        self.pairs += len(gap_days)
        for at, level in enumerate(levels):
            self.near[at] += np.bincount(level[near], minlength=len(self.near[at]))
            self.apart[at] += np.bincount(level[apart], minlength=len(self.apart[at]))
            self.far[at] += np.bincount(level[gap_days >= APART_DAYS[0]], minlength=len(self.far[at]))

    def weights(self, texts: int) -> Weights:
        """The weights by what was counted."""
        excess = [self._excess(at) for at in range(3)]
        one = int(excess[0].sum()) // _PARTS
        if one < LEAST_EXCESS:
            return usual(texts)
        words, kinds, people = (self._worth(at, excess[at]) for at in range(3))
        rising = _rising(words, self.near[0] + self.far[0])
        prior = logarithm(np.array([one]))[0] - logarithm(np.array([max(self.pairs - one, 1)]))[0]
        return Weights(
            min(int(prior), usual(texts).prior + MOST_OTHERS),
            tuple(max(weight, LEAST_WORDS) for weight in rising),
            tuple(kinds),
            tuple(people),
            estimated=True,
        )

    def _excess(self, at: int) -> Ints:
        """Pairs near beyond those that would be, in parts."""
        width, apart_width = 2 * NEAR_DAYS + 1, 2 * (APART_DAYS[1] - APART_DAYS[0] + 1)
        made: Ints = np.maximum(_PARTS * self.near[at] - _PARTS * width * self.apart[at] // apart_width, 0)
        return made

    def _worth(self, at: int, excess: Ints) -> list[int]:
        """log2(m / u), m shrunk towards u by `LIKE_CHANCE` pairs."""
        u = 2 * self.far[at] + 1
        whole_u, whole = int(u.sum()), int(excess.sum())
        m = excess * whole_u + LIKE_CHANCE * _PARTS * u
        made = logarithm(m) - logarithm(u) - logarithm(np.array([whole + LIKE_CHANCE * _PARTS]))[0]
        return [int(one) for one in made]


_PARTS = 10


def _rising(weights: Sequence[int], pairs: Ints) -> list[int]:
    """The nearest weights that never fall (Ayer et al. 1955, Annals of Mathematical Statistics 26:641-647)."""
    blocks: list[tuple[int, int, int]] = []
    for weight, many in zip(weights, pairs.tolist(), strict=True):
        blocks.append((weight * (many + 1), many + 1, 1))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            (a, b, c), (d, e, f) = blocks.pop(), blocks.pop()
            blocks.append((a + d, b + e, c + f))
    return [total // many for total, many, times in blocks for _ in range(times)]


def rarity_of_kinds(kinds: Sequence[Iterable[str]]) -> dict[str, int]:
    """For each kind that some text has, how rare it is, in thousandths of a bit, one more than nothing."""
    counts: dict[str, int] = {}
    for one in kinds:
        for kind in one:
            counts[kind] = counts.get(kind, 0) + 1
    names = sorted(counts)
    logs = logarithm(np.array([max(len(kinds), 1)]))[0] - logarithm(
        np.array([counts[name] for name in names], np.int64)
    )
    return {name: int(log) // 1_000 + 1 for name, log in zip(names, logs, strict=True)}


def levels_of(one: Said, other: Said, worth: Mapping[str, int]) -> tuple[int, int, int]:
    """The levels of one pair: the slow rule, which `Rows.levels` equals."""
    words = _rank(WORDS_PERMILLE, alike_permille(one.weighed, other.weighed))
    mine, theirs = (sum(worth.get(kind, 0) for kind in said.kinds) for said in (one, other))
    shared = sum(worth.get(kind, 0) for kind in one.kinds & other.kinds)
    kinds = 1 + _rank(KINDS_PERMILLE, 1_000 * shared // (mine + theirs - shared)) if mine and theirs else 0
    people = 1 + min(len(one.people & other.people), PEOPLE - 2) if one.people and other.people else 0
    return words, kinds, people


def _rank(edges: Sequence[int], value: int) -> int:
    return sum(value >= edge for edge in edges)
