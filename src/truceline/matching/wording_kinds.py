"""What a text says was used and hit, and how many people it says were killed or hurt: words in lists, for editors."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from truceline.matching.wording_text import folded, without_article, words_of
from truceline.vocabulary.plain_yaml import read_yaml

MOST_WORDS = 4_000
MOST_PEOPLE = 500
"""A larger number is a sum over time, not of one incident."""
REACH_AFTER, REACH_BEFORE, REACH_ONE = 4, 3, 2
"""A number stands at most so many words after "killed", or before it; one person so many after."""
KILLED, HURT = "killed", "hurt"
_JOINED = "وبلف"
"""Letters for and, by, for, then, which Arabic writes onto the next word."""
Kinds = Mapping[str, Sequence[str]]


class People(NamedTuple):
    """So many people killed, or hurt."""

    what: str
    number: int


class _Lists(msgspec.Struct, frozen=True):
    kinds: dict[str, dict[str, str]]
    people: dict[str, str]
    numbers: dict[str, str]
    one_of: str
    two_of: str
    units: str


@dataclass(frozen=True)
class _Words:
    """The lists as they are looked up."""

    begun: dict[str, str]
    people: dict[str, str]
    numbers: dict[str, int]
    one_of: frozenset[str]
    two: re.Pattern[str]
    units: frozenset[str]


@cache
def _words() -> _Words:
    content = (files("truceline") / "matching" / "wording_words.yaml").read_bytes()
    lists = msgspec.convert(read_yaml(content).value, _Lists)
    begun = {key: kind for kind, said in lists.kinds.items() for key in _keys(" ".join(said.values()))}
    people = {key: what for what, said in lists.people.items() for key in _keys(said)}
    numbers = {key: int(number) for number, said in lists.numbers.items() for key in _keys(said)}
    two = re.compile(rf"(?:ال)?(?:{'|'.join(_keys(lists.two_of))})(?:ين|ان|ي|تين|تان)")
    return _Words(begun, people, numbers, frozenset(_keys(lists.one_of)), two, frozenset(_keys(lists.units)))


def _keys(said: str) -> list[str]:
    return folded(said).lower().split()


def kinds_of(text: str, named: Kinds | None = None) -> frozenset[str]:
    """The kinds a folded text has words of. named: further kinds with beginnings of words, such as the actors of a
    theatre; they are the caller's."""
    begun = _words().begun | {key: kind for kind, said in (named or {}).items() for key in _keys(" ".join(said))}
    lengths = sorted({len(key) for key in begun})
    found = set()
    for word in words_of(text)[:MOST_WORDS]:
        for form in _forms(word.lower()):
            found |= {begun[form[:length]] for length in lengths if form[:length] in begun}
    return frozenset(found)


def people_of(text: str) -> frozenset[People]:
    """The numbers of killed and hurt that a folded text gives: "11 hurt", "killed two", طفلين beside استشهاد.

    A number goes with the nearer of the words for killed or hurt before it and after it; one that Arabic says by the
    form of the word (طفلين) only with one before it.
    """
    words = [word.lower() for word in words_of(text)[:MOST_WORDS]]
    roles = [_role(word) for word in words]
    found = set()
    for at in range(len(words)):
        number, written = _number(words, at)
        if not 0 < number < MOST_PEOPLE:
            continue
        reach = REACH_AFTER if written or number > 1 else REACH_ONE
        before = roles[max(at - reach, 0) : at][::-1]
        after = roles[at + 1 : at + 1 + REACH_BEFORE] if written else []
        if what := _nearer(after, before):
            found.add(People(what, number))
    return frozenset(found)


def _nearer(one: Sequence[str], other: Sequence[str]) -> str:
    """What stands first in either row, of the first one where both do."""
    pairs = zip_longest(one, other, fillvalue="")
    return next((a or b for a, b in pairs if a or b), "")


def _number(words: Sequence[str], at: int) -> tuple[int, bool]:
    """The number a word stands for, 0 for none, and whether it is a number rather than people of whom there are so
    many (طفل, طفلين)."""
    known, word = _words(), words[at]
    if word.isdecimal():
        unit = len(word) > 3 or (at + 1 < len(words) and words[at + 1] in known.units)
        return (0 if unit else int(word)), True
    if word in known.numbers:
        return known.numbers[word], True
    if any(known.two.fullmatch(form) for form in _forms(word)):
        return 2, False
    return int(word in known.one_of and not (at and _is_number(words[at - 1]))), False


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in _words().numbers


def _role(word: str) -> str:
    return next((_words().people[form] for form in _forms(word) if form in _words().people), "")


def _forms(word: str) -> Iterator[str]:
    """The word, without its article, and without a letter written onto it."""
    yield word
    bare = without_article(word)
    if bare != word:
        yield bare
    if word[0] in _JOINED and len(word) >= 4:
        yield word[1:]
