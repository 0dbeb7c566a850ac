"""Signing in and out, and taking up an invitation: the only pages that are open to nobody in particular.

What is asked for and what is sent have addresses of their own: Litestar 2.25 registers a handler twice whose path has
two methods, and then answers with a coroutine.
"""

import io
from typing import Annotated, Any

import segno
from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect
from markupsafe import Markup
from msgspec import Struct

from truceline.errors import TrucelineError
from truceline.pipeline.accounts import accept, invited, sign_in, sign_out
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who
from truceline.web.security import SESSION

Asks = Request[Any, Any, Any]
MOST_LETTERS = 400


class Credentials(Struct, frozen=True):
    """What is typed in to sign in."""

    name: str = ""
    password: str = ""
    code: str = ""
    to: str = ""


class Taken(Struct, frozen=True):
    """What is typed in to take up an invitation."""

    password: str = ""
    again: str = ""
    code: str = ""


Form = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/sign-in", sync_to_thread=True)
def ask(request: Asks) -> Response[Any]:
    """The form."""
    return page(
        "sign_in.html", request, None, title="Sign in", to=_within(request.query_params.get("to", "")), wrong=""
    )


@post("/sign-in/now", sync_to_thread=True, status_code=200)
def enter(request: Asks, room: AtRoom, data: Annotated[Credentials, Form]) -> Response[Any]:
    """A session, or the form again with one sentence for whatever was wrong."""
    to = _within(data.to)
    try:
        _take_a_try(request, room)
        _check_lengths(data.name, data.password, data.code)
        token = sign_in(
            room.path, data.name.strip(), data.password, data.code, now_us=room.exactly_us(), chance=room.chance
        )
    except TrucelineError as error:
        return page("sign_in.html", request, None, title="Sign in", status=401, to=to, wrong=str(error))
    answer: Response[Any] = Redirect(to or "/", status_code=303)
    answer.set_cookie(SESSION, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/")
    return answer


@post("/sign-out", sync_to_thread=True)
def leave(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """End this session."""
    sign_out(room.path, request.cookies.get(SESSION, ""), room.exactly_us())
    answer: Response[Any] = Redirect("/sign-in", status_code=303)
    answer.delete_cookie(SESSION, path="/")
    return answer


@get("/invitation/{token:str}", sync_to_thread=True)
def invitation(request: Asks, room: AtRoom, token: FromPath[str]) -> Response[Any]:
    """What one is invited to, with the secret for the app that makes codes."""
    return _invited(request, room, token, "")


@post("/invitation/{token:str}/taken", sync_to_thread=True, status_code=200)
def take_up(request: Asks, room: AtRoom, token: FromPath[str], data: Annotated[Taken, Form]) -> Response[Any]:
    """Make the account; then sign in with the next code."""
    try:
        _take_a_try(request, room)
        _check_lengths(data.password, data.code)
        if data.password != data.again:
            return _invited(request, room, token, "The two passwords differ.")
        accept(room.path, token, data.password, data.code, now_us=room.exactly_us(), chance=room.chance)
    except TrucelineError as error:
        return _invited(request, room, token, str(error))
    return Redirect("/sign-in", status_code=303)


def _invited(request: Asks, room: AtRoom, token: str, wrong: str) -> Response[Any]:
    try:
        found = invited(room.path, token, room.exactly_us())
    except TrucelineError as error:
        return page("refused.html", request, None, title="Not open", status=403, wrong=str(error))
    picture = io.BytesIO()
    segno.make(found.address(room.path.stem), error="m").save(
        picture, kind="svg", scale=5, border=2, xmldecl=False, svgclass="code-picture", title="QR"
    )
    return page(
        "invitation.html", request, None, title="Invitation", status=400 if wrong else 200, invitation=found,
        token=token, picture=Markup(picture.getvalue().decode()), wrong=wrong,  # noqa: S704 (drawn by us from our own secret)
    )  # fmt: skip


def _take_a_try(request: Asks, room: AtRoom) -> None:
    room.tries.took(request.client.host if request.client else "", room.exactly_us())


def _within(to: str) -> str:
    """An address of this room to go on to; "" for anything else, so that no link leads away."""
    return (
        to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and len(to) < 2_000 else ""
    )


def _check_lengths(*texts: str) -> None:
    if any(len(text) > MOST_LETTERS for text in texts):
        raise TrucelineError("That is too long.", f"At most {MOST_LETTERS} characters.")


HANDLERS = [ask, enter, leave, invitation, take_up]
