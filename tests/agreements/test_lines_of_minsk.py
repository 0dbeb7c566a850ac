"""The rings of 50, 70 and 140 km of the package of measures, each side's own line, held against geodesics."""

from itertools import pairwise

import numpy as np
import pytest
from pyproj import Geod

from truceline.compliance.lines.near import nearer_than
from truceline.compliance.pack import Pack
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.columns import MAYBE, NO, SURELY

GEOD = Geod(ellps="WGS84")
E7 = 10_000_000
ACTUAL, MEMORANDUM = "actual_line_2015", "memorandum_line_2014"
TOWARDS_DEBALTSEVE = (48.107, 39.007)
"""Behind the line of February 2015 and, past Debaltseve, much nearer to the one of September 2014."""


@pytest.fixture(scope="module")
def minsk() -> Pack:
    return find_pack("minsk-2015")


def metres_to(pack: Pack, line: str, lat: float, lon: float) -> float:
    """The way to the nearest of very many points of the line."""
    best = np.inf
    for part in pack.lines[line].parts:
        for (lat_a, lon_a), (lat_b, lon_b) in pairwise(part):
            lats, lons = (np.linspace(a, b, 400) / E7 for a, b in ((lat_a, lat_b), (lon_a, lon_b)))
            ways = GEOD.inv(lons, lats, np.full(400, lon), np.full(400, lat))[2]
            best = min(best, float(np.min(ways)))
    return best


def near(pack: Pack, line: str, place: tuple[float, float], distance_m: int, radius_m: int = 500) -> int:
    lat, lon = (np.array([round(part * E7)], np.int64) for part in place)
    has, radius = np.ones(1, np.bool_), np.array([radius_m], np.int64)
    return int(nearer_than(has, lat, lon, radius, pack.lines[line], distance_m)[0])


def test_each_side_is_measured_from_its_own_line(minsk: Pack) -> None:
    [rings] = [one.rule["rings"] for one in minsk.agreement.obligations if one.id == "heavy_weapons"]
    assert [ring["distance_m"] for ring in rings] == [50_000, 70_000, 140_000]
    assert {(ring["lines"]["ukraine"], ring["lines"]["certain_areas"]) for ring in rings} == {(ACTUAL, MEMORANDUM)}


def test_one_place_is_surely_inside_from_one_line_and_surely_outside_from_the_other(minsk: Pack) -> None:
    assert near(minsk, MEMORANDUM, TOWARDS_DEBALTSEVE, 50_000) == SURELY
    assert near(minsk, ACTUAL, TOWARDS_DEBALTSEVE, 50_000) == NO


@pytest.mark.parametrize("line", [ACTUAL, MEMORANDUM])
@pytest.mark.parametrize("distance_m", [15_000, 50_000, 70_000, 140_000])
def test_sure_answers_keep_the_precision_of_the_line_and_the_radius_of_the_place(
    minsk: Pack, line: str, distance_m: int
) -> None:
    chance = np.random.default_rng(20150212)
    slack = minsk.lines[line].precision_m + 500
    seen = set()
    for _ in range(40):
        place = (float(chance.uniform(46.9, 50.2)), float(chance.uniform(35.9, 40.2)))
        way, answer = metres_to(minsk, line, *place), near(minsk, line, place, distance_m)
        seen.add(answer)
        if abs(abs(way - distance_m) - slack) > 100:  # nearer to a border of the answers than our own rough check
            expected = SURELY if way + slack < distance_m else NO if way - slack >= distance_m else MAYBE
            assert answer == expected, (place, way)
    assert len(seen) > 1
