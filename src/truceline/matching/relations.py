"""How two kinds, two weapons and two pairs of sides stand to one another, looked up for many pairs by their codes."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.matching.compared import Sides
from truceline.vocabulary.columns import Bytes
from truceline.vocabulary.kind_families import kinds_may_be_one

MOST_HELD = 4_096
"""Of more texts no table of all pairs is held."""
SAME, UNSAID, MAYBE_ONE, OTHER = range(4)


def kinds_relation(one: str, other: str) -> int:
    """The level of the signal *kind*. Several possible kinds are at best two words for one thing."""
    if not one or not other:
        return UNSAID
    if one == other and ";" not in one:
        return SAME
    return MAYBE_ONE if kinds_may_be_one(one, other) else OTHER


def weapons_relation(one: str, other: str) -> int:
    """The level of the signal *weapon*. "unknown" says nothing."""
    if {one, other} & {"", "unknown"}:
        return 1
    return 0 if one == other else 2


def sides_relation(one: Sides, other: Sides) -> int:
    """The level of the signal *sides*: the better of the two ways to lay the sides against one another.

    Reports differ in whom they name first, so the order means nothing; a side may have several names.
    """
    if not any(one) or not any(other):
        return 2
    return min(_laid(one, other), _laid(one, other[::-1]))


def _laid(one: Sides, other: Sides) -> int:
    shared = [bool(a & b) for a, b in zip(one, other, strict=True)]
    said = [bool(a and b) for a, b in zip(one, other, strict=True)]
    if all(shared):
        return 0
    if any(shared):
        return 3 if all(said) else 1
    return 4 if any(said) else 2


class Relation:
    """A relation of texts for columns of their codes. What was asked once is looked up."""

    def __init__(self, relation: Callable[[Any, Any], int], texts: Sequence[Any]) -> None:
        self._relation, self._texts = relation, texts
        held = len(texts) if len(texts) <= MOST_HELD else 0
        self._table = np.full((held, held), -1, np.int8)

    def of(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> Bytes:
        """The level of each pair."""
        if not self._table.size:
            return self._asked(one, other)
        found: Bytes = self._table[one, other]
        unknown = np.flatnonzero(found < 0)
        if len(unknown):
            a, b = one[unknown], other[unknown]
            found[unknown] = self._table[a, b] = self._asked(a, b)
        return found

    def _asked(self, one: NDArray[np.int32], other: NDArray[np.int32]) -> Bytes:
        keys = one.astype(np.int64) * len(self._texts) + other
        pairs, back = np.unique(keys, return_inverse=True)
        levels = [
            self._relation(self._texts[key // len(self._texts)], self._texts[key % len(self._texts)])
            for key in pairs.tolist()
        ]
        found: Bytes = np.array([*levels, 0], np.int8)[back.ravel()]
        return found
