"""The cells of one indicator, area by area and day by day, each made with its reasons when it is looked at.

A ledger of 300 areas and a year has over 100,000 cells an indicator, and few of them are read.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from truceline.compliance.grid import NOT_QUIET, QUIET, Grid
from truceline.compliance.question import Question
from truceline.compliance.watching import Watching
from truceline.vocabulary.assessment import Cell, Day, Reason, Verdict
from truceline.vocabulary.columns import Bools, Ints

VERDICTS = (Verdict.QUIET, Verdict.NOT_QUIET, Verdict.CANNOT_TELL)


class Cells(Sequence[Cell]):
    """A sequence of cells like a tuple: cell `area * number of days + day`. Equal to any sequence of the same cells."""

    def __init__(self, grid: Grid, watched: Watching, days: Sequence[Day], question: Question) -> None:
        self._grid = grid
        self._watched = watched
        self._days = days
        self._question = question

    def __len__(self) -> int:
        return int(self._grid.verdict.size)

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, at: int | slice) -> Cell | tuple[Cell, ...]:
        if "_all" in self.__dict__:
            return self._all[at]
        if isinstance(at, slice):
            return tuple(self._made(np.arange(*at.indices(len(self)))))
        return next(self._made(np.array([range(len(self))[at]])))

    def __iter__(self) -> Iterator[Cell]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _all(self) -> tuple[Cell, ...]:
        return tuple(self._made(np.arange(len(self))))

    @cached_property
    def _unfinished(self) -> Bools:
        """Of each day, whether it is not over."""
        return np.array([day.end > self._question.as_of for day in self._days], np.bool_)

    def _made(self, at: Ints) -> Iterator[Cell]:
        """The cells at these places. Cells of which the same is to be said share it."""
        grid, watched, n_days, unfinished = self._grid, self._watched, len(self._days), self._unfinished
        tables = (
            grid.verdict, grid.low, grid.high, grid.covered, watched.sources,
            grid.maybe_time, grid.maybe_place, grid.maybe_scope, grid.maybe_same, watched.stopped, watched.silent,
            np.broadcast_to(unfinished, grid.low.shape),
        )  # fmt: skip
        said: dict[tuple[int, ...], tuple[Reason, ...]] = {}
        columns = [table.ravel()[at].tolist() for table in tables]
        for place, *figures in zip(at.tolist(), *columns, strict=True):
            verdict, low, high, covered, sources, *_ = key = tuple(figures)
            area, day = divmod(place, n_days)
            if (reasons := said.get(key)) is None:
                reasons = said[key] = _reasons(grid, watched, (area, day), bool(unfinished[day]), self._question)
            yield Cell(area, day, VERDICTS[verdict], low, high, covered, sources, reasons)


def _reasons(
    grid: Grid, watched: Watching, at: tuple[int, int], unfinished: bool, question: Question
) -> tuple[Reason, ...]:
    low, high = int(grid.low[at]), int(grid.high[at])
    reasons = []
    if low > grid.threshold or (low and grid.verdict[at] == NOT_QUIET):
        reasons.append(Reason("incidents_surely", {"n": low, "threshold": grid.threshold}))
        if grid.maybe_same[at]:
            reasons.append(Reason("maybe_because_same", {"n": int(grid.maybe_same[at])}))
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
        "maybe_because_same": grid.maybe_same,
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
