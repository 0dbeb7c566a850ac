"""Today: `/`, the page that a duty officer opens first."""

from typing import Any
from urllib.parse import quote_plus

from litestar import Request, Response, get

from truceline.pipeline.room.today import today
from truceline.web.asking import Link, asked_of, kept_of, link_of
from truceline.web.parts import grid_part
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]


@get("/", sync_to_thread=True)
def the_day(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page. `indicator`: what the heat map counts."""
    said = request.query_params
    kept, indicator = kept_of(said), said.get("indicator", "")
    asked = asked_of(said, room.reader(person), room.now_us())
    lang = room.language(request)
    shown = room.shown(("today", indicator, lang), asked, lambda: today(room.path, asked, indicator, lang, room.asking))
    links = cell_links(link_of(kept), indicator)
    grid = room.shown(
        ("today as written", indicator, lang, *kept), asked,
        lambda: grid_part(lang, "Each area on each day", shown.grid, links),
    )  # fmt: skip
    return page("today.html", request, person, title="Today", heading=shown.heading, today=shown, kept=kept, grid=grid)


def cell_links(link: Link, indicator: str, boundary: str = "") -> Any:
    """A function that gives the address of a cell, for `_shown.html`, which asks for thousands of them."""
    one = link("/ledger/cell", area="@", indicator=indicator, boundary=boundary)
    before, _, after = one.partition("area=%40")

    def cell_link(area: str, day: str) -> str:
        return f"{before}area={quote_plus(area)}&day={day}{after}"

    return cell_link


HANDLERS = [the_day]
