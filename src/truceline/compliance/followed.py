"""A ledger that follows what changes: reports that come and go move only the counts of the cells they may be in.

What it says is at every moment what `ledger.evaluate` says of all reports in force; tests hold the two
equal. Which incidents change is found by following `repeats` both ways from what came and went: all others
stand for the same reports as before.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from truceline.compliance.days import days_of, edges_of
from truceline.compliance.echoes import founders
from truceline.compliance.grid import Grid, counts_of
from truceline.compliance.incidents import Frame, framed, unresolved_in
from truceline.compliance.ledger import Evaluated, begun_in, concluded, counts_in, covered_by, ledger_of
from truceline.compliance.question import Question
from truceline.compliance.told import Told
from truceline.compliance.watching import watching
from truceline.vocabulary.assessment import Ledger
from truceline.vocabulary.columns import IncidentColumns, Ints, ReportColumns, Watch


class Followed:
    """The ledger of one question, whose as-of instant stays. `ledger` is right after every `change`."""

    def __init__(self, question: Question, reports: ReportColumns, watches: Sequence[Watch]) -> None:
        self.question = question
        self.days = days_of(question.agreement.period, question.boundary, question.zone, question.as_of)
        self._frame = Frame.of(question, edges_of(self.days))
        self._told = Told(begun_in(reports, question))
        founding, _ = self._founders()
        own = np.flatnonzero(founding == np.arange(len(founding)))
        self._incidents = framed(self._told.first.take(own), self._frame)
        self._counts = counts_in(self._incidents, len(self.days))
        self._come: IncidentColumns | None = None
        self._gone: set[int] = set()
        self._watch(watches)

    def change(self, gone: Iterable[int], come: ReportColumns, watches: Sequence[Watch] | None = None) -> None:
        """Reports that are no longer in force, by seq, and others that now are; all coverage rows, where they changed.

        Those that come are in order of entry, and later than all before them.
        """
        changed = self._told.change(gone, begun_in(come, self.question))
        near = self._told.around(changed)
        rows = self._told.rows(near)
        founding, _ = founders(rows.source, rows.source_row, rows.repeats)
        now = set(rows.seq[founding == np.arange(len(rows))].tolist())
        before = {seq for seq in (*near, *changed.gone) if self._is_incident(seq)}
        self._drop(before - now)
        self._add(now - before)
        if watches is not None:
            self._watch(watches)
        else:
            self._conclude()

    def with_keys(self, keys: Iterable[str]) -> list[int]:
        """The reports in force that have one of these keys, SOURCE/REPORT_ID, by seq."""
        return self._told.with_keys(keys)

    @property
    def ledger(self) -> Ledger:
        """The day ledger as it stands."""
        return self._ledger

    def evaluated(self) -> Evaluated:
        """All that is known of the question, the incidents included: what clocks and comparisons are made from."""
        if self._come is not None or self._gone or self._told.is_changed:
            self._incidents, self._come, self._gone = self._all_incidents(), None, set()
            self._told = Told(self._told.all())
        _, dangling = self._founders()
        unresolved = unresolved_in(self._told.first, dangling, self._frame)
        return concluded(self.question, self.days, self._incidents, unresolved, self._watches, self._counts)

    def _founders(self) -> tuple[Ints, Ints]:
        reports = self._told.first
        return founders(reports.source, reports.source_row, reports.repeats)

    def _is_incident(self, seq: int) -> bool:
        return seq not in self._gone and any(len(one.take(_at(one, {seq}))) for one in self._parts())

    def _parts(self) -> list[IncidentColumns]:
        return [self._incidents] if self._come is None else [self._incidents, self._come]

    def _drop(self, seqs: set[int]) -> None:
        for some in self._parts():
            self._count(some.take(_at(some, seqs)), -1)
        self._gone |= seqs

    def _add(self, seqs: set[int]) -> None:
        again = self._gone & seqs
        for some in self._parts():
            self._count(some.take(_at(some, again)), 1)
        self._gone -= again
        if seqs > again:
            made = framed(self._told.rows(sorted(seqs - again)), self._frame)
            self._count(made, 1)
            self._come = made if self._come is None else _ordered(self._come, made)

    def _count(self, incidents: IncidentColumns, sign: int) -> None:
        """Add these incidents to the counts, or take them off, in the areas and days where they may be."""
        some = incidents.take(np.flatnonzero((incidents.last_day >= 0) & (incidents.first_day < len(self.days))))
        if len(some) == 0:
            return
        lo, hi = max(int(some.first_day.min()), 0), min(int(some.last_day.max()) + 1, len(self.days))
        areas = np.flatnonzero(some.may_be[:, :-1].any(axis=0))
        block, first, last = some.placed.narrowed(areas), some.first_day - lo, some.last_day - lo
        self._counts = [
            counts.changed(counts_of(block, own, first, last, hi - lo, some.again), areas, slice(lo, hi), sign)
            for counts, own in zip(self._counts, some.counts, strict=True)
        ]

    def _watch(self, watches: Sequence[Watch]) -> None:
        self._watches = tuple(watches)
        n_areas, minimum = len(self.question.agreement.areas), self.question.minimum
        self._watched = watching(watches, self._frame.names, n_areas, self._frame.edges, minimum)
        self._conclude()

    def _conclude(self) -> None:
        covered = covered_by(self._watched, self.days, self.question)
        grids = [Grid.of(one, covered, self.question.threshold) for one in self._counts]
        self._ledger = ledger_of(self.question, self.days, self._watched, grids, self._counts)

    def _all_incidents(self) -> IncidentColumns:
        kept = [one.take(np.flatnonzero(~np.isin(one.seq, list(self._gone)))) for one in self._parts()]
        return kept[0] if len(kept) == 1 else _ordered(*kept)


def _ordered(one: IncidentColumns, other: IncidentColumns) -> IncidentColumns:
    both = one.join(other)
    return both.take(np.argsort(both.seq))


def _at(incidents: IncidentColumns, seqs: set[int]) -> Ints:
    """Where those of the seqs stand that are there."""
    wanted = np.array(sorted(seqs), np.int64)
    at = np.searchsorted(incidents.seq, wanted)
    at[at == len(incidents)] = 0
    return at[incidents.seq[at] == wanted] if len(incidents) else at[:0]
