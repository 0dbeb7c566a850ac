"""Accounts and sessions: `/people` for who invites, `/sessions` for everybody's own; each is seen and ended.

The link of an invitation is shown by the page that answers the form, this once; it is in no address that is kept.
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from truceline.errors import ValueNotRead
from truceline.pipeline.accounts import MOST_NAME, invite
from truceline.pipeline.room.people import own_sessions, people_shown
from truceline.pipeline.sessions import (
    end_account,
    end_others,
    end_session,
    may_invite,
    may_manage,
    withdraw_invitation,
)
from truceline.vocabulary.role import Person, Role
from truceline.web.asking import kept_of, link_of
from truceline.web.forms import Form, Sent
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Room, Who
from truceline.web.security import SESSION

Asks = Request[Any, Any, Any]


@get("/people", sync_to_thread=True)
def the_people(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """Accounts, invitations that wait, open sessions, and the form to invite."""
    return _people(request, room, person)


@post("/people/invite", sync_to_thread=True, status_code=200)
def invite_one(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Invite somebody; the page shows the link this once."""
    form = Form(data)
    may_invite(person)
    if form.one("role") not in {one.value for one in Role}:
        raise ValueNotRead("That is no role.", "Choose one from the list.")
    may_manage(person, Role(form.one("role")), form.one("body"))
    token = invite(
        room.path, form.one("name").strip(), Role(form.one("role")), by=person.name, body=form.one("body"),
        audience=form.one("audience"), now_us=room.exactly_us(), chance=room.chance,
    )  # fmt: skip
    return _people(request, room, person, f"{str(request.base_url).rstrip('/')}/invitation/{token}")


@post("/people/end", sync_to_thread=True)
def end_one(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """End an account with its sessions and tokens."""
    end_account(room.path, person, Form(data).one("name"), room.exactly_us())
    return _back(request, "/people")


@post("/people/withdraw", sync_to_thread=True)
def withdraw(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Take an invitation back: its link makes no account any more."""
    withdraw_invitation(room.path, person, Form(data).one("name"), room.exactly_us())
    return _back(request, "/people")


@get("/sessions", sync_to_thread=True)
def the_sessions(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """One's own open sessions."""
    shown = own_sessions(room.path, person, _token(request), room.language(request), room.exactly_us())
    return page("sessions.html", request, person, title="Sessions", sessions=shown)


@post("/sessions/end", sync_to_thread=True)
def end_a_session(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """End one session; who invites ends those of others as well."""
    form = Form(data)
    number = form.one("number")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise ValueNotRead("That is no number.", "Take a session from the list.")
    end_session(room.path, person, int(number), room.exactly_us())
    return _back(request, "/people" if form.one("to") == "people" else "/sessions")


@post("/sessions/end-others", sync_to_thread=True)
def end_all_others(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """End every session of one's own but this one."""
    end_others(room.path, person, _token(request), room.exactly_us())
    return _back(request, "/sessions")


def _people(request: Asks, room: Room, person: Person, invitation: str = "") -> Response[Any]:
    shown = people_shown(room.path, person, _token(request), room.language(request), room.exactly_us())
    return page(
        "people.html", request, person, title="People", people=shown, invitation=invitation, most_name=MOST_NAME
    )


def _token(request: Asks) -> str:
    return str(request.cookies.get(SESSION, ""))


def _back(request: Asks, to: str) -> Response[Any]:
    return Redirect(link_of(kept_of(request.query_params))(to), status_code=303)


HANDLERS = [the_people, invite_one, end_one, withdraw, the_sessions, end_a_session, end_all_others]
