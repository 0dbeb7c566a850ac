"""Where an incident may have been: half-open borders, circles near borders, what a source says of the area."""

from fractions import Fraction
from itertools import pairwise
from math import cos, hypot, radians

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance import borders, terrain
from truceline.compliance.areas import Names, circles_in, placed_in
from truceline.compliance.terrain import Terrain
from truceline.pipeline.packs import find_pack

PACK = find_pack("example")
AREAS = [area.id for area in PACK.agreement.areas]
NAMES = Names.of(PACK.agreement)
RINGS = {area: PACK.geometry[area][0][0].tolist() for area in AREAS}
BOX = (193_000_000, 206_500_000, -404_000_000, -396_300_000)
LATITUDES, LONGITUDES = st.integers(*BOX[:2]), st.integers(*BOX[2:])
EDGES = [(area, *edge) for area, ring in RINGS.items() for edge in pairwise(ring)]
METRES = 111_195


def inside(lat, lon, radius=0):
    """(inside, near) for each area."""
    points = np.array([[lat, lon, radius]], np.int64)
    return {area: tuple(bool(part[0]) for part in circles_in(points, PACK.geometry[area][0])) for area in AREAS}


def exact(ring, lat, lon):
    """Inside by the winding number in fractions; None on the border."""
    winding = 0
    for (lat_1, lon_1), (lat_2, lon_2) in pairwise(ring):
        turn = (lon_2 - lon_1) * (lat - lat_1) - (lon - lon_1) * (lat_2 - lat_1)
        between = min(lat_1, lat_2) <= lat <= max(lat_1, lat_2) and min(lon_1, lon_2) <= lon <= max(lon_1, lon_2)
        if turn == 0 and between:
            return None
        if lat_1 <= lat < lat_2 and Fraction(turn) < 0:
            winding += 1
        elif lat_2 <= lat < lat_1 and Fraction(turn) > 0:
            winding -= 1
    return winding != 0


def metres_to(ring, lat, lon):
    """The distance to the border on a plane with this place's own cosine, by floating-point numbers."""
    east = cos(radians(lat / 1e7))
    xy = [((lon_1 - lon) / 1e7 * METRES * east, (lat_1 - lat) / 1e7 * METRES) for lat_1, lon_1 in ring]
    best = float("inf")
    for (x_1, y_1), (x_2, y_2) in pairwise(xy):
        square = (x_2 - x_1) ** 2 + (y_2 - y_1) ** 2
        along = max(0.0, min(1.0, -(x_1 * (x_2 - x_1) + y_1 * (y_2 - y_1)) / square))
        best = min(best, hypot(x_1 + along * (x_2 - x_1), y_1 + along * (y_2 - y_1)))
    return best


@settings(max_examples=200, deadline=None)
@given(LATITUDES, LONGITUDES)
def test_a_point_lies_inside_as_the_winding_number_in_fractions_says(lat, lon):
    for area, (found, _) in inside(lat, lon).items():
        wanted = exact(RINGS[area], lat, lon)
        assert wanted is None or found == wanted, (area, lat, lon)


@settings(max_examples=200, deadline=None)
@given(LATITUDES, LONGITUDES)
def test_no_point_lies_in_two_areas(lat, lon):
    assert sum(found for found, _ in inside(lat, lon).values()) <= 1


def test_every_point_of_a_shared_border_lies_in_exactly_one_area():
    shared = [
        (one, two)
        for area, one, two in EDGES
        for other, a, b in EDGES
        if area < other and {*map(tuple, (one, two))} == {*map(tuple, (a, b))}
    ]
    assert len(shared) == 8
    tried = 0
    for one, two in shared:
        for step in range(51):
            lat, lon = (a + (b - a) * step // 50 for a, b in zip(one, two, strict=True))
            if (lon, lat) not in ends_of_shared():
                tried += 1
                assert sum(found for found, _ in inside(lat, lon).values()) == 1, (lat, lon)
    print(f"points of shared borders: {tried}")
    assert tried > 300


def ends_of_shared():
    """Where a shared border meets the sea: there the point may be in no area."""
    return {
        (-402_900_000, 201_400_000),
        (-397_000_000, 201_300_000),
        (-403_200_000, 197_800_000),
        (-397_100_000, 197_700_000),
    }


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(EDGES), st.integers(0, 1_000), st.integers(-3, 3), st.integers(-3, 3))
def test_on_and_beside_a_border_a_point_is_never_in_two_areas(edge, step, north, east):
    _, one, two = edge
    lat, lon = (a + (b - a) * step // 1_000 for a, b in zip(one, two, strict=True))
    assert sum(found for found, _ in inside(lat + north, lon + east).values()) <= 1


@settings(max_examples=200, deadline=None)
@given(LATITUDES, LONGITUDES, st.integers(1, 30_000))
def test_a_border_nearer_than_the_radius_is_never_missed_and_one_far_off_never_seen(lat, lon, radius):
    for area, (_, near) in inside(lat, lon, radius).items():
        metres = metres_to(RINGS[area], lat, lon)
        assert near or metres > radius * 0.99 - 1, (area, lat, lon, radius)
        assert not near or metres < radius * 1.05 + 50, (area, lat, lon, radius)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(LATITUDES, LONGITUDES, st.integers(0, 30_000)), min_size=1, max_size=6))
def test_what_else_is_asked_in_the_same_call_changes_nothing(points):
    table = np.array(points, np.int64)
    for area in AREAS:
        together = circles_in(table, PACK.geometry[area][0])
        for n, point in enumerate(points):
            alone = inside(*point)[area]
            assert (bool(together[0][n]), bool(together[1][n])) == alone


def may_be(reports):
    """A row a report, as the rule says it: an area a column, and elsewhere."""
    found, _ = placed_in(reports, NAMES, Terrain([PACK.geometry[area] for area in AREAS]))
    return found.sets[found.of]


def test_many_reports_at_the_same_and_other_places_are_each_placed_as_alone(columns):
    chance = np.random.default_rng(8)
    rows = [
        {"lat": 19.3 + int(a) / 10, "lon": -40.4 + int(b) / 20, "radius_m": int(r)}
        for a, b, r in zip(
            chance.integers(0, 13, 300), chance.integers(0, 16, 300), chance.choice([0, 900, 9_000], 300), strict=True
        )
    ]
    alone = np.concatenate([may_be(columns(row)) for row in rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terrain, "FEW_TESTS", 0)
        patch.setattr(borders, "MOST_TESTS", 100)
        together = may_be(columns(*rows))
    assert np.array_equal(together, alone)
    assert len(np.unique(together, axis=0)) > 5


# --- what a report says --------------------------------------------------------------------------

MIDDLE = {"lat": 19.97, "lon": -40.0}
BY_THE_BORDER = {"lat": 20.12, "lon": -39.98}


def placed(columns, **said):
    """Where one report may have been, "elsewhere" included, and whether it contradicts itself."""
    terrain_of_pack = Terrain([PACK.geometry[area] for area in AREAS])
    found, contradicts = placed_in(columns(said), Names.of(PACK.agreement), terrain_of_pack)
    [row] = found.sets[found.of]
    return {name for name, may in zip([*AREAS, "elsewhere"], row, strict=True) if may}, bool(contradicts[0])


def test_a_circle_clear_inside_an_area_is_surely_there(columns):
    assert placed(columns, **MIDDLE) == ({"river_towns"}, False)


def test_a_circle_over_a_border_may_be_on_either_side(columns):
    assert placed(columns, **BY_THE_BORDER) == ({"northern_valley", "river_towns", "elsewhere"}, False)


def test_a_circle_that_leaves_all_areas_may_be_elsewhere(columns):
    assert placed(columns, lat=20.0, lon=-40.30) == ({"river_towns", "elsewhere"}, False)
    assert placed(columns, lat=25.0, lon=-40.0) == ({"elsewhere"}, False)


def test_a_said_area_decides_where_the_circle_touches_it(columns):
    for name in ("river_towns", "River Towns", " RIVER TOWNS ", "بلدات النهر", "X02"):
        assert placed(columns, area=name, **BY_THE_BORDER) == ({"river_towns"}, False)


def test_a_said_area_and_a_point_clear_outside_it_contradict_each_other(columns):
    assert placed(columns, area="southern_plain", **MIDDLE) == ({"southern_plain", "river_towns"}, True)
    assert placed(columns, area="southern_plain", lat=25.0, lon=-40.0) == ({"southern_plain", "elsewhere"}, True)


def test_a_group_means_each_of_its_areas_whatever_the_point(columns):
    assert placed(columns, area="whole theatre", **MIDDLE) == (set(AREAS), False)


def test_an_area_nobody_knows_is_taken_as_not_said(columns):
    assert placed(columns, area="the hills", **MIDDLE) == ({"river_towns"}, False)
    assert placed(columns, area="the hills") == ({*AREAS, "elsewhere"}, False)


def test_a_report_with_neither_may_be_anywhere(columns):
    assert placed(columns) == ({*AREAS, "elsewhere"}, False)


def test_a_radius_of_half_the_earth_reaches_everywhere(columns):
    assert placed(columns, radius_m=20_037_508, **MIDDLE) == ({*AREAS, "elsewhere"}, False)
