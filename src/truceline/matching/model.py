"""What the levels of signals are worth: a model is a table of whole numbers that can be entered, kept and compared.

The score of a pair is that of Fellegi and Sunter (1969, Journal of the American Statistical Association 64:1183-1210):
the logarithm of how much more often pairs of one incident say what this pair says than pairs of two incidents do, added
over tables, and to it the logarithm of the odds beforehand. Logarithms are to the base 2 and in millionths, so
1,000,000 more is twice the odds, and 0 is even odds. Signals that say much the same (the point, the place's name and
the words; the time and how crowded it is) share a table, so that nothing is counted twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import prod
from typing import NamedTuple

import numpy as np
from msgspec import Struct

from truceline.matching.candidates import Pairs
from truceline.matching.crowding import Density
from truceline.matching.signals import SIGNALS, Scene
from truceline.matching.window import Window
from truceline.vocabulary.columns import Bytes, Ints

MILLION = 1_000_000
TOGETHER = (("origin",), ("kind",), ("sides",), ("killed",), ("time", "crowd"), ("place", "name", "words"), ("weapon",))
"""Which signals share a table: first the one that may outweigh all others, then those that throw out most."""
_BY_NAME = {signal.name: signal for signal in SIGNALS}


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """The weights of the levels of these signals taken together, the last signal's level changing fastest."""

    signals: tuple[str, ...]
    weights: tuple[int, ...]


class Model(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The window, the odds beforehand, the weights, how crowded it was, and from which score on a pair is proposed."""

    window: Window
    density: Density
    prior: int
    tables: tuple[Table, ...]
    least: int = 0


class Scored(NamedTuple):
    """Pairs and their weights."""

    pairs: Pairs
    weight: Ints


def cells_of(signals: Sequence[str]) -> int:
    """How many levels the signals have together."""
    return prod(len(_BY_NAME[name].reasons) for name in signals)


def joint_levels(scene: Scene, pairs: Pairs, signals: Sequence[str]) -> Ints:
    """The level of each pair in the table of these signals."""
    joint = np.zeros(len(pairs.one), np.int64)
    for name in signals:
        levels: Bytes = _BY_NAME[name].levels(scene, pairs.one, pairs.other)
        joint = joint * len(_BY_NAME[name].reasons) + levels
    return joint


def weights_of(scene: Scene, pairs: Pairs, model: Model) -> Ints:
    """The score of each pair."""
    weight = np.full(len(pairs.one), model.prior, np.int64)
    for table in model.tables:
        weight += np.array(table.weights, np.int64)[joint_levels(scene, pairs, table.signals)]
    return weight


class Scoring:
    """The scores of a model, with what the tables to come can add at most."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._weights = [np.array(table.weights, np.int64) for table in model.tables]
        self._left = list(accumulate((int(table.max()) for table in reversed(self._weights)), initial=0))[::-1]

    def of(self, scene: Scene, pairs: Pairs) -> Scored:
        """The pairs whose score is at least the model's `least`. A pair is dropped as soon as no level of the tables to
        come could lift it so high: the answer is that of `weights_of`."""
        weight = np.full(len(pairs.one), self.model.prior, np.int64)
        for table, values, rest in zip(self.model.tables, self._weights, self._left[1:], strict=True):
            weight += values[joint_levels(scene, pairs, table.signals)]
            kept = np.flatnonzero(weight + rest >= self.model.least)
            if len(kept) < len(weight):
                pairs, weight = pairs.only(kept), weight[kept]
        return Scored(pairs, weight)


def scored(scene: Scene, parts: Iterable[Pairs], model: Model) -> Iterator[Scored]:
    """The pairs whose score is at least the model's `least`, part by part."""
    scoring = Scoring(model)
    for part in parts:
        yield scoring.of(scene, part)


def together(parts: Iterable[Scored]) -> Scored:
    """All parts, in order of the first, then of the second report."""
    made = list(parts)
    none = np.zeros(0, np.int64)
    one = np.concatenate([none, *(part.pairs.one for part in made)])
    other = np.concatenate([none, *(part.pairs.other for part in made)])
    order = np.argsort(one * (other.max(initial=0) + 1) + other, kind="stable")
    weight = np.concatenate([none, *(part.weight for part in made)])[order]
    return Scored(Pairs(one[order], other[order]), weight)
