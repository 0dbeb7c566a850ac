"""Who calls the API, and what every question to it is asked with."""

from typing import Annotated, Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from truceline.pipeline.accounts import person_of
from truceline.pipeline.questions import Asked
from truceline.pipeline.tokens import Scope, person_with
from truceline.vocabulary.role import Person
from truceline.web.asking import MOST, asked_of
from truceline.web.room import AtRoom, Who
from truceline.web.security import SESSION
from truceline.web.sessions import NotSignedIn, admitted

Asks = Request[Any, Any, Any]
BEARER = "bearer"


def _said(words: str) -> Any:
    return QueryParameter(description=words, max_length=MOST)


Word = Annotated[str, QueryParameter(max_length=MOST)]
AsOf = Annotated[str, _said("An instant, as 2025-05-03T00:00, local to the agreement's zone. None: the present one.")]
Known = Annotated[str, _said("A cut: what the record held when it had so many entries, or that it names.")]
Reading = Annotated[str, _said("A reading of the agreement, by its id. None: the one that is registered.")]
View = Annotated[str, _said("`own`: what this holder has; `shared`: what every holder has.")]


def caller(request: Asks, room: AtRoom) -> Person:
    """The person of a token, or of the session of the browser; a token is asked first and alone.

    A session reads and never writes here: only a token, which no other site can send, may write.
    Raises `NotSignedIn`, `NotReleased`.
    """
    written, now_us = request.headers.get("authorization", ""), room.exactly_us()
    writes = request.method not in ("GET", "HEAD")
    scheme, _, token = written.partition(" ")
    if scheme.lower() == BEARER:
        scope: Scope = "write" if writes else "read"
        person = person_with(room.path, token.strip(), scope, now_us)
    else:
        person = None if writes else person_of(room.path, request.cookies.get(SESSION, ""), now_us)
    if person is None:
        raise NotSignedIn
    return admitted(person, request.url.path)


def question(
    room: AtRoom, person: Who, as_of: AsOf = "", known: Known = "", reading: Reading = "", view: View = "own"
) -> Asked:
    """What every question rests on."""
    said = {"as_of": as_of, "known": known, "reading": reading, "view": view}
    return asked_of(said, room.reader(person), room.now_us())


Question = NamedDependency[Asked]
"""What a handler takes as `asked`."""
