"""Today: `/`, the page that a duty officer opens first."""

from typing import Any

from litestar import Request, Response, get

from truceline.pipeline.room.today import today
from truceline.web.asking import Link, asked_of, kept_of, link_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]


@get("/", sync_to_thread=True)
def the_day(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page. `indicator`: what the heat map counts."""
    said = request.query_params
    kept, indicator = kept_of(said), said.get("indicator", "")
    asked = asked_of(said, room.reader(person), room.now_us())
    shown = today(room.path, asked, indicator, room.language(request), room.asking)
    return page(
        "today.html", request, person, title="Today", heading=shown.heading, today=shown, kept=kept,
        cell_link=cell_links(link_of(kept), indicator),
    )  # fmt: skip


def cell_links(link: Link, indicator: str, boundary: str = "") -> Any:
    """A function that gives the address of a cell, for `_shown.html`."""

    def cell_link(area: str, day: str) -> str:
        return link("/ledger/cell", area=area, day=day, indicator=indicator, boundary=boundary)

    return cell_link


HANDLERS = [the_day]
