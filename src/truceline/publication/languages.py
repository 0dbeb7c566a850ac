"""The words of a page in each language, from gettext catalogues inside the package.

The message in the code is the English one. Catalogues are read from the package only; a language
without one is refused. `REVIEWED` says which have been read by a native speaker.
"""

import gettext
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from truceline.errors import TrucelineError
from truceline.publication.markup import ISOLATE, POP, Html, Said, escaped, figure, html, joined, shown
from truceline.vocabulary.agreement import Text

LANGUAGES = {"en": "ltr", "ar": "rtl"}
"""Languages of what is published, with their direction of writing."""
SPOKEN = {**LANGUAGES, "ru": "ltr", "fr": "ltr"}
"""Languages of the room: verdicts, clocks, reasons and dates; the rest of a bulletin is English in those added here."""

REVIEWED = frozenset({"en"})


def mark(message: str) -> str:
    """The message itself: marks it for the catalogues where it is written down before it is said."""
    return message


def mark_many(one: str, several: str) -> tuple[str, str]:
    """Both forms: marks a counted message for the catalogues."""
    return one, several


class Words:
    """One language: its messages, its direction, and the pack's texts in it."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self.direction = SPOKEN[language]
        self.mirrored = self.direction == "rtl"
        self._catalogue = catalogue

    def say(self, message: str, **values: str | int) -> Said:
        """The message with its values, each isolated from the sentence's direction."""
        return Said(self._catalogue.gettext(message).format(**{key: _set(value) for key, value in values.items()}))

    def plain(self, message: str, **values: str | int) -> str:
        """The message with values of our own making, not isolated: for dates and attributes."""
        return self._catalogue.gettext(message).format(**values)

    def many(self, one: str, several: str, n: int, **values: str | int) -> Said:
        """The form of the message that the number n takes in this language; `{n}` is the number."""
        said = self._catalogue.ngettext(one, several, n)
        return Said(said.format(n=_set(n), **{key: _set(value) for key, value in values.items()}))

    def markup(self, message: str, **values: object) -> Html:
        """The message as markup, its values markup too (buttons, times)."""
        pattern = escaped(self._catalogue.gettext(message))
        return Html(pattern.format(**{key: escaped(value) for key, value in values.items()}))

    def text(self, text: Text) -> str:
        """A pack's text in this language, in English where the pack has none."""
        return text.get(self.language) or text["en"]

    def listed(self, parts: Iterable[Html]) -> Html:
        """Several names one after the other, with this language's comma."""
        return joined(parts, escaped(self.plain(", ")))

    def pack(self, text: Text) -> Html:
        """The same as markup, marked as English where it is."""
        if text.get(self.language):
            return html("<bdi>$text</bdi>", text=text[self.language])
        return html('<bdi lang="en">$text</bdi>', text=text["en"])


def _set(value: str | int) -> str:
    return figure(value) if isinstance(value, int) else f"{ISOLATE}{shown(value)}{POP}"


@lru_cache
def words_for(language: str, catalogue: str = "truceline") -> Words:
    """The words of a language of `SPOKEN`, from one of the catalogues (in English
    where it has none of that name). Raises `TrucelineError` for any other."""
    if language not in SPOKEN:
        known = ", ".join(LANGUAGES)
        raise TrucelineError(f"There is no page in the language {language!r}.", f"Choose one of: {known}.")
    path = _compiled(language, catalogue)
    if not path.is_file():
        path = _compiled("en", catalogue)
    with path.open("rb") as compiled:
        return Words(language, gettext.GNUTranslations(compiled))


def _compiled(language: str, catalogue: str) -> Traversable:
    return files("truceline.publication") / "locale" / language / "LC_MESSAGES" / f"{catalogue}.mo"
