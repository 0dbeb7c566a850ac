"""What is searched for, and whether a text has it: words as `spelling` folds them, so that scripts' variants meet.

Case, marks over letters, the spellings of alif, hamza, ta marbuta and yeh, an Arabic article and the digits of a script
make no difference. A word finds words that begin with it; words "in quotes" stand one after the other, whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.vocabulary.spelling import folded_words

MOST_ASKED, MOST_TERMS, MOST_TEXT = 200, 12, 20_000
"""Characters asked for at most, terms of them, and characters of a text that are looked through."""
SHORT = 2
"""A word of fewer letters is the beginning of nothing: it is looked for as it stands."""
AROUND = 70
"""Characters before and after what was found."""
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_RUN = re.compile(r"[^\s/،,;:.()\[\]\"«»]+")


class Term(Struct, frozen=True):
    """Words that stand one after the other. whole: the last of them is a whole word, and not the beginning of one."""

    words: tuple[str, ...]
    whole: bool


class Piece(Struct, frozen=True):
    """A part of a text; found: it is what was searched for."""

    text: str
    found: bool


def terms_of(asked: str) -> tuple[Term, ...]:
    """What is asked for: all of it has to be there. Empty where there is no word. Raises `ValueNotRead`."""
    if len(asked) > MOST_ASKED:
        raise ValueNotRead("That is too long to search for.", f"At most {MOST_ASKED} characters.")
    found = []
    for quoted, word in _ASKED.findall(asked):
        words = words_of(quoted or word)
        if words:
            found.append(Term(words, whole=bool(quoted) or len(words[-1]) < SHORT))
    if len(found) > MOST_TERMS:
        raise ValueNotRead("Those are too many words to search for.", f"At most {MOST_TERMS}.")
    return tuple(found)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return _words_of(text[:MOST_TEXT])


@lru_cache(8_192)
def _words_of(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("`", "")))
    return tuple(folded_words("".join(map(_digit, text))))


def _digit(letter: str) -> str:
    """A digit of any script as 0 to 9."""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def fits(terms: Sequence[Term], texts: Iterable[str]) -> bool:
    """Whether every term stands in one of the texts."""
    read = [words_of(text) for text in texts]
    return all(any(_stands(term, words) for words in read) for term in terms)


def _stands(term: Term, words: tuple[str, ...]) -> bool:
    *first, last = term.words
    many = len(term.words)
    return any(
        list(words[at : at + many - 1]) == first
        and (words[at + many - 1] == last if term.whole else words[at + many - 1].startswith(last))
        for at in range(len(words) - many + 1)
    )


def pieces(text: str, terms: Sequence[Term], around: int = AROUND) -> tuple[Piece, ...]:
    """The text about the first word that was found, with every such word apart; its beginning where there is none."""
    runs = [(run.start(), run.end()) for run in _RUN.finditer(text[:MOST_TEXT]) if _is_found(run.group(), terms)]
    first = max(runs[0][0] - around, 0) if runs else 0
    last = min(max(runs[0][1] if runs else 0, first + around) + around, len(text))
    cut = [Piece("…", False)] if first else []
    cut += [one for one in _parted(text, runs, first, last) if one.text]
    return (*cut, Piece("…", False)) if last < len(text) else tuple(cut)


def _parted(text: str, runs: Sequence[tuple[int, int]], first: int, last: int) -> Iterator[Piece]:
    at = first
    for start, end in runs:
        if end > last:
            break
        yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    yield Piece(text[at:last], False)


def _is_found(run: str, terms: Sequence[Term]) -> bool:
    return any(_matches(term, word) for word in words_of(run) for term in terms)


def _matches(term: Term, word: str) -> bool:
    *first, last = term.words
    return word in first or (word == last if term.whole else word.startswith(last))
