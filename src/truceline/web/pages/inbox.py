"""The inbox: what waits for somebody's word; pairs are judged on it. And a report in its own words."""

import re
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from truceline.errors import NotReleased, ValueNotRead
from truceline.pipeline.room.heading import heading, told_of
from truceline.pipeline.room.inbox import inbox
from truceline.pipeline.room.judged import judge_as, propose, undo_as
from truceline.web.asking import asked_of, kept_after, link_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
WORDS = ("same", "different", "unsure")
MOST_REFUSALS = 200
CASE = re.compile(r"/cases/[A-Za-z0-9-]{1,80}")


class Word(Struct, frozen=True):
    """A word on a pair. undo: the act that is taken back, where it is that. back: the case from which it was said."""

    one: str = ""
    other: str = ""
    says: str = ""
    because: str = ""
    undo: str = ""
    back: str = ""


@get("/inbox", sync_to_thread=True)
def the_inbox(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        head = heading(told)
    shown = room.shown("inbox", asked, lambda: inbox(room.path, asked))
    return page(
        "inbox.html", request, person, title="Inbox", heading=head, inbox=shown, words=WORDS,
        most_refusals=MOST_REFUSALS, done=request.query_params.get("done", "")[:64], may_judge=bool(person.body),
    )  # fmt: skip


@post("/inbox/judge", sync_to_thread=True)
def judge(
    request: Asks, room: AtRoom, person: Who,
    data: Annotated[Word, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:  # fmt: skip
    """Enter a word on a pair in the name of the person's body, or take one back; then the inbox again."""
    if not person.body:
        raise NotReleased("You speak for no body.", "Somebody who speaks for one judges pairs.")
    because = " ".join(data.because.split())[:2_000] or "Judged in the room."
    if data.undo:
        undo_as(room.path, person, data.undo, because, now_us=room.exactly_us(), chance=room.chance)
        done = ""
    elif data.says in WORDS:
        said = (data.one, data.other)
        done = judge_as(room.path, person, said, data.says, because, now_us=room.exactly_us(), chance=room.chance)
    else:
        raise ValueNotRead(f"{data.says[:40]!r} is no word on a pair.", f"One of: {', '.join(WORDS)}.")
    link = link_of(kept_after(request.query_params))
    back = data.back if CASE.fullmatch(data.back) else "/inbox"
    return Redirect(link(back, done=done), status_code=303)


@post("/inbox/match", sync_to_thread=True)
def propose_pairs(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """Let a model propose pairs, where none is in force; people judge them."""
    propose(room.path, now_us=room.exactly_us(), chance=room.chance)
    return Redirect(link_of(kept_after(request.query_params))("/inbox"), status_code=303)


HANDLERS = [the_inbox, judge, propose_pairs]
