"""Chance by the number of a row: any chunk of a column can be drawn alone, and is the same on every machine.

SplitMix64 (Steele, Lea and Flood 2014, OOPSLA), run at the row's number from a start that the seed and the
column's name give. Integers wrap as C's do, so no version of NumPy or Python changes a draw.
"""

from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

Column = np.ndarray[Any, np.dtype[Any]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bits = np.ndarray[Any, np.dtype[np.uint64]]
Yes = np.ndarray[Any, np.dtype[np.bool_]]
_GOLDEN, _ONE, _TWO = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_S27, _S30, _S31, _S32, _S11 = (np.uint64(n) for n in (27, 30, 31, 32, 11))


@lru_cache(maxsize=4_096)
def _start(seed: int, name: str) -> np.uint64:
    return np.uint64(int.from_bytes(sha256(f"{seed}/{name}".encode()).digest()[:8], "big"))


class Draws:
    """The draws of one seed, by the name of what is drawn and the numbers of the rows."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def bits(self, name: str, at: Ints) -> Bits:
        """64 bits a row."""
        x = (at.astype(np.uint64) + np.uint64(1)) * _GOLDEN + _start(self.seed, name)
        x = (x ^ (x >> _S30)) * _ONE
        x = (x ^ (x >> _S27)) * _TWO
        return x ^ (x >> _S31)

    def unit(self, name: str, at: Ints) -> Column:
        """A fraction in [0, 1) a row, of 53 bits."""
        return (self.bits(name, at) >> _S11).astype(np.float64) * 2.0**-53

    def share(self, name: str, at: Ints, part: float) -> Yes:
        """True for this part of the rows."""
        found: Yes = self.unit(name, at) < part
        return found

    def pick(self, name: str, at: Ints, number: int | Ints) -> Ints:
        """A whole number from nought to below `number`, a row."""
        found: Ints = ((self.bits(name, at) >> _S32) * np.asarray(number, np.uint64) >> _S32).astype(np.int64)
        return found

    def weighted(self, name: str, at: Ints, weights: tuple[float, ...]) -> Ints:
        """The position of one of the weights, a row: the heavier the likelier."""
        edges = np.cumsum(np.asarray(weights, np.float64))
        found: Ints = np.searchsorted(edges, self.unit(name, at) * edges[-1], side="right").astype(np.int64)
        return found


class Choices:
    """For each of several things a list of values, of which one is drawn."""

    def __init__(self, lists: list[list[Any]]) -> None:
        flat = [value for values in lists for value in values]
        self.values = np.empty(len(flat), object)
        self.values[:] = flat
        self.count = np.array([len(values) for values in lists], np.int64)
        self.start = np.concatenate(([0], np.cumsum(self.count)[:-1])).astype(np.int64)

    def pick(self, which: Ints, bits: Bits) -> Column:
        """A value of the list `which`, a row. Lists that are asked must not be empty."""
        place = ((bits >> _S32) * self.count[which].astype(np.uint64) >> _S32).astype(np.int64)
        found: Column = self.values[self.start[which] + place]
        return found
