"""Who looks: the person of a session, and what their role may open. The default is nobody, nowhere."""

from typing import Any

from litestar import Request

from truceline.errors import NotReleased
from truceline.pipeline.accounts import person_of
from truceline.vocabulary.role import INSIDE, Person, Role
from truceline.web.room import AtRoom
from truceline.web.security import SESSION

Asks = Request[Any, Any, Any]
OPEN_TO = {Role.AUDITOR: ("/record",)}
"""Beginnings of addresses that are open to a role which does not work inside; to any other such role none is."""


class NotSignedIn(Exception):
    """The page needs somebody who is signed in; the browser is sent to sign in."""


def who(request: Asks, room: AtRoom) -> Person:
    """The person who is signed in and may open this address. Raises `NotSignedIn`, `NotReleased`."""
    person = person_of(room.path, request.cookies.get(SESSION, ""), room.now_us())
    if person is None:
        raise NotSignedIn
    if not may_open(person.role, request.url.path):
        raise NotReleased("Nothing here has been released to you.", "Ask the head of your cell.")
    return person


def may_open(role: Role, path: str) -> bool:
    """Whether an address is open to a role at all; what stands there passes the gate besides."""
    beginnings = OPEN_TO.get(role, ())
    return role in INSIDE or any(path == one or path.startswith(f"{one}/") for one in beginnings)
