"""The catalogues: what the code says, collected from its source, and their compiled form.

Run as a program it brings the .po files up to date (new messages untranslated) and compiles them.
"""

import ast
import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOM = Path(__file__).parents[2] / "src" / "truceline" / "publication"
LANGUAGES = ("en", "ar")
PARTLY = ("ru", "fr")
"""Languages of the room alone: they have what it says of `SAID_THERE`, and English for the rest."""
SAID_THERE = {"sentences.py", "times.py", "clocks.py", "heat_map.py", "steps_picture.py"}
KEYWORDS = {"say": 1, "plain": 1, "markup": 1, "mark": 1, "many": 2, "mark_many": 2}
"""Calls that say a message, and how many forms it has."""

Message = str | tuple[str, ...]


def messages() -> dict[Message, list[str]]:
    """Every message in the room's source, and the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(ROOM.glob("*.py")):
        with path.open("rb") as source:
            calls = [node for node in ast.walk(ast.parse(source.read())) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            message = _message(call)
            if message is not None and path.name not in found.setdefault(message, []):
                found[message].append(path.name)
    return found


def messages_of(language: str) -> dict[Message, list[str]]:
    """The messages that a language's catalogue has."""
    every = messages()
    return every if language in LANGUAGES else {one: at for one, at in every.items() if SAID_THERE.intersection(at)}


def _message(call: ast.Call) -> Message | None:
    """The message a call says, if its first arguments are plain strings (calls inside calls are found too)."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = tuple(a.value for a in call.args[: KEYWORDS.get(name, 0)] if isinstance(a, ast.Constant))
    if not texts or not all(isinstance(text, str) for text in texts):
        return None
    return texts if len(texts) == 2 else texts[0]


def path_of(language: str, suffix: str) -> Path:
    """A language's catalogue: suffix po or mo."""
    return ROOM / "locale" / language / "LC_MESSAGES" / f"truceline.{suffix}"


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    with path_of(language, "po").open("rb") as source:
        return read_po(source, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of the .mo file."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def refreshed(language: str) -> Catalog:
    """The catalogue with exactly the messages of the source; English says what the source says."""
    old = read(language) if path_of(language, "po").exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="truceline", version="0", fuzzy=False, header_comment=_HEADER[language])
    new.creation_date = new.revision_date = datetime(2026, 11, 22, 12, tzinfo=UTC)
    new.last_translator, new.language_team, new.msgid_bugs_address = "Truceline project", language, "none"
    for message, files in messages_of(language).items():
        held = old.get(message)
        string = message if language == "en" else (held.string if held is not None else "")
        new.add(message, string, locations=[(name, None) for name in files])
    return new


_HEADER = {
    "en": "# English words of the bulletin. The message is the word; this catalogue repeats it.",
    "ar": "# Arabic words of the bulletin. NOT YET REVIEWED by a native speaker; the page says so.",
    "ru": "# Russian words of ledger and clocks in the room. NOT YET REVIEWED by a native speaker; pages say so.",
    "fr": "# French words of ledger and clocks in the room. NOT YET REVIEWED by a native speaker; pages say so.",
}


def main() -> None:
    """Bring the catalogues up to date and compile them."""
    for language in (*LANGUAGES, *PARTLY):
        catalogue = refreshed(language)
        path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        with path_of(language, "po").open("wb") as target:
            write_po(target, catalogue, width=110)
        with path_of(language, "po").open("rb") as source:
            path_of(language, "mo").write_bytes(compiled(read_po(source, locale=language)))


if __name__ == "__main__":
    main()
