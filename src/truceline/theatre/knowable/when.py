"""Times as written, read plainly: aware datetimes in UTC, every interval [start, end)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
NIGHT_FROM, NIGHT_TO = time(18), time(6)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NIGHT = re.compile(r"^night of (\d+)(?: ([A-Z][a-z]+))?-(\d+) ([A-Z][a-z]+) (\d{4})$")

Span = tuple[datetime, datetime]
"""[start, end) in UTC."""


def local(day: date, at: time, zone: str) -> datetime:
    """The instant of a local wall-clock time, in UTC."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


@lru_cache(maxsize=200_000)
def span(text: str, zone: str) -> Span:
    """[start, end) of a `when`: a day, a minute, a month, "night of 4-5 March 2025" or a range a/b.

    Only the forms a simulated theatre writes; anything else is a ValueError.
    """
    if text.startswith("night of "):
        return _night(text, zone)
    if "/" in text:
        first, last = text.split("/")
        return span(first, zone)[0], span(last, zone)[1]
    if len(text) == 7:
        first_day = date.fromisoformat(text + "-01")
        return local(first_day, time(), zone), local(_month_after(first_day), time(), zone)
    if len(text) == 10:
        day = date.fromisoformat(text)
        return local(day, time(), zone), local(day + timedelta(days=1), time(), zone)
    moment = instant(text, zone)
    return moment, moment + MINUTE


def instant(text: str, zone: str) -> datetime:
    """The first instant of a date or of a time; local in `zone` unless it carries its own offset."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def watch(first: str, last: str, zone: str) -> Span:
    """[from, to) of a coverage row: a date in `to` is the end of that day, a time is that instant."""
    end = span(last, zone)[1] if len(last) == 10 else instant(last, zone)
    return instant(first, zone), end


def days(first: str, last: str, boundary: str, zone: str) -> list[tuple[str, datetime, datetime]]:
    """The days of [first, last), each (name, start, end), beginning at `boundary` local in `zone`."""
    at, day, found = time.fromisoformat(boundary), date.fromisoformat(first[:10]), []
    while day < date.fromisoformat(last[:10]):
        following = day + timedelta(days=1)
        found.append((day.isoformat(), local(day, at, zone), local(following, at, zone)))
        day = following
    return found


def _night(text: str, zone: str) -> Span:
    match = _NIGHT.match(text)
    if match is None:
        raise ValueError(text)
    last = date(int(match[5]), MONTHS.index(match[4]) + 1, int(match[3]))
    return local(last - timedelta(days=1), NIGHT_FROM, zone), local(last, NIGHT_TO, zone)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
