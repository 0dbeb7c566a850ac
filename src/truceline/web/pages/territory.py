"""Territory: `/territory`, one line or zone (`/territory/of`), and a drawing brought (`POST /territory/bring`)."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from truceline.errors import FileNotRead, NotReleased, ValueNotRead
from truceline.pipeline.room.territory import SAYS, Drawn, bring_as, territory_page
from truceline.vocabulary.role import Person
from truceline.web.asking import asked_of, kept_after, link_of
from truceline.web.forms import Files
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
LONGEST, DIGITS = 2_000, 6


@get("/territory", sync_to_thread=True)
def the_territory(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """Every line and zone: who draws it, and how the drawings differ."""
    return _page(request, room, person, "")


@get("/territory/of", sync_to_thread=True)
def one_number(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """One of them (`number`), with its versions, and what a newer drawing puts on another side."""
    return _page(request, room, person, request.query_params.get("number", "")[:LONGEST])


@post("/territory/bring", sync_to_thread=True)
def bring(request: Asks, room: AtRoom, person: Who, data: Files) -> Response[Any]:
    """Enter a drawing from a file as a claim, in the name of the person's body."""
    if not person.body:
        raise NotReleased("You speak for no body.", "Somebody who speaks for one enters its words.")
    file = data.get("drawing")
    if not isinstance(file, UploadFile) or not file.filename:
        raise FileNotRead("No drawing was sent.", "Choose a GeoJSON, GeoPackage, KML or zipped Shapefile.")
    drawn = _drawn({name: str(value)[:LONGEST] for name, value in data.items() if isinstance(value, str)})
    bring_as(room.path, person, file.filename, file.file.read(), drawn, now_us=room.exactly_us(), chance=room.chance)
    link = link_of(kept_after(request.query_params))
    return Redirect(link("/territory/of", number=drawn.number), status_code=303)


def _drawn(said: dict[str, str]) -> Drawn:
    precision = said.get("precision_m", "").strip() or "0"
    if not (precision.isascii() and precision.isdigit() and len(precision) <= DIGITS):
        raise ValueNotRead("The precision is no number of metres.", "Write a whole number, as 500.")
    words = {name: said.get(name, "").strip() for name in Drawn.__struct_fields__ if name != "precision_m"}
    return Drawn(**{**words, "says": words["says"] or "claimed"}, precision_m=int(precision))


def _page(request: Asks, room: AtRoom, person: Person, number: str) -> Response[Any]:
    asked, lang = asked_of(request.query_params, room.reader(person), room.now_us()), room.language(request)
    shown = room.shown(("territory", number, lang), asked, lambda: territory_page(room.path, asked, number, lang))
    return page(
        "territory.html", request, person, title="Territory", shown=shown, told=shown.told, number=number, says=SAYS,
        may_bring=bool(person.body),
    )  # fmt: skip


HANDLERS = [the_territory, one_number, bring]
