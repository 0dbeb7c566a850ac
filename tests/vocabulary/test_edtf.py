"""EDTF levels 0 and 1. Expected days from the specification's examples and from python-edtf 5.0.2's tests (MIT)."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.edtf import read_edtf
from truceline.vocabulary.when import Interval, iso, qualifiers_of

PUBLISHED = [
    ("2001-02-03", "2001-02-03", "2001-02-03"), ("2008-12", "2008-12-01", "2008-12-31"),
    ("2008", "2008-01-01", "2008-12-31"), ("1964/2008", "1964-01-01", "2008-12-31"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31"), ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28"), ("2004-02-01/2005", "2004-02-01", "2005-12-31"),
    ("2005/2006-02", "2005-01-01", "2006-02-28"),
    ("1984?", "1984-01-01", "1984-12-31"), ("2004-06-11?", "2004-06-11", "2004-06-11"),
    ("2004-06?", "2004-06-01", "2004-06-30"), ("199X", "1990-01-01", "1999-12-31"),
    ("19XX", "1900-01-01", "1999-12-31"), ("1999-XX", "1999-01-01", "1999-12-31"),
    ("1999-01-XX", "1999-01-01", "1999-01-31"), ("1999-XX-XX", "1999-01-01", "1999-12-31"),
    ("../2006", None, "2006-12-31"), ("/2006", None, "2006-12-31"), ("2004-01-01/..", "2004-01-01", None),
    ("2004-06-01/", "2004-06-01", None), ("1984-06?/2004-08?", "1984-06-01", "2004-08-31"),
    ("1984~", "1983-01-01", "1985-12-31"), ("1984~/2004-06", "1983-01-01", "2004-06-30"),
    ("1984~/2004~", "1983-01-01", "2005-12-31"),
]  # fmt: skip
"""The bounds that python-edtf calls strict; for ~ on a year, those it calls fuzzy. Its others widen more than we do."""


@pytest.mark.parametrize(("text", "first", "last"), PUBLISHED)
def test_published_examples_of_levels_0_and_1_name_these_days(text, first, last):
    span = read_edtf(text)
    assert (span.first and span.first.isoformat(), span.last and span.last.isoformat()) == (first, last)


def test_how_many_published_examples_ran():
    print(f"EDTF: {len(PUBLISHED)} published examples of levels 0 and 1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2016-09", ()), ("2016-09?", ("uncertain",)), ("2016-09~", ("approximate",)),
        ("2016-09%", ("uncertain", "approximate")), ("2016-02-XX", ("unspecified",)), ("2016-21", ("season",)),
        ("2016-02-27/..", ("open end",)), ("2016-02-27/", ("unknown end",)), ("../2016", ("open start",)),
        ("/2016", ("unknown start",)), ("2016?/2017~", ("uncertain", "approximate")),
    ],
)  # fmt: skip
def test_the_doubts_are_kept_as_words(text, said):
    assert read_edtf(text).qualifiers == said


def test_a_season_is_as_wide_as_its_two_definitions_and_a_winter_as_both_its_winters():
    spans = {text: read_edtf(text) for text in ("2016-21", "2016-22", "2016-23", "2016-24")}
    days = {text: (span.first, span.last) for text, span in spans.items()}
    assert days["2016-21"] == (date(2016, 3, 1), date(2016, 6, 21))
    assert days["2016-22"] == (date(2016, 6, 1), date(2016, 9, 23))
    assert days["2016-23"] == (date(2016, 9, 1), date(2016, 12, 22))
    assert days["2016-24"] == (date(2015, 12, 1), date(2017, 3, 20))


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "../..", "2016-13", "2016-02-30", "2016-XX-12", "201X-02", "-0999", "0000", "Y17E7", "2016-?09",
        "{2016,2017}", "[2016..]", "2016-25", "2016-21-03", "(2004)?-06-04~", "2004-(06)?-11", "Y17E7-12-26", "16XX",
        "2016-02-27/2016-02-26",
    ],
)  # fmt: skip
def test_level_2_and_what_is_no_edtf_is_refused_with_a_mend(text):
    with pytest.raises(ValueNotRead) as caught:
        read_edtf(text)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016-09?", "2016-09-01", "2016-10-01"), ("2016-09~", "2016-08-01", "2016-11-01"),
        ("2016-02-XX", "2016-02-01", "2016-03-01"), ("2016-XX", "2016-01-01", "2017-01-01"),
        ("2016-09-12~", "2016-09-11", "2016-09-14"), ("2016-09-12?/2016-09~", "2016-09-12", "2016-11-01"),
        ("2016-02-27/..", "2016-02-27", "2201-01-01"), ("../2016-02-27", "1900-01-01", "2016-02-28"),
    ],
)  # fmt: skip
def test_an_interval_is_as_wide_as_the_date_and_keeps_its_words(text, start, end):
    interval = Interval.from_text(text)
    assert (iso(interval.start)[:10], iso(interval.end)[:10], interval.words) == (start, end, text)
    assert qualifiers_of(interval.words)


@pytest.mark.parametrize("text", ["2016-02-27/", "/2016-02-27", "../.."])
def test_a_range_cut_short_is_not_taken_for_an_unknown_end(text):
    with pytest.raises(ValueNotRead):
        Interval.from_text(text)


def test_plain_dates_carry_no_doubt():
    for text in ("2016-02-27", "2016-02-27T14:05", "27 شباط/فبراير 2016", "2016-02-27/2016-02-28"):
        assert qualifiers_of(text) == ()


@given(st.dates(date(1901, 2, 1), date(2199, 11, 1)), st.sampled_from(["", "?", "~", "%"]))
def test_an_approximate_date_holds_the_date_that_was_said(day, sign):
    span = read_edtf(day.isoformat() + sign)
    assert span.first <= day <= span.last
    assert (span.last - span.first).days == (2 if sign in ("~", "%") and sign else 0)


@given(st.text(alphabet="0123456789-/X?~%.", max_size=24))
def test_any_text_is_edtf_or_refused(text):
    with contextlib.suppress(ValueNotRead):
        span = read_edtf(text)
        assert span.first is None or span.last is None or span.first <= span.last
