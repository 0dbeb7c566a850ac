"""Dates whose order is declared, never guessed: `DD/MM/YYYY` and its kin, turned into ISO 8601."""

import re
from collections.abc import Sequence
from datetime import date

from truceline.errors import ValueNotRead

_PARTS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_LOOSE = {"M": r"(?P<month>\d{1,2})", "D": r"(?P<day>\d{1,2})"}
_TIME = r"(?:[ T](?P<time>\d{2}:\d{2}(?::\d{2})?))?"

_FORMS = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD", "DD/MM/YYYY", "DD.MM.YYYY", "DD-MM-YYYY",
    "MM/DD/YYYY", "MM-DD-YYYY", "D/M/YYYY", "D.M.YYYY", "D-M-YYYY", "M/D/YYYY", "M-D-YYYY",
)  # fmt: skip


def _pattern(form: str) -> re.Pattern[str]:
    tokens = {**_PARTS, **_LOOSE}
    return re.compile(
        re.sub("YYYY|MM|DD|M|D|[/.-]", lambda token: tokens.get(token[0], re.escape(token[0])), form) + _TIME, re.ASCII
    )


DATE_FORMS = {form: _pattern(form) for form in _FORMS}
"""The orders that can be declared; two letters want two digits, one takes one or two. A time may follow."""


def iso_of(text: str, forms: Sequence[str]) -> str:
    """The date (and time) as ISO 8601, read in the first declared form that fits. Raises `ValueNotRead`.

    Without declared forms the text is its own, and is read as a native table's would be.
    """
    if not forms:
        return text
    for form in forms:
        match = DATE_FORMS[form].fullmatch(text)
        if match:
            return _iso(match, text)
    raise ValueNotRead(f"{text!r} is not a date of the form {' or '.join(forms)}", "Mend the date or the mapping.")


def _iso(match: re.Match[str], text: str) -> str:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise ValueNotRead(f"{text!r} is no day of the calendar", "Mend the date or the mapping.") from error
    return f"{day.isoformat()}T{match['time']}" if match["time"] else day.isoformat()
