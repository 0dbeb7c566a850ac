"""Days and nights in words: four languages, three Arabic sets of months, two more kinds of digits."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.month_names import month_number
from truceline.vocabulary.named_days import read_named
from truceline.vocabulary.when import Interval, iso

LEVANTINE = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(",")
EGYPTIAN = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
ALGERIAN = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
MOROCCAN = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
ENGLISH = "January February March April May June July August September October November December".split()
ALL = (LEVANTINE, EGYPTIAN, ALGERIAN, MOROCCAN, RUSSIAN, FRENCH, ENGLISH)


@pytest.mark.parametrize("names", ALL)
def test_twelve_months_have_their_names(names):
    assert [month_number(name) for name in names] == list(range(1, 13))
    assert [month_number(name.upper()) for name in names] == list(range(1, 13))


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(ALL))
def test_a_day_in_any_of_the_languages_is_that_day(day, names):
    assert read_named(f"{day.day} {names[day.month - 1]} {day.year}") == (day, day, False)


@pytest.mark.parametrize(
    "text",
    [
        "27 شباط 2016", "٢٧ شباط ٢٠١٦", "۲۷ شباط ۲۰۱۶", "27 شباط/فبراير 2016", "27 فبراير 2016م", "27 فيفري 2016",
        "27 февраля 2016", "27 февраля 2016 г.", "27 февраля 2016 года", "27-го февраля 2016", "27 février 2016",
        "le 27 fevrier 2016", "27 févr. 2016", "27 February 2016", "February 27, 2016", "27th of February 2016",
        "\u200f27 شباط 2016\u202c",
    ],
)  # fmt: skip
def test_one_day_said_in_many_ways(text):
    interval = Interval.from_text(text)
    assert (iso(interval.start), iso(interval.end)) == ("2016-02-27T00:00:00Z", "2016-02-28T00:00:00Z")
    assert interval.words == text


@pytest.mark.parametrize(
    "text",
    [
        "night of 26-27 February 2016", "night of 26 to 27 February 2016", "overnight 26/27 February 2016",
        "nuit du 26 au 27 février 2016", "dans la nuit du 26 au 27 février 2016",
        "nuit du 26 février au 27 février 2016",
        "ночь с 26 на 27 февраля 2016", "в ночь с 26 на 27 февраля 2016 года", "в ночь на 27 февраля 2016",
        "ليلة 26-27 شباط 2016", "ليلة ٢٦-٢٧ شباط ٢٠١٦", "ليل 26/27 فبراير 2016", "في ليلة 26 إلى 27 شباط 2016",
    ],
)  # fmt: skip
def test_one_night_said_in_four_languages(text):
    interval = Interval.from_text(text, "Asia/Damascus")
    assert (iso(interval.start), iso(interval.end)) == ("2016-02-26T16:00:00Z", "2016-02-27T04:00:00Z")
    assert interval.words == text


@pytest.mark.parametrize("text", ["night of 27 February 2016", "ليلة 27 شباط 2016", "nuit du 27 février 2016"])
def test_the_night_of_one_day_is_asked_about(text):
    with pytest.raises(ValueNotRead, match="2016-02-26 to 2016-02-27, or of 2016-02-27 to 2016-02-28"):
        Interval.from_text(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("شباط 2016", "2016-02-01", "2016-03-01"), ("февраль 2016", "2016-02-01", "2016-03-01"),
     ("décembre 2016", "2016-12-01", "2017-01-01"), ("Sept 2016", "2016-09-01", "2016-10-01")],
)  # fmt: skip
def test_a_month_in_words_is_the_whole_month(text, start, end):
    interval = Interval.from_text(text)
    assert (iso(interval.start)[:10], iso(interval.end)[:10]) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["30 شباط 2016", "27 شباط/آذار 2016", "27 brumaire 2016", "nuit du 26 au 28 février 2016", "27 февраля 1899",
     "ночь с 27 на 26 февраля 2016", "18 جمادى الأولى 1437"],
)  # fmt: skip
def test_what_is_no_day_or_night_is_refused_with_a_mend(text):
    with pytest.raises(ValueNotRead) as caught:
        Interval.from_text(text)
    assert caught.value.mend


def test_eastern_digits_are_read_in_every_form():
    for text, plain in (("٢٠١٦-٠٢-٢٧", "2016-02-27"), ("۲۰۱۶-۰۲-۲۷ ۱۴:۰۵", "2016-02-27 14:05")):
        read, wanted = Interval.from_text(text), Interval.from_text(plain)
        assert (read.start, read.end, read.words) == (wanted.start, wanted.end, text)
    with pytest.raises(ValueNotRead, match="is this 2016-04-03 or 2016-03-04"):
        Interval.from_text("٠٣/٠٤/٢٠١٦")


def test_an_override_of_direction_is_not_read_through():
    assert ascii_digits("\u202e٢٧") == "\u202e27"
    with pytest.raises(ValueNotRead):
        Interval.from_text("\u202e2016-02-27")


@given(st.text(alphabet="0123456789 /-شباطفيرليلةнаочьсnuitdalév", max_size=40))
def test_any_words_are_read_or_refused(text):
    with contextlib.suppress(ValueNotRead):
        named = read_named(text)
        assert named is None or named.first <= named.last
