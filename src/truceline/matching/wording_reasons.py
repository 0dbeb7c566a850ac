"""Why two texts weigh what they weigh together: the signals in words, and their sum."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from truceline.matching.wording_days import Span, days_weight
from truceline.matching.wording_said import Said
from truceline.matching.wording_terms import ACROSS
from truceline.matching.wording_weights import Weights, levels_of

MOST_WORDS = 4


class Reason(Struct, frozen=True):
    """A signal, what it says, and what that is worth in millionths of a doubling of the odds."""

    signal: str
    words: str
    weight: int


class Alike(Struct, frozen=True):
    """The weight of a pair (0 is even odds), the odds beforehand, and the reasons, which add up to it."""

    weight: int
    prior: int
    reasons: tuple[Reason, ...]


def explained(one: Said, other: Said, weights: Weights, worth: Mapping[str, int], span: Span) -> Alike:
    """The signals of a pair, in words."""
    words, kinds, people = levels_of(one, other, worth)
    reasons = (
        Reason(
            "day",
            _day_words(one, other, span),
            days_weight(one.chances, other.chances, span),
        ),
        Reason("words", _shared_words(one, other), weights.words[words]),
        Reason("kinds", _kinds_words(one, other), weights.kinds[kinds]),
        Reason("people", _people_words(one, other), weights.people[people]),
    )
    return Alike(weights.prior + sum(reason.weight for reason in reasons), weights.prior, reasons)


def _day_words(one: Said, other: Said, span: Span) -> str:
    days = [said.chances.likeliest for said in (one, other)]
    named = [date.fromordinal(day + span.first).isoformat() if day >= 0 else "" for day in days]
    if not all(named):
        return "the day of one is not known" if any(named) else "neither day is known"
    return f"both likeliest of {named[0]}" if named[0] == named[1] else f"likeliest of {named[0]} and of {named[1]}"


def _shared_words(one: Said, other: Said) -> str:
    """The words in common that count most; where there are none, the consonants that two scripts have in common."""
    both = one.weighed.keys() & other.weighed.keys()
    shared = sorted(both, key=lambda term: (-one.weighed[term] * other.weighed[term], term))
    words = [term for term in shared if not term.startswith(ACROSS)][:MOST_WORDS]
    if words:
        return f"the words in common that count most: {', '.join(words)}"
    names = ", ".join(term.removeprefix(ACROSS) for term in shared[:MOST_WORDS])
    return f"names with the same consonants: {names}" if names else "no word that counts in common"


def _kinds_words(one: Said, other: Said) -> str:
    if not (one.kinds and other.kinds):
        return "one names no kind"
    shared = sorted(one.kinds & other.kinds)
    return f"both name {', '.join(shared)}" if shared else "the kinds they name differ"


def _people_words(one: Said, other: Said) -> str:
    if not (one.people and other.people):
        return "one gives no number of people"
    shared = sorted(one.people & other.people)
    return (
        "both say " + ", ".join(f"{number} {what}" for what, number in shared)
        if shared
        else "no number of people is the same"
    )


def pair_weight(one: Said, other: Said, weights: Weights, worth: Mapping[str, int], span: Span) -> int:
    """The weight alone."""
    words, kinds, people = levels_of(one, other, worth)
    levels = weights.words[words] + weights.kinds[kinds] + weights.people[people]
    return weights.prior + days_weight(one.chances, other.chances, span) + levels
