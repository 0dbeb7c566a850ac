"""Dates whose order is declared, never guessed: `DD/MM/YYYY` and its kin, turned into ISO 8601."""

import re
from collections.abc import Sequence
from datetime import date

from truceline.errors import ValueNotRead
from truceline.intake.shapes.serial import Shows, date_text
from truceline.vocabulary.month_names import month_number
from truceline.vocabulary.when import Interval, iso

WORDS, SERIAL, UNIX, UNIX_MS = "words", "SERIAL", "UNIX", "UNIX_MS"
"""Forms that have no order of day and month: what is read without a declaration, and numbers that count time."""
_PARTS = {
    "YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})",
    "M": r"(?P<month>\d{1,2})", "D": r"(?P<day>\d{1,2})",
}  # fmt: skip
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?: ?[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:(?:[ T]|, ?)(?P<time>{_CLOCK}))?"
_OF_DAY = re.compile(r"(\d{1,2})(?:[:.hH](\d{2}))(?::(\d{2})(?:\.\d{1,6})?)?(?: ?([AaPp])\.?[Mm]\.?)?", re.ASCII)
_NOT_KNOWN = frozenset({"", "-", "n/k", "n/a", "unknown", "not known", "غير معروف", "неизвестно", "inconnu"})
_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d{1,17})?", re.ASCII)

ORDERS = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD", "DD/MM/YYYY", "DD.MM.YYYY", "DD-MM-YYYY",
    "MM/DD/YYYY", "MM-DD-YYYY", "D/M/YYYY", "D.M.YYYY", "D-M-YYYY", "M/D/YYYY", "M-D-YYYY",
    "MM.DD.YYYY", "M.D.YYYY", "YYYY-M-D", "YYYY/M/D", "DD/MM/YY", "DD.MM.YY", "DD-MM-YY", "MM/DD/YY", "MM-DD-YY",
    "D/M/YY", "D.M.YY", "M/D/YY",
)  # fmt: skip


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(
        re.sub("YYYY|YY|MM|DD|M|D|[/.-]", lambda token: _PARTS.get(token[0], re.escape(token[0])), form) + _TIME,
        re.ASCII,
    )


DATE_FORMS: dict[str, re.Pattern[str]] = {
    **{form: _pattern(form) for form in ORDERS}, WORDS: re.compile(".+"), SERIAL: _NUMBER, UNIX: _NUMBER,
    UNIX_MS: _NUMBER,
}  # fmt: skip
"""The orders that can be declared; two letters want two digits, one takes one or two. A time may follow.

YY is 2000 to 2099. SERIAL is a day as spreadsheets count it (1 is 1 January 1900), UNIX and UNIX_MS are
seconds and milliseconds since 1970 in UTC. `words` is whatever is read without a declaration.
"""


def iso_of(text: str, forms: Sequence[str]) -> str:
    """The date (and time) as ISO 8601, read in the first declared form that fits. Raises `ValueNotRead`.

    Without declared forms the text is its own, and is read as a native table's would be.
    """
    if not forms:
        return text
    for form in forms:
        match = DATE_FORMS[form].fullmatch(text)
        if match:
            return text if form == WORDS else _counted(text, form) if match.re is _NUMBER else _iso(match, text)
    raise ValueNotRead(f"{text!r} is not a date of the form {' or '.join(forms)}", "Mend the date or the mapping.")


def with_time(day: str, time: str) -> str:
    """A day in ISO 8601 and a time of day (14:05, 2:05 pm, 14h05) or a range of them (14:05-14:20) as one text.

    A time that is empty or said not to be known leaves the day. Raises `ValueNotRead`.
    """
    said = time.strip(" ")
    if said.casefold() in _NOT_KNOWN:
        return day
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII):
        Interval.from_text(day)  # What is no date at all, or has two readings, says so itself.
        raise ValueNotRead(f"{day!r} is no day that the time {time!r} could be a time of", "Leave one of them out.")
    first, _, last = said.replace("–", "-").partition("-")
    start = f"{day}T{_of_day(first.strip(' '), time)}"
    return f"{start}/{day}T{_of_day(last.strip(' '), time)}" if last else start


def of_parts(year: str, month: str, day: str) -> str:
    """Year, month (a number or a name) and day, in three cells, in ISO 8601; without a day the month, and so on.

    0 and -1 are no month and no day: that is how data sets write what is not known. Raises `ValueNotRead`.
    """
    said = [part.strip(" ").removesuffix(".0") for part in (year, month, day)]
    if said[0] in ("", "-1") and not any(part not in ("", "0", "-1") for part in said[1:]):
        return ""
    known = [part for part in said[1:] if part not in ("", "0", "-1")]
    if said[1] in ("", "0", "-1") and known:
        raise ValueNotRead(f"the day {day!r} of no month", "Give the month, or leave the day empty.")
    named = known and not known[0].isdigit()
    parts = [said[0], str(month_number(known[0])) if named else "".join(known[:1]), *known[1:]]
    parts = parts if known else parts[:1]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueNotRead(f"{'-'.join(said)!r} is no year, month and day", "Write them in digits.")
    return "-".join([parts[0], *[part.zfill(2) for part in parts[1:]]])


def _of_day(text: str, whole: str) -> str:
    match = _OF_DAY.fullmatch(text) or re.fullmatch(r"(\d{2})(\d{2})()()", text, re.ASCII)
    if match is None:
        raise ValueNotRead(f"{whole!r} is no time of day", "Write 14:05 or 14:05-14:20, or leave it empty.")
    hour = int(match[1])
    if match[4] and not 1 <= hour <= 12:
        raise ValueNotRead(f"{whole!r} has an hour that no clock of twelve shows", "Write 14:05.")
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return f"{hour:02}:{match[2]}" + (f":{match[3]}" if match[3] else "")


def _iso(match: re.Match[str], text: str) -> str:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
    try:
        day = date(year, int(parts["month"]), int(parts["day"]))
    except ValueError as error:
        raise ValueNotRead(f"{text!r} is no day of the calendar", "Mend the date or the mapping.") from error
    return f"{day.isoformat()}T{_of_day(parts['time'], text)}" if parts["time"] else day.isoformat()


def _counted(plain: str, form: str) -> str:
    if form == SERIAL:
        whole = "." not in plain or not plain.partition(".")[2].strip("0")
        shown = date_text(plain, Shows(day=True, time=not whole), from_1904=False)
        if not re.match(r"\d{4}-", shown, re.ASCII):
            raise ValueNotRead(f"{plain!r} is no day as spreadsheets count them", "Mend the date or the mapping.")
        return shown
    number = int(plain.partition(".")[0])
    seconds = number if form == UNIX else number // 1000
    if not -2_208_988_800 <= seconds <= 7_258_118_400:
        raise ValueNotRead(f"{plain!r} lies outside 1900 to 2200", "Is it seconds (UNIX) or milliseconds (UNIX_MS)?")
    return iso(seconds * 1_000_000)
