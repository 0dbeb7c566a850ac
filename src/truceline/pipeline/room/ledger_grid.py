"""The ledger as rows of areas and columns of days, for a page: a figure and a pattern in a cell, colour third."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from truceline.pipeline.room.heading import Told
from truceline.publication.heat_map import CLASSES, figure_of
from truceline.publication.sentences import VERDICTS
from truceline.publication.times import date_words, month_words
from truceline.vocabulary.assessment import Cell, Verdict


class DayShown(Struct, frozen=True):
    """A column: its date (YYYY-MM-DD), the day of the month, and the date in words."""

    name: str
    number: int
    words: str
    first_of_month: bool


class CellShown(Struct, frozen=True):
    """A cell: `kind` q (quiet), n (not quiet) or c (cannot tell); `figure` as in the bulletin; `label` in words.

    differs: under what was asked instead, the verdict is another than under what is registered; `before` says which.
    """

    day: str
    kind: str
    figure: str
    label: str
    differs: bool = False
    before: str = ""


class RowShown(Struct, frozen=True):
    """An area with its cells, and how many of them have each verdict (q, n, c)."""

    area: str
    name: str
    cells: tuple[CellShown, ...]
    counted: dict[str, int]


class GridShown(Struct, frozen=True):
    """Days [first, last] of some areas. months: each month in words with its number of days shown."""

    first: str
    last: str
    months: tuple[tuple[str, int], ...]
    days: tuple[DayShown, ...]
    rows: tuple[RowShown, ...]

    @property
    def counted(self) -> dict[str, int]:
        """How many cells have each verdict."""
        return {kind: sum(row.counted[kind] for row in self.rows) for kind in ("q", "n", "c")}

    @property
    def differ(self) -> int:
        """How many cells differ from what is registered."""
        return sum(cell.differs for row in self.rows for cell in row.cells)


def grid_of(told: Told, k: int, days: range, areas: range, beside: Told | None = None) -> GridShown:
    """One indicator's cells over days and areas by position. beside: an answer that the cells are held against."""
    ledger = told.answer.evaluated.ledger
    shown = [_day(told, ledger.days[d].name) for d in days]
    return GridShown(
        first=shown[0].name if shown else "", last=shown[-1].name if shown else "", months=_months(told, shown),
        days=tuple(shown), rows=tuple(_row(told, k, a, days, shown, beside) for a in areas),
    )  # fmt: skip


def _day(told: Told, name: str) -> DayShown:
    day = date.fromisoformat(name)
    return DayShown(name, day.day, date_words(told.words, day), day.day == 1)


def _months(told: Told, days: Sequence[DayShown]) -> tuple[tuple[str, int], ...]:
    found = []
    for _, alike in groupby(days, key=lambda day: day.name[:7]):
        first, *rest = alike
        found.append((month_words(told.words, date.fromisoformat(first.name)), 1 + len(rest)))
    return tuple(found)


def _row(told: Told, k: int, a: int, days: range, shown: Sequence[DayShown], beside: Told | None) -> RowShown:
    area = told.answer.evaluated.ledger.areas[a]
    name, threshold = told.name(area), told.answer.reading.threshold or 0
    others = _named(beside, k, area) if beside else {}
    verdicts = {verdict: told.words.plain(words) for verdict, words in VERDICTS.items()}
    made = tuple(
        _cell(cell, day, name, threshold, verdicts, others.get(day.name))
        for cell, day in zip(_cells(told, k, a, days), shown, strict=True)
    )
    counted = {kind: sum(cell.kind == kind for cell in made) for kind in ("q", "n", "c")}
    return RowShown(area, name, made, counted)


def _cells(told: Told, k: int, a: int, days: range) -> Sequence[Cell]:
    ledger = told.answer.evaluated.ledger
    first = a * len(ledger.days)
    return ledger.indicators[k].cells[first + days.start : first + days.stop]


def _named(beside: Told, k: int, area: str) -> dict[str, Verdict]:
    """Verdicts of the other answer in that area, by the date of the day: its days may begin at another hour."""
    ledger = beside.answer.evaluated.ledger
    cells = _cells(beside, k, ledger.areas.index(area), range(len(ledger.days)))
    return {day.name: cell.verdict for day, cell in zip(ledger.days, cells, strict=True)}


def _cell(
    cell: Cell, day: DayShown, area: str, threshold: int, verdicts: Mapping[Verdict, str], before: Verdict | None
) -> CellShown:  # fmt: skip
    differs = before is not None and before is not cell.verdict
    label = f"{area}, {day.words}: {verdicts[cell.verdict]}"
    old = verdicts[before] if before is not None and differs else ""
    return CellShown(day.name, CLASSES[cell.verdict], figure_of(cell, threshold), label, differs, old)
