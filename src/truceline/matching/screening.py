"""Which entries of a list a name may mean: proposed with a score and the reasons, never decided.

Three signals, of which the strongest counts: the same name but for case, marks and articles; the same consonants, read
across scripts (`vocabulary.spelling`); and how alike the library finds the words (`name_scores`).
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from truceline.matching.name_scores import WHOLE, Likeness, Scorer
from truceline.vocabulary.spelling import folded, skeleton

SAME_CONSONANTS = 850
"""Consonants alone are much, and not all: different words share them. In thousandths, and ours."""
LEAST = 700
"""Below it nothing is proposed. In thousandths, and ours: measured in docs/how-to/screen-a-name.md."""
MOST = 20
"""So many entries are shown."""
LEAST_CONSONANTS = 4


class Listed(Struct, frozen=True):
    """An entry as it is searched: `person` or `organisation`, and every spelling of its names."""

    kind: str
    spellings: tuple[str, ...]


class Proposal(Struct, frozen=True):
    """An entry that the name may mean: the spelling nearest to it, the score in thousandths, and why."""

    entry: str
    spelling: str
    score: int
    reasons: tuple[str, ...]


def screened(
    asked: str, entries: Mapping[str, Listed], scorer: Scorer | None, least: int = LEAST, others: Iterable[str] = ()
) -> list[Proposal]:
    """Entries, by reference, that the name asked for may mean, the nearest first.

    others: further names of the same one, in whatever script: held against the list by their letters and consonants.
    """
    names = {name: (folded(name), _consonants(name)) for name in dict.fromkeys((asked, *others))}
    found = (_nearest(asked, names, entry, held, scorer) for entry, held in entries.items())
    near = [one for one in found if one.score >= least]
    return sorted(near, key=lambda one: (-one.score, one.entry))[:MOST]


def _nearest(
    asked: str, names: Mapping[str, tuple[str, str]], entry: str, held: Listed, scorer: Scorer | None
) -> Proposal:
    """The spelling of one entry that is nearest; by the library only where no letters say it."""
    found = [_spelled(names, entry, other) for other in held.spellings]
    best = max(found, key=_score)
    if best.score < WHOLE and scorer is not None:
        alike = scorer.scores(asked, held.spellings, held.kind)
        found = [_with(one, words) for one, words in zip(found, alike, strict=True)]
    return max(found, key=_score)


def _score(one: Proposal) -> int:
    return one.score


def _spelled(names: Mapping[str, tuple[str, str]], entry: str, other: str) -> Proposal:
    """By letters and consonants alone."""
    letters, consonants = folded(other), _consonants(other)
    for name, (own, _) in names.items():
        if own and own == letters:
            return Proposal(entry, other, WHOLE, (f"{name!r} but for case, marks and articles",))
    for name, (_, own) in names.items():
        if own and own == consonants:
            return Proposal(entry, other, SAME_CONSONANTS, (f"the same consonants as {name!r}: {consonants}",))
    return Proposal(entry, other, 0, ())


def _consonants(name: str) -> str:
    """The consonants, or none where they are too few to say anything."""
    found = skeleton(name)
    return found if len(found) >= LEAST_CONSONANTS else ""


def _with(one: Proposal, words: Likeness) -> Proposal:
    reasons = (*one.reasons, f"words: {', '.join(words.pairs)}") if words.score else one.reasons
    return Proposal(one.entry, one.spelling, max(one.score, words.score), reasons)
