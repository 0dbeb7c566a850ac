"""The day ledger: for every indicator, area and day, a verdict with its counts and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.cells import Cells
from truceline.compliance.days import days_of, edges_of
from truceline.compliance.gathering import NOT_TIED, Tied
from truceline.compliance.grid import Counts, Grid, counts_of
from truceline.compliance.incidents import Frame, Unresolved, incidents_of, unresolved_in
from truceline.compliance.question import Question
from truceline.compliance.watching import Spells, Watching, spells_of, watching
from truceline.vocabulary.assessment import Day, IndicatorLedger, Ledger
from truceline.vocabulary.columns import Bools, IncidentColumns, ReportColumns, Watch


@dataclass(frozen=True)
class Evaluated:
    """A ledger with what it was made from, for clocks, comparisons and the bulletin.

    tied: what people judged of the reports, and what is open: with them the incidents can be gathered again.
    """

    question: Question
    days: tuple[Day, ...]
    incidents: IncidentColumns
    unresolved: Unresolved
    watches: tuple[Watch, ...]
    watched: Watching
    grids: tuple[Grid, ...]
    ledger: Ledger
    tied: Tied = NOT_TIED

    @cached_property
    def spells(self) -> Spells:
        """What the coverage rows say, whatever the days."""
        return spells_of(self.watches, Names.of(self.question.agreement))

    @cached_property
    def watches_of(self) -> tuple[tuple[Watch, ...], ...]:
        """The coverage rows by area, in their order."""
        names = Names.of(self.question.agreement)
        found: list[list[Watch]] = [[] for _ in self.question.agreement.areas]
        for one in self.watches:
            row = names.row(one.area)
            for a in () if row is None else np.flatnonzero(row).tolist():
                found[a].append(one)
        return tuple(tuple(one) for one in found)


def evaluate(question: Question, reports: ReportColumns, watches: Sequence[Watch], tied: Tied = NOT_TIED) -> Evaluated:
    """The whole ledger. Reports that begin at or after the as-of instant are left out. tied: what people judged,
    and what is open.

    1. days of the period   2. incidents, where each may have been and what it counts for
    3. who watched          4. a grid for each indicator   5. verdicts with their reasons
    """
    days = days_of(question.agreement.period, question.boundary, question.zone, question.as_of)
    frame = Frame.of(question, edges_of(days))
    begun = begun_in(reports, question)
    incidents, dangling = incidents_of(begun, frame, tied)
    counts = counts_in(incidents, len(days))
    unresolved = unresolved_in(begun, dangling, frame)
    return replace(concluded(question, days, incidents, unresolved, watches, counts), tied=tied)


def begun_in(reports: ReportColumns, question: Question) -> ReportColumns:
    """The reports that begin before the as-of instant."""
    begun = np.flatnonzero(reports.start < question.as_of)
    return reports.take(begun) if len(begun) < len(reports) else reports


def counts_in(incidents: IncidentColumns, n_days: int) -> list[Counts]:
    """What these incidents add to each indicator."""
    return [
        counts_of(incidents.placed, counts, incidents.first_day, incidents.last_day, n_days, incidents.again)
        for counts in incidents.counts
    ]


def concluded(
    question: Question,
    days: tuple[Day, ...],
    incidents: IncidentColumns,
    unresolved: Unresolved,
    watches: Sequence[Watch],
    counts: Sequence[Counts],
) -> Evaluated:
    """The ledger of these counts: who watched, the grids, the verdicts with their reasons."""
    names, n_areas = Names.of(question.agreement), len(question.agreement.areas)
    watched = watching(watches, names, n_areas, edges_of(days), question.minimum)
    covered = covered_by(watched, days, question)
    grids = tuple(Grid.of(one, covered, question.threshold) for one in counts)
    ledger = ledger_of(question, days, watched, grids, counts)
    return Evaluated(question, days, incidents, unresolved, tuple(watches), watched, grids, ledger)


def covered_by(watched: Watching, days: Sequence[Day], question: Question) -> Bools:
    """Covered cells: enough origins watched long enough, and the day is over at the as-of instant."""
    over = np.array([day.end <= question.as_of for day in days], np.bool_)
    covered: Bools = watched.covered(question.minimum) & over[None, :]
    return covered


def ledger_of(
    question: Question, days: tuple[Day, ...], watched: Watching, grids: Sequence[Grid], counts: Sequence[Counts]
) -> Ledger:
    """The grids as a ledger. Cells are made, with their reasons, when they are looked at."""
    agreement = question.agreement
    ledgers = tuple(
        IndicatorLedger(
            indicator.id,
            Cells(grid, watched, days, question),
            tuple((surely, maybe) for surely, maybe in one.anywhere.T.tolist()),
        )
        for indicator, grid, one in zip(agreement.indicators, grids, counts, strict=True)
    )
    return Ledger(question.zone, question.boundary, days, tuple(area.id for area in agreement.areas), ledgers)
