"""An incident as the map and its table show it: where it may have been, at the precision that was said."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from truceline.pipeline.questions import Answer
from truceline.pipeline.room.heading import Moment, Told
from truceline.pipeline.room.map_wanted import ELSEWHERE, names_in
from truceline.vocabulary.columns import UNKNOWN, IncidentColumns
from truceline.vocabulary.when import iso
from truceline.vocabulary.where import E7

ANSWERS = ("no", "maybe", "surely")


class Shown(Struct, frozen=True):
    """One incident. start, end: local, the end excluded; first, last: positions in the days, -1 before them.

    lat, lon: degrees, None without a point; radius_m: it was within so many metres of it. areas: where it may have
    been. killed: low, best, high, None where not given. counts: no, maybe or surely for each indicator. again: it may
    be one that is here already.
    """

    id: str
    source: str
    start: str
    end: str
    first: int
    last: int
    lat: float | None
    lon: float | None
    radius_m: int
    place: str
    areas: tuple[str, ...]
    kind: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    killed: tuple[int | None, int | None, int | None]
    counts: dict[str, str]
    again: bool


class Listed(Struct, frozen=True):
    """A row of the table: the incident, and its interval in words."""

    one: Shown
    start: Moment
    end: Moment


def listed_of(told: Told, rows: IncidentColumns) -> Iterator[Listed]:
    """The same as rows of a table."""
    spans = zip(rows.start.tolist(), rows.end.tolist(), strict=True)
    for one, (start, end) in zip(shown_of(told.answer, rows), spans, strict=True):
        yield Listed(one, told.moment(start), told.moment(end))


def shown_of(answer: Answer, rows: IncidentColumns) -> Iterator[Shown]:
    """These incidents of the answer, in their order. Instants are local to the question's zone."""
    zone = answer.evaluated.question.zone
    areas = [*answer.evaluated.ledger.areas, ELSEWHERE]
    indicators = [one.indicator for one in answer.evaluated.ledger.indicators]
    sets = [tuple(areas[a] for a in np.flatnonzero(one)) for one in rows.placed.sets]  # shared by the rows that have it
    for n in range(len(rows)):
        has = bool(rows.has_point[n])
        killed = (rows.killed_low, rows.killed_best, rows.killed_high)
        low, best, high = (None if column[n] == UNKNOWN else int(column[n]) for column in killed)
        yield Shown(
            id=rows.id[n], source=rows.source[n], start=iso(int(rows.start[n]), zone), end=iso(int(rows.end[n]), zone),
            first=int(rows.first_day[n]), last=int(rows.last_day[n]), lat=int(rows.lat_e7[n]) / E7 if has else None,
            lon=int(rows.lon_e7[n]) / E7 if has else None, radius_m=int(rows.radius_m[n]) if has else 0,
            place=rows.place[n], areas=sets[rows.placed.of[n]], kind=rows.kind[n],
            side_a=names_in(rows.side_a[n]), side_b=names_in(rows.side_b[n]), killed=(low, best, high),
            counts={one: ANSWERS[int(rows.counts[k][n])] for k, one in enumerate(indicators)},
            again=bool(rows.again[n]),
        )  # fmt: skip
