"""Surely left, surely right, undetermined: with the radius, the precision, turns and ends of the line."""

import numpy as np
import pytest
import shapely

from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.sides import side_of, sides_of
from truceline.vocabulary.where import E7


def drawn(*places, precision=0, left="north", right="south"):
    part = np.array([[round(lat * E7), round(lon * E7)] for lat, lon in places], np.int64)
    return DrawnLine("drawn", (part,), precision, left, right)


EAST = drawn((36, 37), (36, 38), precision=50)


def at(lat, lon, radius=0, line=EAST):
    found = side_of(round(lat * E7), round(lon * E7), radius, line)
    return found.side, found.toward, found.why


def test_looking_along_the_line_left_is_left():
    assert at(36.01, 37.5) == ("left", "north", "")
    assert at(35.99, 37.5) == ("right", "south", "")
    assert at(36.01, 37.5, line=drawn((36, 38), (36, 37))) == ("right", "south", "")


def test_a_place_whose_radius_reaches_the_line_is_undetermined():
    assert at(36.01, 37.5, 1_000)[0] == "left"
    assert at(36.01, 37.5, 1_100) == ("undetermined", "", "too_near")


def test_past_its_end_a_line_has_no_sides():
    assert at(36.01, 38.5) == ("undetermined", "", "beyond_the_end")
    assert at(36.05, 37.99, 3_000) == ("undetermined", "", "beyond_the_end")


@pytest.mark.parametrize("turn", [0.3, -0.3])
def test_on_the_outside_of_a_turn_the_nearest_point_is_the_turn_itself(turn):
    line = drawn((36, 37), (36, 37.5), (36 + turn, 37.1))
    assert at(36 - turn / 10, 37.6, line=line)[0] == ("right" if turn > 0 else "left")


def test_a_closed_line_has_its_inside_on_the_left_when_drawn_against_the_clock():
    ring = drawn((36, 37), (36, 37.4), (36.4, 37.4), (36.4, 37), (36, 37))
    assert at(36.2, 37.2, line=ring)[0] == "left"
    assert at(36.0, 36.8, line=ring)[0] == "right"
    assert at(35.9, 36.9, line=ring)[0] == "right"


def test_random_lines_agree_with_a_polygon_made_of_the_line_and_a_far_way_round():
    """Slow rule: the line, closed far to the north, has on its right what the polygon does not hold."""
    chance = np.random.default_rng(7)
    sure = 0
    for _ in range(20):
        lat = 36 + np.cumsum(chance.normal(0, 0.03, 25))
        lon = np.linspace(37, 39, 25)
        line = drawn(*zip(lat, lon, strict=True))
        ground = shapely.Polygon([*zip(lon, lat, strict=True), (39, 60), (37, 60)])
        places = np.column_stack([chance.uniform(35, 37, 40), chance.uniform(37.2, 38.8, 40)])
        found = sides_of(*(places * E7).astype(np.int64).T, np.zeros(40, np.int64), line)
        for n, (at_lat, at_lon) in enumerate(places):
            side = found.one(n, line).side
            if side != "undetermined":
                sure += 1
                assert side == ("left" if ground.contains(shapely.Point(at_lon, at_lat)) else "right")
    assert sure > 500


@pytest.mark.parametrize(
    ("place", "lies"),
    [((36.1, 37.5), "north"), ((35.9, 37.5), "south"), ((36.0, 36.9), "west"), ((36.1, 38.12), "north-east"),
     ((36.0, 37.5), "")],
)  # fmt: skip
def test_it_is_told_in_which_direction_a_place_lies_from_the_line(place, lies):
    lat, lon = place
    assert side_of(round(lat * E7), round(lon * E7), 5_000, EAST).lies == lies
