"""How the room looks and is worked for one browser: letters of the keyboard, light or dark, size of the text.

Kept in a cookie of the browser, and nowhere else: it says nothing about anybody. Letters are off until switched on, so
that who dictates or presses a key by chance does nothing (WCAG 2.1.4).
"""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from truceline.web.asking import kept_of, link_of
from truceline.web.forms import Form, Sent
from truceline.web.looks import LOOKS, SIZES, THEMES, Looks, looks_of
from truceline.web.rendering import page
from truceline.web.room import Who

Asks = Request[Any, Any, Any]
YEAR_S = 365 * 24 * 3600


@get("/settings", sync_to_thread=True)
def settings(request: Asks, person: Who) -> Response[Any]:
    """The page."""
    return page(
        "settings.html", request, person, title="Settings", chosen=looks_of(request.cookies.get(LOOKS, "")),
        themes=THEMES, sizes=SIZES,
        kept_now=request.query_params.get("done") == "1",
    )  # fmt: skip


@post("/settings/keep", sync_to_thread=True)
def keep(request: Asks, person: Who, data: Sent) -> Response[Any]:
    """Keep what was chosen in the cookie; what is no choice is left as it is without one."""
    form = Form(data)
    chosen = looks_of(Looks(form.one("letters") == "on", form.one("theme"), form.one("size")).text)
    answer = Redirect(link_of(kept_of(request.query_params))("/settings", done="1"), status_code=303)
    answer.set_cookie(LOOKS, chosen.text, max_age=YEAR_S, samesite="strict", httponly=True)
    return answer


HANDLERS = [settings, keep]
