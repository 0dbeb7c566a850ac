"""What the API tells: the same as the pages, as JSON, GeoJSON and tiles; all of it past the gate."""

from typing import Annotated, Any, Literal

from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from truceline.pipeline.room.case import CasePage, case_page, cases_page
from truceline.pipeline.room.heading import Heading, heading, told_of
from truceline.pipeline.room.inbox import Inbox, inbox
from truceline.pipeline.room.ledger import LedgerPage, Sought, ledger_page
from truceline.pipeline.room.ledger_cell import CellPage, cell_page
from truceline.pipeline.room.listed import AT_ONCE, MOST, Filter, ReportsPage, one_report, reports_page
from truceline.pipeline.room.map import map_incidents
from truceline.pipeline.room.map_shapes import map_areas, map_lines
from truceline.pipeline.room.map_wanted import Wanted
from truceline.pipeline.room.record import RecordPage, record_page
from truceline.pipeline.room.released import Released, released
from truceline.pipeline.room.reports import ReportShown
from truceline.pipeline.room.tiles import spread_of, tile_of
from truceline.pipeline.room.today import Today, today
from truceline.publication.vector_tile import MEDIA_TYPE
from truceline.vocabulary.role import INSIDE
from truceline.web.api.calling import Asks, Question, Word
from truceline.web.room import AtRoom, Who

GEOJSON = "application/geo+json"
MOST_PLACE = 1 << 40


class Features(Struct, frozen=True):
    """A GeoJSON FeatureCollection (RFC 7946); beside its features it says for whom and known at which cut."""

    type: Literal["FeatureCollection"]
    name: str
    audience: str
    exercise: bool
    features: list[dict[str, Any]]


_FEATURES = {200: ResponseSpec(Features, description="A FeatureCollection (RFC 7946).", media_type=GEOJSON)}
_TILE = {200: ResponseSpec(bytes, description="A Mapbox Vector Tile 2.1.", media_type=MEDIA_TYPE)}


@get("/mission", sync_to_thread=True)
def the_mission(request: Asks, room: AtRoom, asked: Question) -> Heading:
    """What every answer rests on: the agreement, the cut, the instant, the reading, the zone."""
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        return heading(told)


@get("/today", sync_to_thread=True)
def the_day(request: Asks, room: AtRoom, asked: Question, indicator: Word = "") -> Today:
    """The clocks, what was counted lately, what is overdue, what other holders have not seen."""
    lang = room.language(request)
    return room.shown(("today", indicator, lang), asked, lambda: today(room.path, asked, indicator, lang, room.asking))


@get("/reports", sync_to_thread=True)
def the_reports(
    room: AtRoom, asked: Question, source: Word = "", kind: Word = "", area: Word = "", side: Word = "",
    first: Word = "", last: Word = "",
    after: Annotated[int, QueryParameter(ge=-1, le=MOST_PLACE, description="`after` of the page before.")] = -1,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = AT_ONCE,
) -> ReportsPage:  # fmt: skip
    """Reports in force, in the order in which they came: each once, also while others come in.

    `first`, `last`: those that may have been in [first, last). `after` of the answer asks for the next page; -1: none.
    """
    return reports_page(room.path, asked, Filter(source, kind, area, side, first, last), after, limit)


@get("/reports/{report:str}", sync_to_thread=True)
def the_report(room: AtRoom, asked: Question, report: FromPath[str]) -> ReportShown:
    """One report, by its id or at least twelve characters of it."""
    return one_report(room.path, asked, report[:400])


@get("/incidents.geojson", sync_to_thread=True, responses=_FEATURES)
def the_incidents(
    room: AtRoom, asked: Question, kind: Word = "", area: Word = "", side: Word = "", first: Word = "", last: Word = "",
    counts: Word = "",
) -> Response[bytes]:  # fmt: skip
    """Incidents that have a point, the newest first, as many as a map draws.

    `first`, `last`: days of the ledger, both in; `counts`: an indicator for which they count.
    """
    wanted = Wanted(first, last, kind, side, area, counts)
    return Response(map_incidents(room.path, asked, wanted, room.asking), media_type=GEOJSON)


@get("/areas.geojson", sync_to_thread=True, responses=_FEATURES)
def the_areas(room: AtRoom, asked: Question) -> Response[bytes]:
    """The areas of the agreement."""
    return Response(map_areas(room.path, asked), media_type=GEOJSON)


@get("/lines.geojson", sync_to_thread=True, responses=_FEATURES)
def the_lines(room: AtRoom, asked: Question) -> Response[bytes]:
    """The lines of rules, and the lines and zones that are claimed."""
    return Response(map_lines(room.path, asked), media_type=GEOJSON)


@get("/tiles/{zoom:int}/{column:int}/{row:int}", sync_to_thread=True, responses=_TILE)
def the_tile(
    room: AtRoom, asked: Question, zoom: FromPath[int], column: FromPath[int], row: FromPath[int]
) -> Response[bytes]:
    """Incidents of a tile (Web Mercator): each where there are few, numbers of them in squares where many."""
    spread = room.shown("spread", asked, lambda: spread_of(room.path, asked, room.asking))
    return Response(tile_of(spread, zoom, column, row), media_type=MEDIA_TYPE)


@get("/ledger", sync_to_thread=True)
def the_ledger(
    request: Asks, room: AtRoom, asked: Question, indicator: Word = "", last: Word = "", area: Word = "",
    skip: Annotated[int, QueryParameter(ge=0, le=1_000_000)] = 0, boundary: Word = "",
) -> LedgerPage:  # fmt: skip
    """Areas by days under one indicator, four weeks and sixty areas at a time. `boundary`: HH:MM, exploratory."""
    sought, lang = Sought(indicator, last, area, skip, boundary), room.language(request)
    return room.shown(("ledger", sought, lang), asked, lambda: ledger_page(room.path, asked, sought, lang, room.asking))


@get("/ledger/cell", sync_to_thread=True)
def the_cell(
    request: Asks, room: AtRoom, asked: Question, area: Word, day: Word, indicator: Word = "", boundary: Word = ""
) -> CellPage:
    """One area's day (YYYY-MM-DD): its verdict with reasons, its incidents, who watched."""
    lang = room.language(request)
    return room.shown(
        ("cell", area, day, indicator, boundary, lang), asked,
        lambda: cell_page(room.path, asked, area, day, indicator, boundary, lang, room.asking),
    )  # fmt: skip


@get("/cases", sync_to_thread=True)
def the_cases(room: AtRoom, asked: Question, overdue: bool = False) -> dict[str, Any]:
    """Every case and where it stands; or those with something overdue."""
    return room.shown(("cases", overdue), asked, lambda: cases_page(room.path, asked, overdue=overdue))


@get("/cases/{handle:str}", sync_to_thread=True)
def the_case(room: AtRoom, asked: Question, handle: FromPath[str]) -> CasePage:
    """One case: its reports, its stages, what each body found, what may belong to it."""
    return room.shown(("case", handle), asked, lambda: case_page(room.path, handle[:80], asked))


@get("/inbox", sync_to_thread=True)
def the_inbox(room: AtRoom, asked: Question) -> Inbox:
    """What waits for somebody's word: pairs, cases overdue, refused rows, rival words of two devices."""
    return room.shown("inbox", asked, lambda: inbox(room.path, asked))


@get("/record", sync_to_thread=True)
def the_record(
    request: Asks, room: AtRoom, person: Who, asked: Question,
    before: Annotated[int, QueryParameter(ge=0, le=MOST_PLACE, description="Entries below that place.")] | None = None,
) -> RecordPage:  # fmt: skip
    """The logs held, their heads and who cosigned them, and the entries, the newest first."""
    inside = person.role in INSIDE
    return record_page(room.path, asked, before, room.language(request), words=inside)


@get("/released", sync_to_thread=True)
def the_released(request: Asks, room: AtRoom, person: Who) -> Released:
    """What was released to the person who asks, and nothing else."""
    return released(room.path, room.reader(person), room.language(request))


HANDLERS = [
    the_mission, the_day, the_reports, the_report, the_incidents, the_areas, the_lines, the_tile, the_ledger, the_cell,
    the_cases, the_case, the_inbox, the_record, the_released,
]  # fmt: skip
"""What is read."""
