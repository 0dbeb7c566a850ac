"""The ledger on a page: which days, which areas, under which reading; and what would change under another one."""

from pathlib import Path

from msgspec import Struct

from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import (
    Asking,
    Choice,
    Heading,
    Told,
    asked_anew,
    heading,
    indicators_of,
    position_in,
    readings_of,
    told_of,
)
from truceline.pipeline.room.ledger_grid import GridShown, grid_of

DAYS_AT_ONCE = 28
AREAS_AT_ONCE = 60
BOUNDARIES = ("00:00", "06:00", "12:00", "18:00")
"""Day boundaries to try, besides the reading's own."""


class Sought(Struct, frozen=True):
    """Which part of the ledger. indicator: "" for the first. last: the last day shown, "" for the newest.

    area: only this one; skip: so many areas are passed over; boundary: HH:MM, "" for the reading's own.
    """

    indicator: str = ""
    last: str = ""
    area: str = ""
    skip: int = 0
    boundary: str = ""


class LedgerPage(Struct, frozen=True):
    """The ledger's page. earlier, later: the last day of the page before and after, "" where there is none.

    registered: the reading and boundary that the mission has registered; `grid.differ` cells are otherwise under them.
    more_areas: how many areas follow those shown.
    """

    heading: Heading
    indicators: tuple[Choice, ...]
    readings: tuple[Choice, ...]
    boundaries: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    grid: GridShown
    earlier: str
    later: str
    more_areas: int
    skip: int
    registered: tuple[str, str]


def ledger_page(
    path: Path, asked: Asked, sought: Sought | None = None, language: str = "en", asking: Asking = asked_anew
) -> LedgerPage:
    """The page. Raises `ReadingError`, `AfterTheCut`, `ValueNotRead`; where no day has begun its grid is empty."""
    sought = sought or Sought()
    with told_of(path, asked, language, sought.boundary, asking) as (_, told):
        if not told.answer.exploratory:
            return _page(told, sought, None)
        registered = told.answer.registered.reading
        if registered is None:
            return _page(told, sought, None)
        plain = Asked(asked.reader, asked.now_us, asked.as_of, asked.known, None, asked.view)
        with told_of(path, plain, language, "", asking) as (_, beside):
            return _page(told, sought, beside)


def _page(told: Told, sought: Sought, beside: Told | None) -> LedgerPage:
    ledger = told.answer.evaluated.ledger
    k, indicators = indicators_of(told, sought.indicator)
    days, areas = _days(told, sought.last), _areas(told, sought)
    n = len(ledger.days)
    later = min(days.stop + DAYS_AT_ONCE, n)
    own = (beside or told).answer.evaluated.question
    return LedgerPage(
        heading=heading(told), indicators=indicators, readings=readings_of(told), boundaries=_boundaries(told),
        areas=tuple(Choice(one, told.name(one), one == sought.area) for one in ledger.areas),
        grid=grid_of(told, k, days, areas, beside), earlier=ledger.days[days.start - 1].name if days.start > 0 else "",
        later=ledger.days[later - 1].name if days.stop < n else "",
        more_areas=0 if sought.area else max(0, len(ledger.areas) - areas.stop), skip=areas.start,
        registered=(own.reading.id, own.boundary),
    )  # fmt: skip


def _days(told: Told, last: str) -> range:
    names = [day.name for day in told.answer.evaluated.ledger.days]
    stop = position_in(names, last, "day") + 1 if last else len(names)
    return range(max(0, stop - DAYS_AT_ONCE), stop)


def _areas(told: Told, sought: Sought) -> range:
    ids = list(told.answer.evaluated.ledger.areas)
    if sought.area:
        at = position_in(ids, sought.area, "area")
        return range(at, at + 1)
    first = min(max(0, sought.skip), len(ids))
    return range(first, min(first + AREAS_AT_ONCE, len(ids)))


def _boundaries(told: Told) -> tuple[Choice, ...]:
    own = told.answer.evaluated.question.boundary
    hours = sorted({*BOUNDARIES, own, told.answer.reading.day_boundary or own})
    return tuple(Choice(hour, hour, hour == own) for hour in hours)
