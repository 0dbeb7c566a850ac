"""Take in: `/take-in` a form for files, `/take-in/look` what they would become, `/take-in/enter` enters them."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from truceline.errors import FileNotRead, ValueNotRead
from truceline.pipeline.room.incoming import keep
from truceline.pipeline.room.taking_in import Looked, Wished, look, take
from truceline.web.forms import Files, Form, Sent
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
MOST_FILES, MOST_STEPS = 20, 100
SECOND = 1_000_000


@get("/take-in", sync_to_thread=True)
def the_form(request: Asks, person: Who) -> Response[Any]:
    """The page."""
    return _page(request, person)


@post("/take-in/send", sync_to_thread=True, status_code=200)
def send(request: Asks, room: AtRoom, person: Who, data: Files) -> Response[Any]:
    """Look at files that were sent. They wait in a folder beside the mission; nothing is entered."""
    given = data.get("files", [])
    files = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, UploadFile)]
    files = [one for one in files if one.filename]
    if not 0 < len(files) <= MOST_FILES:
        raise FileNotRead("No file was sent, or too many.", f"Choose up to {MOST_FILES} files.")
    wished = Wished(source=str(data.get("source", "")).strip()[:200])
    waiting = [
        keep(room.path, one.filename, one.file.read(), room.exactly_us() // SECOND, room.chance) for one in files
    ]
    return _page(request, person, looked=[look(room.path, path.parent.name, wished) for path in waiting], wished=wished)


@post("/take-in/look", sync_to_thread=True, status_code=200)
def look_again(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Look at a file that waits, with other answers."""
    form = Form(data)
    wished = wished_of(form)
    return _page(request, person, looked=[look(room.path, form.one("token"), wished)], wished=wished)


@post("/take-in/enter", sync_to_thread=True, status_code=200)
def enter(request: Asks, room: AtRoom, person: Who, data: Sent) -> Response[Any]:
    """Take in a file that waits."""
    form = Form(data)
    taken = take(
        room.path, person, form.one("token"), wished_of(form), now_us=room.exactly_us(), chance=room.chance
    )  # fmt: skip
    return _page(request, person, taken=taken)


def wished_of(form: Form) -> Wished:
    """What a form says of its file. Raises `ValueNotRead` for an answer that is no number."""
    said = [form.one(f"step_{n}") for n in range(MOST_STEPS)]
    answers = [one for one in said if one]
    if not all(one.isascii() and one.isdigit() and len(one) < 4 for one in answers):
        raise ValueNotRead("An answer is no number of a choice.", "Choose from the lists.")
    return Wished(
        form.one("source").strip()[:200], form.one("table"), tuple(int(one) for one in answers) if answers else None
    )


def _page(
    request: Asks, person: Who, *, looked: list[Looked] | None = None, wished: Wished | None = None, taken: Any = None
) -> Response[Any]:
    return page(
        "take_in.html", request, person, title="Take in", looked=looked or [], wished=wished or Wished(), taken=taken
    )  # fmt: skip


HANDLERS = [the_form, send, look_again, enter]
