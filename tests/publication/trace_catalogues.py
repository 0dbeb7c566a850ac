"""The catalogues of traces: the sentences of clause kinds and the words around them, and their compiled form.

Run as a program it brings the .po files up to date (new messages untranslated) and compiles them.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).parent))

import catalogues

from truceline.compliance.kinds import KINDS
from truceline.compliance.trace_words import SHARED
from truceline.publication.traces import LINES, OUTCOMES, VALUES, WHO

LANGUAGES = catalogues.LANGUAGES


def messages() -> dict[str, list[str]]:
    """Every message, and where it is said: a code with its kind, or the room's words."""
    found: dict[str, list[str]] = {}
    said = [(code, sentence) for code, sentence in SHARED.items()]
    said += [(f"{name}:{code}", text) for name, kind in KINDS.items() for code, text in kind.sentences.items()]
    said += [("traces.py", text) for text in (*OUTCOMES, WHO, *(one for words in VALUES.values() for one in words))]
    said += [("traces.py", text) for text in LINES]
    for where, text in said:
        if where not in found.setdefault(text, []):
            found[text].append(where)
    return found


def path_of(language: str, suffix: str) -> Path:
    """A language's catalogue: suffix po or mo."""
    return catalogues.path_of(language, suffix).with_name(f"traces.{suffix}")


def read(language: str) -> Catalog:
    """The catalogue of a language."""
    with path_of(language, "po").open("rb") as source:
        return read_po(source, locale=language)


def refreshed(language: str) -> Catalog:
    """The catalogue with exactly these messages; English says what the source says."""
    old = read(language) if path_of(language, "po").exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="truceline", version="0", fuzzy=False, header_comment=_HEADER[language])
    new.creation_date = new.revision_date = datetime(2026, 11, 23, 12, tzinfo=UTC)
    new.last_translator, new.language_team, new.msgid_bugs_address = "Truceline project", language, "none"
    for message, places in messages().items():
        held = old.get(message)
        string = message if language == "en" else (held.string if held is not None else "")
        new.add(message, string, locations=[(place, None) for place in places])
    return new


_HEADER = {
    "en": "# English words of traces. The message is the word; this catalogue repeats it.",
    "ar": "# Arabic words of traces. NOT YET REVIEWED by a native speaker; `why` says so.",
}


def main() -> None:
    """Bring both catalogues up to date and compile them."""
    for language in LANGUAGES:
        catalogue = refreshed(language)
        with path_of(language, "po").open("wb") as target:
            write_po(target, catalogue, width=110)
        path_of(language, "mo").write_bytes(catalogues.compiled(read(language)))


if __name__ == "__main__":
    main()
