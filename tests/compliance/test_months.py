"""Calendar sums: exact ones, ambiguous ones by both roundings and refused without, the clock where it changes."""

import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.compliance.months import date_after, first_day, is_ambiguous, last_day, time_after
from truceline.errors import ValueNotRead
from truceline.vocabulary.when import HOUR, iso, read_instant

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
PERIOD = re.compile(r"^\[(-?\d+) years, (-?\d+) months, (-?\d+) days\]$")


def rows(folder, name):
    with (folder / "month-arithmetic" / f"{name}.csv").open(encoding="utf-8") as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=";")][1:]


def period_of(text):
    years, months, days = map(int, PERIOD.match(text).groups())
    return {"years": years, "months": months, "days": days}


@pytest.mark.data
def test_every_exact_sum_of_the_data_is_the_same_without_and_with_either_rounding(test_data, record_property):
    held = rows(test_data, "exact_computations")
    for day, period, sum_ in held:
        for rounding in (None, "up", "down"):
            assert date_after(date.fromisoformat(day), **period_of(period), rounding=rounding) == date.fromisoformat(
                sum_
            )
    record_property("exact sums", len(held))
    print(f"month arithmetic: {len(held)} exact sums")
    assert len(held) == 19


@pytest.mark.data
def test_every_ambiguous_sum_of_the_data_is_given_by_each_rounding_and_refused_without(test_data, record_property):
    held = rows(test_data, "ambiguous_computations")
    for day, period, up, down in held:
        start, longer = date.fromisoformat(day), period_of(period)
        assert date_after(start, **longer, rounding="up") == date.fromisoformat(up)
        assert date_after(start, **longer, rounding="down") == date.fromisoformat(down)
        assert is_ambiguous(start, years=longer["years"], months=longer["months"])
        with pytest.raises(ValueNotRead, match="has no day"):
            date_after(start, **longer)
    record_property("ambiguous sums", len(held))
    print(f"month arithmetic: {len(held)} ambiguous sums, both roundings")
    assert len(held) == 11


@pytest.mark.data
def test_the_first_and_the_last_day_of_the_months_of_the_data(test_data):
    held = rows(test_data, "first_last_day_of_month")
    for day, first, last in held:
        assert (first_day(date.fromisoformat(day)), last_day(date.fromisoformat(day))) == (
            date.fromisoformat(first), date.fromisoformat(last),
        )  # fmt: skip
    print(f"month arithmetic: first and last day of {len(held)} months")
    assert len(held) == 2


def test_31_march_and_one_month_is_1_may_or_30_april():
    assert date_after(date(2016, 3, 31), months=1, rounding="up") == date(2016, 5, 1)
    assert date_after(date(2016, 3, 31), months=1, rounding="down") == date(2016, 4, 30)


def test_years_and_months_are_added_as_one_and_rounded_once():
    assert date_after(date(2012, 2, 29), years=1, months=36) == date(2016, 2, 29)
    assert date_after(date(2016, 1, 31), months=1, days=1, rounding="up") == date(2016, 3, 2)
    assert date_after(date(2016, 1, 31), months=1, days=1, rounding="down") == date(2016, 3, 1)


@given(DAYS, st.integers(-600, 600), st.integers(-1_000, 1_000))
def test_the_roundings_differ_by_one_day_where_the_sum_is_ambiguous_and_nowhere_else(day, months, days):
    up, down = (date_after(day, months=months, days=days, rounding=one) for one in ("up", "down"))
    assert up - down == timedelta(days=is_ambiguous(day, months=months))


@given(DAYS, st.integers(0, 600))
def test_a_longer_time_is_never_earlier(day, months):
    for rounding in ("up", "down"):
        assert date_after(day, months=months, rounding=rounding) <= date_after(
            day, months=months + 1, rounding=rounding
        )


def test_days_and_months_keep_the_time_of_day_where_the_clocks_change_and_hours_do_not():
    zone = "Asia/Damascus"
    start = read_instant("2016-03-24T19:30", zone)
    assert iso(time_after(start, zone, days=2), zone) == "2016-03-26T19:30:00+03:00"
    assert iso(time_after(start, zone, months=1), zone) == "2016-04-24T19:30:00+03:00"
    assert iso(time_after(start, zone, hours=48), zone) == "2016-03-26T20:30:00+03:00"
    assert time_after(start, zone, days=2) - start == 47 * HOUR


def test_nothing_to_add_changes_nothing_not_even_the_second_of_two_like_hours():
    zone = "Asia/Damascus"
    twice = read_instant("2016-10-27T23:30+02:00", zone)
    assert time_after(twice, zone) == twice
    assert time_after(twice, zone, hours=1) == twice + HOUR


@pytest.mark.parametrize("longer", [{"months": 120_000}, {"days": 4_000_000}, {"years": -2_100}])
def test_outside_the_calendar_is_refused(longer):
    with pytest.raises(ValueNotRead, match="outside the calendar"):
        date_after(date(2016, 2, 27), **longer)
