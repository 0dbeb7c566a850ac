"""The cover gives the answers of half-open ray casting, point by point; so do the borders within reach of a circle."""

from math import gcd

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance import borders, cover, terrain
from truceline.compliance.areas import circles_in
from truceline.compliance.cover import Cover, Drawn

SCALES = (1, 37, 4_001, 1_000_003)
CORNERS = ((0, 0), (330_000_000, 360_000_000), (-695_000_000, -1_770_000_000))
LATTICE = st.integers(-12, 12)


def ring(points):
    """A closed ring; its edges may cross each other, which the rule does not mind."""
    return np.array([*points, points[0]], np.int64)


def rings_strategy():
    points = st.lists(st.tuples(LATTICE, LATTICE), min_size=3, max_size=7)
    polygon = st.lists(points, min_size=1, max_size=2)
    drawn = st.tuples(st.lists(polygon, min_size=1, max_size=2), st.integers(0, 3), st.integers(1, 3))
    return st.lists(drawn, min_size=1, max_size=5)


def placed(drawn, scale, corner):
    """The drawings at a scale and place; a time is a small number here."""
    return [
        Drawn(
            [[ring(points) * scale + np.array(corner) for points in polygon] for polygon in polygons], start, start + n
        )
        for polygons, start, n in drawn
    ]


def telling_points(drawings, seed, count=60):
    """Corners, whole points of edges, points one step beside both, and points anywhere around."""
    chance = np.random.default_rng(seed)
    found = []
    for one in [ring for drawing in drawings for polygon in drawing.polygons for ring in polygon]:
        for (lat_1, lon_1), (lat_2, lon_2) in zip(one[:-1].tolist(), one[1:].tolist(), strict=True):
            pieces = max(1, gcd(lat_2 - lat_1, lon_2 - lon_1))
            step = int(chance.integers(pieces))
            found.append((lat_1, lon_1))
            found.append((lat_1 + (lat_2 - lat_1) // pieces * step, lon_1 + (lon_2 - lon_1) // pieces * step))
    on = np.array(found, np.int64)
    beside = on + chance.integers(-1, 2, on.shape)
    low, high = on.min(axis=0), on.max(axis=0)
    spread = (high - low) // 3 + 2
    return np.concatenate([on, beside, chance.integers(low - spread, high + spread, (count, 2))])


def slowly(drawings, points, when):
    """The pairs by `circles_in`, a drawing at a time."""
    rows = np.column_stack([points, np.zeros(len(points), np.int64)])
    found = np.zeros((len(points), len(drawings)), np.bool_)
    for n, one in enumerate(drawings):
        for polygon in one.polygons:
            found[:, n] |= circles_in(rows, polygon)[0]
        found[:, n] &= (one.start <= when) & (when < one.end)
    return [part.tolist() for part in np.nonzero(found)]


@settings(max_examples=250, deadline=None)
@given(
    rings_strategy(), st.sampled_from(SCALES), st.sampled_from(CORNERS), st.sampled_from((36, 2_000)), st.integers(0)
)
def test_the_cover_answers_as_the_slow_rule_on_borders_corners_and_anywhere(drawn, scale, corner, cells, seed):
    drawings = placed(drawn, scale, corner)
    points = telling_points(drawings, seed)
    when = np.random.default_rng(seed).integers(-1, 8, len(points))
    found = Cover.of(drawings, cells).find(points[:, 0], points[:, 1], when)
    assert [part.tolist() for part in found] == slowly(drawings, points, when)


@settings(max_examples=60, deadline=None)
@given(rings_strategy(), st.integers(0))
def test_the_size_of_batches_changes_nothing(drawn, seed):
    drawings = placed(drawn, 37, CORNERS[1])
    points = telling_points(drawings, seed)
    when = np.ones(len(points), np.int64)
    made = Cover.of(drawings, 500)
    whole = made.find(points[:, 0], points[:, 1], when)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "AT_ONCE", 7)
        patch.setattr(cover, "MOST_TESTS", 3)
        apart = made.find(points[:, 0], points[:, 1], when)
    assert [part.tolist() for part in apart] == [part.tolist() for part in whole]


def circles(rows, areas):
    """Inside and near, each a table of circles and areas; and what `touched` makes of them is held equal to it."""
    asked = terrain.Terrain(areas)
    tables = []
    for pairs in (asked.inside(rows), asked.near(rows)):
        table = np.zeros((len(rows), len(areas)), np.bool_)
        table[np.divmod(pairs, len(areas))] = True
        tables.append(table)
    inside, near = tables
    of, sets, clear = asked.touched(rows)
    assert np.array_equal(sets[of], inside | near)
    assert np.array_equal(clear, (inside & ~near).any(axis=1))
    return inside, near


@settings(max_examples=250, deadline=None)
@given(
    rings_strategy(), st.sampled_from(SCALES), st.sampled_from(CORNERS), st.sampled_from((0, 1 << 20)), st.integers(0)
)
def test_circles_answered_together_are_answered_as_the_slow_rule_does(drawn, scale, corner, few, seed):
    drawings = placed(drawn, scale, corner)
    points = telling_points(drawings, seed)
    chance = np.random.default_rng(seed)
    radius = np.minimum(chance.pareto(0.5, len(points)) * chance.choice([0, 1, scale / 50]), 30_000_000)
    rows = np.column_stack([points, radius.astype(np.int64)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terrain, "FEW_TESTS", few)
        patch.setattr(borders, "MOST_TESTS", few or 50)
        inside, near = circles(rows, [one.polygons for one in drawings])
    for n, one in enumerate(drawings):
        wanted = [circles_in(rows, polygon) for polygon in one.polygons]
        assert (inside[:, n] == np.logical_or.reduce([part for part, _ in wanted])).all()
        assert (near[:, n] == np.logical_or.reduce([part for _, part in wanted])).all()


@pytest.mark.parametrize("corner", CORNERS)
def test_the_rule_widens_circles_before_edges_of_centimetres_and_none_is_missed(corner):
    # Three prongs northward, the middle one low and three ten-millionths of a degree wide at its tip.
    prongs = [(0, 0), (0, 9_999), (9_000, 9_999), (9_000, 9_000), (100, 9_000), (2_000, 5_003), (2_000, 5_000),
              (100, 1_000), (9_000, 1_000), (9_000, 0)]  # fmt: skip
    drawn = [[ring(prongs) + np.array(corner)]]
    rows = np.array([(2_000 + north, 5_001, 5) for north in range(0, 2_000, 10)]) + np.array([*corner, 0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(borders, "MOST_TESTS", 50)
        _, near = circles(rows, [drawn])
    wanted = circles_in(rows, drawn[0])[1]
    assert (near[:, 0] == wanted).all()
    # Up to 1.6 times the radius, which is 45 steps; far south the tip is too narrow to count as an edge.
    assert wanted.sum() > (60 if corner[0] >= 0 else 40)


def squares(side=8, step=1_000_003):
    """A chessboard of areas without gaps, drawn twice: from day 0, and moved by half an area from day 10."""
    drawings = []
    for start, moved in ((0, 0), (10, step // 2)):
        for row in range(side):
            for column in range(side):
                south, west = row * step + moved, column * step + moved
                corners = ((0, 0), (0, step), (step, step), (step, 0))
                drawings.append(Drawn([[ring([(south + lat, west + lon) for lat, lon in corners])]], start, start + 10))
    return drawings


def test_each_border_point_lies_in_exactly_one_area_of_its_period():
    drawings = squares()
    chance, step = np.random.default_rng(4), 1_000_003
    for day, moved in ((0, 0), (9, 0), (10, step // 2), (19, step // 2)):
        on = chance.integers(0, 8, (5_000, 2)) * step + moved
        on[:, 1][::2] += chance.integers(0, step, 2_500)
        on[:, 0][1::4] += chance.integers(0, step, 1_250)
        points, found = Cover.of(drawings).find(on[:, 0], on[:, 1], np.full(len(on), day))
        assert points.tolist() == list(range(len(on)))
        assert set((found // 64).tolist()) == {day // 10}


def test_a_time_is_in_the_period_it_begins_and_not_in_the_one_it_ends():
    drawings = squares()
    one, when = np.full(5, 5_000_000), np.array([-1, 0, 9, 10, 20])
    points, found = Cover.of(drawings).find(one, one, when)
    assert points.tolist() == [1, 2, 3]
    assert (found // 64).tolist() == [0, 0, 1]


def test_areas_that_overlap_are_all_found_and_none_twice():
    square = ring([(0, 0), (0, 100), (100, 100), (100, 0)])
    both = [Drawn([[square], [square + 50]]), Drawn([[square + 25]])]
    points, found = Cover.of(both, 900).find(np.array([60, 20, 140, 300]), np.array([60, 20, 140, 300]))
    assert list(zip(points.tolist(), found.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (2, 0)]


def test_a_hole_is_outside():
    square = ring([(0, 0), (0, 100), (100, 100), (100, 0)])
    made = Cover.of([Drawn([[square, square // 2 + 25]])], 900)
    assert made.find(np.array([10, 50]), np.array([10, 50]))[0].tolist() == [0]


def test_a_cover_of_nothing_finds_nothing():
    assert Cover.of([]).find(np.array([1]), np.array([1]))[0].tolist() == []
