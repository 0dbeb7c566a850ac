"""Search: `/search?q=`. What is asked for is never logged, and stands in no file."""

from typing import Any

from litestar import Request, Response, get

from truceline.errors import ValueNotRead
from truceline.pipeline.room.search import AT_ONCE, MOST, search_page
from truceline.web.asking import asked_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]


@get("/search", sync_to_thread=True)
def the_search(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page. `q`: the words; `skip`: so many reports come before."""
    query = request.query_params
    asked, skip = asked_of(query, room.reader(person), room.now_us()), _skip(query.get("skip", ""))
    shown = search_page(room.path, asked, query.get("q", ""), skip, room.language(request), room.asking)
    return page(
        "search.html", request, person, title="Search", heading=shown.heading, shown=shown, skip=skip, most=MOST,
        following=skip + AT_ONCE if skip + AT_ONCE < shown.number else 0,
    )  # fmt: skip


def _skip(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and int(text) < MOST):
        raise ValueNotRead("The address names no place in what was found.", "Follow the links of the page.")
    return int(text or 0)


HANDLERS = [the_search]
"""What this address answers."""
