"""How many can be paired off one to one: against every choice by hand, and against scipy where it is installed."""

from itertools import permutations

import numpy as np
import pytest

from truceline.statistics.one_to_one import most_paired


def pairs(edges, left_room=None, right_room=None):
    left, right = (np.array([edge[side] for edge in edges], np.int64) for side in (0, 1))
    rooms = [
        np.array(room if room else [1] * (int(ends.max(initial=-1)) + 1), np.int64)
        for ends, room in ((left, left_room), (right, right_room))
    ]
    return most_paired(left, right, *rooms)


def by_hand(edges, n, m):
    """Every way to give each left one a right one of its own, or none."""
    right = [*range(m), *([None] * n)]
    return max(sum((i, j) in edges for i, j in enumerate(chosen)) for chosen in permutations(right, n))


def test_without_a_possible_pair_there_is_none():
    assert pairs([]) == 0


def test_two_who_want_the_same_one_make_one_pair():
    assert pairs([(0, 0), (1, 0)]) == 1


def test_a_first_choice_gives_way_where_that_makes_more_pairs():
    assert pairs([(0, 0), (0, 1), (1, 0)]) == 2
    assert pairs([(0, 0), (0, 1), (1, 0), (1, 2), (2, 1), (2, 2), (3, 2)]) == 3


def test_like_ones_put_together_count_as_many():
    assert pairs([(0, 0)], [5], [3]) == 3
    assert pairs([(0, 0), (0, 1), (1, 1)], [4, 2], [1, 4]) == 5


def test_equals_every_choice_by_hand():
    chance = np.random.Generator(np.random.PCG64(1))
    for _ in range(120):
        n, m = (int(number) for number in chance.integers(1, 5, 2))
        edges = {(i, j) for i in range(n) for j in range(m) if chance.random() < 0.45}
        assert pairs(sorted(edges)) == by_hand(edges, n, m)


def test_rooms_equal_nodes_written_out():
    chance = np.random.Generator(np.random.PCG64(2))
    for _ in range(60):
        rooms = [chance.integers(1, 4, int(chance.integers(1, 5))).tolist() for _ in range(2)]
        edges = [(i, j) for i in range(len(rooms[0])) for j in range(len(rooms[1])) if chance.random() < 0.5]
        first = [np.cumsum([0, *room]).tolist() for room in rooms]
        spread = [
            (a, b)
            for i, j in edges
            for a in range(first[0][i], first[0][i + 1])
            for b in range(first[1][j], first[1][j + 1])
        ]
        assert pairs(edges, *rooms) == pairs(spread)


def test_equals_scipy_on_large_graphs():
    sparse = pytest.importorskip("scipy.sparse")
    csgraph = pytest.importorskip("scipy.sparse.csgraph")
    chance = np.random.Generator(np.random.PCG64(3))
    for n, m, number in ((300, 200, 400), (1_000, 1_000, 2_000), (2_000, 500, 6_000)):
        edges = sorted({(int(a), int(b)) for a, b in zip(chance.integers(0, n, number), chance.integers(0, m, number))})  # noqa: B905
        left, right = zip(*edges, strict=True)
        graph = sparse.csr_matrix((np.ones(len(edges)), (left, right)), shape=(n, m))
        theirs = int((csgraph.maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
        assert pairs(edges) == theirs
