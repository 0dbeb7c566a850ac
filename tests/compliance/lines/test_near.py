"""How far places are from a line: bounds held against geodesics of GeographicLib, and three answers."""

from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod

from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.near import distances, nearer_than, reach
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.where import E7

GEOD = Geod(ellps="WGS84")


def e7(*places: tuple[float, float]) -> np.ndarray:
    return np.array([[round(lat * E7), round(lon * E7)] for lat, lon in places], np.int64)


def wandering(seed: int, lat: float, lon: float, points: int = 30, step: float = 0.08) -> DrawnLine:
    """A line that wanders about a place."""
    steps = np.random.default_rng(seed).normal(0, step, (points, 2))
    return DrawnLine("drawn", (((np.cumsum(steps, axis=0) + np.array([lat, lon])) * E7).astype(np.int64),))


def slowly(place: np.ndarray, line: DrawnLine) -> float:
    """The shortest geodesic from a place to points a few metres apart on a line."""
    drawn = line.parts[0] / E7
    share = np.linspace(0, 1, 3_000)[:, None]
    dense = np.concatenate([a + share * (b - a) for a, b in pairwise(drawn)])
    lat, lon = np.full(len(dense), place[0] / E7), np.full(len(dense), place[1] / E7)
    return float(GEOD.inv(lon, lat, dense[:, 1], dense[:, 0])[2].min())


@pytest.mark.parametrize("lat", [0, 15, 36, -50, 70, 80])
def test_the_bounds_hold_the_shortest_geodesic_and_are_two_metres_apart(lat):
    line = wandering(1, lat, 37)
    chance = np.random.default_rng(2)
    places = ((np.array([lat, 37]) + chance.normal(0, [0.5, 0.8], (4, 2))) * E7).astype(np.int64)
    least, most = distances(places[:, 0], places[:, 1], line)
    for n, place in enumerate(places):
        exact = slowly(place, line)
        assert least[n] <= exact <= most[n] + 0.5, "points of the slow line lie up to some metres apart"
    assert (most - least).max() <= 3


def test_a_chord_is_bounded_by_both_radii_for_a_million_metres():
    """Of random geodesics; the formula is in `chains`."""
    from truceline.compliance.lines.chains import in_space, least_way, most_way

    chance = np.random.default_rng(3)
    lat, lon = chance.uniform(-80, 80, 20_000), chance.uniform(-180, 180, 20_000)
    far = 10 ** chance.uniform(0, 6, 20_000)
    lon_2, lat_2, _ = GEOD.fwd(lon, lat, chance.uniform(0, 360, 20_000), far)
    chord = np.sqrt(((in_space(lat * E7, lon * E7) - in_space(lat_2 * E7, lon_2 * E7)) ** 2).sum(axis=1))
    assert (least_way(chord) <= far).all() and (most_way(chord) >= far).all()


def test_many_places_at_once_say_what_each_says_alone():
    line = wandering(4, 36, 38, 60, 0.05)
    chance = np.random.default_rng(5)
    places = e7(*zip(chance.uniform(34, 38, 500), chance.uniform(36, 40, 500), strict=True))
    radius = chance.integers(0, 4_000, 500)
    known = chance.random(500) > 0.1
    for distance in (3_500, 50_000, 140_000):
        together = nearer_than(known, places[:, 0], places[:, 1], radius, line, distance)
        for n in range(0, 500, 7):
            one = slice(n, n + 1)
            alone = nearer_than(known[one], places[one, 0], places[one, 1], radius[one], line, distance)
            assert together[n] == alone[0]
            if known[n]:
                least, most = reach(int(places[n, 0]), int(places[n, 1]), int(radius[n]), line)
                assert together[n] == (SURELY if most < distance else NO if least >= distance else MAYBE)
            else:
                assert together[n] == MAYBE


EQUATOR = DrawnLine("equator", (e7((0, 30), (0, 31)),), precision_m=100)


@pytest.mark.parametrize(
    ("north_m", "radius", "answer"),
    [(3_000, 0, SURELY), (3_399, 0, MAYBE), (3_500, 0, MAYBE), (3_602, 0, NO), (3_000, 800, MAYBE), (5_000, 1_300, NO)],
)
def test_the_radius_and_the_precision_of_the_line_count_against_being_sure(north_m, radius, answer):
    lon, lat, _ = GEOD.fwd(30.5, 0, 0, north_m)
    place = e7((lat, lon))
    assert nearer_than(np.array([True]), place[:, 0], place[:, 1], np.array([radius]), EQUATOR, 3_500)[0] == answer


def test_a_two_sided_ring_is_measured_from_each_sides_own_line():
    """50 km from two lines that lie 10 km apart: a place between them is in one ring and not in the other."""
    actual, older = DrawnLine("a", (e7((48.0, 37), (48.0, 39)),)), DrawnLine("b", (e7((48.09, 37), (48.09, 39)),))
    lon, lat, _ = GEOD.fwd(38, 48.0, 0, 52_000)
    place = e7((lat, lon))
    asked = np.array([True]), place[:, 0], place[:, 1], np.array([100])
    assert nearer_than(*asked, actual, 50_000)[0] == NO
    assert nearer_than(*asked, older, 50_000)[0] == SURELY


def test_no_place_at_all_is_no_answer_at_all():
    nothing = np.zeros(0, np.int64)
    assert len(nearer_than(np.zeros(0, np.bool_), nothing, nothing, nothing, EQUATOR, 10)) == 0
