"""The agreement: `/agreement`, `/agreement/why` of one outcome, `/agreement/exclusions` of one who is named, and the
picture of its steps, `/agreement/steps.svg`."""

from typing import Any

from litestar import Request, Response, get

from truceline.errors import ValueNotRead
from truceline.pipeline.room.agreement import agreement_page, excluded_page, steps_svg, why_page
from truceline.web.asking import asked_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
LONGEST = 400
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What the picture may do: show itself, by the style that is written in it. It is no page, and nothing runs in it."""


@get("/agreement", sync_to_thread=True)
def the_agreement(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page. `outcome`: only these."""
    asked, lang = asked_of(request.query_params, room.reader(person), room.now_us()), room.language(request)
    shown = room.shown(("agreement", lang), asked, lambda: agreement_page(room.path, asked, lang, room.asking))
    return page(
        "agreement.html", request, person, title="Agreement", heading=shown.heading, shown=shown,
        outcome=request.query_params.get("outcome", "")[:LONGEST],
    )  # fmt: skip


@get("/agreement/why", sync_to_thread=True)
def why(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The reasons for one outcome. `of`: OBLIGATION/PARTY/FROM/TO."""
    asked, name = asked_of(request.query_params, room.reader(person), room.now_us()), request.query_params.get("of", "")
    if not name or len(name) > LONGEST:
        raise ValueNotRead("The address names no outcome.", "Follow a link of the page Agreement.")
    told = why_page(room.path, asked, name, room.language(request))
    return page("agreement_why.html", request, person, title="Agreement", told=told)


@get("/agreement/exclusions", sync_to_thread=True)
def exclusions(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """Whether each instrument excludes the one named (`actor`) on a day (`on`). No list of all is made."""
    said = request.query_params
    actor, on = said.get("actor", "").strip()[:LONGEST], said.get("on", "")[:LONGEST]
    asked = asked_of(said, room.reader(person), room.now_us())
    told = excluded_page(room.path, asked, actor, on) if actor else None
    return page("exclusions.html", request, person, title="Agreement", told=told, actor=actor, on=on)


@get("/agreement/steps.svg", sync_to_thread=True)
def steps(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """What waits for what, as a picture."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    headers = {"content-security-policy": DRAWING, "cache-control": "no-store"}
    return Response(
        steps_svg(room.path, asked, room.language(request)), media_type="image/svg+xml; charset=utf-8", headers=headers
    )


HANDLERS = [the_agreement, why, exclusions, steps]
