"""Days at a boundary, in a zone, with changes of the clocks; and which of them an interval touches."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.compliance.days import MOST_DAYS, days_from, days_of, edges_of, touched
from truceline.vocabulary.agreement import Period
from truceline.vocabulary.when import HOUR, Interval, iso, read_instant

LATE = read_instant("2100-01-01")


def hours(zone, first, last, boundary="00:00"):
    return [(day.name, (day.end - day.start) / HOUR) for day in days_of(Period(first, last), boundary, zone, LATE)]


def test_with_the_clocks_changed_a_day_has_23_or_25_hours():
    assert hours("Europe/Kyiv", "2014-03-29", "2014-04-01") == [
        ("2014-03-29", 24),
        ("2014-03-30", 23),
        ("2014-03-31", 24),
    ]
    assert hours("Europe/Kyiv", "2014-10-25", "2014-10-28") == [
        ("2014-10-25", 24),
        ("2014-10-26", 25),
        ("2014-10-27", 24),
    ]


def test_damascus_has_its_own_days_of_change_in_2016():
    found = dict(hours("Asia/Damascus", "2016-01-01", "2017-01-01"))
    assert len(found) == 366
    assert {day: length for day, length in found.items() if length != 24} == {"2016-03-25": 23, "2016-10-27": 25}
    assert sum(found.values()) == 366 * 24


def test_a_change_of_the_clocks_falls_into_the_day_that_runs_over_it():
    assert hours("Europe/Kyiv", "2014-03-29", "2014-03-31", "19:30") == [("2014-03-29", 23), ("2014-03-30", 24)]


def test_a_day_is_named_by_the_date_on_which_it_begins():
    [day] = days_of(Period("2025-03-20", "2025-03-21"), "19:30", "Etc/GMT-2", LATE)
    assert (day.name, iso(day.start), iso(day.end)) == ("2025-03-20", "2025-03-20T17:30:00Z", "2025-03-21T17:30:00Z")


@pytest.mark.parametrize(("time", "day"), [("2025-03-20T19:29", "2025-03-19"), ("2025-03-20T19:30", "2025-03-20")])
def test_a_minute_before_1930_belongs_to_the_day_before(evaluated, time, day):
    one = evaluated([{"when": time, "area": "river_towns"}], reading="shifted")
    [cell] = [cell for cell in one.ledger.indicators[0].cells if cell.high]
    assert (one.days[cell.day].name, cell.low, cell.high) == (day, 1, 1)


def test_a_date_alone_is_surely_in_no_day_from_1930_to_1930(evaluated):
    one = evaluated([{"when": "2025-03-20", "area": "river_towns"}], reading="shifted")
    cells = [cell for cell in one.ledger.indicators[0].cells if cell.high]
    assert [(one.days[cell.day].name, cell.low, cell.high) for cell in cells] == [
        ("2025-03-19", 0, 1),
        ("2025-03-20", 0, 1),
    ]


def test_days_that_have_not_begun_are_left_out():
    as_of = read_instant("2025-03-03T12:00")
    assert [day.name for day in days_of(Period("2025-03-01", "2025-04-01"), "00:00", "UTC", as_of)] == [
        "2025-03-01", "2025-03-02", "2025-03-03",
    ]  # fmt: skip
    assert days_of(Period("2025-03-01", "2025-04-01"), "00:00", "UTC", read_instant("2025-03-01")) == ()


def test_an_open_period_runs_to_the_as_of_instant_and_is_bounded():
    as_of = read_instant("2025-03-03T12:00")
    assert len(days_of(Period("2025-03-01"), "00:00", "UTC", as_of)) == 3
    assert len(days_of(Period("1900-01-01"), "00:00", "UTC", LATE)) <= MOST_DAYS


def test_periods_of_24_hours_do_not_follow_the_clocks():
    days = days_from(read_instant("2014-03-29T12:00", "Europe/Kyiv"), 3, "Europe/Kyiv")
    assert [(day.end - day.start) / HOUR for day in days] == [24, 24, 24]
    assert [day.name for day in days] == ["2014-03-29", "2014-03-30", "2014-03-31"]
    assert [iso(day.start, "Europe/Kyiv")[11:16] for day in days] == ["12:00", "13:00", "13:00"]


@given(st.lists(st.integers(0, 100), min_size=2, max_size=6, unique=True), st.integers(-5, 105), st.integers(1, 60))
def test_an_interval_touches_the_days_it_shares_an_instant_with(edges, start, length):
    edges, end = sorted(edges), start + length
    first, last = (int(found[0]) for found in touched(np.array([start]), np.array([end]), np.array(edges)))
    shared = [n for n, (a, b) in enumerate(pairwise(edges)) if start < b and end > a]
    assert [n for n in range(len(edges) - 1) if first <= n <= last] == shared
    assert (first == -1) == (start < edges[0])
    assert (last == len(edges) - 1) == (end > edges[-1])


def test_the_night_across_a_day_boundary_touches_two_days():
    night = Interval.from_text("night of 19-20 March 2025", "Etc/GMT-2")
    edges = edges_of(days_of(Period("2025-03-19", "2025-03-22"), "00:00", "Etc/GMT-2", LATE))
    first, last = touched(np.array([night.start]), np.array([night.end]), edges)
    assert (first[0], last[0]) == (0, 1)


def test_without_days_nothing_is_touched():
    none = edges_of(())
    assert [found.tolist() for found in touched(np.array([1]), np.array([2]), none)] == [[0], [0]]
