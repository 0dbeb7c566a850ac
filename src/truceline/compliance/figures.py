"""What the figures alone say of a clock: its own days, the verdict of any window of them, and the run so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from truceline.compliance.days import days_from, days_of, edges_of, touched
from truceline.compliance.grid import CANNOT_TELL, NOT_QUIET, QUIET, Grid, grid_of
from truceline.compliance.groups import Groups
from truceline.compliance.ledger import Evaluated, covered_by
from truceline.compliance.runs import Cells, surely_broken
from truceline.compliance.watching import watching_on
from truceline.vocabulary.agreement import Clock, Period
from truceline.vocabulary.assessment import AreaRun, Day, Reason, Verdict
from truceline.vocabulary.columns import NO, SURELY, IncidentColumns, Ints
from truceline.vocabulary.when import HOUR, iso, read_instant


@dataclass(frozen=True)
class Figures:
    """A clock's grid. `areas` are positions in the pack's list; `complete` days are over at the as-of instant."""

    evaluated: Evaluated
    days: tuple[Day, ...]
    grid: Grid
    areas: tuple[int, ...]
    first: Ints
    last: Ints
    counts: Ints
    complete: int

    def window(self, lo: int, hi: int, areas: Sequence[int] | None = None) -> Verdict:
        """Days lo to hi (hi excluded): quiet, not quiet or cannot tell, over the clock's areas or those given."""
        chosen = tuple(self.areas if areas is None else areas)
        if hi <= lo:
            return Verdict.CANNOT_TELL
        if self.broken(lo, hi, chosen):
            return Verdict.NOT_QUIET
        cells = self.grid.verdict[list(chosen), lo:hi]
        if (cells == QUIET).all():
            return Verdict.QUIET
        breaks = self.evaluated.question.unknown_day == "breaks"
        return Verdict.NOT_QUIET if breaks else Verdict.CANNOT_TELL

    def broken(self, lo: int, hi: int, areas: Sequence[int]) -> bool:
        """In every placement some cell of the window has more incidents than the threshold."""
        if (self.grid.verdict[list(areas), lo:hi] == NOT_QUIET).any():
            return True
        if self.grid.threshold == 0:
            return len(self.groups.inside(lo, hi, areas)) > 0
        return surely_broken(self.bound(lo, hi, areas), self.grid.threshold)

    @cached_property
    def groups(self) -> Groups:
        """The incidents that surely count and surely fell in the clock's days."""
        placed = self.evaluated.incidents.placed
        return Groups.within_days(placed, self.counts == SURELY, self.first, self.last, self.grid.verdict.shape[1])

    def bound(self, lo: int, hi: int, areas: Sequence[int]) -> dict[Cells, int]:
        """Incidents that surely count and surely lie in the window, by the cells where each may be."""
        groups = self.groups
        found: dict[Cells, int] = {}
        for i in groups.inside(lo, hi, areas).tolist():
            places = [area for area in areas if groups.sets[groups.of[i], area]]
            days = range(int(groups.first[i]), int(groups.last[i]) + 1)
            cells = frozenset((area, day) for area in places for day in days)
            found[cells] = found.get(cells, 0) + int(groups.number[i])
        return found

    def surely(self, lo: int, hi: int, areas: Sequence[int]) -> int:
        """How many incidents surely count and surely fell in these areas and days."""
        return int(self.groups.number[self.groups.inside(lo, hi, areas)].sum())

    def possible(self, lo: int, hi: int) -> Ints:
        """For each area, how many incidents may have been there in these days and may count."""
        placed = self.evaluated.incidents.placed
        at = (self.counts != NO) & (self.last >= lo) & (self.first < hi)
        numbers = np.bincount(placed.of[at], minlength=len(placed.sets))
        found: Ints = numbers @ placed.sets[:, :-1]
        return found

    def quiet_days(self) -> int:
        """Days of quiet up to the last complete one, an unknown day taken as the reading says."""
        bridges, run = self.evaluated.question.unknown_day == "bridges", 0
        for day in range(self.complete - 1, -1, -1):
            cells = self.grid.verdict[list(self.areas), day]
            if (cells == QUIET).all():
                run += 1
            elif (cells == NOT_QUIET).any() or not bridges or self.broken(day, self.complete, self.areas):
                break
        return run

    def possible_days(self) -> int:
        """The longest run up to the last complete day that is not surely broken."""
        if self.evaluated.question.unknown_day == "breaks":
            return self.quiet_days()
        lo, hi = 0, self.complete
        while lo < hi:
            middle = (lo + hi) // 2
            if self.broken(middle, self.complete, self.areas):
                lo = middle + 1
            else:
                hi = middle
        return self.complete - lo

    def leading_days(self, most: int) -> tuple[int, int]:
        """From the start on, at most so many complete days: surely quiet in a row, and in a row not surely broken."""
        stop = min(most, self.complete)
        quiet = next((day for day in range(stop) if self.window(day, day + 1) is not Verdict.QUIET), stop)
        possible = next((day for day in range(stop) if self.window(0, day + 1) is Verdict.NOT_QUIET), stop)
        return quiet, possible

    def met_at(self, needed: int) -> int | None:
        """The first day on which a quiet run of the needed length begins, or None."""
        quiet = (self.grid.verdict[list(self.areas)] == QUIET).all(axis=0)[: self.complete]
        unknown = (self.grid.verdict[list(self.areas)] == CANNOT_TELL).any(axis=0)
        bridges = self.evaluated.question.unknown_day == "bridges"
        run, begun = 0, 0
        for day in range(self.complete):
            broken = not quiet[day] and not (bridges and unknown[day] and not self.broken(begun, day + 1, self.areas))
            if broken:
                run, begun = 0, day + 1
            elif quiet[day]:
                run += 1
            if run == needed:
                return begun
        return None

    def area_runs(self, lo: int, hi: int) -> tuple[AreaRun, ...]:
        """Area by area over the window, with why."""
        possible = self.possible(lo, hi)
        return tuple(self._area_run(area, lo, hi, int(possible[area])) for area in self.areas)

    def _area_run(self, area: int, lo: int, hi: int, possible: int) -> AreaRun:
        cells = self.grid.verdict[area, lo:hi]
        quiet, loud, unknown = (int((cells == which).sum()) for which in (QUIET, NOT_QUIET, CANNOT_TELL))
        surely = self.surely(lo, hi, (area,))
        verdict = self.window(lo, hi, (area,))
        reasons = []
        if surely:
            reasons.append(
                Reason(
                    "run_broken_by" if verdict is Verdict.NOT_QUIET else "incidents_surely_in_window",
                    {"n": surely, "threshold": self.grid.threshold},
                )
            )
        if verdict is Verdict.NOT_QUIET and not loud and surely:
            reasons.append(Reason("broken_in_no_single_day", {"n": surely, "boundary": self.boundary()}))
        uncovered = int((~self.grid.covered[area, lo:hi]).sum())
        if uncovered:
            reasons.append(Reason("needs_coverage", {"area": self.area_name(area), "days": uncovered}))
        return AreaRun(self.area_name(area), verdict, surely, possible, quiet, loud, unknown, tuple(reasons))

    def boundary(self) -> str:
        """The UTC time of day at which the clock's days begin, like 16:00Z."""
        return f"{iso(self.days[0].start)[11:16]}Z"

    def area_name(self, area: int) -> str:
        """The area's id."""
        return self.evaluated.question.agreement.areas[area].id


def figures_of(clock: Clock, evaluated: Evaluated) -> Figures:
    """The clock's own grid, from its start to the as-of instant or the end of the ledger's period."""
    question = evaluated.question
    days = _days(clock, evaluated)
    edges = edges_of(days)
    incidents: IncidentColumns = evaluated.incidents
    first, last = touched(incidents.start, incidents.end, edges)
    which = [indicator.id for indicator in question.agreement.indicators].index(clock.indicator)
    counts = incidents.counts[which]
    watched = watching_on(evaluated.spells, len(question.agreement.areas), edges, question.minimum)
    covered = covered_by(watched, days, question)
    grid = grid_of(incidents.placed, counts, first, last, covered, question.threshold)
    complete = sum(day.end <= question.as_of for day in days)
    return Figures(evaluated, days, grid, areas_of(clock, evaluated), first, last, counts.astype(np.int64), complete)


def areas_of(clock: Clock, evaluated: Evaluated) -> tuple[int, ...]:
    """Positions of the areas a clock names, groups spread out, in the pack's order."""
    agreement = evaluated.question.agreement
    groups = {group.id: group.areas for group in agreement.area_groups}
    wanted = {area for name in clock.areas for area in groups.get(name, (name,))}
    return tuple(n for n, area in enumerate(agreement.areas) if area.id in wanted)


def _days(clock: Clock, evaluated: Evaluated) -> tuple[Day, ...]:
    question = evaluated.question
    agreement = question.agreement
    start = read_instant(clock.start, agreement.zone)
    stop = question.as_of
    if agreement.period.to:
        stop = min(stop, read_instant(agreement.period.to, agreement.zone))
    if clock.day == "reading":
        period = Period(clock.start[:10], agreement.period.to)
        return tuple(day for day in days_of(period, question.boundary, question.zone, stop) if day.start >= start)
    count = max(-(-(stop - start) // (24 * HOUR)), 0)
    return days_from(start, min(count, 20_000), agreement.zone)
