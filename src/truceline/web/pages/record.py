"""The record: `/record`, its audit (`POST /record/audit`) a bundle for a stick (`/record/bundle`), and one
that was brought (`POST /record/bring`)."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from truceline.errors import FileNotRead, NotReleased, ValueNotRead
from truceline.pipeline.room.record import Accepted, Audited, audit_now, bring_bundle, bundle_bytes, record_page
from truceline.vocabulary.role import INSIDE, Role
from truceline.web.asking import asked_of, kept_of
from truceline.web.forms import Files
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
BUNDLERS = frozenset({Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})
"""Who may take a bundle away."""
AUDITORS = BUNDLERS | {Role.ANALYST, Role.AUDITOR}
LONGEST = 12


@get("/record", sync_to_thread=True)
def the_record(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page. `before`: entries below that place."""
    return _page(request, room, person, None)


@post("/record/audit", sync_to_thread=True, status_code=200)
def audit(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """Recompute the record, and show what was found. Nothing is written."""
    if person.role not in AUDITORS:
        raise NotReleased("An audit is not for this role.", "Ask the auditor of your side.")
    return _page(request, room, person, audit_now(room.path))


@get("/record/bundle", sync_to_thread=True)
def bundle(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The logs held as one file; `for`: a holder, with what was opened to it, sealed for it."""
    if person.role not in BUNDLERS:
        raise NotReleased("A bundle is not for this role.", "Ask a duty officer of your side.")
    content = bundle_bytes(room.path, request.query_params.get("for") or None)
    headers = {"content-disposition": 'attachment; filename="truceline.bundle"', "cache-control": "no-store"}
    return Response(content, media_type="application/octet-stream", headers=headers)


@post("/record/bring", sync_to_thread=True, status_code=200)
def bring(request: Asks, room: AtRoom, person: Who, data: Files) -> Response[Any]:
    """Take in a bundle of another holder: each log judged, what is sound kept and cosigned."""
    if person.role not in BUNDLERS:
        raise NotReleased("A bundle is not for this role.", "Ask a duty officer of your side.")
    file = data.get("bundle")
    if not isinstance(file, UploadFile) or not file.filename:
        raise FileNotRead("No bundle was sent.", "Choose the file that the other holder gave.")
    came = bring_bundle(room.path, file.file.read(), now_us=room.exactly_us(), chance=room.chance)
    return _page(request, room, person, None, came)


def _page(
    request: Asks, room: AtRoom, person: Who, audited: Audited | None, came: Accepted | None = None
) -> Response[Any]:
    said = request.query_params
    asked = asked_of(said, room.reader(person), room.now_us())
    before, inside = _before(said.get("before", "")), person.role in INSIDE
    shown = record_page(room.path, asked, before, room.language(request), words=inside)
    return page(
        "record.html", request, person, title="Record", heading=None, record=shown, audited=audited, came=came,
        kept=kept_of(said), may_audit=person.role in AUDITORS, may_bundle=person.role in BUNDLERS,
    )  # fmt: skip


def _before(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        raise ValueNotRead("`before` is no place in the log.", "Follow the links of the page.")
    return int(text) if text else None


HANDLERS = [the_record, audit, bundle, bring]
