"""What pairs said, table by table, as it is counted when a model is estimated."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.matching.candidates import Pairs
from truceline.matching.model import TOGETHER, cells_of, joint_levels
from truceline.matching.signals import Scene
from truceline.vocabulary.columns import Ints

Shares = NDArray[np.float64]
MOST_PAIRS = 2_000_000
"""Pairs that are looked at."""


@dataclass(frozen=True)
class Seen:
    """What pairs said. levels[p, t]: the level of pattern p in table t; pattern[k]: what pair k says in all tables.
    rivals[k]: for either report, the number of the group of pairs it forms with all rows of the other one's source, of
    which at most one is of its incident."""

    pairs: Pairs
    levels: NDArray[np.int16]
    pattern: Ints
    rivals: tuple[Ints, Ints]

    def shares(self, held: Shares | None = None) -> list[Shares]:
        """For each table how often each level is said; `held`: how much of each pair counts."""
        times = np.bincount(self.pattern, held, len(self.levels))
        return [
            np.bincount(self.levels[:, at], times, cells_of(names)).astype(np.float64)
            for at, names in enumerate(TOGETHER)
        ]

    def ratio(self, m: list[Shares], u: list[Shares]) -> Shares:
        """How many times as often pairs of one incident say what each pair says."""
        made: Any = np.ones(len(self.levels))
        for at, (one, other) in enumerate(zip(m, u, strict=True)):
            made = made * (one / other)[self.levels[:, at]]
        found: Shares = made[self.pattern]
        return found


def seen(scene: Scene, parts: Iterable[Pairs]) -> Seen:
    """What the pairs say, up to `MOST_PAIRS` of them."""
    levels, ones, others, left = [np.zeros((0, len(TOGETHER)), np.int16)], [], [], MOST_PAIRS
    for part in parts:
        pairs = part.only(np.arange(min(left, len(part.one))))
        left -= len(pairs.one)
        levels.append(np.stack([joint_levels(scene, pairs, names) for names in TOGETHER], axis=1).astype(np.int16))
        ones.append(pairs.one)
        others.append(pairs.other)
        if not left:
            break
    none = np.zeros(0, np.int64)
    one, other = np.concatenate([none, *ones]), np.concatenate([none, *others])
    source = scene.reports.source.astype(np.int64)
    width = int(source.max()) + 1 if len(source) else 1
    rivals = [np.unique(a * width + source[b], return_inverse=True)[1].ravel() for a, b in ((one, other), (other, one))]
    return Seen(Pairs(one, other), *_patterns(np.concatenate(levels)), (rivals[0], rivals[1]))


def _patterns(levels: NDArray[np.int16]) -> tuple[NDArray[np.int16], Ints]:
    """Every combination of levels that was said, once, and which of them each pair said."""
    key = np.zeros(len(levels), np.int64)
    for at, names in enumerate(TOGETHER):
        key = key * cells_of(names) + levels[:, at]
    _, first, pattern = np.unique(key, return_index=True, return_inverse=True)
    return levels[first], pattern.ravel()
