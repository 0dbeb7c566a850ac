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
from truceline.vocabulary.role import Person
from truceline.web.asking import kept_of, link_of
from truceline.web.room import LANGUAGES

PAGES = (
    ("/", "Today"), ("/map", "Map"), ("/ledger", "Ledger"), ("/inbox", "Inbox"), ("/cases", "Cases"),
    ("/record", "Record"),
)  # fmt: skip
"""The pages beside the text, in order: address and name."""
SAID_BY_CODE = (
    "reporter", "analyst", "duty officer", "head of cell", "co chair", "reader", "auditor", "reported", "stopped",
    "available", "opened", "withheld", "same", "different", "unsure", "Sign in", "Invitation", "Not done",
)  # fmt: skip
"""Words that templates say by a value: roles, states of coverage, what a release does, titles."""
NAMES = {
    "en": "English",
    "ar": "العربية",
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
        "pages": PAGES, "here": path, "link": link_of(kept), "csrf_field": _csrf(request), "kept": kept,
        "languages": [(one, name, _other_language(request, one)) for one, name in NAMES.items()],
    }  # fmt: skip


def _other_language(request: Request[Any, Any, Any], language: str) -> str:
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return link_of([*rest, ("lang", language)])(request.url.path)


def _csrf(request: Request[Any, Any, Any]) -> Markup:
    """The hidden field that Litestar's guard against forged requests looks for in a form."""
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(csrf_token({"request": request}))
