"""Days, months and nights with the month in words: 27 شباط 2016, 27 февраля 2016 г., nuit du 26 au 27 février 2016."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from truceline.errors import ValueNotRead
from truceline.vocabulary.month_names import month_number

FIRST_YEAR, LAST_YEAR = 1900, 2200


class Named(NamedTuple):
    """The first and the last day that were named, both included; `night`: the night between the two."""

    first: date
    last: date
    night: bool = False


_DAY = r"(\d{1,2})(?:er|st|nd|rd|th|-?го|-?е)?"
_MONTH = r"([^\W\d_][^\d]{1,40}?)"
_YEAR = r"(\d{4})(?: ?(?:г\.?|года?|م\.?))?"
_TO = r"(?: ?[-–/] ?| to | and )"
_DAY_MONTH = re.compile(rf"^(?:le |يوم )?{_DAY} (?:of |de |من )?{_MONTH},? {_YEAR}$", re.I)
_MONTH_DAY = re.compile(rf"^{_MONTH} {_DAY},? {_YEAR}$", re.I)
_MONTH_YEAR = re.compile(rf"^{_MONTH},? {_YEAR}$", re.I)
_NIGHTS = tuple(
    re.compile(rf"^{begin}{_DAY}(?: {_MONTH}(?: {_YEAR})?)?{to}{_DAY} {_MONTH} {_YEAR}$", re.I)
    for begin, to in (
        (r"(?:the )?night of (?:the )?", _TO),
        (r"overnight (?:on |of )?(?:the )?", _TO),
        (r"(?:dans )?(?:la )?nuit du ", r"(?: au | ?[-–/] ?)"),
        (r"(?:в )?ночь (?:с |со )?", r"(?: на | ?[-–/] ?)"),
        (r"(?:في )?(?:ليلة|ليل) ", r"(?: ?[-–/] ?| (?:إلى|الى|على|و) ?)"),
    )
)
_NIGHT_ONTO = re.compile(rf"^(?:в )?ночь на {_DAY} {_MONTH} {_YEAR}$", re.I)
_ONE_NIGHT = re.compile(
    rf"^(?:(?:the )?night of|(?:dans )?(?:la )?nuit du|(?:في )?(?:ليلة|ليل)) {_DAY} {_MONTH} {_YEAR}$", re.I
)


def read_named(text: str) -> Named | None:
    """What the words name; None where they are of none of these forms. Digits are ASCII (`ascii_digits`).

    "The night of 26 February" leaves open which of two nights it was and is refused with the
    question; Russian "в ночь на 27 февраля" is the night that ends on the 27th.
    Raises `ValueNotRead`.
    """
    text = " ".join(text.split())
    if len(text) > 120 or not any(c.isalpha() for c in text):
        return None
    return next((named for reader in _READERS if (named := reader(text))), None)


def _night(text: str) -> Named | None:
    for pattern in _NIGHTS:
        if match := pattern.match(text):
            day_1, month_1, year_1, day_2, month_2, year_2 = match.groups()
            last = _date(day_2, month_2, year_2)
            first = _date(day_1, month_1 or month_2, year_1 or year_2)
            if last - first != timedelta(days=1):
                raise ValueNotRead(f"{text!r} is not one night", "Name two days that follow each other.")
            return Named(first, last, night=True)
    return None


def _night_onto(text: str) -> Named | None:
    if match := _NIGHT_ONTO.match(text):
        last = _date(*match.groups())
        return Named(last - timedelta(days=1), last, night=True)
    if match := _ONE_NIGHT.match(text):
        day = _date(*match.groups())
        before, after = day - timedelta(days=1), day + timedelta(days=1)
        raise ValueNotRead(
            f"{text!r}: is this the night of {before} to {day}, or of {day} to {after}?",
            "Name both days: night of 26-27 February 2016.",
        )
    return None


def _day(text: str) -> Named | None:
    if match := _DAY_MONTH.match(text):
        day = _date(*match.groups())
        return Named(day, day)
    if match := _MONTH_DAY.match(text):
        day = _date(match[2], match[1], match[3])
        return Named(day, day)
    return None


def _month(text: str) -> Named | None:
    if match := _MONTH_YEAR.match(text):
        first = _date("1", match[1], match[2])
        following = (first + timedelta(days=31)).replace(day=1)
        return Named(first, following - timedelta(days=1))
    return None


_READERS: tuple[Callable[[str], Named | None], ...] = (_night, _night_onto, _day, _month)


def _date(day: str, month: str, year: str) -> date:
    number = month_number(month)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueNotRead(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}", "Mend the year.")
    try:
        return date(int(year), number, int(day))
    except ValueError as error:
        raise ValueNotRead(f"{year}-{number:02}-{day} is not a day of the calendar", "Write YYYY-MM-DD.") from error
