"""Does an incident count for an indicator? Scope, kind and deaths, for all incidents at once.

Sides are few and incidents many: each distinct side is resolved once, or, where its names have
dates, once for each distinct interval.
"""

import numpy as np

from truceline.compliance.standing import EVER, Span, Standing, names_of
from truceline.vocabulary.agreement import Indicator
from truceline.vocabulary.columns import MAYBE, NO, SURELY, UNKNOWN, Bytes, Ints, ReportColumns


def counts_for(indicator: Indicator, reports: ReportColumns, standing: Standing) -> Bytes:
    """NO, MAYBE or SURELY for each report: the least of scope, kinds and lethal."""
    answer = np.full(len(reports), SURELY, np.int8)
    if indicator.between is not None:
        answer = np.minimum(answer, _between(indicator.between, reports, standing))
    if indicator.kinds is not None:
        answer = np.minimum(answer, _kinds(indicator.kinds, reports.kind))
    if indicator.lethal:
        answer = np.minimum(answer, _lethal(reports))
    return answer


def _between(between: tuple[tuple[str, ...], ...], reports: ReportColumns, standing: Standing) -> Bytes:
    first, second = between
    a_first, a_second = (_side(reports.side_a, reports, standing, parties) for parties in (first, second))
    b_first, b_second = (_side(reports.side_b, reports, standing, parties) for parties in (first, second))
    either: Bytes = np.maximum(np.minimum(a_first, b_second), np.minimum(a_second, b_first))
    return either


def _side(sides: list[str], reports: ReportColumns, standing: Standing, parties: tuple[str, ...]) -> Bytes:
    fixed: dict[str, int] = {}
    dated: dict[str, tuple[str, ...]] = {}
    for side in set(sides):
        names = names_of(side)
        if any(standing.depends_on_time(name) for name in names):
            dated[side] = names
        else:
            fixed[side] = standing.side(names, EVER, parties)
    answer = np.fromiter((fixed.get(side, MAYBE) for side in sides), np.int8, len(sides))
    if dated:
        _resolve_dated(answer, sides, dated, reports, standing, parties)
    return answer


def _resolve_dated(
    answer: Bytes,
    sides: list[str],
    dated: dict[str, tuple[str, ...]],
    reports: ReportColumns,
    standing: Standing,
    parties: tuple[str, ...],
) -> None:
    known: dict[tuple[str, Span], int] = {}
    for i, side in enumerate(sides):
        if side not in dated:
            continue
        span = (int(reports.start[i]), int(reports.end[i]))
        if (side, span) not in known:
            known[side, span] = standing.side(dated[side], span, parties)
        answer[i] = known[side, span]


def _kinds(kinds: tuple[str, ...], kind: list[str]) -> Bytes:
    wanted = dict.fromkeys(kinds, SURELY) | {"": MAYBE}
    return np.fromiter((wanted.get(name, NO) for name in kind), np.int8, len(kind))


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
