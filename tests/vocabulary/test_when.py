"""Time as sources write it: every form that is read, every one that is refused, zones and changes of the clocks."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.when import (
    DAY,
    HOUR,
    SECOND,
    Interval,
    instant,
    iso,
    local_midnight,
    moment,
    read_instant,
    zone_of,
)

DAMASCUS = "Asia/Damascus"
INSTANTS = st.integers(-(10**15), 10**16)


def read(text, zone="UTC"):
    interval = Interval.from_text(text, zone)
    assert (interval.words, interval.zone) == (text, zone)
    return iso(interval.start), iso(interval.end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016-02-27", "2016-02-27T00:00:00Z", "2016-02-28T00:00:00Z"),
        ("2016-02-27T14:05", "2016-02-27T14:05:00Z", "2016-02-27T14:06:00Z"),
        ("2016-02-27 14:05", "2016-02-27T14:05:00Z", "2016-02-27T14:06:00Z"),
        ("2016-02-27T14:05:09", "2016-02-27T14:05:09Z", "2016-02-27T14:05:10Z"),
        ("2016-02-27T14:05Z", "2016-02-27T14:05:00Z", "2016-02-27T14:06:00Z"),
        ("2016-02-27T14:05+02:00", "2016-02-27T12:05:00Z", "2016-02-27T12:06:00Z"),
        ("2016-02-27T14:05-0330", "2016-02-27T17:35:00Z", "2016-02-27T17:36:00Z"),
        ("2016-02-27/2016-02-29", "2016-02-27T00:00:00Z", "2016-03-01T00:00:00Z"),
        ("2016-02-27T14:00/2016-02-27T16:00", "2016-02-27T14:00:00Z", "2016-02-27T16:01:00Z"),
        ("2016-02-27 / 2016-03", "2016-02-27T00:00:00Z", "2016-04-01T00:00:00Z"),
        ("2016-02", "2016-02-01T00:00:00Z", "2016-03-01T00:00:00Z"),
        ("2016-12", "2016-12-01T00:00:00Z", "2017-01-01T00:00:00Z"),
        ("2016", "2016-01-01T00:00:00Z", "2017-01-01T00:00:00Z"),
        ("night of 26-27 February 2016", "2016-02-26T18:00:00Z", "2016-02-27T06:00:00Z"),
        ("the night of 26–27 Feb 2016", "2016-02-26T18:00:00Z", "2016-02-27T06:00:00Z"),
        ("Night of 26/27 February 2016", "2016-02-26T18:00:00Z", "2016-02-27T06:00:00Z"),
        ("night of 29 February-1 March 2016", "2016-02-29T18:00:00Z", "2016-03-01T06:00:00Z"),
        ("night of 31 December 2015 - 1 January 2016", "2015-12-31T18:00:00Z", "2016-01-01T06:00:00Z"),
        ("27 February 2016", "2016-02-27T00:00:00Z", "2016-02-28T00:00:00Z"),
        ("27 feb 2016", "2016-02-27T00:00:00Z", "2016-02-28T00:00:00Z"),
        ("  2016-02-27 ", "2016-02-27T00:00:00Z", "2016-02-28T00:00:00Z"),
    ],
)  # fmt: skip
def test_every_form_is_read_as_wide_as_it_says(text, start, end):
    assert read(text) == (start, end)


def test_fractions_of_a_second_are_as_wide_as_their_last_digit():
    for text, width in (("2016-02-27T14:05:09.5", SECOND // 10), ("2016-02-27T14:05:09.000001", 1)):
        interval = Interval.from_text(text)
        assert interval.end - interval.start == width


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("03/04/2016", "is this 2016-04-03 or 2016-03-04?"), ("3.4.2016", "is this 2016-04-03 or 2016-03-04?"),
        ("27/02/2016", "is this 2016-02-27?"), ("02/27/2016", "is this 2016-02-27?"),
        ("4/4/2016", "is this 2016-04-04?"),
        ("31/31/2016", "is this a date?"),
    ],
)  # fmt: skip
def test_a_day_and_month_order_that_is_not_said_is_never_guessed(text, question):
    with pytest.raises(ValueNotRead) as caught:
        Interval.from_text(text)
    assert question in caught.value.message
    assert "YYYY-MM-DD" in caught.value.mend


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "2016-13-01", "2016-02-30", "2016-2-7", "16-02-27", "2016-02-27T24:00", "2016-02-27T14:60",
        "2016-02-27T14",
        "2016-02-28/2016-02-27", "2016-02-27/", "/2016-02-27", "night of 26-28 February 2016",
        "night of 27-26 February 2016",
        "night of 26-27 Smarch 2016", "26 J 2016", "26 ju 2016", "1899-12-31", "2201-01-01", "0000-01-01", "9999-12-31",
        "2016-02-27T14:05+15:00", "2016-02-27T14:05+02:60", "1456574400", "first day of Eid",
        "2016/" * 5_000 + "2017", "2016/2017/2018",
        "2016-02-27T14:05:09.0000001",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_mend(text):
    with pytest.raises(ValueNotRead) as caught:
        Interval.from_text(text)
    assert caught.value.mend


def test_the_date_at_the_start_of_the_truce_differs_by_zone():
    assert read("2016-02-27", DAMASCUS)[0] == "2016-02-26T22:00:00Z"
    assert read("2016-09-12T19:00", DAMASCUS)[0] == "2016-09-12T16:00:00Z"
    assert read("2016-02-27T00:00", DAMASCUS)[0] == "2016-02-26T22:00:00Z"


def test_a_time_with_an_offset_is_not_read_in_the_zone():
    assert read("2016-02-27T00:00Z", DAMASCUS)[0] == "2016-02-27T00:00:00Z"
    assert read("2016-02-27T00:00+03:00", DAMASCUS)[0] == "2016-02-26T21:00:00Z"


@pytest.mark.parametrize(
    ("text", "hours"),
    [("2014-03-30", 23), ("2014-10-26", 25), ("2014-03-29", 24), ("2014-03", 31 * 24 - 1), ("2014", 365 * 24)],
)
def test_days_have_23_or_25_hours_where_the_clocks_change(text, hours):
    interval = Interval.from_text(text, "Europe/Kyiv")
    assert (interval.end - interval.start) / HOUR == hours


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_comes_is_read_before_the_change():
    assert read("2014-10-26T03:30", "Europe/Kyiv")[0] == "2014-10-26T00:30:00Z"
    assert read("2014-03-30T03:30", "Europe/Kyiv")[0] == "2014-03-30T01:30:00Z"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "/etc/localtime", "UTC\x00", "x" * 400])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(ValueNotRead, match="is no time zone"):
        zone_of(name)


def test_an_interval_that_ends_before_it_begins_is_none():
    with pytest.raises(ValueNotRead):
        Interval(5, 5)
    with pytest.raises(ValueNotRead):
        Interval(5, 4)


def test_the_end_is_excluded():
    day, next_day = Interval.from_text("2016-02-27"), Interval.from_text("2016-02-28")
    assert day.end == next_day.start
    assert not day.maybe_same_time(next_day)
    assert day.surely_before(next_day.start)
    assert next_day.surely_after(day.end)


@given(INSTANTS, st.integers(1, 5 * DAY), INSTANTS, st.integers(1, 5 * DAY))
def test_surely_implies_maybe_and_each_question_has_its_opposite(start, length, other, width):
    one, two = Interval(start, start + length), Interval(other, other + width)
    for name in ("before", "after"):
        surely, maybe = (getattr(one, f"{kind}_{name}")(other) for kind in ("surely", "maybe"))
        assert maybe or not surely
    assert one.surely_before(other) != one.maybe_after(other)
    assert one.surely_after(other) != one.maybe_before(other)
    assert one.maybe_within(two.start, two.end) or not one.surely_within(two.start, two.end)
    assert one.maybe_same_time(two) == two.maybe_same_time(one)
    assert one.maybe_same_time(two) or not one.surely_same_time(two)


@given(INSTANTS)
def test_an_instant_survives_its_datetime(at):
    assert instant(moment(at)) == at


@given(
    st.datetimes(datetime(1930, 1, 1), datetime(2199, 1, 1)),
    st.sampled_from(["UTC", DAMASCUS, "Europe/Kyiv", "Etc/GMT-2"]),
)
def test_what_is_written_in_a_zone_is_read_back(when, zone):
    at = instant(when.replace(microsecond=0, tzinfo=UTC))
    assert read_instant(iso(at, zone)) == at


@given(st.dates(datetime(1901, 1, 1).date(), datetime(2199, 1, 1).date()))
def test_the_day_a_source_writes_begins_at_local_midnight(day):
    assert Interval.from_text(day.isoformat(), DAMASCUS).start == local_midnight(day, zone_of(DAMASCUS))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ValueNotRead):
        interval = Interval.from_text(text, DAMASCUS)
        assert interval.start < interval.end
