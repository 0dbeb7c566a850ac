"""One row's cells: nothing but the spaces around them is set aside, and nothing is guessed."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells, Columns, read_interval

ODD = st.text(st.sampled_from("0123456789٠١٩२-+.,/:TZ eE\t\n\u00a0–nightof March"), max_size=24)


def cells(**given):
    header = tuple(given)
    return Cells(2, Columns(header, {name: at for at, name in enumerate(header)}), tuple(given.values()))


@given(ODD)
def test_a_whole_number_is_written_in_digits_that_are_read_or_refused(text):
    one = cells(n=text)
    number = one.whole("n")
    if not one.faults and number is not None:
        written = text.strip(" ")
        said = written.replace("\u00a0", " ").strip(" ")
        assert said.removeprefix("-").isdigit()
        assert number == int(said)
        assert ("spaces_trimmed" in one.flags) is (written != text)
        assert ("digits_converted" in one.flags) is not written.isascii()


@given(ODD)
def test_no_text_given_as_a_time_raises_anything_but_a_refusal(text):
    with contextlib.suppress(ValueNotRead):
        interval = read_interval(text, "Asia/Damascus")
        assert interval.start < interval.end


@given(ODD, ODD)
def test_a_point_is_two_numbers_or_none_or_refused(lat, lon):
    one = cells(lat=lat, lon=lon)
    point = one.point("lat", "lon")
    if not one.faults:
        assert (point == (None, None)) is (not lat.strip(" ") and not lon.strip(" "))
        for number, text, letter in zip(point, (lat, lon), "NE", strict=True):
            said = text.replace("\u00a0", " ").strip(" ").upper().strip(letter)
            assert number is None or abs(number - float(said) * 1e7) <= 1


def test_spaces_are_flagged_where_a_cell_is_read_and_only_there():
    one = cells(read=" x", other=" y", words=" z ")
    assert one.text("read") == "x"
    assert one.words("words") == " z "
    assert one.flags == ["spaces_trimmed"]
    assert cells(other=" y").flags == []


def test_a_column_that_is_not_there_is_an_empty_cell():
    one = cells(a="1")
    assert (one.text("b"), one.words("b"), one.whole("b"), one.point("lat", "lon")) == ("", "", None, (None, None))


def test_a_long_value_is_not_repeated_whole():
    one = cells(n="x" * 5_000)
    one.whole("n")
    (fault,) = one.faults
    assert len(fault.value) == 200
    assert len(fault.reason) < 450


def test_a_range_is_no_moment():
    one = cells(first="2025-03-01/2025-03-02", last="2025-03-04")
    one.span("first", "last", "UTC")
    assert [fault.column for fault in one.faults] == ["first"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_zone_that_is_none_is_said(zone):
    with pytest.raises(ValueNotRead):
        read_interval("2025-03-04", zone)
