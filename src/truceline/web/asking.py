"""What every page is asked with: as of when, known at which cut, under which reading, in which view; and its links."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from truceline.errors import ValueNotRead
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import by_id
from truceline.vocabulary.marking import Reader

COMMON = ("as_of", "known", "reading", "view")
"""Words of the query that every page has, in the order in which links give them."""
MOST = 200
"""The longest value of one of them."""

Kept = list[tuple[str, str]]
Link = Callable[..., str]


def kept_of(query: Mapping[str, str]) -> Kept:
    """The common words of a query that say something, in order: what links and forms carry on."""
    return [(name, query[name]) for name in COMMON if query.get(name)]


def kept_after(query: Mapping[str, str]) -> Kept:
    """What is carried on once something was entered: no instant or cut, or one would not see what one has said."""
    return [(name, value) for name, value in kept_of(query) if name not in ("as_of", "known")]


def asked_of(query: Mapping[str, str], reader: Reader, now_us: int) -> Asked:
    """What a page is asked. Raises `ValueNotRead` for a view that is none or a value too long, `ReadingError`."""
    said = dict(kept_of(query))
    if any(len(value) > MOST for value in said.values()):
        raise ValueNotRead("A word of the address is too long.", f"At most {MOST} characters each.")
    view = said.get("view", "own")
    if view not in ("own", "shared"):
        raise ValueNotRead(f"{view!r} is no view.", "There are: own, shared.")
    asked = Asked(reader, now_us, said.get("as_of"), said.get("known"), said.get("reading"))
    return by_id(asked) if view == "own" else by_id(_shared(asked))


def _shared(asked: Asked) -> Asked:
    return Asked(asked.reader, asked.now_us, asked.as_of, asked.known, asked.reading, "shared")


def link_of(kept: Kept) -> Link:
    """A function that gives the address of a page of this room, with the common words and some of its own."""

    def link(path: str, **own: object) -> str:
        words = [*((name, value) for name, value in kept if name not in own)]
        words += [(name, str(value)) for name, value in own.items() if value not in (None, "")]
        return quote(path, safe="/") + (f"?{urlencode(words)}" if words else "")

    return link
