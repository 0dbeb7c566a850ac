"""Versions on both time lines, differences and flips between them; nobody's claim alters another's."""

import json

import numpy as np
import pytest
from pyproj import Geod

from truceline.compliance.territory.claims import held_at, joint_state, sealed_numbers, versions
from truceline.compliance.territory.differences import difference, gap, overlaps
from truceline.compliance.territory.measures import plane, surface
from truceline.compliance.territory.placing import answer_of
from truceline.compliance.territory.shapes import read_shape, written
from truceline.errors import ValueNotRead
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.when import DAY
from truceline.vocabulary.where import E7

NUMBER = iter(range(1, 10_000))


def line(*points):
    return json.dumps({"type": "LineString", "coordinates": [[lon, lat] for lat, lon in points]})


def box(south, west, north, east):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def said(day, claimant="north", says="claimed", number="L1", **more):
    seq = next(NUMBER)
    act = Claim("alpha", f"1970-01-{day + 1:02}", number, claimant, says, "Said.", **more)
    return ActHeld(f"act{seq}", seq, act, day * DAY, day * DAY)


OLD, NEW = line((36.0, 38), (36.0, 39)), line((36.02, 38), (36.02, 39))


def test_the_drawing_that_was_said_last_holds_from_when_it_is_said_to_hold():
    known = versions([said(2, geometry=OLD), said(20, geometry=NEW, from_="1970-01-11")], "UTC")
    at = {day: held_at(known, day * DAY) for day in (1, 5, 10, 25)}
    assert at[1] == {}
    assert at[5]["L1", "north"].drawing is known[0]
    assert at[10]["L1", "north"].drawing is known[1], "it was said on day 20, and holds from day 10"
    assert at[25]["L1", "north"].drawing is known[1]


def test_a_claim_that_ends_gives_way_to_the_one_before_it():
    known = versions([said(2, geometry=OLD), said(3, geometry=NEW, to="1970-01-10T00:00")], "UTC")
    assert held_at(known, 5 * DAY)["L1", "north"].drawing is known[1]
    assert held_at(known, 9 * DAY)["L1", "north"].drawing is known[0]


def test_a_line_has_come_as_far_as_the_least_of_its_claimants_says():
    words = [said(1, "north", geometry=OLD), said(1, "south", geometry=OLD), said(2, "north", "agreed")]
    held = list(held_at(versions(words, "UTC"), 5 * DAY).values())
    assert [one.state for one in held] == ["agreed", "claimed"]
    assert joint_state(held) == "claimed"
    both = held_at(versions([*words, said(3, "south", "agreed")], "UTC"), 5 * DAY)
    assert joint_state(list(both.values())) == "agreed"


def test_a_withdrawn_claim_holds_no_more_and_the_others_stands():
    words = [said(1, "north", geometry=OLD), said(1, "south", geometry=NEW), said(6, "north", "withdrawn")]
    known = versions(words, "UTC")
    assert set(held_at(known, 5 * DAY)) == {("L1", "north"), ("L1", "south")}
    assert set(held_at(known, 6 * DAY)) == {("L1", "south")}


def test_an_excluded_groups_area_is_in_no_list():
    known = versions([said(1, geometry=box(36, 38, 37, 39), number="X", kind="excluded_area")], "UTC")
    assert sealed_numbers(known) == {"X"}


def two(first, second, **more):
    return versions([said(1, "north", geometry=first, **more), said(1, "south", geometry=second, **more)], "UTC")


def test_two_drawings_of_a_line_differ_by_the_ground_between_them():
    found = difference(*two(OLD, NEW, left="north", right="south"))
    [moved] = found.moved
    exact, _ = Geod(ellps="WGS84").polygon_area_perimeter(
        [*np.linspace(38, 39, 500), *np.linspace(39, 38, 500)], [36] * 500 + [36.02] * 500
    )
    assert (moved.from_side, moved.to_side) == ("left", "right")
    assert moved.surface.least_m2 < abs(exact) * 1.001 and moved.surface.most_m2 > abs(exact) * 0.999
    assert moved.surface.most_m2 - moved.surface.least_m2 < 100_000
    assert 2_219 <= found.most_m <= 2_222 and not found.is_explained


def test_a_difference_within_both_precisions_is_explained_by_them():
    found = difference(*two(OLD, NEW, precision_m=1_200))
    assert found.is_explained
    assert found.moved[0].surface.least_m2 == 0


def test_zones_overlap_and_leave_a_gap():
    west, east = box(36, 38, 36.5, 38.5), box(36, 38.4, 36.5, 39)
    known = versions([said(1, "north", number="N", geometry=west), said(1, "south", number="S", geometry=east)], "UTC")
    [both] = overlaps(known)
    assert both.zones == (("N", "north"), ("S", "south"))
    assert 498 <= both.both.least_m2 / 1e6 <= both.both.most_m2 / 1e6 <= 499
    assert gap(known).most_m2 < 1_000_000
    apart = versions(
        [said(1, "north", number="N", geometry=west), said(1, "south", number="S", geometry=box(36, 38.6, 36.5, 39))],
        "UTC",
    )
    assert overlaps(apart) == []
    assert gap(apart).least_m2 > 490_000_000


def test_surfaces_count_holes_out_and_lie_between_their_bounds():
    whole = surface(plane(read_shape(box(36, 38, 37, 39))))
    hole = json.loads(box(36.2, 38.2, 36.4, 38.4))["coordinates"][0]
    holed = json.loads(box(36, 38, 37, 39))
    holed["coordinates"].append(hole)
    less = surface(plane(read_shape(json.dumps(holed))))
    part = surface(plane(read_shape(box(36.2, 38.2, 36.4, 38.4))))
    assert whole.least_m2 - part.most_m2 <= less.most_m2 and less.least_m2 <= whole.most_m2 - part.least_m2


def test_a_place_inside_a_zone_is_sure_only_if_its_circle_stays_clear_of_the_border():
    [zone] = versions([said(1, geometry=box(36, 38, 37, 39), precision_m=200)], "UTC")
    at = [answer_of(zone, round(lat * E7), round(38.5 * E7), 500).side for lat in (36.5, 36.006, 36.0, 35.995, 35.9)]
    assert at == ["inside", "undetermined", "undetermined", "undetermined", "outside"]


def test_within_a_kilometre_of_a_line_whose_versions_lie_four_apart_the_side_is_undetermined():
    known = two(line((36.0, 38), (36.0, 39)), line((36.036, 38), (36.036, 39)), left="north", right="south")
    between = [answer_of(one, round(36.018 * E7), round(38.5 * E7), 1_000) for one in known]
    assert [one.toward for one in between] == ["north", "south"], "each is sure of its own, and they differ"


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        box(36, 38, 37, 39),
        json.dumps({"type": "MultiLineString", "coordinates": [[[-1.5, -2], [0, 3.25]], [[4, 5], [6, 7]]]}),
    ],
)
def test_a_shape_is_written_as_it_was_read(text):
    assert json.loads(written(read_shape(text))) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ('{"type":"Point","coordinates":[1,2]}', "a Point, no line and no surface"),
        ('{"type":"LineString","coordinates":[[1,2]]}', "fewer than two points"),
        ('{"type":"LineString","coordinates":[[1,2],[1,2]]}', "without length"),
        ('{"type":"LineString","coordinates":[[1,2],[1,95]]}', "no latitude"),
        ('{"type":"LineString","coordinates":[[1,2],["1",3]]}', "not [longitude, latitude]"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}', "open ring"),
        (line(*[(0, 0), (0, 170)] * 20), "ten times round the Earth"),
    ],
)
def test_what_is_no_sound_line_or_surface_is_refused(text, says):
    with pytest.raises(ValueNotRead, match=says.replace("[", r"\[").replace("]", r"\]")):
        read_shape(text)
