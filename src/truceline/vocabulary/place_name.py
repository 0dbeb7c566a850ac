"""A place name as somebody said it: the words in their own script, what others made of them, and which place it is.

The words are never changed. Transcription (the same sounds in other letters) and translation are
separate, each with who made it; a resolution is added to the ones before, so a wrong one is corrected
without losing anything. "Unresolved" is a resolution too.
"""

import msgspec

from truceline.errors import ValueNotRead
from truceline.vocabulary.spelling import MOST_CHARACTERS, reads_from_the_right, script_of


class Rendering(msgspec.Struct, frozen=True):
    """The words in another script or language (BCP 47), and who made them so."""

    text: str
    language: str
    by: str


class Resolution(msgspec.Struct, frozen=True):
    """Which place of the gazetteer was meant; `place_id` None means: looked at, and left unresolved."""

    place_id: str | None
    by: str
    because: str
    at_us: int


class SaidName(msgspec.Struct, frozen=True):
    """The words of a name, the language they were said in, and everything that was added since."""

    words: str
    language: str
    transcriptions: tuple[Rendering, ...] = ()
    translations: tuple[Rendering, ...] = ()
    resolutions: tuple[Resolution, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.words.strip()) <= MOST_CHARACTERS:
            raise ValueNotRead("a place name is empty or too long", f"Write 1 to {MOST_CHARACTERS} characters.")

    @property
    def script(self) -> str:
        """Arabic, Cyrillic, Latin or ""."""
        return script_of(self.words)

    @property
    def from_the_right(self) -> bool:
        """The words are entered and shown from right to left."""
        return reads_from_the_right(self.words)

    @property
    def place_id(self) -> str | None:
        """The place of the last resolution; None where there is none, or where it was left unresolved."""
        return self.resolutions[-1].place_id if self.resolutions else None

    def transcribed(self, text: str, language: str, by: str) -> "SaidName":
        """With one more transcription."""
        return msgspec.structs.replace(self, transcriptions=(*self.transcriptions, _rendering(text, language, by)))

    def translated(self, text: str, language: str, by: str) -> "SaidName":
        """With one more translation."""
        return msgspec.structs.replace(self, translations=(*self.translations, _rendering(text, language, by)))

    def resolved(self, place_id: str | None, by: str, because: str, at_us: int) -> "SaidName":
        """With one more resolution, which now holds; the ones before stay. Raises `ValueNotRead` without a reason."""
        if not (by.strip() and because.strip()):
            raise ValueNotRead("a resolution needs who made it and why", "Give both.")
        made = Resolution(place_id, by, because, at_us)
        return msgspec.structs.replace(self, resolutions=(*self.resolutions, made))


def _rendering(text: str, language: str, by: str) -> Rendering:
    if not (text.strip() and by.strip()):
        raise ValueNotRead("a transcription or translation needs its text and who made it", "Give both.")
    return Rendering(text, language, by)
