"""Whether a text names a place: the words of the name that are its own, in the text's script or across scripts."""

from collections.abc import Container, Sequence

from truceline.matching.wording_terms import consonants
from truceline.matching.wording_text import Told, folded, without_article, words_of

_GENERIC = frozenset(
    folded(
        "قرية بلدة مدينة حي ريف محيط بالقرب قرب طريق الطريق بين و في من على شمال جنوب شرق غرب شمالي جنوبي شرقي غربي "
        "الشمالي الجنوبي الشرقي الغربي أطراف منطقة ناحية village town city neighborhood neighbourhood area countryside "
        "vicinity near road between and the of in eastern western northern southern east west north south rural al el "
        "ar as ash at ad an az on district outskirts governorate село город посёлок район у под"
    ).lower().split()
)  # fmt: skip
"""Words of a name that many names have."""


def names_in(told: Told, places: Sequence[str]) -> bool:
    """A text has all words of one of the names, in whatever script."""
    words = frozenset(without_article(word.lower()) for word in words_of(folded(f"{told.title}\n{told.text}")))
    keys = consonants_of(told)
    spelled = [[(term, key) for term, key in words_of_name(name)] for name in places]
    return any(name and all(_has(words, keys, *word) for word in name) for name in spelled)


def words_of_name(name: str) -> list[tuple[str, str]]:
    """The words of a name that are its own, and the consonants of each ("" for too few)."""
    made = []
    for word in words_of(folded(name)):
        term = without_article(word.lower())
        if not (word.lower() in _GENERIC or term in _GENERIC or word.isdecimal()):
            made.append((term, consonants(word)))
    return made


def _has(words: Container[str], keys: frozenset[str], term: str, key: str) -> bool:
    return written(words, term) or bool(key and key in keys)


def written(words: Container[str], term: str) -> bool:
    """The word is there, or with a letter for and, by or for written onto it."""
    return term in words or any(letter + term in words for letter in "وبل")


def consonants_of(told: Told) -> frozenset[str]:
    """Consonants of the words that may be names, and of each two together (كفر نوران, Kafrnoran)."""
    words = words_of(folded(f"{told.title}\n{told.text}"))
    made: set[str] = set()
    for at, word in enumerate(words):
        if word[0].islower() or word.isdecimal():
            continue
        joined = word + words[at + 1] if at + 1 < len(words) and not words[at + 1][0].islower() else ""
        forms = [word, joined] + ([word[1:]] if word[0] in "وبلف" and len(word) >= 4 else [])
        made |= {consonants(form) for form in forms if form}
    return frozenset(made - {""})
