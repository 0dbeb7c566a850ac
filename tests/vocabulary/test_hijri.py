"""Hijri dates beside the Gregorian, and read where they are declared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.hijri import FIRST_DAY, LAST_DAY, MONTHS, HijriDate, beside, declared, hijri_of, read_hijri
from truceline.vocabulary.when import Interval, iso, qualifiers_of

KNOWN = {
    date(2015, 10, 14): (1437, 1, 1), date(2016, 2, 27): (1437, 5, 18), date(2016, 6, 6): (1437, 9, 1),
    date(2016, 9, 11): (1437, 12, 10), date(2016, 10, 2): (1438, 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("day", KNOWN)
def test_known_days_have_their_hijri_date(day):
    assert hijri_of(day) == HijriDate(*KNOWN[day])


def test_a_feast_by_the_moon_lies_within_the_interval_of_its_date_by_the_calendar():
    assert hijri_of(date(2016, 9, 11)).words() == "10 Dhu al-Hijjah 1437 AH"
    assert hijri_of(date(2016, 9, 11)).words("ar") == "10 ذو الحجة 1437 هـ"
    assert hijri_of(date(2016, 9, 11)).words("xx") == "10 Dhu al-Hijjah 1437 AH"
    kept = Interval.from_text("2016-09-12")
    assert kept.maybe_same_time(Interval.from_text("10 Dhu al-Hijjah 1437 AH"))


@given(st.dates(FIRST_DAY, LAST_DAY), st.sampled_from(sorted(MONTHS)))
def test_what_is_shown_is_read_back(day, language):
    shown = hijri_of(day)
    assert read_hijri(f"{shown.year}-{shown.month:02}-{shown.day:02}") == (day, day)
    assert read_hijri(f"{shown.day} {MONTHS[language][shown.month - 1]} {shown.year}") == (day, day)


def test_days_are_shown_beside_the_gregorian_ones():
    assert beside(date(2016, 2, 27), date(2016, 2, 27)) == "18 Jumada al-Ula 1437 AH"
    assert beside(date(2016, 6, 5), date(2016, 6, 6), "ar") == "29 شعبان 1437 هـ – 1 رمضان 1437 هـ"
    assert beside(date(2016, 2, 27), date(2100, 1, 1)) == ""


def test_days_outside_the_table_have_none():
    assert hijri_of(date(1924, 7, 31)) is None
    assert hijri_of(date(2077, 11, 17)) is None


@pytest.mark.parametrize(
    "text", ["18 جمادى الأولى 1437 هـ", "١٨ جمادى الأولى ١٤٣٧هـ", "18 Jumada al-Ula 1437 AH", "1437-05-18 AH"]
)
def test_a_declared_hijri_day_is_a_day_wider_on_either_side(text):
    interval = Interval.from_text(text)
    assert (iso(interval.start)[:10], iso(interval.end)[:10]) == ("2016-02-26", "2016-02-29")
    assert qualifiers_of(text) == ("hijri",)


def test_a_month_is_all_its_days():
    assert read_hijri("رمضان 1437 هـ") == (date(2016, 6, 6), date(2016, 7, 5))


@pytest.mark.parametrize(
    "text", ["30 جمادى الأولى 1437 هـ", "1-1-1437 AH", "1342-01-01 AH", "1437-13-01 AH", "5 Nothing 1437 AH"]
)
def test_what_is_no_hijri_day_is_refused_with_a_mend(text):
    with pytest.raises(ValueNotRead) as caught:
        read_hijri(text)
    assert caught.value.mend


def test_a_hijri_year_without_its_name_is_not_guessed():
    assert declared("18 جمادى الأولى 1437") is None
    with pytest.raises(ValueNotRead):
        Interval.from_text("1437-05-18")
