"""Released: `/released`, the page of those who read from outside, with its files; `/releases`, the own side's log.

`/released/reports.csv`, `/released/reports.geojson`, `/released/counts.csv` hold what the page shows, and no more.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from truceline.errors import NotReleased, ValueNotRead
from truceline.pipeline.room.released import Released, counts_csv, released, releases_log, reports_csv, reports_geojson
from truceline.pipeline.room.releasing_counts import CountsWish, indicators, look_at, release_as
from truceline.publication.released_counts import LEAST
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import INSIDE, Person
from truceline.web.asking import kept_of, link_of
from truceline.web.forms import Form, Sent
from truceline.web.pages.clearing import LONGEST
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who
from truceline.web.sessions import may_clear

Asks = Request[Any, Any, Any]
AT_ONCE = 100


@get("/released", sync_to_thread=True)
def the_page(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """What was released to this reader. `from`: the number of the first report shown."""
    shown = released(room.path, room.reader(person), room.language(request))
    first = _number(request.query_params.get("from", "0"))
    return page(
        "released.html", request, person, title="Released", shown=shown, first=first, last=first + AT_ONCE,
        at_once=AT_ONCE,
    )  # fmt: skip


@get("/released/reports.csv", sync_to_thread=True)
def reports_table(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The reports as CSV."""
    return _file(reports_csv(_released(request, room, person)), "text/csv; charset=utf-8", "reports.csv")


@get("/released/reports.geojson", sync_to_thread=True)
def reports_points(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The reports that have a point, as GeoJSON."""
    return _file(reports_geojson(_released(request, room, person)), "application/geo+json", "reports.geojson")


@get("/released/counts.csv", sync_to_thread=True)
def counts_table(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The counts as CSV."""
    return _file(counts_csv(_released(request, room, person)), "text/csv; charset=utf-8", "counts.csv")


@get("/releases", sync_to_thread=True)
def the_log(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """What was released to whom, by whom, under which rule; and a form to release counts."""
    return _log_page(request, room, person, CountsWish(least=str(LEAST)))


@post("/releases/preview", sync_to_thread=True, status_code=200)
def look(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """The counts that would be told. Nothing is entered."""
    _may(person)
    wish = wish_of(Form(data))
    return _log_page(request, room, person, wish, look_at(room.path, person, wish, room.exactly_us()))


@post("/releases/enter", sync_to_thread=True)
def enter(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Release the counts in the name of the person's body."""
    _may(person)
    done = release_as(room.path, person, wish_of(Form(data)), now_us=room.exactly_us(), chance=room.chance)
    return Redirect(link_of(kept_of(request.query_params))("/releases", done=done), status_code=303)


def wish_of(form: Form) -> CountsWish:
    """What a form says."""
    return CountsWish(
        form.one("to"), form.one("indicator")[:80], form.one("least")[:9], form.one("first")[:10],
        form.one("last")[:10], form.one("because")[:LONGEST],
    )  # fmt: skip


def _log_page(request: Asks, room: AtRoom, person: Person, wish: CountsWish, looked: Any = None) -> Response[Any]:
    if person.role not in INSIDE:
        raise NotReleased("Nothing here has been released to you.", "Ask the head of your cell.")
    return page(
        "releases.html", request, person, title="Releases", opened=releases_log(room.path), wish=wish, looked=looked,
        indicators=indicators(room.path, room.language(request)), may=may_clear(person),
        audiences=[one.value for one in Audience][1:], done=request.query_params.get("done", "")[:64],
    )  # fmt: skip


def _may(person: Person) -> None:
    if not may_clear(person):
        raise NotReleased("Releasing is not for this role.", "Ask a duty officer who speaks for a body.")


def _released(request: Asks, room: AtRoom, person: Person) -> Released:
    return released(room.path, room.reader(person), room.language(request))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999999")):
        raise ValueNotRead("The address has no such number.", "Give a whole number.")
    return int(text)


def _file(content: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


HANDLERS = [the_page, reports_table, reports_points, counts_table, the_log, look, enter]
"""What these addresses answer."""
