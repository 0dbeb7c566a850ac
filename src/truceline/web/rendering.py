"""From a page's model to HTML: templates with every value escaped, words from catalogues, nothing from elsewhere."""

import gettext
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.template.base import csrf_token
from markupsafe import Markup

from truceline.pipeline.room.heading import Heading
from truceline.vocabulary.role import INVITES, SENDS, Person
from truceline.web.asking import kept_of, link_of
from truceline.web.coded_words import OF_AGREEMENTS
from truceline.web.looks import KEYS, LOOKS, looks_of
from truceline.web.room import LANGUAGES
from truceline.web.sessions import FIRST, may_clear, may_open

PAGES = (
    ("/", "Today"), ("/map", "Map"), ("/ledger", "Ledger"), ("/inbox", "Inbox"), ("/cases", "Cases"),
    ("/agreement", "Agreement"), ("/territory", "Territory"), ("/take-in", "Take in"), ("/send", "Send a report"),
    ("/reports", "Reports"),
    ("/search", "Search"), ("/clearing", "Who may see what"), ("/releases", "Releases"), ("/released", "Released"),
    ("/record", "Record"), ("/people", "People"),
)  # fmt: skip
"""The pages beside the text, in order: address and name."""
SAID_BY_CODE = (
    "reporter", "analyst", "duty officer", "head of cell", "co chair", "reader", "auditor", "reported", "stopped",
    "co chairs", "task force", "council", "public", "given", "not needed", "available", "opened", "withheld",
    "source", "when", "where", "who", "what", "rest", "same", "different", "unsure", "happened", "did not happen",
    "undetermined", "Sign in", "Invitation", "Not done", "Sit down", "The link", "reports", "coverage", "tallies",
    "case", "move", "step", "finding", "determination", "judgement", "recall", "reinstatement", "withdrawal", "measure",
    "meeting", "exhibit", *(does for _, does in KEYS),
    *OF_AGREEMENTS, "Report", "surely", "maybe", "no", "term", "Being worked out", "Settings", "Tokens",
    "Each area on each day",
    "Each area on each day; a cell opens its reasons, incidents and coverage",
)  # fmt: skip
"""Words that templates say by a value: roles, states of coverage, what a release does, titles."""
NAMES = {
    "en": "English",
    "ar": "العربية",
    "ru": "Русский",
    "fr": "Français",
}


@lru_cache
def templates() -> Environment:
    """The environment: escapes everything, and refuses a name that a page was not given."""
    return Environment(
        loader=PackageLoader("truceline.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip


@lru_cache
def words(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English where it has none."""
    path = files("truceline.web") / "locale" / language / "LC_MESSAGES" / "room.mo"
    if language not in LANGUAGES or not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as catalogue:
        return gettext.GNUTranslations(catalogue)


def page(
    template: str, request: Request[Any, Any, Any], person: Person | None, *, title: str,
    heading: Heading | None = None, status: int = 200, **model: object,
) -> Response[Any]:  # fmt: skip
    """A page as an answer. To a fragment request (header HX-Request) its main part alone.

    heading: what the foot says; None where a page rests on no answer. person: None before signing in.
    """
    said = _said(request, person, title, heading)
    content = templates().get_template(template).render({**said, **model})
    if request.headers.get("HX-Request"):
        content = main_of(content)
    answer = Response(content, media_type=MediaType.HTML, status_code=status, headers={"cache-control": "no-store"})
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie("lang", said["lang"], samesite="strict", httponly=True)
    return answer


def main_of(content: str) -> str:
    """What stands in a page's <main>; all of what has none."""
    _, begins, rest = content.partition('<main id="main" tabindex="-1">')
    return rest.rpartition("</main>")[0] if begins else content


def pages_for(person: Person | None) -> tuple[tuple[str, str], ...]:
    """The pages beside the text that are open to this person."""
    if person is None:
        return ()
    closed = {"/"} if person.role in FIRST else set()
    if not may_clear(person):
        closed.add("/clearing")
    if person.role not in INVITES:
        closed.add("/people")
    if person.role not in SENDS:
        closed.add("/send")
    return tuple(one for one in PAGES if one[0] not in closed and may_open(person.role, one[0]))


def _said(
    request: Request[Any, Any, Any], person: Person | None, title: str, heading: Heading | None
) -> dict[str, Any]:
    """What base.html is given for every page."""
    asked = request.query_params.get("lang", "") or request.cookies.get("lang", "")
    lang = asked if asked in LANGUAGES else "en"
    say, path = words(lang), request.url.path
    kept = kept_of(request.query_params)
    return {
        "_": say.gettext, "lang": lang, "dir": LANGUAGES[lang], "person": person, "title": title, "heading": heading,
        "pages": pages_for(person), "here": path, "link": link_of(kept), "csrf_field": _csrf(request), "kept": kept,
        "looks": looks_of(request.cookies.get(LOOKS, "")), "looks_keys": KEYS,
        "exercise": getattr(request.app.state, "exercise", None),
        "languages": [(one, name, _other_language(request, one)) for one, name in NAMES.items()],
    }  # fmt: skip


def _other_language(request: Request[Any, Any, Any], language: str) -> str:
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return link_of([*rest, ("lang", language)])(request.url.path)


def _csrf(request: Request[Any, Any, Any]) -> Markup:
    """The hidden field that Litestar's guard against forged requests looks for in a form."""
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(csrf_token({"request": request}))
