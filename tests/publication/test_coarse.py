"""Positions in cells: nested, wide enough, and never more exact than declared."""

import math

from hypothesis import given
from hypothesis import strategies as st

from truceline.publication.coarse import CIRCLE_E7, coarse, whole_days
from truceline.vocabulary.clearance import CELLS_M

LATS = st.integers(-600_000_000, 600_000_000)
LONS = st.integers(-CIRCLE_E7 // 2, CIRCLE_E7 // 2)
CELLS = st.sampled_from(CELLS_M[1:])


def metres(lat: int, lon: int, lat_2: int, lon_2: int) -> float:
    """Between two positions, on a sphere (mean radius of WGS 84)."""
    a, b = math.radians(lat / 1e7), math.radians(lat_2 / 1e7)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians((lon_2 - lon) / 1e7) / 2) ** 2
    return 2 * 6_371_009 * math.asin(min(1, math.sqrt(half)))


@given(LATS, LONS, st.integers(0, 50_000), CELLS)
def test_the_true_place_lies_within_the_radius_of_what_is_shown(lat: int, lon: int, radius: int, cell: int) -> None:
    shown = coarse(lat, lon, radius, cell)
    assert metres(lat, lon, shown.lat_e7, shown.lon_e7) <= shown.radius_m
    assert shown.radius_m >= radius
    assert shown.radius_m % cell == 0


@given(LATS, LONS, LATS, LONS, CELLS, CELLS)
def test_two_cells_together_tell_no_more_than_the_finer(
    lat: int, lon: int, lat_2: int, lon_2: int, cell: int, other: int
) -> None:
    fine, wide = sorted((cell, other))
    if coarse(lat, lon, 0, fine)[:2] == coarse(lat_2, lon_2, 0, fine)[:2]:
        assert coarse(lat, lon, 0, wide)[:2] == coarse(lat_2, lon_2, 0, wide)[:2]


@given(LATS, LONS, CELLS)
def test_the_middle_of_a_cell_lies_in_it(lat: int, lon: int, cell: int) -> None:
    shown = coarse(lat, lon, 0, cell)
    assert coarse(shown.lat_e7, shown.lon_e7, 0, cell)[:2] == shown[:2]


@given(st.integers(-550_000_000, 550_000_000), st.integers(-1_700_000_000, 1_700_000_000), CELLS)
def test_a_cell_is_at_least_as_wide_as_said(lat: int, lon: int, cell: int) -> None:
    """Whoever stands at its middle needs half a cell in every direction to leave it."""
    lat, lon, _ = coarse(lat, lon, 0, cell)
    for angle in range(0, 360, 30):
        north = math.cos(math.radians(angle)) * cell * 0.49 / 111_700 * 1e7
        east = math.sin(math.radians(angle)) * cell * 0.49 / (111_700 * math.cos(math.radians(lat / 1e7))) * 1e7
        assert coarse(int(lat + north), int(lon + east), 0, cell)[:2] == (lat, lon)


def test_a_cell_of_nothing_is_the_place_as_said() -> None:
    assert coarse(351234567, 361234567, 250, 0) == (351234567, 361234567, 250)


@given(st.integers(0, 2**52), st.integers(1, 10**12), st.integers(0, 2**52))
def test_whole_days_hold_the_time_and_begin_at_midnight(start: int, length: int, midnight: int) -> None:
    first, last = whole_days(start, start + length, midnight)
    assert first <= start < start + length <= last
    assert (first - midnight) % 86_400_000_000 == 0 == (last - midnight) % 86_400_000_000
    assert last - first < length + 2 * 86_400_000_000
