"""Uncertain and partial dates as the Extended Date/Time Format writes them, levels 0 and 1, day by day.

Library of Congress, EDTF specification (4 February 2019), ISO 8601-2:2019 annex A. Of level 1 we
leave out years outside 1900 to 2200. Times of day are read in `when.py`; level 2 is refused.
"""

import re
from datetime import date, timedelta

import msgspec

from truceline.errors import ValueNotRead

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""What an open or unknown end reaches to: the years that are read."""

_QUALIFIERS = {"?": ("uncertain",), "~": ("approximate",), "%": ("uncertain", "approximate"), "": ()}
ONE = re.compile(r"^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%]?)$", re.A)
_SEASONS = {21: ((3, 1), (6, 21)), 22: ((6, 1), (9, 23)), 23: ((9, 1), (12, 22))}
"""Spring, summer, autumn of the north: from the meteorologist's first day to the astronomer's last, both included."""
_WINTER = 24
_MEND = "Write 2016-09, 2016-09-XX, 2016-09-12~, 2016-21 (spring) or 2016-02-27/.. (no end)."


class Span(msgspec.Struct, frozen=True):
    """First and last day, both included; None where that end is open or unknown. `qualifiers`: the doubts said.

    They are "uncertain" (?), "approximate" (~), both (%), "unspecified" (X), "season", and
    "open start", "open end", "unknown start", "unknown end".
    """

    first: date | None
    last: date | None
    qualifiers: tuple[str, ...] = ()


def read_edtf(text: str) -> Span:
    """A date, or an interval with `/`, of EDTF level 0 or 1.

    `?` leaves the days as they were said. `~` and `%` widen them by one unit of the last part on
    either side (a day, a month, a year, ten years, a hundred): EDTF gives no width, this one is
    ours. A winter (24) runs from 1 December of the year before to 20 March of the year after, since
    it is not said which of its two winters is meant. Raises `ValueNotRead`.
    """
    if "/" not in text:
        return _one(text)
    first, _, last = text.partition("/")
    start, end = _end(first, "start"), _end(last, "end")
    if start.first is None and end.last is None:
        raise ValueNotRead(f"{text!r} has neither a beginning nor an end", _MEND)
    if start.first and end.last and end.last < start.first:
        raise ValueNotRead(f"{text!r} ends before it begins", "Write the earlier time first.")
    return Span(start.first, end.last, tuple(dict.fromkeys(start.qualifiers + end.qualifiers)))


def _end(text: str, which: str) -> Span:
    if text in ("", ".."):
        return Span(None, None, (f"{'open' if text else 'unknown'} {which}",))
    return _one(text)


def _one(text: str) -> Span:
    match = ONE.match(text)
    if not match:
        raise ValueNotRead(f"{text!r} is no date of EDTF level 0 or 1", _MEND)
    year, month, day, sign = match.groups()
    first, last, unit = _days(year, month, day, text)
    said: list[str] = [*_QUALIFIERS[sign]]
    if "X" in text:
        said.append("unspecified")
    if unit == "season":
        said.append("season")
    if "approximate" in said:
        first, last = _shift(first, unit, -1), _shift(last, unit, 1)
    return Span(max(first, EARLIEST), min(last, LATEST), tuple(said))


def _days(year: str, month: str | None, day: str | None, text: str) -> tuple[date, date, str]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not EARLIEST.year <= low <= high <= LATEST.year:
        raise ValueNotRead(f"the year {year} is outside {EARLIEST.year} to {LATEST.year}", "Mend the year.")
    if month in (None, "XX"):
        if day not in (None, "XX") or (month and "X" in year):
            raise ValueNotRead(f"{text!r} is EDTF of level 2, which is not read", _MEND)
        return date(low, 1, 1), date(high, 12, 31), {0: "year", 9: "decade"}.get(high - low, "century")
    if "X" in year:
        raise ValueNotRead(f"{text!r} is EDTF of level 2, which is not read", _MEND)
    return _within_year(low, int(month or 0), day, text)


def _within_year(year: int, month: int, day: str | None, text: str) -> tuple[date, date, str]:
    if month == _WINTER and day is None:
        return date(year - 1, 12, 1), date(year + 1, 3, 20), "season"
    if month in _SEASONS and day is None:
        first, last = _SEASONS[month]
        return date(year, *first), date(year, *last), "season"
    try:
        if day in (None, "XX"):
            first_day = date(year, month, 1)
            return first_day, _month_end(first_day), "month"
        whole = date(year, month, int(day or 0))
    except ValueError as error:
        raise ValueNotRead(f"{text!r} is not a day of the calendar", _MEND) from error
    return whole, whole, "day"


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _shift(day: date, unit: str, sign: int) -> date:
    """One unit earlier or later; a month from the end of a month is the end of the next."""
    if unit == "day":
        return day + timedelta(days=sign)
    if unit in ("month", "season"):
        return (day - timedelta(days=1)).replace(day=1) if sign < 0 else _month_end(_month_end(day) + timedelta(days=1))
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    return day.replace(year=day.year + sign * years)
