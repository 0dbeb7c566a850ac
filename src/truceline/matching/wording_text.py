"""What a page or message says, without what stands around it: menus, repeated titles, letters pulled apart.

Pages that were fetched carry the headlines and the day of the fetch. A line that several pages of one source have is
no part of what one of them tells; a title that comes twice or thrice is said once. Words that somebody pulled apart so
that they would not be found (قـ ـصـ ـف) are put together again. Nothing kept is changed: this is for comparing only.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from truceline.vocabulary.digits import ascii_digits

MOST_CHARACTERS = 20_000
"""Of a text, of a title and of an address so many characters are read."""
SHORTEST_TITLE = 12
"""A shorter beginning that comes again is a word, not a title."""
_LETTERS = str.maketrans({
    "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "گ": "ك", "ھ": "ه", "ہ": "ه", "ء": None, "ٱ": "ا", "ё": "е",
    **dict.fromkeys("'’‘ʿʾ`´ʼʻʹ′"),
})  # fmt: skip
_PULLED_APART = re.compile(r"ـ\s+ـ|ـ")
_WORD = re.compile(r"[^\W\d_]+|\d+")


class Told(Struct, frozen=True):
    """A report in words: who published it, its text, and where given its title, its address and when it was published
    (both as the source wrote them)."""

    report: str
    source: str
    text: str
    title: str = ""
    address: str = ""
    published: str = ""


class Page(NamedTuple):
    """The title and the lines that are the page's own, folded; and the lines that other pages of the source have."""

    title: str
    lines: tuple[str, ...]
    around: tuple[str, ...]

    @property
    def text(self) -> str:
        """Title and lines."""
        return "\n".join((self.title, *self.lines))


def pages(told: Sequence[Told], around: frozenset[tuple[str, str]] | None = None) -> list[Page]:
    """The page of each report. `around`: (source, line) known to be repeated; found among these where not given."""
    found = [_lines(one) for one in told]
    repeated = repeated_lines(told) if around is None else around
    return [
        Page(
            said_once(folded(one.title[:MOST_CHARACTERS])),
            tuple(line for line in lines if (one.source, line) not in repeated),
            tuple(line for line in lines if (one.source, line) in repeated),
        )
        for one, lines in zip(told, found, strict=True)
    ]


def repeated_lines(told: Sequence[Told]) -> frozenset[tuple[str, str]]:
    """(source, line) of the lines that stand in two pages or more of one source under different titles."""
    under: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in told:
        for line in set(_lines(one)):
            under[one.source, line].add(one.title or one.text)
    return frozenset(key for key, titles in under.items() if len(titles) > 1)


def folded(text: str) -> str:
    """One spelling of digits, spaces, marks and Arabic letters; case stays, since it tells names in Latin letters."""
    bare = unicodedata.normalize("NFKD", _PULLED_APART.sub("", ascii_digits(text)))
    bare = "".join(c for c in bare if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return " ".join(bare.translate(_LETTERS).split())


def said_once(title: str) -> str:
    """The title once, where it was repeated."""
    for length in range(SHORTEST_TITLE, len(title) // 2 + 1):
        begun = title[:length].strip()
        if len(begun) >= SHORTEST_TITLE and title[length:].lstrip().startswith(begun):
            return begun
    return title


def words_of(text: str) -> list[str]:
    """The words and numbers of a folded text, in order."""
    return _WORD.findall(text)


def without_article(word: str) -> str:
    """An Arabic word without the article and what is written with it (وال، بال، لل)."""
    if word.startswith(("وال", "بال", "فال", "كال")) and len(word) >= 6:
        return word[3:]
    if word.startswith("لل") and len(word) >= 5:
        return word[2:]
    return word[2:] if word.startswith("ال") and len(word) >= 5 else word


def _lines(one: Told) -> list[str]:
    lines = (folded(line) for line in one.text[:MOST_CHARACTERS].splitlines())
    return [line for line in lines if line]
