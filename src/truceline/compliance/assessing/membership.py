"""Which party those who are named belong to, at the time of each matter: asked once for each name and stretch of time.

Names are few and matters many. Times that lie alike to every date of the pack get the same answers, so a table of
[question, party] is worked out, and each matter says which question it asks.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from truceline.compliance.standing import EVER, Span, Standing, folded, names_of
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bytes, Ints
from truceline.vocabulary.texts import coded


class Membership:
    """One column of names, ready to be asked of parties. bodies: their folded names, for what a body owes itself."""

    def __init__(
        self, standing: Standing, bodies: Mapping[str, str], names: Sequence[str], start: Ints, end: Ints
    ) -> None:
        self._standing, self._bodies = standing, bodies
        codes, texts = coded(names)
        self._names = [names_of(text) for text in texts]
        dated = [any(standing.depends_on_time(name) for name in named) for named in self._names]
        self.which, self._asked = self._questions(codes.astype(np.int64), np.array([*dated, False]), start, end)
        self._found: dict[tuple[str, int], Bytes] = {}

    def _questions(self, codes: Ints, dated: np.ndarray, start: Ints, end: Ints) -> tuple[Ints, list[tuple[int, Span]]]:
        """Of each matter its question; of each question the names and a span that is like all that ask it."""
        dates = np.array(self._standing.dates(), np.int64)
        alike = [codes]
        for instant in (start, end):
            for side in ("left", "right"):
                at = np.searchsorted(dates, instant, side=side)
                alike.append(np.where(dated[codes], at, 0))
        bounds = (len(self._names) + 1, *[len(dates) + 1] * 4)
        whole = np.ravel_multi_index(tuple(alike), bounds)
        _, first, which = np.unique(whole, return_index=True, return_inverse=True)
        asked = [(int(codes[n]), (int(start[n]), int(end[n])) if dated[codes[n]] else EVER) for n in first.tolist()]
        return which.ravel(), asked

    def did(self, parties: Sequence[str]) -> Bytes:
        """NO, MAYBE or SURELY for each [question, party]: one of those named is of it. Who bears no name is nobody."""
        return np.stack([self._answers(party, NO) for party in parties], axis=1)

    def were(self, parties: Sequence[str]) -> Bytes:
        """For each matter: one of those hit is of one of the parties. Nobody named, or a name nobody bears: MAYBE."""
        found = [self._answers(party, MAYBE) for party in parties]
        each: Bytes = np.maximum.reduce(found) if found else np.zeros(len(self._asked), np.int8)
        answer: Bytes = each[self.which]
        return answer

    def _answers(self, party: str, unknown: int) -> Bytes:
        if (party, unknown) not in self._found:
            each = [self._answer(self._names[code], span, party, unknown) for code, span in self._asked]
            self._found[party, unknown] = np.array(each, np.int8)
        return self._found[party, unknown]

    def _answer(self, names: tuple[str, ...], span: Span, party: str, unknown: int) -> int:
        if not names:
            return unknown
        return max(self._belongs(name, span, party, unknown) for name in names)

    def _belongs(self, name: str, span: Span, party: str, unknown: int) -> int:
        if self._bodies.get(folded(name)) == party:
            return SURELY
        bearers = self._standing.bearing(name, span)
        if not bearers:
            return unknown
        answers = [self._standing.of_actor(actor, span, (party,)) for actor, _ in bearers]
        whole = [answer for answer, (_, always) in zip(answers, bearers, strict=True) if always]
        if whole:
            return whole[0]
        return MAYBE if any(answer != NO for answer in answers) else NO
