"""Calendar arithmetic: a time plus years, months, days and hours, as a clause means it.

Years and months are calendar ones: they keep the day of the month. Where that month has no such day (31 March and one
month), the sum is ambiguous: rounded `up` it is the first day of the next month, `down` the last day of the one it
falls in, and without a declared rounding it is refused. Years and months are added first and as one, rounded once,
then the days. The rule and its names are those of Monat, Fromherz and Merigoux, "Formalizing Date Arithmetic and
Statically Detecting Ambiguities for the Law" (ESOP 2024), whose examples the tests use.

Days and months are those of the wall clock of a zone: a day is 23 or 25 hours long where the clocks change. Hours are
hours that pass, and are added last.
"""

from datetime import date, timedelta
from typing import Literal

from truceline.errors import ValueNotRead
from truceline.vocabulary.when import HOUR, iso, local_midnight, moment, zone_of

Rounding = Literal["up", "down"]
DAY = timedelta(days=1)


def first_day(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_day(day: date) -> date:
    """The last day of its month."""
    return _month(day, 1)[0] - DAY


def date_after(
    day: date, *, years: int = 0, months: int = 0, days: int = 0, rounding: Rounding | None = None
) -> date:  # fmt: skip
    """The day so much later; earlier where a number is negative.

    Raises `ValueNotRead` where the sum is ambiguous and no rounding is declared, or lies outside the calendar.
    """
    first, exists = _month(day, 12 * years + months)
    if exists:
        return _plus(first.replace(day=day.day), days)
    if rounding is None:
        raise ValueNotRead(
            f"{day.isoformat()} and {12 * years + months} months: {first:%Y-%m} has no day {day.day}.",
            "Declare rounding: up (the first day of the next month) or down (the last day of this one).",
        )
    return _plus(_month(first, 1)[0] if rounding == "up" else last_day(first), days)


def is_ambiguous(day: date, *, years: int = 0, months: int = 0) -> bool:
    """Whether the sum depends on the rounding."""
    return not _month(day, 12 * years + months)[1]


def time_after(
    instant: int, zone: str, *, years: int = 0, months: int = 0, days: int = 0, hours: int = 0,
    rounding: Rounding | None = None,
) -> int:  # fmt: skip
    """The instant so much later (UTC microseconds), at the same time of day by the wall clock of `zone`.

    A wall time that a change of the clocks skips is read with the offset before the change. Nothing to add but hours
    changes nothing else. Raises `ValueNotRead` as `date_after` does.
    """
    if not (years or months or days):
        return instant + hours * HOUR
    local = moment(instant).astimezone(zone_of(zone))
    try:
        day = date_after(local.date(), years=years, months=months, days=days, rounding=rounding)
    except ValueNotRead as error:
        raise ValueNotRead(f"{iso(instant, zone)}: {error.message}", error.mend) from error
    within = timedelta(seconds=local.second, microseconds=local.microsecond) // timedelta(microseconds=1)
    return local_midnight(day, zone_of(zone), local.hour, local.minute) + within + hours * HOUR


def _month(day: date, months: int) -> tuple[date, bool]:
    """The first day of the month so many months later, and whether that month has a day of the same number."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9998:
        raise ValueNotRead(f"{day.isoformat()} and {months} months lies outside the calendar.", "Give fewer months.")
    first = date(year, month + 1, 1)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first, day.day <= (following - first).days


def _plus(day: date, days: int) -> date:
    try:
        return day + days * DAY
    except OverflowError as error:
        raise ValueNotRead(
            f"{day.isoformat()} and {days} days lies outside the calendar.", "Give fewer days."
        ) from error
