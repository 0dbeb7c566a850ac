"""Words as they are compared: without article, case and vowels' marks, weighed by how rare they are.

A name in Latin or Cyrillic letters and the same name in Arabic meet in their consonants (`vocabulary.spelling`); of
Latin and Cyrillic words only those with a capital letter are taken for names. Two texts are as alike as the cosine of
their weighed words (Salton and Buckley 1988, Information Processing and Management 24:513-523), in thousandths.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import isqrt

import numpy as np

from truceline.matching.wording_days import logarithm
from truceline.matching.wording_text import folded, without_article, words_of
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.spelling import skeleton

ACROSS = "~"
"""Marks a term that is consonants."""
LEAST_CONSONANTS = 3
MOST_TERMS = 4_000
TIMES = (0, 1_000, 1_693, 2_099)
"""What a word counts that is said once, twice, three times or more (1 + ln n), in thousandths."""
LEAST_TEXTS, MOST_SHARE = 2, 300
"""Words of one text, and of more than so many thousandths of all texts, are not compared."""
_SMALL = frozenset(
    folded(
        "the of in and to a on at by for from with was were is are that this it as its an who which be has have had "
        "not or their his her they after said و في من على عن إلى التي الذي أن قد كما مع هذا هذه ما لا "
        "в и на с по что из"
    ).split()
)
_NUMBER = re.compile(r"\d+")


def terms(text: str) -> Counter[str]:
    """How often each word, and each name across scripts, stands in a folded text; numbers are left out."""
    made: Counter[str] = Counter()
    for word in words_of(text)[:MOST_TERMS]:
        low = word.lower()
        if low in _SMALL or _NUMBER.fullmatch(low):
            continue
        made[without_article(low)] += 1
        if key := across(word):
            made[ACROSS + key] += 1
    return made


@lru_cache(maxsize=100_000)
def consonants(word: str) -> str:
    """The consonants of a word, "" for fewer than `LEAST_CONSONANTS`."""
    key = skeleton(word)
    return key if len(key) >= LEAST_CONSONANTS else ""


def across(word: str) -> str:
    """The consonants of what may be a name, "" for another word or too few of them."""
    if word[0].islower():
        return ""
    return consonants(word)


@dataclass(frozen=True)
class Rarity:
    """In how many of `texts` texts each term stands."""

    texts: int
    standing: Mapping[str, int]

    @classmethod
    def of(cls, told: Sequence[Iterable[str]]) -> "Rarity":
        """Counted over these texts."""
        return cls(len(told), Counter(term for one in told for term in one))

    @cached_property
    def worth(self) -> dict[str, int]:
        """Of the terms that are compared: the logarithm (to the base 2, in thousandths) of how rare each is."""
        kept = [
            (term, many)
            for term, many in self.standing.items()
            if many >= LEAST_TEXTS and 1_000 * many <= MOST_SHARE * self.texts
        ]
        logs = (
            logarithm(np.array([self.texts]))[0] - logarithm(np.array([many for _, many in kept], np.int64))
        ) // 1_000
        return {term: int(log) for (term, _), log in zip(kept, logs, strict=True) if log > 0}

    def weighed(self, said: Mapping[str, int]) -> dict[str, int]:
        """What each compared term of a text counts."""
        found = {
            term: TIMES[min(many, 3)] * self.worth[term] // 1_000 for term, many in said.items() if term in self.worth
        }
        return dict(sorted(found.items()))

    def bits(self, term: str) -> int:
        """How rare a term is, in thousandths of a bit, also one that few or many texts have."""
        many = max(self.standing.get(term, 0), 1)
        return int(logarithm(np.array([max(self.texts, 1)]))[0] - logarithm(np.array([many]))[0]) // 1_000


def length(weighed: Mapping[str, int]) -> int:
    """The length of a weighed text."""
    return max(isqrt(sum(weight * weight for weight in weighed.values())), 1)


def alike_permille(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    """The cosine of two weighed texts, in thousandths; 0 where either has no words."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    shared = sum(weight * many[term] for term, weight in few.items() if term in many)
    return 1_000 * shared // (length(one) * length(other))


@dataclass(frozen=True)
class Places:
    """In which texts a term stands, rising, and what it counts there."""

    at: Ints
    weight: Ints


def postings(weighed: Sequence[Mapping[str, int]]) -> dict[str, Places]:
    """For each term the texts that have it."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for position, one in enumerate(weighed):
        for term, weight in one.items():
            at, weights = found.setdefault(term, ([], []))
            at.append(position)
            weights.append(weight)
    return {term: Places(np.array(at, np.int64), np.array(weights, np.int64)) for term, (at, weights) in found.items()}
