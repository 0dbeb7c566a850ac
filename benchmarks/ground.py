"""Ground for the benchmark of areas: 100 areas drawn three times with rough shared borders, and points in time.

Everything is drawn from one seed: a 10 by 10 lattice of corners, moved a little, joined by borders that are
broken at their middles seven times over (midpoint displacement; Fournier, Fussell and Carpenter 1982, CACM
25(6), 371-384). Neighbours share their border point for point, so the areas of a period are a partition.
"""

import numpy as np

from truceline.compliance.cover import Drawn
from truceline.vocabulary.columns import Ints

SIDE, BREAKS, ROUGH = 10, 7, 0.13
SOUTH, WEST, STEP = 320_000_000, 360_000_000, 8_000_000
"""The south-western corner, and the side of an area, in 1e-7 degrees: 8 by 8 degrees in all."""
DAY = 86_400_000_000
PERIODS = ((0, 60 * DAY), (60 * DAY, 120 * DAY), (120 * DAY, 180 * DAY))


def drawings(seed: int) -> list[Drawn]:
    """The areas of the three periods, 300 in all, period by period."""
    chance = np.random.default_rng(seed)
    return [Drawn([[ring]], start, end) for start, end in PERIODS for ring in _partition(chance)]


def _partition(chance: np.random.Generator) -> list[Ints]:
    at = np.stack(np.meshgrid(np.arange(SIDE + 1), np.arange(SIDE + 1), indexing="ij"), axis=-1)
    corners = np.array([SOUTH, WEST]) + at * STEP
    corners[1:-1, 1:-1] += chance.integers(-STEP // 10, STEP // 10 + 1, (SIDE - 1, SIDE - 1, 2))
    steps = range(SIDE + 1)
    east = {(r, c): rough(chance, corners[r, c : c + 2], BREAKS, r % SIDE > 0) for r in steps for c in range(SIDE)}
    north = {(r, c): rough(chance, corners[r : r + 2, c], BREAKS, c % SIDE > 0) for r in range(SIDE) for c in steps}
    return [
        np.concatenate([east[r, c], north[r, c + 1][1:], east[r + 1, c][::-1][1:], north[r, c][::-1][1:]])
        for r in range(SIDE)
        for c in range(SIDE)
    ]


def rough(chance: np.random.Generator, line: Ints, breaks: int, shared: bool) -> Ints:
    """A rough line of 2 ** breaks pieces; a straight one on the outer frame, which no neighbour shares."""
    for level in range(breaks):
        along = np.diff(line, axis=0)
        most = ROUGH * 0.8**level if shared else 0.0  # smaller at each level, so that no two borders cross
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1) * chance.uniform(-most, most, (len(along), 1))
        middle = line[:-1] + along // 2 + aside.astype(np.int64)
        line = np.insert(line, np.arange(1, len(line)), middle, axis=0)
    return line


def points(seed: int, count: int, areas: list[Drawn]) -> tuple[Ints, Ints, Ints]:
    """(lat, lon, when): seven of eight around 400 towns or anywhere, every eighth exactly on a border or a corner."""
    chance = np.random.default_rng(seed + 1)
    low, high = np.array([SOUTH, WEST]), np.array([SOUTH, WEST]) + SIDE * STEP
    towns = chance.integers(low, high, (400, 2))
    busy = chance.pareto(1.2, 400) + 0.1
    at = towns[chance.choice(400, count, p=busy / busy.sum())]
    at += chance.normal(0, 700_000, (count, 2)).astype(np.int64)
    anywhere = np.flatnonzero((chance.random(count) < 0.25) | ((at < low) | (at >= high)).any(axis=1))
    at[anywhere] = chance.integers(low, high, (len(anywhere), 2))
    when = chance.integers(0, PERIODS[-1][1], count)
    corners = np.concatenate([one.polygons[0][0] for one in areas])
    corners = corners[((corners >= low) & (corners < high)).all(axis=1)]
    at[::8] = corners[chance.integers(0, len(corners), len(at[::8]))]
    return np.ascontiguousarray(at[:, 0]), np.ascontiguousarray(at[:, 1]), when
