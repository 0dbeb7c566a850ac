"""A window is surely broken when its incidents cannot be put on its cells: flow against every way of placing them."""

from collections import Counter
from itertools import product
from random import Random

import pytest

from truceline.compliance.runs import surely_broken

CASES = 1_500


def broken_by_trying(bound, capacity):
    """Every way of putting each incident on one of its cells leaves some cell with more than it holds."""
    incidents = [sorted(cells) for cells, number in bound.items() for _ in range(number)]
    return all(max(Counter(world).values(), default=0) > capacity for world in product(*incidents))


def test_it_equals_trying_every_way_with_room_for_one_two_and_three():
    chance = Random(13)
    seen = Counter()
    for number in range(CASES):
        bound = {}
        for _ in range(chance.randint(1, 3)):
            cells = frozenset(chance.sample(range(4), chance.randint(1, 3)))
            bound[cells] = bound.get(cells, 0) + chance.randint(1, 3)
        capacity = chance.randint(1, 3)
        wanted = broken_by_trying(bound, capacity)
        assert surely_broken(bound, capacity) == wanted, (number, bound, capacity)
        seen[capacity, wanted] += 1
    print(f"runs: {CASES} cases, {dict(seen)}")
    assert min(seen.values()) > 15
    assert len(seen) == 6


@pytest.mark.parametrize(
    ("bound", "capacity", "broken"),
    [
        ({}, 0, False), ({}, 1, False), ({"a": 1}, 0, True), ({"ab": 0}, 0, False), ({"ab": 2}, 1, False),
        ({"ab": 3}, 1, True),
        ({"ab": 1, "a": 1}, 1, False), ({"ab": 1, "a": 1, "b": 1}, 1, True),
        ({"ab": 1, "bc": 1, "cd": 1, "d": 1}, 1, False),
        ({"ab": 1, "bc": 1, "cd": 1, "d": 1, "a": 1}, 1, True), ({"abcdefgh": 8_000}, 1_000, False),
        ({"abcdefgh": 8_001}, 1_000, True),
    ],
)  # fmt: skip
def test_by_hand(bound, capacity, broken):
    assert surely_broken({frozenset(cells): number for cells, number in bound.items()}, capacity) is broken
