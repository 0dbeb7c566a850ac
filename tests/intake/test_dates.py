"""Dates of a declared order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.intake.dates import ORDERS, iso_of, of_parts, with_time


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(ORDERS)))
def test_a_date_written_in_a_form_is_read_back_under_that_form(day, form):
    written = form.replace("YYYY", f"{day.year:04}").replace("YY", f"{day.year % 100:02}")
    for long, short, number in (("MM", "M", day.month), ("DD", "D", day.day)):
        written = written.replace(long, f"{number:02}") if long in form else written.replace(short, str(number))
    assert iso_of(written, [form]) == day.isoformat()


def test_the_order_is_declared_and_never_guessed():
    assert iso_of("03/04/2016", ["DD/MM/YYYY"]) == "2016-04-03"
    assert iso_of("03/04/2016", ["MM/DD/YYYY"]) == "2016-03-04"
    assert iso_of("03/04/2016", []) == "03/04/2016"


def test_a_time_may_follow():
    assert iso_of("03/04/2016 14:05", ["DD/MM/YYYY"]) == "2016-04-03T14:05"


@pytest.mark.parametrize("text", ["31/02/2016", "3/4/2016", "03/04/16", "٠٣/٠٤/٢٠١٦", "03/04/2016\n", "2016-04-03"])
def test_what_does_not_fit_the_declared_form_is_refused(text):
    with pytest.raises(ValueNotRead):
        iso_of(text, ["DD/MM/YYYY"])


@pytest.mark.parametrize(
    ("text", "form", "iso"),
    [
        ("42430", "SERIAL", "2016-03-01"),
        ("42430.5", "SERIAL", "2016-03-01T12:00"),
        ("1456790400", "UNIX", "2016-03-01T00:00:00Z"),
        ("1456790400000", "UNIX_MS", "2016-03-01T00:00:00Z"),
        ("1 March 2016", "words", "1 March 2016"),
        ("1/3/2016 2:05 PM", "D/M/YYYY", "2016-03-01T14:05"),
    ],
)
def test_numbers_that_count_days_or_seconds_are_declared_like_an_order(text, form, iso):
    assert iso_of(text, ["DD/MM/YYYY", form]) == iso


@pytest.mark.parametrize(("text", "form"), [("60", "SERIAL"), ("-5", "SERIAL"), ("99999999999", "UNIX")])
def test_a_number_that_is_no_day_is_refused(text, form):
    with pytest.raises(ValueNotRead):
        iso_of(text, [form])


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("14:05", "T14:05"), ("2.05 pm", "T14:05"), ("12:05 AM", "T00:05"), ("14h05", "T14:05"), ("1405", "T14:05"),
        ("9:05:30", "T09:05:30"), ("N/K", ""), ("", ""), ("14:05-14:20", "T14:05/2016-03-01T14:20"),
    ],
)  # fmt: skip
def test_a_time_of_day_in_a_cell_of_its_own_joins_its_day(time, said):
    assert with_time("2016-03-01", time) == "2016-03-01" + said


def test_a_time_that_is_none_is_refused():
    for day, time in (("2016-03-01", "noon"), ("2016-03-01", "13:05 pm"), ("2016-03", "14:05")):
        with pytest.raises(ValueNotRead):
            with_time(day, time)


def test_year_month_and_day_in_three_cells_are_as_exact_as_they_are_filled():
    assert of_parts("2016", "3", "4") == "2016-03-04"
    assert of_parts("2016", "March", "") == of_parts("2016", "3.0", "-1") == "2016-03"
    assert of_parts("2016", "", "") == "2016"
    assert of_parts("", "", "") == ""
    with pytest.raises(ValueNotRead):
        of_parts("2016", "", "4")
