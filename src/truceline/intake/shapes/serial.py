"""Numbers and dates of a workbook's cells as texts (ECMA-376-1, 18.17.4 and 18.8.30)."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import NamedTuple

_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[Ee][+-]?\d{1,3})?", re.ASCII)
_LONGEST = 60
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a number format says literally: quoted text, escapes, padding, colours and conditions."""
_LAST_DAY = 2_958_465
"""31 December 9999."""
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NO_DAY = 60
"""29 February 1900, which Excel has and the calendar does not."""
_DAY_S = 86_400


class Shows(NamedTuple):
    """What a number format shows of a number: a day, a time of day with or without seconds."""

    day: bool = False
    time: bool = False
    seconds: bool = False


def shown_by(code: str) -> Shows:
    """What a number format's code shows. Elapsed times ([h]:mm) are numbers."""
    if re.search(r"\[[hms]+\]", code, re.IGNORECASE):
        return Shows()
    signs = _QUIET.sub("", code.split(";")[0]).lower()
    if signs == "general" or not set(signs) & set("ymdhs"):
        return Shows()
    time = "h" in signs or "s" in signs
    return Shows(day="y" in signs or "d" in signs or ("m" in signs and not time), time=time, seconds="s" in signs)


def number_text(text: str) -> str:
    """A number as saved, without an exponent: 1.2E+3 is 1200. Of more than 60 digits, or no number: as it stands."""
    if "e" not in text.lower() or not _NUMBER.fullmatch(text):
        return text
    plain = f"{Decimal(text):f}" if abs(int(re.split("[eE]", text)[1])) < _LONGEST else text
    return plain if len(plain) <= _LONGEST else text


def date_text(text: str, shows: Shows, *, from_1904: bool) -> str:
    """A serial number as the day or time it shows: 2025-03-04, 2025-03-04T14:05, 14:05; to the second.

    What is no day of the calendar (below 0, beyond the year 9999, Excel's 29 February 1900) stays a number.
    """
    try:
        number = Decimal(text) if _NUMBER.fullmatch(text) else Decimal(-1)
    except InvalidOperation:
        number = Decimal(-1)
    if not 0 <= number <= _LAST_DAY:
        return number_text(text)
    seconds = int((number * _DAY_S).to_integral_value(ROUND_HALF_EVEN))
    days, second = divmod(seconds, _DAY_S)
    clock = _clock(second, seconds=shows.seconds or second % 60 != 0)
    if not shows.day and days == 0:
        return clock
    day = _day(days, from_1904=from_1904)
    if day is None:
        return number_text(text)
    return f"{day.isoformat()}T{clock}" if shows.time or second else day.isoformat()


def _day(days: int, *, from_1904: bool) -> date | None:
    if from_1904:
        return _EPOCH_1904 + timedelta(days=days) if days <= _LAST_DAY - 1_462 else None
    if days in (0, _NO_DAY) or days > _LAST_DAY:
        return None
    return _EPOCH_1900 + timedelta(days=days + (1 if days < _NO_DAY else 0))


def _clock(second: int, *, seconds: bool) -> str:
    clock = f"{second // 3600:02}:{second // 60 % 60:02}"
    return f"{clock}:{second % 60:02}" if seconds else clock
