"""Days that a text names: 27 شباط 2016, Oct. 4, 2023, 02/09/2023, and, less sure, a day without its year, a weekday."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from truceline.matching.wording_text import folded
from truceline.vocabulary.month_names import ENGLISH, spelled

MOST_NAMED = 4
"""Days of a text that are looked at, the first ones."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
_WEEKDAYS = (
    "monday الاثنين الإثنين понедельник", "tuesday الثلاثاء вторник", "wednesday الأربعاء среда среду",
    "thursday الخميس четверг", "friday الجمعة пятница пятницу", "saturday السبت суббота субботу",
    "sunday الأحد воскресенье",
)  # fmt: skip
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in folded(words).split()}
_MONTHS = {**{name[:3]: n for n, name in enumerate(ENGLISH, 1)}, "sept": 9, **spelled()}
_ANY = "|".join(sorted(map(re.escape, _MONTHS), key=lambda name: (-len(name), name)))
_OF = r"(?:of |من |-|/)?"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)? ?{_OF} ?({_ANY})(?!\w)\.? ?(?:/ ?(?:{_ANY})(?!\w))?[,،]? ?"
    rf"(?:من |عام |العام |سنه )*(\d{{4}}(?!\d))?"
)
_MONTH_DAY = re.compile(rf"(?<!\w)({_ANY})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:[,،]? ?(\d{{4}})(?!\d))?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})(?!\d)")
_RUN = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})\d?(?!\d)")
_LETTERS = re.compile(r"[^\W\d_]+")


class Named(NamedTuple):
    """Days by their number (`date.toordinal`), in order; (month, day) without a year; weekdays, Monday is 0."""

    days: tuple[int, ...] = ()
    yearless: tuple[tuple[int, int], ...] = ()
    weekdays: tuple[int, ...] = ()


def days_named(text: str) -> Named:
    """What a folded text names. Day before month where both are numbers, unless only the other way is a day."""
    low = text.casefold()
    found, yearless = [], []
    for day, month, year in _in_words(low):
        number = ordinal(year, month, day) if year else ordinal(2000, month, day)
        if number:
            found.append(number) if year else yearless.append((month, day))
    for a, b, year in _NUMBERS.findall(low):
        found.append(ordinal(int(year), int(b), int(a)) or ordinal(int(year), int(a), int(b)))
    found += [ordinal(int(year), int(month), int(day)) for year, month, day in _ISO.findall(low)]
    weekdays = [_WEEKDAY[word] for word in _LETTERS.findall(low) if word in _WEEKDAY]
    return Named(tuple(day for day in found if day)[:MOST_NAMED], tuple(yearless[:MOST_NAMED]), tuple(weekdays))


def days_of_address(address: str) -> tuple[int, ...]:
    """Days in an address: /2023/01/28/ or a run of digits such as 08012025 that ends a path."""
    path = re.split(r"[?#]", address)[0]
    found = [ordinal(int(year), int(month), int(day)) for year, month, day in _ISO.findall(path)]
    found += [ordinal(int(year), int(month), int(day)) for day, month, year in _RUN.findall(path)]
    return tuple(day for day in found if day)


def ordinal(year: int, month: int, day: int) -> int:
    """The number of a day, 0 where there is no such day or its year is outside `FIRST_YEAR` to `LAST_YEAR`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return 0
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return 0


def _in_words(low: str) -> Iterator[tuple[int, int, int]]:
    for day, month, year in _DAY_MONTH.findall(low):
        yield int(day), _MONTHS[month], int(year or 0)
    for month, day, year in _MONTH_DAY.findall(low):
        yield int(day), _MONTHS[month], int(year or 0)
