"""The room of an exercise: seats that are taken by a link, and the link between two holders, which can be cut.

Of `truceline demo` alone: the tokens live in the process that plays, and nowhere else. In any other room these
addresses are not there.
"""

import hmac
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from truceline.pipeline.exercise import sit_down
from truceline.pipeline.two_holders import Link
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Room, Who
from truceline.web.security import SESSION

Asks = Request[Any, Any, Any]


@dataclass(frozen=True)
class Seat:
    """A seat: the token of its link, the account that sits there, what it is called, and its whole address."""

    token: str
    name: str
    label: str
    address: str


@dataclass(frozen=True)
class Exercise:
    """What `demo` plays: seats of all rooms, those of this one among them, and the link where there are two holders."""

    seats: tuple[Seat, ...]
    link: Link | None = None


@get("/exercise/{token:str}", sync_to_thread=True)
def sit(request: Asks, room: AtRoom, token: FromPath[str]) -> Response[Any]:
    """Sit down: a session of that seat, and the first page."""
    name = next((one.name for one in _of(room).seats if hmac.compare_digest(one.token, token)), None)
    if name is None:
        raise NotFoundException
    # No redirect: a browser that came from the other room would not send the new cookie along with it.
    answer = page("seated.html", request, None, title="Sit down")
    answer.headers["refresh"] = "0; url=/"
    held = sit_down(room.path, name, room.exactly_us(), room.chance)
    answer.set_cookie(SESSION, held, httponly=True, samesite="strict", path="/")
    return answer


@get("/link", sync_to_thread=True)
def the_link(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page of the link."""
    return page("link.html", request, person, title="The link", standing=_link(room).standing(), done="")


@post("/link/cut", sync_to_thread=True)
def cut(room: AtRoom, person: Who) -> Response[Any]:
    """Cut it: both go on by themselves."""
    _link(room).joined = False
    return Redirect("/link", status_code=303)


@post("/link/join", sync_to_thread=True)
def join(room: AtRoom, person: Who) -> Response[Any]:
    """Join it again, and carry at once what has gathered."""
    link = _link(room)
    link.joined = True
    link.carry()
    return Redirect("/link", status_code=303)


def _of(room: Room) -> Exercise:
    exercise: Exercise | None = room.exercise
    if exercise is None:
        raise NotFoundException
    return exercise


def _link(room: Room) -> Link:
    link = _of(room).link
    if link is None:
        raise NotFoundException
    return link


HANDLERS = [sit, the_link, cut, join]
