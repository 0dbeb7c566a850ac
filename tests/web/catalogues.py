"""The room's catalogues: what its templates and its code say, and their compiled form.

Run as a program it brings the .po files up to date (new messages untranslated) and compiles them.
"""

import ast
import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from truceline.web.rendering import PAGES, SAID_BY_CODE

ROOM = Path(__file__).parents[2] / "src" / "truceline" / "web"
LANGUAGES = ("ar", "ru", "fr")
"""Languages with a catalogue; English is what the templates say."""


def messages() -> dict[str, list[str]]:
    """Every message of the templates, the pages' names and titles, and what is said by a code; and where it stands."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOM / "templates").glob("*.html")):
        for _, _, message in extract_from_ast(Environment(autoescape=True).parse(path.read_text("utf-8")), ("_",)):
            if isinstance(message, str):
                found.setdefault(message, []).append(path.name)
    for word in (*(name for _, name in PAGES), *SAID_BY_CODE, *titles()):
        found.setdefault(word, []).append("rendering.py")
    return {message: list(dict.fromkeys(files)) for message, files in found.items()}


def titles() -> list[str]:
    """Titles that pages are given."""
    calls = [
        node
        for path in sorted(ROOM.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page"
    ]
    words = [word.value for call in calls for word in call.keywords if word.arg == "title"]
    return sorted({str(word.value) for word in words if isinstance(word, ast.Constant)})


def path_of(language: str, suffix: str) -> Path:
    """A language's catalogue: suffix po or mo."""
    return ROOM / "locale" / language / "LC_MESSAGES" / f"room.{suffix}"


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    with path_of(language, "po").open("rb") as source:
        return read_po(source, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of the .mo file."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def refreshed(language: str, words: dict[str, str] | None = None) -> Catalog:
    """The catalogue with exactly the messages of the source; `words`: more translations, which count before the old."""
    old = read(language) if path_of(language, "po").exists() else Catalog(locale=language)
    comment = f"# Words of the room ({language}). NOT YET REVIEWED by a native speaker; every page says so."
    new = Catalog(locale=language, project="truceline", version="0", fuzzy=False, header_comment=comment)
    new.creation_date = new.revision_date = datetime(2026, 11, 23, 12, tzinfo=UTC)
    new.last_translator, new.language_team, new.msgid_bugs_address = "Truceline project", language, "none"
    for message, files in messages().items():
        held = old.get(message)
        string = (words or {}).get(message) or (held.string if held is not None else "")
        new.add(message, string, locations=[(name, None) for name in files])
    return new


def write(language: str, words: dict[str, str] | None = None) -> list[str]:
    """Write both files of a language; the messages that have no translation."""
    catalogue = refreshed(language, words)
    path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
    with path_of(language, "po").open("wb") as target:
        write_po(target, catalogue, width=110)
    with path_of(language, "po").open("rb") as source:
        path_of(language, "mo").write_bytes(compiled(read_po(source, locale=language)))
    return [str(one.id) for one in catalogue if one.id and not one.string]


if __name__ == "__main__":
    for each in LANGUAGES:
        print(each, "not translated:", write(each))
