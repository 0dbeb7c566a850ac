"""The room as a web application: one process, one mission, nothing from elsewhere."""

import sys
import traceback
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import Litestar, MediaType, Request, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR

from truceline.errors import NotAccepted, NotReleased, TrucelineError
from truceline.web import api, signing_in
from truceline.web.exercise import HANDLERS as EXERCISE
from truceline.web.exercise import Exercise
from truceline.web.held import StillWorking
from truceline.web.packing import packing
from truceline.web.pages import HANDLERS
from truceline.web.rendering import page
from truceline.web.room import Room
from truceline.web.security import HEADERS, MOST_BODY, against_forgery, only_here
from truceline.web.sessions import BeginsElsewhere, NotSignedIn, who

Asks = Request[Any, Any, Any]
API = "/api/"
PLAIN = {
    400: "That cannot be read.", 403: "That is not open to you.", 404: "There is no such page.",
    405: "That cannot be done here.", 413: "That is too large.", 429: "Too many requests: wait a while.",
    503: "This is being worked out: ask again in a moment.",
    500: "Something of ours is broken. It was noted where the room was started.",
}  # fmt: skip
"""All that an error says to whoever is not known."""


def application(
    path: Path, clock: Callable[[], int], chance: Callable[[int], bytes], hosts: list[str],
    exercise: Exercise | None = None,
) -> Litestar:  # fmt: skip
    """The room of a mission. clock: UTC microseconds. hosts: the names under which it answers. exercise: of `demo`."""
    room = Room(path, clock, chance)
    room.exercise = exercise
    assets = create_static_files_router(
        "/assets", [str(files("truceline.web") / "assets")], include_in_schema=False, before_request=_a_name
    )
    return Litestar(
        [_pages([*signing_in.HANDLERS, *HANDLERS, *(EXERCISE if exercise else ())]), api.router(), assets],
        dependencies={"room": Provide(lambda: room, sync_to_thread=False), "person": Provide(who, sync_to_thread=True)},
        exception_handlers={
            NotSignedIn: _to_sign_in, BeginsElsewhere: _onward, TrucelineError: _not_done, HTTPException: _refused,
            StillWorking: _come_again, HTTP_500_INTERNAL_SERVER_ERROR: _broken,
        },
        csrf_config=against_forgery(chance(32).hex()),
        allowed_hosts=only_here(hosts),
        request_max_body_size=MOST_BODY,
        before_send=[_with_headers],
        middleware=[packing(chance)],
        openapi_config=api.described(),
        state=State({"exercise": exercise}),
        logging_config=None,
    )  # fmt: skip


def _pages(handlers: list[Any]) -> Router:
    return Router("/", route_handlers=handlers, include_in_schema=False)


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


def _onward(request: Asks, error: BeginsElsewhere) -> Response[Any]:
    return Redirect(error.address, status_code=303)


def _not_done(request: Asks, error: TrucelineError) -> Response[Any]:
    """One of our own sentences, which names the mend."""
    status = 403 if isinstance(error, NotReleased | NotAccepted) else 400
    return page("refused.html", request, None, title="Not done", status=status, wrong=str(error))


def _come_again(request: Asks, error: StillWorking) -> Response[Any]:
    """The page comes again by itself, without a script; a program is told when to ask again."""
    if "text/html" not in request.headers.get("accept", ""):
        return Response(PLAIN[503], media_type=MediaType.TEXT, status_code=503, headers={"retry-after": "2"})
    answer = page("working.html", request, None, title="Being worked out", status=503)
    answer.headers |= {"retry-after": "2", "refresh": "2"}
    return answer


def _broken(request: Asks, error: Exception) -> Response[Any]:
    """Something of ours is wrong. The terminal is told where, and not what it was about; the browser nothing."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = ", ".join(f"{Path(one.filename).name}:{one.lineno}" for one in last)
    print(f"internal error: {type(error).__name__} at {where}", file=sys.stderr)
    if request.url.path.startswith(API):
        return api.broken()
    return page("refused.html", request, None, title="Not done", status=500, wrong=PLAIN[500])


def _refused(request: Asks, error: HTTPException) -> Response[Any]:
    """What the framework refuses, in a sentence of ours: its own words may repeat what was sent."""
    if request.url.path.startswith(API):
        return api.refused(error)
    wrong = PLAIN.get(error.status_code, "That could not be done.")
    if "text/html" not in request.headers.get("accept", ""):
        return Response(wrong, media_type=MediaType.TEXT, status_code=error.status_code)
    return page("refused.html", request, None, title="Not done", status=error.status_code, wrong=wrong)
