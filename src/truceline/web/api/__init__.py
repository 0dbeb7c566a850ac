"""`/api`: the room for programs. Its description (OpenAPI 3.1) is at `/api/openapi.json`; errors are JSON."""

import re
from typing import Any

from litestar import MediaType, Request, Response, Router
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotFoundException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from msgspec import Struct

from truceline import __version__
from truceline.errors import NotAccepted, NotReleased, TrucelineError
from truceline.web.api import reading, writing
from truceline.web.api.calling import caller, question
from truceline.web.held import StillWorking
from truceline.web.sessions import NotSignedIn

Asks = Request[Any, Any, Any]
PLAIN = {
    400: ("A value of the request cannot be read.", "See the description at /api/openapi.json."),
    403: ("That is not open to you.", "Ask the head of your cell."),
    404: ("There is no such address.", "See the description at /api/openapi.json."),
    405: ("That cannot be done at this address.", "See the description at /api/openapi.json."),
    413: ("That is too large.", "Send less at once."),
}  # fmt: skip
"""All that is said of what the framework refuses: its own words may repeat what was sent."""
NAMES = re.compile(r"[a-z_]{1,30}(\.[a-z_]{1,30}){0,3}")
"""What may be repeated of a refused request: where the value stood."""
DESCRIPTION = (
    "Ask with `Authorization: Bearer TOKEN`; a token is made in the room, on the page Tokens. What a token reads and"
    " writes is what its person may. Every answer rests on a cut of the record, has an ETag, and passes the gate."
)


class Wrong(Struct, frozen=True):
    """What was not done, and how to mend it."""

    wrong: str
    mend: str


ERRORS = {
    400: "A value cannot be read, or what it names is not there.", 401: "Nobody is known by that token or session.",
    403: "That is not open to whoever asks.", 404: "There is no such address.", 413: "That is too large.",
    500: "Something of ours is broken.", 503: "This is being worked out: ask again after Retry-After.",
}  # fmt: skip
"""What each address may answer besides what was asked."""


def router() -> Router:
    """All addresses under `/api`."""
    handlers = [*reading.HANDLERS, *writing.HANDLERS]
    for one in handlers:
        one.responses = {
            **(one.responses or {}),
            **{code: ResponseSpec(Wrong, description=said) for code, said in ERRORS.items()},
        }
        one.summary = (one.fn.__doc__ or "").partition("\n")[0].rstrip(".")
    return Router(
        "/api",
        route_handlers=handlers,
        dependencies={
            "person": Provide(caller, sync_to_thread=True),
            "asked": Provide(question, sync_to_thread=False),
        },
        exception_handlers={
            NotSignedIn: _unknown, TrucelineError: _not_done, StillWorking: _later, HTTPException: _refused,
        },
        opt={"exclude_from_csrf": True},
    )  # fmt: skip


def described() -> OpenAPIConfig:
    """The description of the addresses, from their own words."""
    bearer = SecurityScheme(type="http", scheme="bearer", description="A token of the room.")
    return OpenAPIConfig(
        title="Truceline", version=__version__, description=DESCRIPTION, path="/api", use_handler_docstrings=True,
        render_plugins=[JsonRenderPlugin()], security=[{"bearer": []}],
        openapi_router=Router("/api", route_handlers=[], after_request=_plain, include_in_schema=False),
        components=Components(security_schemes={"bearer": bearer}),
    )  # fmt: skip


def _plain(answer: Response[Any]) -> Response[Any]:
    """The framework's own page for an address beside the description is none of ours."""
    return refused(NotFoundException()) if answer.status_code == 404 else answer


def _said(status: int, wrong: str, mend: str, **headers: str) -> Response[Wrong]:
    head = {"cache-control": "no-store", **headers}
    return Response(Wrong(wrong, mend), media_type=MediaType.JSON, status_code=status, headers=head)


def _unknown(request: Asks, error: NotSignedIn) -> Response[Wrong]:
    mend = "Send Authorization: Bearer TOKEN, with a token that holds and may do this."
    return _said(401, "Nobody is known by that.", mend, **{"www-authenticate": "Bearer"})


def _not_done(request: Asks, error: TrucelineError) -> Response[Wrong]:
    return _said(403 if isinstance(error, NotReleased | NotAccepted) else 400, error.message, error.mend)


def _later(request: Asks, error: StillWorking) -> Response[Wrong]:
    return _said(503, "This is being worked out.", "Ask again in a moment.", **{"retry-after": "2"})


def _refused(request: Asks, error: HTTPException) -> Response[Wrong]:
    return refused(error)


def broken() -> Response[Wrong]:
    """Something of ours is wrong: nothing is said of it but where to look."""
    return _said(500, "Something of ours is broken.", "It was noted where the room was started.")


def refused(error: HTTPException) -> Response[Wrong]:
    """What the framework refuses, with the name of the value alone."""
    wrong, mend = PLAIN.get(error.status_code, ("That could not be done.", ""))
    named = [one["key"] for one in error.extra or () if isinstance(one, dict) and NAMES.fullmatch(str(one.get("key")))]
    if error.status_code == 400 and named:
        wrong = f"A value of the request cannot be read: {', '.join(named[:5])}."
    return _said(error.status_code, wrong, mend)
