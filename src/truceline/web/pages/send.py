"""Sending a report by form: `/send`. What was entered is confirmed by its number, or refused with the mend."""

from typing import Any

from litestar import Request, Response, get, post

from truceline.errors import NotReleased
from truceline.pipeline.room.sending import Receipt, Said, send
from truceline.vocabulary.role import SENDS, Person
from truceline.web.forms import Form, Sent
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]


@get("/send", sync_to_thread=True)
def the_form(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The form."""
    _may(person)
    return _page(request, person, Said(""), None)


@post("/send/now", sync_to_thread=True, status_code=200)
def send_now(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Enter what the form says; the form again, with what was refused, or empty with the number."""
    _may(person)
    form = Form(data)
    said = Said(**{name: form.one(name).strip() for name in Said.__struct_fields__})
    done = send(room.path, person, said, now_us=room.exactly_us(), chance=room.chance)
    return _page(request, person, said if done.refused else Said(""), done)


def _may(person: Person) -> None:
    if person.role not in SENDS:
        raise NotReleased("Sending reports is not for this role.", "Ask a duty officer of your side.")


def _page(request: Asks, person: Person, said: Said, done: Receipt | None) -> Response[Any]:
    return page("send.html", request, person, title="Send a report", said=said, done=done)


HANDLERS = [the_form, send_now]
