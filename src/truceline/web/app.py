"""The room as a web application: one process, one mission, nothing from elsewhere."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import Litestar, MediaType, Request, Response
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from truceline.errors import NotAccepted, NotReleased, TrucelineError
from truceline.web import signing_in
from truceline.web.pages import HANDLERS
from truceline.web.rendering import page
from truceline.web.room import Room
from truceline.web.security import HEADERS, MOST_BODY, against_forgery, only_here
from truceline.web.sessions import NotSignedIn, who

Asks = Request[Any, Any, Any]
PLAIN = {
    400: "That cannot be read.", 403: "That is not open to you.", 404: "There is no such page.",
    405: "That cannot be done here.", 413: "That is too large.", 429: "Too many requests: wait a while.",
}  # fmt: skip
"""All that an error says to whoever is not known."""


def application(path: Path, clock: Callable[[], int], chance: Callable[[int], bytes], hosts: list[str]) -> Litestar:
    """The room of a mission. clock: UTC microseconds. hosts: the names under which it answers."""
    room = Room(path, clock, chance)
    assets = create_static_files_router(
        "/assets", [str(files("truceline.web") / "assets")], include_in_schema=False, before_request=_a_name
    )
    return Litestar(
        [*signing_in.HANDLERS, *HANDLERS, assets],
        dependencies={"room": Provide(lambda: room, sync_to_thread=False), "person": Provide(who, sync_to_thread=True)},
        exception_handlers={NotSignedIn: _to_sign_in, TrucelineError: _not_done, HTTPException: _refused},
        csrf_config=against_forgery(chance(32).hex()),
        allowed_hosts=only_here(hosts),
        request_max_body_size=MOST_BODY,
        before_send=[_with_headers],
        openapi_config=None,
        logging_config=None,
    )  # fmt: skip


def _a_name(request: Asks) -> None:
    """A file whose name no system can have is not there."""
    if "\0" in request.url.path or "%00" in request.url.path:
        raise NotFoundException


async def _with_headers(message: Any, scope: Any) -> None:
    """Every answer, also one of an error or of a file, has the headers of `security`."""
    if message["type"] == "http.response.start":
        held = {name for name, _ in message["headers"]}
        more = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in held]
        message["headers"] = [*message["headers"], *more]


def _to_sign_in(request: Asks, error: NotSignedIn) -> Response[Any]:
    if request.headers.get("HX-Request"):
        return Response("", status_code=401, headers={"HX-Redirect": "/sign-in"})
    query = f"?{request.url.query}" if request.url.query else ""
    to = request.url.path + query if request.method == "GET" else "/"
    return Redirect(f"/sign-in?to={quote(to)}", status_code=303)


def _not_done(request: Asks, error: TrucelineError) -> Response[Any]:
    """One of our own sentences, which names the mend."""
    status = 403 if isinstance(error, NotReleased | NotAccepted) else 400
    return page("refused.html", request, None, title="Not done", status=status, wrong=str(error))


def _refused(request: Asks, error: HTTPException) -> Response[Any]:
    """What the framework refuses, in a sentence of ours: its own words may repeat what was sent."""
    wrong = PLAIN.get(error.status_code, "That could not be done.")
    if "text/html" not in request.headers.get("accept", ""):
        return Response(wrong, media_type=MediaType.TEXT, status_code=error.status_code)
    return page("refused.html", request, None, title="Not done", status=error.status_code, wrong=wrong)
