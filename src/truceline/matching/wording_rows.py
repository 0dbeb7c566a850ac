"""One text against many at once: the levels and weights that a pair gets by itself, from lists of who says what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.matching.wording_days import Span, beside, weights_of
from truceline.matching.wording_said import Said
from truceline.matching.wording_terms import Places, postings
from truceline.matching.wording_weights import KINDS_PERMILLE, PEOPLE, WORDS_PERMILLE, Weights, rarity_of_kinds
from truceline.vocabulary.columns import Ints

NOT_COMPARED = -1_000_000_000
"""The weight of a pair of one source, whose reports are presumed to tell of different incidents."""


@dataclass(frozen=True)
class Rows:
    """Texts as they are looked up: by term, by day, by number of people; their kinds; what is spread of their days."""

    said: Sequence[Said]
    span: Span
    kinds: Mapping[str, int]
    by_term: dict[str, Places]
    by_day: dict[int, Places]
    by_people: dict[str, Places]
    length: Ints
    has_kind: Ints
    kinds_worth: Ints
    counts: NDArray[np.bool_]
    by_weekday: Ints
    rest: Ints
    shape: Ints
    source: NDArray[np.str_]
    rank: Ints

    @classmethod
    def of(cls, said: Sequence[Said], span: Span) -> "Rows":
        """Made once for all rows."""
        kinds = rarity_of_kinds([one.kinds for one in said])
        listed = [
            dict(zip(map(str, one.chances.days.tolist()), one.chances.millionths.tolist(), strict=True)) for one in said
        ]
        has = np.array([[kind in one.kinds for kind in kinds] for one in said], np.int64).reshape(len(said), len(kinds))
        return cls(
            said, span, kinds, postings([one.weighed for one in said]),
            {int(day): places for day, places in postings(listed).items()},
            postings([{f"{what} {number}": 1 for what, number in one.people} for one in said]),
            np.array([one.length for one in said], np.int64), has, has @ np.array(list(kinds.values()), np.int64),
            np.array([bool(one.people) for one in said], np.bool_),
            np.array([one.chances.by_weekday for one in said], np.int64).reshape(-1, 7),
            np.array([one.chances.rest for one in said], np.int64),
            np.array([one.chances.shape() for one in said], np.int64).reshape(-1, 7),
            np.array([one.told.source for one in said]), _ranks(said),
        )  # fmt: skip

    def words_permille(self, one: Said) -> Ints:
        """How alike the words are, in thousandths."""
        made = np.zeros(len(self.said), np.int64)
        for term, weight in one.weighed.items():
            if places := self.by_term.get(term):
                made[places.at] += places.weight * weight
        return 1_000 * made // (self.length * one.length)

    def levels(self, one: Said) -> tuple[Ints, Ints, Ints]:
        """The levels of words, kinds and people."""
        words = np.searchsorted(np.array(WORDS_PERMILLE), self.words_permille(one), side="right")
        return words, self._kinds(one), self._people(one)

    def weights(self, one: Said, weights: Weights) -> Ints:
        """The weight against every text; `NOT_COMPARED` against those of its own source."""
        words, kinds, people = self.levels(one)
        made = weights.prior + self.days(one)
        made += np.array(weights.words)[words] + np.array(weights.kinds)[kinds] + np.array(weights.people)[people]
        made[self.source == one.told.source] = NOT_COMPARED
        return made

    def days(self, one: Said) -> Ints:
        """The weight of telling of one day, against every text."""
        of = one.chances
        met = np.zeros(len(self.said), np.int64)
        for day, share in zip(of.days.tolist(), of.millionths.tolist(), strict=True):
            if places := self.by_day.get(day):
                met[places.at] += places.weight * share
        return weights_of(
            met * self.span.count + beside(of.by_weekday, of.rest, of.shape(), self.by_weekday, self.rest, self.shape)
        )

    def _kinds(self, one: Said) -> Ints:
        mine = np.array([kind in one.kinds for kind in self.kinds], np.int64)
        worth = np.array(list(self.kinds.values()), np.int64)
        shared = self.has_kind @ (mine * worth)
        either = self.kinds_worth + int((mine * worth).sum()) - shared
        level = 1 + np.searchsorted(np.array(KINDS_PERMILLE), 1_000 * shared // np.maximum(either, 1), side="right")
        return np.where((self.kinds_worth > 0) & bool(mine.any()), level, 0)

    def _people(self, one: Said) -> Ints:
        shared = np.zeros(len(self.said), np.int64)
        for what, number in one.people:
            if places := self.by_people.get(f"{what} {number}"):
                shared[places.at] += 1
        return np.where(self.counts & bool(one.people), 1 + np.minimum(shared, PEOPLE - 2), 0)


def _ranks(said: Sequence[Said]) -> Ints:
    """The order of the reports' ids, which does not hang on how they came: it settles ties."""
    order = sorted(range(len(said)), key=lambda at: (said[at].told.report, said[at].told.source))
    made = np.zeros(len(said), np.int64)
    made[order] = np.arange(len(said))
    return made
