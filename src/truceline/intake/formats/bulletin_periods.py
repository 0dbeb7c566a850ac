"""Over which time a bulletin's figures run, as wide as its own words leave it.

A bulletin that names its days means whole local days. One that gives only its hours ("in the last 24
hours") or the time it closed ("as of 19:30") is widened by what is not said, and flagged.
"""

from datetime import date
from typing import NamedTuple

from truceline.errors import ValueNotRead
from truceline.intake.cells import FIRST_YEAR, LAST_YEAR, Cells, read_interval
from truceline.vocabulary.when import DAY, HOUR, Interval, local_midnight, moment, zone_of

PERIOD_NOT_SAID = "period_not_said"
"""Neither the bulletin's days nor the day it was issued are known: any time is possible."""
PERIOD_WIDENED = "period_widened"
"""Where the period begins or ends is not said; it is taken as wide as it can be."""
_MOST_HOURS = 8_784
_WIDEST = {False: 48 * HOUR, True: 14 * DAY}
"""What lies before a closing time whose hours are not said: a daily report follows the one before by a day,
or by two after a day without one. Before a day of issue: "last week" reaches back less than two."""


class Periods(NamedTuple):
    """The bulletin's own period, the one before it, the time since the ceasefire began, and the year so far."""

    period: Interval
    before: Interval
    since_start: Interval
    year: Interval
    zone: str
    flags: tuple[str, ...]

    def since(self, day: str) -> Interval:
        """From a day to the end of the period; the period itself where the day is none, or lies after it."""
        return _since(day, self.period, self.zone)


def periods_of(cells: Cells, zone: str) -> Periods:
    """The periods of one bulletin; faults are noted in the cells."""
    period, flags = _period(cells, zone)
    width = period.end - period.start
    before = period if PERIOD_NOT_SAID in flags else Interval(period.start - width, period.start, "", zone)
    year = moment(period.end - 1).astimezone(zone_of(zone)).year
    whole = period if PERIOD_NOT_SAID in flags else _since(f"{year}-01-01", period, zone)
    return Periods(period, before, _since(cells.text("ceasefire")[-10:], period, zone), whole, zone, flags)


def _period(cells: Cells, zone: str) -> tuple[Interval, tuple[str, ...]]:
    first, last, issued = (_read(cells, name, zone) for name in ("period_start", "period_end", "issued"))
    if first and last and last.end > first.start:
        return Interval(first.start, last.end, "", zone), ()
    if first and last:
        cells.refuse("period_end", ValueNotRead("The period ends before it begins", "Exchange its days."))
    if first and issued and issued.end > first.start:
        return Interval(first.start, issued.end, "", zone), (PERIOD_WIDENED,)
    closed = _read(cells, "as_of", zone) or issued
    if closed:
        hours = cells.whole("period_hours")
        exact = hours is not None and 0 < hours <= _MOST_HOURS and closed is not issued
        back = hours * HOUR if hours is not None and 0 < hours <= _MOST_HOURS else _WIDEST[closed is issued]
        return Interval(closed.start - back, closed.end, "", zone), () if exact else (PERIOD_WIDENED,)
    local = zone_of(zone)
    ever = Interval(local_midnight(date(FIRST_YEAR, 1, 1), local), local_midnight(date(LAST_YEAR + 1, 1, 1), local))
    return ever, (PERIOD_NOT_SAID,)


def _read(cells: Cells, column: str, zone: str) -> Interval | None:
    if not cells.text(column):
        return None
    when = cells.when(column, zone)
    return None if cells.refused((column,)) else when


def _since(day: str, period: Interval, zone: str) -> Interval:
    try:
        start = read_interval(day, zone).start
    except ValueNotRead:
        return period
    return Interval(start, period.end, "", zone) if start < period.end else period
