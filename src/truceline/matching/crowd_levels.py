"""How many others chance would bring as near as a pair, as powers of two, and each of them in words."""

import numpy as np

from truceline.vocabulary.columns import Bytes, Ints

CROWD_LEVELS = 16
CROWD_ONE = 8
"""The level at which chance would bring one or more, and fewer than two."""


def crowd_level(times: Ints, minutes: int) -> Bytes:
    """How many others chance would bring, `times` / `minutes`, as a power of two: `CROWD_ONE` from 1 to below 2."""
    bounds = np.array([minutes << max(power, 0) for power in range(CROWD_LEVELS - CROWD_ONE)], np.int64)
    below = np.array([-(-minutes >> power) for power in range(CROWD_ONE - 1, 0, -1)], np.int64)
    edges = np.concatenate([below, bounds])
    return np.searchsorted(edges, times, side="right").astype(np.int8)


def _expected(level: int) -> str:
    if level == 0:
        return "chance alone would bring fewer than one in 128 others as near"
    if level == CROWD_LEVELS - 1:
        return f"chance alone would bring {1 << (level - CROWD_ONE)} others or more as near"
    if level < CROWD_ONE:
        few = 1 << (CROWD_ONE - level)
        return f"chance alone would bring one in {few} to one in {few >> 1} others as near"
    return f"chance alone would bring {1 << (level - CROWD_ONE)} to {2 << (level - CROWD_ONE)} others as near"


CROWD_REASONS = tuple(_expected(level) for level in range(CROWD_LEVELS))
