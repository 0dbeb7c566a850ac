"""What a browser keeps of how the room looks: read from its cookie, where anything may stand."""

from typing import NamedTuple

LOOKS = "looks"
"""The name of the cookie."""
THEMES = ("system", "light", "dark")
SIZES = ("100", "115", "130", "150")
"""Sizes of the text, percent."""

KEYS = (
    ("/", "search"), ("?", "the list of keys"), ("j", "next"), ("k", "the one before"), ("Enter", "open it"),
    ("s", "same"), ("d", "different"), ("u", "unsure"), ("z", "take back the word entered last"),
    ("g t", "Today"), ("g m", "Map"), ("g l", "Ledger"), ("g i", "Inbox"), ("g c", "Cases"), ("g r", "Record"),
)  # fmt: skip
"""What each key does; the words are in the catalogues."""


class Looks(NamedTuple):
    """letters: whether single letters of the keyboard do something. theme: of `THEMES`. size: of `SIZES`."""

    letters: bool = False
    theme: str = THEMES[0]
    size: str = SIZES[0]

    @property
    def text(self) -> str:
        """As the cookie holds it."""
        return f"{'on' if self.letters else 'off'}.{self.theme}.{self.size}"


def looks_of(text: str) -> Looks:
    """What a cookie says; what it does not say, or what is no choice, as where there is none."""
    letters, theme, size = (*text.split(".", 2), "", "", "")[:3]
    return Looks(
        letters == "on", theme if theme in THEMES else THEMES[0], size if size in SIZES else SIZES[0]
    )  # fmt: skip
