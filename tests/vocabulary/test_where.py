"""Places: decimal degrees read without a float, exchanged coordinates, lower bounds of a distance."""

from decimal import ROUND_HALF_UP, Decimal
from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.where import (
    COS_PERMILLE,
    E7,
    Place,
    apart_at_least_m,
    inside_box,
    lon_permille,
    read_degrees,
    seems_swapped,
)

SYRIA = (323_000_000, 357_000_000, 373_000_000, 424_000_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("36.2021", 362_021_000), ("0", 0), ("-0.5", -5_000_000), ("+36", 360_000_000), ("36.00000004", 360_000_000),
        ("36.00000005", 360_000_001), ("-36.00000005", -360_000_001), ("90", 900_000_000), ("-90.0", -900_000_000),
        ("036.5", 365_000_000),
    ],
)  # fmt: skip
def test_degrees_are_read_to_the_seventh_place(text, value):
    assert read_degrees(text, "latitude") == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "36,2021",
        "36°12'",
        "36.2021N",
        "3.6e1",
        "NaN",
        "inf",
        "٣٦.٢",
        "36.",
        ".5",
        "--36",
        "36.2 ",
        "1234",
        "36.2\n",
        "0x24",
        "36_2",
    ],
)
def test_what_is_no_number_of_degrees_is_refused(text):
    with pytest.raises(ValueNotRead):
        read_degrees(text, "latitude")


@pytest.mark.parametrize(
    ("text", "which"), [("90.0000001", "latitude"), ("-91", "latitude"), ("180.5", "longitude"), ("-181", "longitude")]
)
def test_what_lies_outside_the_earth_is_refused_and_a_swap_suggested(text, which):
    with pytest.raises(ValueNotRead) as caught:
        read_degrees(text, which)
    assert "outside" in caught.value.message
    assert ("swapped" in caught.value.mend) == (which == "latitude")


@given(st.decimals(-90, 90, places=9))
def test_degrees_are_what_decimal_arithmetic_gives(number):
    wanted = (number * E7).quantize(Decimal(1), ROUND_HALF_UP)
    assert read_degrees(f"{number:.9f}", "latitude") == wanted


def test_exchanged_coordinates_are_noticed_only_where_the_exchange_fits():
    assert seems_swapped(371_000_000, 362_000_000, SYRIA) is False  # both ways inside
    assert seems_swapped(401_000_000, 352_000_000, SYRIA) is True
    assert seems_swapped(362_000_000, 401_000_000, SYRIA) is False
    assert seems_swapped(10_000_000, 10_000_000, SYRIA) is False


def test_the_box_is_closed():
    south, west, north, east = SYRIA
    assert inside_box(south, west, SYRIA)
    assert inside_box(north, east, SYRIA)
    assert not inside_box(north + 1, east, SYRIA)


def test_the_table_of_cosines_is_never_too_high():
    assert len(COS_PERMILLE) == 91
    assert all(floor <= 1000 * cos(radians(degrees)) < floor + 1.0001 for degrees, floor in enumerate(COS_PERMILLE))
    assert lon_permille(362_000_000) == lon_permille(-362_000_000) == COS_PERMILLE[37]
    assert lon_permille(360_000_000) == COS_PERMILLE[36]


@given(st.integers(*SYRIA[::2]), st.integers(*SYRIA[1::2]), st.integers(*SYRIA[::2]), st.integers(*SYRIA[1::2]))
def test_a_distance_is_never_said_to_be_longer_than_it_is(lat_1, lon_1, lat_2, lon_2):
    found = apart_at_least_m(Place(lat_1, lon_1), Place(lat_2, lon_2), lon_permille(max(lat_1, lat_2)))
    north, east = (lat_1 - lat_2) / E7 * 110_574, (lon_1 - lon_2) / E7 * 111_320
    assert found <= hypot(north, east * cos(radians(min(lat_1, lat_2) / E7))) + 1
    assert found >= hypot(north, east * cos(radians(max(lat_1, lat_2) / E7))) * 0.96 - 2
