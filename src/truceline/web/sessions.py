"""Who looks: the person of a session, and what their role may open. The default is nobody, nowhere."""

from typing import Any

from litestar import Request

from truceline.errors import NotReleased
from truceline.pipeline.accounts import person_of
from truceline.vocabulary.role import CLEARS, INSIDE, Person, Role
from truceline.web.room import AtRoom
from truceline.web.security import SESSION

Asks = Request[Any, Any, Any]
OWN = ("/sessions", "/settings", "/tokens")
"""Beginnings of addresses where everybody sees to their own affairs."""
OPEN_TO = {
    Role.AUDITOR: ("/record", "/api/record", *OWN),
    Role.READER: ("/released", "/api/released", *OWN),
    Role.REPORTER: ("/send", *OWN),
}
"""Beginnings of addresses that are open to a role which does not work inside; to any other such role none is."""
FIRST = {Role.AUDITOR: "/record", Role.READER: "/released", Role.REPORTER: "/send"}
"""Where the day begins for those who do not work inside."""


class NotSignedIn(Exception):
    """The page needs somebody who is signed in; the browser is sent to sign in."""


class BeginsElsewhere(Exception):
    """This person's day begins at another address; the browser is sent there."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def who(request: Asks, room: AtRoom) -> Person:
    """The person who is signed in and may open this address.

    Raises `NotSignedIn`, `NotReleased`, and `BeginsElsewhere` for the first page of those who do not work inside.
    """
    person = person_of(room.path, request.cookies.get(SESSION, ""), room.now_us())
    if person is None:
        raise NotSignedIn
    if request.url.path == "/" and person.role in FIRST:
        raise BeginsElsewhere(FIRST[person.role])
    return admitted(person, request.url.path)


def admitted(person: Person, path: str) -> Person:
    """The person, if an address is open to their role. Raises `NotReleased`."""
    if not may_open(person.role, path):
        raise NotReleased("Nothing here has been released to you.", "Ask the head of your cell.")
    return person


def may_clear(person: Person) -> bool:
    """Whether a person may narrow and clear."""
    return person.role in CLEARS and bool(person.body)


def may_open(role: Role, path: str) -> bool:
    """Whether an address is open to a role at all; what stands there passes the gate besides."""
    beginnings = OPEN_TO.get(role, ())
    return role in INSIDE or any(path == one or path.startswith(f"{one}/") for one in beginnings)
