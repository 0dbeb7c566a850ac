"""Which incidents on the list a text may tell of: by day, by the names of the place, by kinds and by numbers of people.

The incidents are given with what is known of each: its days, its place's names in any script, words for what was used
and by whom, and how many were killed and hurt. A name counts by how rare its words are among the texts, and less where
it meets only across scripts. The worths below are ours and round; it proposes, and a person says which one it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from msgspec import Struct

from truceline.matching.wording import Wording
from truceline.matching.wording_days import MILLION, Span, weights_of
from truceline.matching.wording_kinds import HURT, KILLED, kinds_of
from truceline.matching.wording_names import consonants_of, words_of_name, written
from truceline.matching.wording_reasons import Reason
from truceline.matching.wording_said import Said
from truceline.matching.wording_terms import ACROSS
from truceline.matching.wording_text import Told, folded
from truceline.vocabulary.columns import Ints

MOST_PLACE = 11 * MILLION
ACROSS_SCRIPTS = 700
"""Thousandths that a name counts where the consonants meet in another script."""
KIND_SHARED, KIND_MISSING = 350, -400_000
"""Thousandths of a kind's rarity where both have it; millionths for each kind of the incident that the text lacks."""
PEOPLE_WITHIN, PEOPLE_OUTSIDE = 1_200_000, -700_000


class Listed(Struct, frozen=True):
    """An incident on the list. killed, hurt: from, to; None where not known. words: what was used, and by whom."""

    incident: str
    first: date
    last: date
    places: tuple[str, ...]
    words: str = ""
    killed: tuple[int, int] | None = None
    hurt: tuple[int, int] | None = None


class Ranked(Struct, frozen=True):
    """An incident a text may tell of, with the reasons, which add up to the weight (millionths of a doubling)."""

    incident: str
    weight: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Place:
    """A name's words: each with its consonants ("" for too few) and its rarity in millionths."""

    words: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Incidents:
    """Incidents made ready for texts. Make them with `of`."""

    listed: Sequence[Listed]
    wording: Wording
    places: Sequence[Sequence[_Place]]
    kinds: Sequence[frozenset[str]]

    @classmethod
    def of(cls, listed: Sequence[Listed], wording: Wording) -> "Incidents":
        """Ready for texts of this wording, which says how rare words are."""
        named = wording.background.named
        return cls(
            listed, wording, [[_place(name, wording) for name in one.places] for one in listed],
            [kinds_of(folded(one.words), named) for one in listed],
        )  # fmt: skip

    def ranked(self, one: int | Told, most: int = 10) -> list[Ranked]:
        """The likeliest incidents of a text, the heaviest first; in the list's order where equal."""
        said = self.wording.said[one] if isinstance(one, int) else self.wording.background.said(one)
        keys = consonants_of(said.told)
        days = self._days(said)
        others = [self._others(said, keys, at) for at in range(len(self.listed))]
        weight = days + np.array([sum(reason.weight for reason in three) for three in others], np.int64)
        order = np.lexsort((np.arange(len(weight)), -weight))[:most].tolist()
        day = _day_words(said, self.wording.background.span)
        return [
            Ranked(self.listed[at].incident, int(weight[at]), (Reason("day", day, int(days[at])), *others[at]))
            for at in order
        ]

    def _days(self, said: Said) -> Ints:
        """The weight of each incident's days."""
        span, of = self.wording.background.span, said.chances
        sums = np.zeros(span.count + 1, np.int64)
        sums[of.days + 1] = of.millionths
        sums = sums.cumsum()
        first = np.array([one.first.toordinal() for one in self.listed], np.int64) - span.first
        length = np.array([max((one.last - one.first).days, 0) + 1 for one in self.listed], np.int64)
        begin, end = (np.clip(at, 0, span.count) for at in (first, first + length))
        # What is spread goes by the weekday where the incident was on one day, and evenly where it lasted.
        shape = np.where(length == 1, of.shape()[(first + span.first - 1) % 7], 1_000)
        times = (sums[end] - sums[begin]) * span.count // length + of.rest * shape // 1_000
        return weights_of(times * MILLION)

    def _others(self, said: Said, keys: frozenset[str], at: int) -> tuple[Reason, Reason, Reason]:
        place = _place_reason(said, keys, self.places[at])
        return place, self._kinds(said, self.kinds[at]), _people(said, self.listed[at])

    def _kinds(self, said: Said, kinds: frozenset[str]) -> Reason:
        worth = self.wording.rows.kinds
        shared = sorted(kinds & said.kinds)
        weight = KIND_SHARED * sum(worth.get(kind, 0) for kind in shared) + KIND_MISSING * len(kinds - said.kinds)
        words = f"both name {', '.join(shared)}" if shared else "no kind in common"
        return Reason("kinds", words, weight)


def _day_words(said: Said, span: Span) -> str:
    day = said.chances.likeliest
    return (
        "the day of the text is not known"
        if day < 0
        else f"the text is likeliest of {date.fromordinal(day + span.first).isoformat()}"
    )


def _place(name: str, wording: Wording) -> _Place:
    rarity = wording.background.rarity
    made = []
    for term, key in words_of_name(name):
        standing = min([rarity.bits(term)] + ([rarity.bits(ACROSS + key)] if key else []))
        made.append((term, key, 1_000 * standing))
    return _Place(tuple(made))


def _place_reason(said: Said, keys: frozenset[str], places: Sequence[_Place]) -> Reason:
    best, words = 0, "no name of the place is in the text"
    for place in places:
        weight, found = _named(said.counted, keys, place)
        if weight > best:
            best, words = weight, f"the text names {', '.join(found)}"
    return Reason("place", words, min(best, MOST_PLACE))


def _named(counted: Mapping[str, int], keys: frozenset[str], place: _Place) -> tuple[int, list[str]]:
    """What the words of a name that are in the text count, less the more of it is missing."""
    hit, found = 0, []
    whole = sum(worth for *_, worth in place.words)
    for term, key, worth in place.words:
        if written(counted, term):
            hit += worth
            found.append(term)
        elif key and key in keys:
            hit += worth * ACROSS_SCRIPTS // 1_000
            found.append(term)
    return (hit * hit // whole if whole else 0), found


def _people(said: Said, incident: Listed) -> Reason:
    weight, words = 0, []
    for what, given in ((KILLED, incident.killed), (HURT, incident.hurt)):
        numbers = sorted(people.number for people in said.people if people.what == what)
        if not numbers or given is None:
            continue
        within = [number for number in numbers if given[0] <= number <= given[1]]
        weight += PEOPLE_WITHIN if within else PEOPLE_OUTSIDE
        words.append(f"{within[0]} {what} as on the list" if within else f"another number {what}")
    return Reason("people", ", ".join(words) or "no number of people to compare", weight)
