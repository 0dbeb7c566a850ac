"""Heat map, map, series: the figures drawn are the figures given, and colour is never alone."""

import re
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from truceline.publication.bulletin import asset
from truceline.publication.heat_map import cells_of, figure_of
from truceline.publication.languages import words_for
from truceline.publication.map_picture import MOST_CIRCLES, map_picture, mapped
from truceline.publication.names import names_of
from truceline.publication.plane import METRES_PER_DEGREE, middle, plane_of, twice_surface
from truceline.publication.ranges import within
from truceline.publication.series import series, stacked, top_of
from truceline.publication.times import local_days
from truceline.vocabulary.assessment import Cell, Verdict
from truceline.vocabulary.when import DAY, HOUR

sys.path.insert(0, str(Path(__file__).parent))

import made_up

WORDS = words_for("en")


def cell(verdict: Verdict, low: int, high: int) -> Cell:
    return Cell(0, 0, verdict, low, high, False, 0, ())


def test_each_verdict_has_its_own_sign() -> None:
    assert figure_of(cell(Verdict.QUIET, 0, 0), 0) == "·"
    assert figure_of(cell(Verdict.NOT_QUIET, 3, 5), 0) == "3"
    assert figure_of(cell(Verdict.CANNOT_TELL, 0, 2), 0) == "2?"
    assert figure_of(cell(Verdict.CANNOT_TELL, 0, 0), 0) == "?"
    assert figure_of(cell(Verdict.CANNOT_TELL, 1, 1), 1) == "?", "one is allowed: it is the watching that is missing"
    assert figure_of(cell(Verdict.NOT_QUIET, 240, 250), 0) == "99+"


def test_the_ranges_over_all_days_are_those_of_the_cells_where_the_day_is_known() -> None:
    page = made_up.page()
    for area in range(3):
        low, high = within(page, 1, 0, len(page.ledger.days) - 1, area)
        assert low >= sum(one.low for one in cells_of(page, 1, area))
        assert high <= sum(one.high for one in cells_of(page, 1, area))


@pytest.mark.parametrize(
    ("most", "expected"), [(0, (1, 1)), (3, (1, 3)), (7, (2, 8)), (28, (10, 30)), (101, (50, 150))]
)
def test_the_axis_has_round_steps_and_holds_the_highest_day(most: int, expected: tuple[int, int]) -> None:
    assert top_of([(0, most)]) == expected


def test_the_bars_are_as_many_as_the_days_with_incidents() -> None:
    page = made_up.page()
    drawn = series(page, 0, WORDS)
    assert drawn.count('<g class="bar"') == sum(high > 0 for _, high in stacked(page, 0))


def test_the_map_is_true_to_scale_both_ways_at_the_middle_latitude() -> None:
    plane = plane_of(made_up.geometry(3))
    assert plane.units(METRES_PER_DEGREE) == pytest.approx(plane.per_degree)
    degree = 10_000_000
    north = plane.y(np.array(0)) - plane.y(np.array(degree))
    assert north == pytest.approx(plane.per_degree * 10, abs=1)
    east = plane.x(np.array(degree)) - plane.x(np.array(0))
    assert east / north == pytest.approx(np.cos(np.radians(20.2)), rel=0.01)


def test_a_name_is_written_in_the_middle_of_its_area() -> None:
    lat, lon = np.array([0, 0, 20, 20, 0]) * 10**6, np.array([0, 40, 40, 0, 0]) * 10**6
    assert middle(lat, lon) == (10e6, 20e6)
    assert abs(twice_surface(lat, lon)) == pytest.approx(2 * 2 * 4)


def test_circles_are_drawn_one_by_one_until_there_are_too_many() -> None:
    few, many = made_up.page(n=100), made_up.page(n=2 * MOST_CIRCLES, days=61)
    names = dict(names_of(few.agreement, WORDS))
    drawn = map_picture(few, 1, WORDS, names)
    behind = [int(i) for listed in re.findall(r'data-i="([\d,]+)"', drawn) for i in listed.split(",")]
    assert sorted(behind) == mapped(few, 1).tolist()
    grouped = map_picture(many, 1, WORDS, names)
    assert "data-i=" not in grouped
    assert sum(int(n) for n in re.findall(r"<title>(\d+)</title>", grouped)) == len(mapped(many, 1)) > MOST_CIRCLES
    assert "too many to draw one by one" in grouped


def test_days_across_a_change_of_the_clocks_have_23_and_25_hours() -> None:
    spring = local_days(1_458_856_800_000_000, 1_459_112_400_000_000, "Asia/Damascus")
    assert [round((b - a) / HOUR) for a, b in pairwise(spring)] == [23, 24, 24]
    assert local_days(0, 3 * DAY, "UTC") == [0, DAY, 2 * DAY, 3 * DAY]


def channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours #rrggbb."""
    light = []
    for colour in (one, other):
        red, green, blue = (channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        light.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_texts_and_signs_have_enough_contrast(scheme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", asset("bulletin.css"), re.S)[scheme]
    colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    text = [
        ("ink", "ground"), ("ink", "raised"), ("soft", "ground"), ("soft", "raised"), ("accent", "ground"),
        ("accent", "raised"), ("on-loud", "loud"), ("on-hatch", "hatch"), ("on-hatch", "hatch-ground"),
        ("on-stamp", "stamp"), ("dot", "quiet"), ("ink", "quiet"), ("ink", "land"),
    ]  # fmt: skip
    for front, back in text:
        assert contrast(colour[front], colour[back]) >= 4.5, (front, back)
    for front, back in [("focus", "ground"), ("loud", "ground"), ("loud", "land"), ("strong-line", "ground")]:
        assert contrast(colour[front], colour[back]) >= 3, (front, back)
    assert contrast(colour["loud"], colour["quiet"]) >= 3
