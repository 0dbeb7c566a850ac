"""Does an incident count for an indicator? Scope, kind and deaths, for all incidents at once.

Sides are few and incidents many: each distinct side is resolved once, or, where its names have
dates, once for each distinct interval.
"""

from collections.abc import Sequence

import numpy as np

from truceline.compliance.standing import EVER, Span, Standing, names_of
from truceline.vocabulary.agreement import Indicator
from truceline.vocabulary.columns import MAYBE, NO, SURELY, UNKNOWN, Bytes, Ints, ReportColumns
from truceline.vocabulary.possible_kinds import kind_among
from truceline.vocabulary.texts import coded


def counts_for(indicator: Indicator, reports: ReportColumns, standing: Standing) -> Bytes:
    """NO, MAYBE or SURELY for each report: the least of scope, kinds and lethal."""
    answer = np.full(len(reports), SURELY, np.int8)
    if indicator.between is not None:
        answer = np.minimum(answer, _between(indicator.between, reports, standing))
    if indicator.kinds is not None:
        codes, texts = coded(reports.kind)
        answer = np.minimum(answer, _kinds(indicator.kinds, texts)[codes])
    if indicator.lethal:
        answer = np.minimum(answer, _lethal(reports))
    return answer


def _between(between: tuple[tuple[str, ...], ...], reports: ReportColumns, standing: Standing) -> Bytes:
    first, second = between
    a, b = (_Sides(side, reports, standing) for side in (reports.side_a, reports.side_b))
    either: Bytes = np.maximum(
        np.minimum(a.belong(first), b.belong(second)), np.minimum(a.belong(second), b.belong(first))
    )
    return either


class _Sides:
    """One column of sides, ready to be asked whether they belong to some parties."""

    def __init__(self, sides: Sequence[str], reports: ReportColumns, standing: Standing) -> None:
        self._standing = standing
        self._codes, texts = coded(sides)
        self._names = [names_of(text) for text in texts]
        dated = [any(standing.depends_on_time(name) for name in names) for names in self._names]
        self._dated = np.flatnonzero(np.array([*dated, False], np.bool_)[self._codes])
        self._which, self._asked = self._spans(reports)

    def _spans(self, reports: ReportColumns) -> tuple[Ints, list[tuple[int, Span]]]:
        """For each report whose side has dates, which question it asks; and the questions, a side and a span.

        Spans that lie alike to every date of the pack get the same answer: the first of them is asked.
        """
        at, dates = self._dated, np.array(self._standing.dates(), np.int64)
        start, end = reports.start[at], reports.end[at]
        alike = [self._codes[at].astype(np.int64)]
        for instant in (start, end):
            alike += [np.searchsorted(dates, instant, side=side) for side in ("left", "right")]
        bounds = (len(self._names) + 1, *[len(dates) + 1] * 4)
        whole = np.ravel_multi_index(tuple(alike), bounds)
        _, first, which = np.unique(whole, return_index=True, return_inverse=True)
        asked = [(int(self._codes[at[n]]), (int(start[n]), int(end[n]))) for n in first.tolist()]
        return which.ravel(), asked

    def belong(self, parties: tuple[str, ...]) -> Bytes:
        """NO, MAYBE or SURELY for each report."""
        side = self._standing.side
        ever = np.array([*(side(names, EVER, parties) for names in self._names), NO], np.int8)
        answer: Bytes = ever[self._codes]
        dated = np.array([*(side(self._names[code], span, parties) for code, span in self._asked), NO], np.int8)
        answer[self._dated] = dated[self._which]
        return answer


def _kinds(kinds: tuple[str, ...], kind: list[str]) -> Bytes:
    return np.fromiter((kind_among(text, kinds) for text in kind), np.int8, len(kind))


def _lethal(reports: ReportColumns) -> Bytes:
    low, high = killed_bounds(reports)
    answer = np.full(len(low), MAYBE, np.int8)
    answer[low >= 1] = SURELY
    answer[high == 0] = NO
    return answer


def killed_bounds(reports: ReportColumns) -> tuple[Ints, Ints]:
    """The lowest and the highest figure each source gives, not below nought; (0, UNKNOWN) where it gives none."""
    given = np.stack([reports.killed_low, reports.killed_best, reports.killed_high])
    known = given != UNKNOWN
    low = np.where(known, given, np.iinfo(np.int64).max).min(axis=0, initial=np.iinfo(np.int64).max)
    high = given.max(axis=0, initial=UNKNOWN)
    none = ~known.any(axis=0)
    return np.where(none, 0, np.maximum(low, 0)), np.where(none, UNKNOWN, np.maximum(high, 0))
