"""Who may see what: `/clearing`, a form to narrow or to clear, what an audience would see, and the entering of it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from truceline.errors import NotReleased
from truceline.pipeline.room.clearing import CONSENTS, Wish, enter_as, preview
from truceline.vocabulary.clearance import CELLS_M, GROUPS
from truceline.vocabulary.marking import Audience, Role
from truceline.vocabulary.role import INSIDE, Person
from truceline.web.asking import kept_after, link_of
from truceline.web.forms import Form, Sent
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who
from truceline.web.sessions import may_clear

Asks = Request[Any, Any, Any]
LONGEST = 2_000


@get("/clearing", sync_to_thread=True)
def the_form(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The form. `report` (once or more): reports to begin with."""
    _may(person)
    refs = tuple(one[:400] for one in request.query_params.getall("report", []))[:200]
    return _page(request, person, Wish(refs=refs))


@post("/clearing/preview", sync_to_thread=True, status_code=200)
def look(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """What the audience would see. Nothing is entered."""
    _may(person)
    wish = wish_of(Form(data))
    shown = () if wish.roles else preview(room.path, person, wish, room.exactly_us()).reports
    return _page(request, person, wish, shown=shown, looked=True)


@post("/clearing/enter", sync_to_thread=True)
def enter(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Enter it in the name of the person's body."""
    _may(person)
    done = enter_as(room.path, person, wish_of(Form(data)), now_us=room.exactly_us(), chance=room.chance)
    return Redirect(link_of(kept_after(request.query_params))("/clearing", done=done), status_code=303)


def wish_of(form: Form) -> Wish:
    """What a form says."""
    return Wish(
        refs=tuple(line.strip() for line in form.one("refs").splitlines() if line.strip()),
        fields=form.all("fields"), to=form.one("to"), cell_m=form.one("cell_m"), days=form.one("days") != "exact",
        consent=form.one("consent") or "not_needed", roles=form.all("roles"), because=form.one("because")[:LONGEST],
    )  # fmt: skip


def _may(person: Person) -> None:
    if not may_clear(person):
        raise NotReleased("Clearing is not for this role.", "Ask a duty officer who speaks for a body.")


def _page(request: Asks, person: Person, wish: Wish, *, shown: Any = (), looked: bool = False) -> Response[Any]:
    return page(
        "clearing.html", request, person, title="Who may see what", wish=wish, shown=shown, looked=looked,
        groups=GROUPS, cells=CELLS_M, consents=CONSENTS, audiences=[one.value for one in Audience][1:],
        roles=[role.value for role in Role if role in INSIDE], done=request.query_params.get("done", "")[:64],
    )  # fmt: skip


HANDLERS = [the_form, look, enter]
"""What `/clearing` answers."""
