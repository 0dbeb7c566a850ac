"""One cell of the ledger opened: why its verdict, which incidents it counts surely or maybe, and who watched."""

from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import (
    Asking,
    Choice,
    Heading,
    Moment,
    Told,
    asked_anew,
    heading,
    indicators_of,
    position_in,
    told_of,
)
from truceline.publication.heat_map import CLASSES
from truceline.publication.sentences import VERDICTS
from truceline.publication.times import day_words
from truceline.vocabulary.columns import SURELY, IncidentColumns, Watch
from truceline.vocabulary.where import E7

MOST_ROWS = 200
"""So many incidents and rows of coverage at most; the page says of how many."""


class IncidentHere(Struct, frozen=True):
    """An incident that a cell counts: its founding report, [start, end), place, kind and sides as said.

    surely: it is surely of this cell; else `maybe` says what keeps that open: time, place, scope or same.
    """

    id: str
    source: str
    start: Moment
    end: Moment
    words: str
    place: str
    kind: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_m: int
    surely: bool
    maybe: tuple[str, ...]


class WatchHere(Struct, frozen=True):
    """A row of coverage of that area and day: who watched, [start, end), and whether they reported."""

    source: str
    origin: str
    start: Moment
    end: Moment
    status: str


class CellPage(Struct, frozen=True):
    """A cell opened. low, high: incidents surely and at most; sources of `needed` watched `hours` hours each."""

    heading: Heading
    indicators: tuple[Choice, ...]
    area: str
    area_name: str
    day: str
    day_words: str
    start: Moment
    end: Moment
    kind: str
    verdict: str
    low: int
    high: int
    threshold: int
    sources: int
    needed: int
    reasons: tuple[str, ...]
    number: int
    incidents: tuple[IncidentHere, ...]
    watched: tuple[WatchHere, ...]


def cell_page(
    path: Path, asked: Asked, area: str, day: str, indicator: str = "", boundary: str = "", language: str = "en",
    asking: Asking = asked_anew,
) -> CellPage:  # fmt: skip
    """The cell of an area and a day (YYYY-MM-DD). Raises `ValueNotRead` for what the ledger has not, `ReadingError`."""
    with told_of(path, asked, language, boundary, asking) as (_, told):
        ledger = told.answer.evaluated.ledger
        k, indicators = indicators_of(told, indicator)
        a = position_in(list(ledger.areas), area, "area")
        d = position_in([one.name for one in ledger.days], day, "day")
        cell, span = ledger.indicators[k].cells[a * len(ledger.days) + d], ledger.days[d]
        question = told.answer.evaluated.question
        number, incidents = _incidents(told, k, a, d)
        return CellPage(
            heading=heading(told), indicators=indicators, area=area, area_name=told.name(area), day=day,
            day_words=day_words(told.words, day), start=told.moment(span.start), end=told.moment(span.end),
            kind=CLASSES[cell.verdict], verdict=told.words.plain(VERDICTS[cell.verdict]), low=cell.low, high=cell.high,
            threshold=question.threshold, sources=cell.sources, needed=question.minimum.sources,
            reasons=told.say(cell.reasons), number=number, incidents=incidents, watched=_watched(told, area, d),
        )  # fmt: skip


def _incidents(told: Told, k: int, a: int, d: int) -> tuple[int, tuple[IncidentHere, ...]]:
    """How many, and the first of them: those surely of the cell before the others, each in order of time."""
    rows = told.answer.evaluated.incidents
    in_time = np.flatnonzero((rows.counts[k] > 0) & (rows.first_day <= d) & (d <= rows.last_day))
    found = in_time[rows.placed.sets[rows.placed.of[in_time], a]]
    open_for = {
        "time": rows.first_day[found] != rows.last_day[found],
        "place": rows.placed.sets[rows.placed.of[found]].sum(axis=1) > 1,
        "scope": rows.counts[k][found] != SURELY, "same": rows.again[found],
    }  # fmt: skip
    doubt = np.column_stack(list(open_for.values()))
    order = np.lexsort((rows.start[found], doubt.any(axis=1)))[:MOST_ROWS]
    why, here = list(open_for), rows.take(found[order])
    return len(found), tuple(
        _incident(told, here, n, tuple(why[m] for m in np.flatnonzero(doubt[at]))) for n, at in enumerate(order)
    )


def _incident(told: Told, rows: IncidentColumns, n: int, maybe: tuple[str, ...]) -> IncidentHere:
    has = bool(rows.has_point[n])
    return IncidentHere(
        id=rows.id[n], source=rows.source[n], start=told.moment(int(rows.start[n])), end=told.moment(int(rows.end[n])),
        words=rows.when_words[n], place=rows.place[n] or rows.area[n], kind=rows.kind[n],
        side_a=_names(rows.side_a[n]), side_b=_names(rows.side_b[n]),
        lat=int(rows.lat_e7[n]) / E7 if has else None, lon=int(rows.lon_e7[n]) / E7 if has else None,
        radius_m=int(rows.radius_m[n]) if has else 0, surely=not maybe, maybe=maybe,
    )  # fmt: skip


def _names(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()


def _watched(told: Told, area: str, d: int) -> tuple[WatchHere, ...]:
    evaluated = told.answer.evaluated
    day, here = evaluated.ledger.days[d], evaluated.watches_of[evaluated.ledger.areas.index(area)]
    within = [one for one in here if one.start < day.end and day.start < one.end]
    return tuple(_watch(told, one) for one in within[:MOST_ROWS])


def _watch(told: Told, one: Watch) -> WatchHere:
    return WatchHere(one.source, one.origin, told.moment(one.start), told.moment(one.end), one.status)
