"""Which party those who are named belong to, at the time of each matter: asked once for each name and stretch of time.

Names are few and matters many. Times that lie alike to every date of the pack get the same answers, so a table of
[question, party] is worked out, and each matter says which question it asks.
"""

from collections.abc import Mapping, Sequence
from copy import copy

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
        self.codes, texts = coded(names)
        self._names = [names_of(text) for text in texts]
        self._dated = np.array([*(any(standing.depends_on_time(name) for name in one) for one in self._names), False])
        self.which, self._asked = self._questions(start, end)
        self._found: dict[tuple[str, int], Bytes] = {}
        self._did: dict[tuple[str, ...], Bytes] = {}

    def _questions(self, start: Ints, end: Ints) -> tuple[Ints, list[tuple[int, Span]]]:
        """Of each matter its question; of each question the names and a span that is like all that ask it.

        Names whose answers no date changes ask one question, whenever they are named.
        """
        at = np.flatnonzero(self._dated[self.codes])
        alike, first = self._alike(at, start[at], end[at])
        free = np.zeros(len(self._names), np.bool_)
        free[self.codes] = True
        free &= ~self._dated[:-1]
        asked = [(code, EVER) for code in np.flatnonzero(free).tolist()]
        number: Ints = (np.cumsum(free) - 1).astype(np.int32)
        which: Ints = number[self.codes] if len(number) else np.zeros(0, np.int32)
        which[at] = alike + len(asked)
        return which, asked + [(int(self.codes[n]), (int(start[n]), int(end[n]))) for n in at[first].tolist()]

    def _alike(self, at: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Of matters whose names are dated: which lie alike to every date, by number; the first of each number."""
        dates = np.array(self._standing.dates(), np.int64)
        alike: list[Ints] = [self.codes[at].astype(np.int64)]
        alike += [np.searchsorted(dates, one, side=side) for one in (start, end) for side in ("left", "right")]
        whole = np.ravel_multi_index(tuple(alike), (len(self._names) + 1, *[len(dates) + 1] * 4))
        _, first, which = np.unique(whole, return_index=True, return_inverse=True)
        return which.ravel(), first

    def did(self, parties: Sequence[str]) -> Bytes:
        """NO, MAYBE or SURELY for each [question, party]: one of those named is of it. Who bears no name is nobody."""
        key = tuple(parties)
        if key not in self._did:
            self._did[key] = self.table(parties, NO)
        return self._did[key]

    def table(self, parties: Sequence[str], unknown: int) -> Bytes:
        """The answer for each [question, party]; `unknown` where nobody is named, or a name nobody bears."""
        each = [self._answers(party, unknown) for party in parties]
        return np.stack(each, axis=1) if each else np.zeros((len(self._asked), 0), np.int8)

    def take(self, rows: Ints) -> "Membership":
        """The same questions, asked of some of the matters."""
        few = copy(self)
        few.codes, few.which = self.codes[rows], self.which[rows]
        return few

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
