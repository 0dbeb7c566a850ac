"""The day ledger: for every indicator, area and day, a verdict with its counts and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.days import days_of, edges_of
from truceline.compliance.grid import NOT_QUIET, QUIET, Grid, daily, grid_of
from truceline.compliance.incidents import Unresolved, incidents_of, take
from truceline.compliance.question import Question
from truceline.compliance.standing import Standing
from truceline.compliance.watching import Watching, watching
from truceline.vocabulary.assessment import Cell, Day, IndicatorLedger, Ledger, Reason, Verdict
from truceline.vocabulary.columns import Bools, IncidentColumns, ReportColumns, Watch

VERDICTS = (Verdict.QUIET, Verdict.NOT_QUIET, Verdict.CANNOT_TELL)


@dataclass(frozen=True)
class Evaluated:
    """A ledger with what it was made from, for clocks, comparisons and the bulletin."""

    question: Question
    days: tuple[Day, ...]
    incidents: IncidentColumns
    unresolved: Unresolved
    watches: tuple[Watch, ...]
    watched: Watching
    grids: tuple[Grid, ...]
    ledger: Ledger


def evaluate(question: Question, reports: ReportColumns, watches: Sequence[Watch]) -> Evaluated:
    """The whole ledger. Reports that begin at or after the as-of instant are left out.

    1. days of the period   2. incidents, where each may have been and what it counts for
    3. who watched          4. a grid for each indicator   5. verdicts with their reasons
    """
    days = days_of(question.agreement.period, question.boundary, question.zone, question.as_of)
    edges = edges_of(days)
    begun = take(reports, np.flatnonzero(reports.start < question.as_of))
    standing = Standing(question.agreement, question.reading)
    incidents, unresolved = incidents_of(begun, question.agreement, standing, question.geometry, edges)
    names, n_areas = Names.of(question.agreement), len(question.agreement.areas)
    watched = watching(watches, names, n_areas, edges, question.minimum)
    covered = covered_by(watched, days, question)
    grids = tuple(
        grid_of(incidents, counts, incidents.first_day, incidents.last_day, covered, question.threshold)
        for counts in incidents.counts
    )
    ledger = _ledger(question, days, incidents, watched, grids)
    return Evaluated(question, days, incidents, unresolved, tuple(watches), watched, grids, ledger)


def covered_by(watched: Watching, days: Sequence[Day], question: Question) -> Bools:
    """Covered cells: enough origins watched long enough, and the day is over at the as-of instant."""
    over = np.array([day.end <= question.as_of for day in days], np.bool_)
    covered: Bools = watched.covered(question.minimum) & over[None, :]
    return covered


def _ledger(
    question: Question, days: tuple[Day, ...], incidents: IncidentColumns, watched: Watching, grids: Sequence[Grid]
) -> Ledger:
    agreement = question.agreement
    ledgers = tuple(
        IndicatorLedger(
            indicator.id,
            tuple(_cells(grid, watched, days, question)),
            tuple((surely, maybe) for surely, maybe in daily(incidents, counts, len(days)).tolist()),
        )
        for indicator, grid, counts in zip(agreement.indicators, grids, incidents.counts, strict=True)
    )
    return Ledger(question.zone, question.boundary, days, tuple(area.id for area in agreement.areas), ledgers)


def _cells(grid: Grid, watched: Watching, days: Sequence[Day], question: Question) -> list[Cell]:
    low, high, verdict = grid.low.tolist(), grid.high.tolist(), grid.verdict.tolist()
    covered, sources = grid.covered.tolist(), watched.sources.tolist()
    return [
        Cell(
            area, day, VERDICTS[verdict[area][day]], low[area][day], high[area][day], covered[area][day],
            sources[area][day], _reasons(grid, watched, area, day, days[day].end > question.as_of, question),
        )
        for area in range(len(low))
        for day in range(len(days))
    ]  # fmt: skip


def _reasons(
    grid: Grid, watched: Watching, area: int, day: int, unfinished: bool, question: Question
) -> tuple[Reason, ...]:
    at = (area, day)
    low, high = int(grid.low[at]), int(grid.high[at])
    reasons = []
    if low > grid.threshold or (low and grid.verdict[at] == NOT_QUIET):
        reasons.append(Reason("incidents_surely", {"n": low, "threshold": grid.threshold}))
    elif high > grid.threshold:
        reasons.append(Reason("incidents_maybe", {"low": low, "high": high, "threshold": grid.threshold}))
        reasons += _doubts(grid, at)
    elif grid.verdict[at] == QUIET and high:
        reasons.append(Reason("incidents_maybe", {"low": low, "high": high, "threshold": grid.threshold}))
    return (*reasons, *_coverage(watched, at, unfinished, question))


def _doubts(grid: Grid, at: tuple[int, int]) -> list[Reason]:
    doubts = {
        "maybe_because_time": grid.maybe_time,
        "maybe_because_place": grid.maybe_place,
        "maybe_because_scope": grid.maybe_scope,
    }
    return [Reason(code, {"n": int(counted[at])}) for code, counted in doubts.items() if counted[at]]


def _coverage(watched: Watching, at: tuple[int, int], unfinished: bool, question: Question) -> list[Reason]:
    if unfinished:
        return [Reason("day_not_over")]
    sources, minimum = int(watched.sources[at]), question.minimum
    values: dict[str, str | int] = {"sources": sources, "needed": minimum.sources, "hours": minimum.hours}
    reasons = [Reason("covered" if sources >= minimum.sources else "not_covered", values)]
    if watched.stopped[at]:
        reasons.append(Reason("stopped", {"sources": int(watched.stopped[at])}))
    if watched.silent[at]:
        reasons.append(Reason("silent", {"sources": int(watched.silent[at])}))
    return reasons
