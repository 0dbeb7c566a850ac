"""Which reports tell of one incident by their words alone: Arabic, Russian or English, dated or not.

For reports that come as text, without coordinates: four signals (the day, the words, the kinds, the people), each with
its reason in words, weights estimated from the texts themselves, an answer for one pair, for the nearest of one
report, for one that has just come, and for all. It proposes and never decides. The memory grows with the texts and not
with their pairs: a row of weights is made when it is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.errors import ValueNotRead
from truceline.matching.wording_days import MILLION, Shares, Span, dense
from truceline.matching.wording_kinds import Kinds
from truceline.matching.wording_reasons import Alike, explained, pair_weight
from truceline.matching.wording_rows import NOT_COMPARED, Rows
from truceline.matching.wording_said import Background, Said, read
from truceline.matching.wording_serials import dated, numbered
from truceline.matching.wording_text import Told
from truceline.matching.wording_weights import SHARP, Seen, Weights, usual
from truceline.vocabulary.columns import Ints

MOST_TEXTS = 20_000
MOST_SEEN = 4_000
"""Of the dated texts so many are looked at to estimate the weights, evenly by their report's id."""
ROUNDS = 2
MOST_LIKE, SHARPNESS, EVEN = 12, 20.0, 0.28
"""How texts alike in words help to date a page: the nearest so many, by e to the power of 20 times the likeness,
against one of likeness 0.28 that may be of any day. Ours."""


@dataclass(frozen=True)
class Wording:
    """Texts that can be compared. Make it with `of`."""

    said: Sequence[Said]
    background: Background
    weights: Weights
    rows: Rows

    @classmethod
    def of(
        cls,
        told: Sequence[Told],
        *,
        named: Kinds | None = None,
        span: Span | None = None,
        weights: Weights | None = None,
    ) -> "Wording":
        """Compare these. named: kinds of the caller's (the actors of a theatre, with beginnings of words); span: the
        days there are; weights: those of an earlier model, estimated from these texts where not given.

        Raises `ValueNotRead` for more than `MOST_TEXTS`.
        """
        if len(told) > MOST_TEXTS:
            raise ValueNotRead(
                f"{len(told)} texts are too many to compare by their words",
                f"Compare at most {MOST_TEXTS} at a time, for instance month by month.",
            )
        background, said = read(told, named or {}, span)
        counted = _estimated(said, background.span) if weights is None else weights
        first = said
        for _ in range(ROUNDS):
            said = _dated_again(first, said, background.span)
        return cls(said, background, counted, Rows.of(said, background.span))

    def __len__(self) -> int:
        return len(self.said)

    def weights_of(self, one: int | Told) -> Ints:
        """The weight of one text, held or just come, against every one held, in their order."""
        said = self.said[one] if isinstance(one, int) else self.background.said(one)
        made = self.rows.weights(said, self.weights)
        if isinstance(one, int):
            made[one] = NOT_COMPARED
        return made

    def nearest(self, one: int | Told, most: int = 10) -> list[tuple[int, int]]:
        """(position, weight) of those likeliest of one incident with it, the heaviest first; by id if equal."""
        weights = self.weights_of(one)
        order = np.lexsort((self.rows.rank, -weights))[:most]
        return [(int(at), int(weights[at])) for at in order if weights[at] > NOT_COMPARED]

    def alike(self, one: int | Told, other: int) -> Alike:
        """One pair, explained; also two reports of one source, which are not proposed."""
        said = self.said[one] if isinstance(one, int) else self.background.said(one)
        return explained(said, self.said[other], self.weights, self.rows.kinds, self.background.span)

    def proposals(self, least: int = 0) -> Iterator[tuple[int, int, int]]:
        """(one, other, weight) of all pairs that weigh at least so much, one < other."""
        for one in range(len(self)):
            weights = self.weights_of(one)
            for other in (np.flatnonzero(weights[one + 1 :] >= least) + one + 1).tolist():
                yield one, other, int(weights[other])

    def pair_weight(self, one: int, other: int) -> int:
        """What `weights_of` says of one pair."""
        return pair_weight(self.said[one], self.said[other], self.weights, self.rows.kinds, self.background.span)


def _estimated(said: Sequence[Said], span: Span) -> Weights:
    """The weights by the texts that are dated by themselves."""
    sharp = [one for one in said if one.chances.millionths.max(initial=0) > SHARP]
    if len(sharp) < 2:
        return usual(len(said))
    sharp = sorted(sharp, key=lambda one: one.told.report)[:: len(sharp) // MOST_SEEN + 1]
    rows, days = Rows.of(sharp, span), np.array([one.chances.likeliest for one in sharp], np.int64)
    seen = Seen()
    for at, one in enumerate(sharp):
        kept = np.flatnonzero((np.arange(len(sharp)) > at) & (rows.source != one.told.source))
        seen.add(np.abs(days[kept] - days[at]), [level[kept] for level in rows.levels(one)])
    return seen.weights(len(said))


def _dated_again(first: Sequence[Said], said: Sequence[Said], span: Span) -> list[Said]:
    """Pages whose source numbers them, dated by the pages around them and by the texts they are like.

    first: with what each page itself says of its day; said: as dated so far, for the likeness.
    """
    rows, made = Rows.of(said, span), list(first)
    for pages in numbered([one.told.source for one in first], [one.told.address for one in first]):
        own = [first[at].chances for at in pages.at]
        if all(one.rest < MILLION // 2 for one in own):
            continue
        found = dated(pages, own, [_by_likeness(said[at], said, rows, span) for at in pages.at], span)
        for at, chances in zip(pages.at, found or (), strict=False):
            made[at] = first[at].on(chances)
    return made


def _by_likeness(one: Said, said: Sequence[Said], rows: Rows, span: Span) -> Shares:
    """How many times likelier the texts of other sources that it is like make each day."""
    permille = np.where(rows.source == one.told.source, -1, rows.words_permille(one))
    order = np.lexsort((rows.rank, -permille))[:MOST_LIKE]
    shares = np.exp(SHARPNESS * permille[order] / 1_000)
    shares[permille[order] < 0] = 0
    even = float(np.exp(SHARPNESS * EVEN))
    likelier = sum(
        (share * span.count * dense(said[at].chances, span) for share, at in zip(shares, order, strict=True)),
        np.zeros(span.count),
    )
    made: Shares = (likelier + even) / (float(shares.sum()) + even)
    return made
