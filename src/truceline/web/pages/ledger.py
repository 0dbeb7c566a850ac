"""The ledger: `/ledger` the days and areas, `/ledger/cell` one cell opened. What if: `reading` and `boundary`."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get

from truceline.errors import ValueNotRead
from truceline.pipeline.room.ledger import Sought, ledger_page
from truceline.pipeline.room.ledger_cell import cell_page
from truceline.web.asking import Kept, asked_of, kept_of, link_of
from truceline.web.pages.today import cell_links
from truceline.web.parts import grid_part
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
OWN = ("indicator", "area", "boundary", "last", "skip")
"""Words of the address of `/ledger`, besides those of every page."""
LONGEST = 9
GRID = "Each area on each day; a cell opens its reasons, incidents and coverage"


@get("/ledger", sync_to_thread=True)
def the_ledger(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page."""
    said = request.query_params
    kept, sought = kept_of(said), sought_of(said)
    asked = asked_of(said, room.reader(person), room.now_us())
    lang = room.language(request)
    shown = room.shown(
        ("ledger", sought, lang), asked, lambda: ledger_page(room.path, asked, sought, lang, room.asking)
    )
    own = {name: said[name] for name in OWN if said.get(name)}
    registered = [(name, value) for name, value in kept if name != "reading"]
    links = cell_links(link_of(kept), sought.indicator, sought.boundary)
    grid = room.shown(
        ("ledger as written", sought, lang, *kept), asked, lambda: grid_part(lang, GRID, shown.grid, links)
    )
    return page(
        "ledger.html", request, person, title="Ledger", heading=shown.heading, ledger=shown, kept=kept, grid=grid,
        page_link=lambda **other: link_of(kept)("/ledger", **{**own, **other}),
        as_registered=link_of(registered)("/ledger", **{**own, "boundary": ""}),
    )  # fmt: skip


@get("/ledger/cell", sync_to_thread=True)
def the_cell(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """One cell: `area`, `day`, and what is counted."""
    said = request.query_params
    area, day, indicator, boundary = (said.get(name, "") for name in ("area", "day", "indicator", "boundary"))
    asked = asked_of(said, room.reader(person), room.now_us())
    lang = room.language(request)
    shown = room.shown(
        ("cell", area, day, indicator, boundary, lang), asked,
        lambda: cell_page(room.path, asked, area, day, indicator, boundary, lang, room.asking),
    )  # fmt: skip
    kept: Kept = kept_of(said)
    return page(
        "ledger_cell.html", request, person, title="Ledger", heading=shown.heading, cell=shown,
        kept=[*kept, ("boundary", boundary)] if boundary else kept,
        back=link_of(kept)("/ledger", indicator=indicator, boundary=boundary),
    )  # fmt: skip


def sought_of(said: Mapping[str, str]) -> Sought:
    """Which part of the ledger an address asks for. Raises `ValueNotRead` for what is no number of areas."""
    skip = said.get("skip", "") or "0"
    if not (skip.isascii() and skip.isdigit() and len(skip) <= LONGEST):
        raise ValueNotRead("`skip` is no number of areas.", "Follow the links of the page.")
    indicator, last, area, boundary = (said.get(name, "") for name in ("indicator", "last", "area", "boundary"))
    return Sought(indicator, last, area, int(skip), boundary)


HANDLERS = [the_ledger, the_cell]
