"""Tokens for programs: `/tokens`, everybody's own list; `POST /tokens/make` shows a new one this once, `/tokens/end`.

The answer to making one is the page itself and no redirect: the token is in no address, and nothing keeps the page.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from truceline.errors import ValueNotRead
from truceline.pipeline.room.tokens import tokens_shown
from truceline.pipeline.tokens import MOST_DAYS, MOST_NAME, end_token, make_token
from truceline.vocabulary.role import Person
from truceline.web.asking import kept_of, link_of
from truceline.web.forms import Form, Sent
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Room, Who

Asks = Request[Any, Any, Any]


@get("/tokens", sync_to_thread=True)
def the_tokens(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The list, and the form for a new one."""
    return _page(request, room, person)


@post("/tokens/make", sync_to_thread=True, status_code=200)
def make(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Make a token; the page shows it this once. Only who speaks for a body gets one that enters acts."""
    form = Form(data)
    writes = form.one("writes") == "on" and bool(person.body)
    token = make_token(
        room.path, person, form.one("label"), writes=writes, days=_number(form.one("days")), now_us=room.exactly_us(),
        chance=room.chance,
    )  # fmt: skip
    return _page(request, room, person, token)


@post("/tokens/end", sync_to_thread=True)
def end(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """End a token of one's own, from this moment on."""
    end_token(room.path, person, _number(Form(data).one("number")), room.exactly_us())
    return Redirect(link_of(kept_of(request.query_params))("/tokens"), status_code=303)


def _page(request: Asks, room: Room, person: Person, token: str = "") -> Response[Any]:
    shown = tokens_shown(room.path, person, room.language(request), room.exactly_us())
    return page(
        "tokens.html", request, person, title="Tokens", tokens=shown, made=token, most_days=MOST_DAYS,
        most_name=MOST_NAME, may_write=bool(person.body),
    )  # fmt: skip


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueNotRead("That is no number.", "Give a whole number.")
    return int(text)


HANDLERS = [the_tokens, make, end]
