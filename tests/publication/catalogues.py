"""The catalogues: what the code says, collected from its source, and their compiled form.

Run as a program it brings the .po files up to date (new messages untranslated) and compiles them.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOM = Path(__file__).parents[2] / "src" / "truceline" / "publication"
LANGUAGES = ("en", "ar")
KEYWORDS = {"say": None, "plain": None, "markup": None, "mark": None, "many": (1, 2), "mark_many": (1, 2)}

Message = str | tuple[str, ...]


def messages() -> dict[Message, list[str]]:
    """Every message in the room's source, and the files it stands in."""
    found: dict[Message, list[str]] = {}
    for path in sorted(ROOM.glob("*.py")):
        with path.open("rb") as source:
            for _line, message, _comments, _context in extract("python", source, KEYWORDS):
                files = found.setdefault(message, [])
                if path.name not in files:
                    files.append(path.name)
    return found


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
    for message, files in messages().items():
        held = old.get(message)
        string = message if language == "en" else (held.string if held is not None else "")
        new.add(message, string, locations=[(name, None) for name in files])
    return new


_HEADER = {
    "en": "# English words of the bulletin. The message is the word; this catalogue repeats it.",
    "ar": "# Arabic words of the bulletin. NOT YET REVIEWED by a native speaker; the page says so.",
}


def main() -> None:
    """Bring both catalogues up to date and compile them."""
    for language in LANGUAGES:
        catalogue = refreshed(language)
        path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        with path_of(language, "po").open("wb") as target:
            write_po(target, catalogue, width=110)
        with path_of(language, "po").open("rb") as source:
            path_of(language, "mo").write_bytes(compiled(read_po(source, locale=language)))


if __name__ == "__main__":
    main()
