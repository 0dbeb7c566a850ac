"""What a body says of a case: `POST /cases/{handle}/find` and the like, and `POST /cases/open`."""

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from truceline.errors import NotReleased
from truceline.pipeline.room.case_history import undo_act
from truceline.pipeline.room.said import Category, Found, determine_as, find_as, move_as, open_as, recall_as
from truceline.vocabulary.role import Person
from truceline.web.asking import kept_after, link_of
from truceline.web.forms import Form, Sent
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
MOST_REPORTS = 200


@post("/cases/open", sync_to_thread=True)
def open_case(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Open a case on the reports named, the first of which founds it."""
    _speaks(person)
    form = Form(data)
    refs = form.all("report")[:MOST_REPORTS]
    handle = open_as(
        room.path, person, refs, form.one("title"), form.one("because"), now_us=room.exactly_us(), chance=room.chance
    )  # fmt: skip
    return _to(request, handle)


@post("/cases/{handle:str}/find", sync_to_thread=True)
def find(request: Asks, room: AtRoom, person: Who, handle: FromPath[str], data: Sent) -> Response[Any]:
    """Enter the finding of the person's body."""
    _speaks(person)
    form = Form(data)
    names = ("held", "what", "because", "when", "where", "standard", "attribution", "attributed_to")
    found = Found(**{name: form.one(name).strip() for name in names}, rests_on=form.all("rests_on")[:MOST_REPORTS])
    find_as(room.path, person, handle, found, now_us=room.exactly_us(), chance=room.chance)
    return _to(request, handle)


@post("/cases/{handle:str}/determine", sync_to_thread=True)
def determine(request: Asks, room: AtRoom, person: Who, handle: FromPath[str], data: Sent) -> Response[Any]:
    """Enter the category that the person's body gives the case."""
    _speaks(person)
    form = Form(data)
    said = Category(**{name: form.one(name).strip() for name in ("category", "because", "when", "clock")})
    determine_as(room.path, person, handle, said, now_us=room.exactly_us(), chance=room.chance)
    return _to(request, handle)


@post("/cases/{handle:str}/move", sync_to_thread=True)
def move(request: Asks, room: AtRoom, person: Who, handle: FromPath[str], data: Sent) -> Response[Any]:
    """Move the case, or say the word that a joint move needs."""
    _speaks(person)
    form = Form(data)
    move_as(
        room.path, person, handle, form.one("to"), form.one("outcome"), form.one("because"), now_us=room.exactly_us(),
        chance=room.chance,
    )  # fmt: skip
    return _to(request, handle)


@post("/cases/{handle:str}/recall", sync_to_thread=True)
def recall(request: Asks, room: AtRoom, person: Who, handle: FromPath[str], data: Sent) -> Response[Any]:
    """Take a report out of what counts; it stays in the record and in the case. Its recall is taken back by `/undo`."""
    _speaks(person)
    form = Form(data)
    report, asked_by, because = (form.one(name) for name in ("report", "asked_by", "because"))
    recall_as(room.path, person, report, asked_by, because, now_us=room.exactly_us(), chance=room.chance)
    return _to(request, handle)


@post("/cases/{handle:str}/undo", sync_to_thread=True)
def undo(request: Asks, room: AtRoom, person: Who, handle: FromPath[str], data: Sent) -> Response[Any]:
    """Take back an act of the person's body: it stays in the record, and the withdrawal beside it."""
    _speaks(person)
    form = Form(data)
    of, because = form.one("of"), form.one("because")
    undo_act(room.path, person, of, because, now_us=room.exactly_us(), chance=room.chance)
    return _to(request, handle)


def _speaks(person: Person) -> None:
    if not person.body:
        raise NotReleased("You speak for no body.", "Somebody who speaks for one enters its words.")


def _to(request: Asks, handle: str) -> Response[Any]:
    return Redirect(link_of(kept_after(request.query_params))(f"/cases/{handle}"), status_code=303)


HANDLERS = [open_case, find, determine, move, recall, undo]
