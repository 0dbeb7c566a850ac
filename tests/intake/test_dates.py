"""Dates of a declared order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.intake.dates import DATE_FORMS, iso_of


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(sorted(DATE_FORMS)))
def test_a_date_written_in_a_form_is_read_back_under_that_form(day, form):
    written = form.replace("YYYY", f"{day.year:04}")
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
