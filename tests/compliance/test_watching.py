"""Who watched, how long, and when it is enough."""

from itertools import pairwise
from random import Random

import pytest

from truceline.compliance.watching import joined, less

DAY = ("river_towns", "2025-03-20")


def cell(evaluated, watches, reading="strict"):
    """The cell of the river towns on 20 March."""
    one = evaluated((), watches, reading)
    day = [day.name for day in one.days].index("2025-03-20")
    return one.ledger.indicators[0].cells[1 * len(one.days) + day]


@pytest.mark.parametrize(
    ("hours", "covered"), [((0, 12), True), ((6, 18), True), ((12, 24), True), ((0, 11), False), ((13, 24), False)]
)
def test_the_minimum_is_met_exactly_or_not_at_all(evaluated, watch, hours, covered):
    first, last = (f"2025-03-{20 + hour // 24}T{hour % 24:02}:00" for hour in hours)
    rows = [watch(source, "river_towns", first, last) for source in ("ngo", "patrol")]
    assert cell(evaluated, rows).covered is covered


def test_a_minute_short_is_short(evaluated, watch):
    rows = [watch(who, "river_towns", "2025-03-20T00:00", "2025-03-20T12:00") for who in ("ngo", "patrol")]
    assert cell(evaluated, rows).covered
    rows[1] = watch("patrol", "river_towns", "2025-03-20T00:01", "2025-03-20T12:00")
    assert (cell(evaluated, rows).covered, cell(evaluated, rows).sources) == (False, 1)


def test_pieces_of_one_source_add_up_and_overlaps_do_not_count_twice(evaluated, watch):
    spans = [("00:00", "06:00"), ("05:00", "08:00"), ("14:00", "18:00")]
    rows = [watch("ngo", "river_towns", f"2025-03-20T{a}", f"2025-03-20T{b}") for a, b in spans]
    assert cell(evaluated, rows, "lenient").sources == 1
    assert cell(evaluated, rows).sources == 1  # 12 hours exactly
    assert cell(evaluated, rows[:2]).sources == 0


def test_stopped_wins_over_reported(evaluated, watch):
    rows = [watch("ngo", "river_towns", "2025-03-20", "2025-03-21")]
    assert cell(evaluated, rows, "lenient").covered
    rows.append(watch("ngo", "river_towns", "2025-03-20T02:00", "2025-03-20T20:01", "stopped"))
    found = cell(evaluated, rows, "lenient")
    assert (found.covered, found.sources) == (False, 0)
    assert [reason.code for reason in found.reasons] == ["not_covered", "stopped"]


def test_another_source_is_not_stopped_with_it_even_of_the_same_origin(evaluated, watch):
    rows = [
        watch("ngo", "river_towns", "2025-03-20", "2025-03-21", origin="network"),
        watch("radio", "river_towns", "2025-03-20", "2025-03-21", "stopped", origin="network"),
    ]
    assert cell(evaluated, rows, "lenient").sources == 1


def test_silence_adds_nothing(evaluated, watch):
    found = cell(evaluated, [watch("ngo", "river_towns", "2025-03-20", "2025-03-21", "silent")], "lenient")
    assert (found.covered, found.sources) == (False, 0)
    assert "silent" in [reason.code for reason in found.reasons]


def test_sources_of_one_origin_are_one_and_their_hours_are_joined(evaluated, watch):
    rows = [
        watch("ngo", "river_towns", "2025-03-20T00:00", "2025-03-20T07:00", origin="network"),
        watch("radio", "river_towns", "2025-03-20T07:00", "2025-03-20T12:00", origin="network"),
        watch("patrol", "river_towns", "2025-03-20", "2025-03-21"),
    ]
    assert (cell(evaluated, rows).sources, cell(evaluated, rows).covered) == (2, True)
    assert cell(evaluated, rows[:2]).sources == 1


def test_a_source_is_its_own_origin_where_none_is_said(evaluated, watch):
    rows = [
        watch("ngo", "river_towns", "2025-03-20", "2025-03-21"),
        watch("radio", "river_towns", "2025-03-20", "2025-03-21", origin="ngo"),
    ]
    assert cell(evaluated, rows).sources == 1


def test_a_group_name_covers_each_of_its_areas_and_an_unknown_area_none(evaluated, watch):
    one = evaluated(
        (),
        [watch("ngo", "all areas", "2025-03-20", "2025-03-21"), watch("x", "the hills", "2025-03-20", "2025-03-21")],
        "lenient",
    )
    assert [sum(row) for row in one.watched.sources.tolist()] == [1, 1, 1]


def test_joined_and_less_are_what_minutes_counted_one_by_one_give():
    chance = Random(15)
    for _ in range(300):
        spans, taken = (
            [(a, a + chance.randint(1, 9)) for a in chance.sample(range(40), chance.randint(0, 5))] for _ in range(2)
        )
        minutes = {m for a, b in spans for m in range(a, b)} - {m for a, b in taken for m in range(a, b)}
        left = less(joined(spans), joined(taken))
        assert {m for a, b in left for m in range(a, b)} == minutes
        assert all(one[1] <= other[0] for one, other in pairwise(left))
        assert sum(b - a for a, b in left) == len(minutes)
