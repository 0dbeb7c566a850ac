"""Published bulletins of a ceasefire, written down one JSON object each: every figure in one is a tally.

What the parts of a bulletin say against its whole is flagged on all its tallies, and nothing is mended:
a monitor's own arithmetic is part of what the monitor said. See `bulletin_periods` for when.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells, read_interval
from truceline.intake.context import ReadContext
from truceline.intake.formats.bulletin_periods import Periods, periods_of
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import source_id
from truceline.intake.layout import group_positions
from truceline.intake.shapes.json_pieces import value_of
from truceline.vocabulary.count import read_whole
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import Interval

CUMULATIVE_BELOW_PERIOD = "cumulative_below_period"
OVER_AND_ALMOST = "over_and_almost"
_PARTS = {"by_place": "places", "by_kind": "kinds", "by_actor": "actors", "by_side": "sides"}
_SINCE = re.compile(r"cumulative_since_(\d{4})_(\d{2})_(\d{2})", re.ASCII)
_OVER = re.compile(r"\b(over|more than|above|exceed\w*)\s+([\d,]*\d)", re.IGNORECASE)
_ALMOST = re.compile(r"\b(almost|nearly|close to|under)\s+([\d,]*\d)", re.IGNORECASE)
_FIGURES = {
    "civilians_killed": "civilians killed", "killed_in_period": "killed", "wounded": "wounded",
    "settlements": "settlements that have joined", "armed_groups": "armed groups that have joined",
}  # fmt: skip
SO_FAR, BEFORE, THIS_YEAR = "violations so far", "violations in the period before", "violations this year"
_SINCE_START = {"cumulative": SO_FAR, "killed_cumulative": "killed so far"}
_NAMED = {"explosions": "explosions", "weapons": "weapons", "previous": BEFORE}
_BOUNDS = ("over", "at least", "more than")
_WHOLE = "total"


@dataclass
class _Said:
    """The tallies of one bulletin as they are found: area, period, of, lowest figure, figure."""

    cells: Cells
    periods: Periods
    found: list[tuple[str, Interval, str, int | None, int | None]]

    def add(self, column: str, of: str, when: Interval, area: str = "") -> int | None:
        number = self.cells.whole(column)
        if number is not None:
            self.found.append((area, when, of, None, number))
        return number

    def total(self, of: str) -> int | None:
        """The bulletin's own total; one that it calls a bound ("over 16,000") is the lowest figure too."""
        number = self.cells.whole("violations")
        if number is not None:
            bound = self.cells.text("violations_is") in _BOUNDS
            self.found.append(("", self.periods.period, of, number if bound else None, number))
        return number

    def parts(self, field: str, columns: Sequence[str], of: str, when: Interval) -> list[tuple[str, int]]:
        """The figures under a field by name; places are areas, other names go into what is counted."""
        given = []
        for column in columns:
            name = column[len(field) + 1 :]
            places = field in ("by_place", "previous")
            number = self.add(column, of if places else f"{of}: {name}", when, name if places else "")
            if number is not None:
                given.append((name, number))
        return given


class Bulletins(Format):
    """A format whose columns are the fields of a record and the paths below them: `by_place.Homs`."""

    def column(self, cell: str) -> str:
        """The field that a column lies below, or is."""
        head = cell.partition(".")[0]
        return head if _SINCE.fullmatch(head) is None else "cumulative_since"

    def positions(self, header: Sequence[str]) -> dict[str, int]:
        """Every column that is read, under its own path."""
        return {cell: at for at, cell in enumerate(header) if self.column(cell) in self.groups_of}

    def doubled(self, header: Sequence[str]) -> str:
        """A column that is read and stands twice, or ""."""
        names = list(self.positions(header))
        return next((name for name in names if list(header).count(name) > 1), "")

    def groups(self, header: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The payload group of every column of a header."""
        return group_positions(header, lambda cell: self.groups_of.get(self.column(cell), "rest"))


def read(cells: Cells, context: ReadContext) -> tuple[Tally, ...]:
    """One bulletin as its tallies; faults are noted in the cells."""
    periods = periods_of(cells, context.zone)
    said = _Said(cells, periods, [])
    below = _below(cells.columns())
    of = cells.text("counts_what") or "violations"
    total = said.total(of)
    for field, what in _PARTS.items():
        given = said.parts(field, below.get(field, ()), of, periods.period)
        _compare(cells, what, total, [number for _, number in given])
    _cumulative(said, below, total)
    for column, what in _FIGURES.items():
        said.add(column, what, periods.period)
    for field, what in _NAMED.items():
        when = periods.before if field == "previous" else periods.period
        given = said.parts(field, below.get(field, ()), what, when)
        whole = next((number for name, number in given if name == _WHOLE), None)
        _compare(cells, field, whole, [number for name, number in given if name != _WHOLE])
    _also(said)
    _check_words(cells)
    return _tallies(said, context)


def _below(columns: Sequence[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for column in sorted(columns):
        head, dot, _ = column.partition(".")
        if dot:
            found.setdefault(head, []).append(column)
    return found


def _cumulative(said: _Said, below: Mapping[str, list[str]], total: int | None) -> None:
    for column, of in _SINCE_START.items():
        number = said.add(column, of, said.periods.since_start)
        if column == "cumulative" and number is not None and total is not None and number < total:
            said.cells.flag(CUMULATIVE_BELOW_PERIOD)
    for column in sorted(said.cells.columns()):
        since = _SINCE.fullmatch(column)
        if since:
            said.add(column, SO_FAR, said.periods.since("-".join(since.groups())))
    for column in ("year_to_date", "year_to_date_almost"):
        said.add(column, THIS_YEAR, said.periods.year)
    said.add("previous_period_violations", BEFORE, said.periods.before)
    for column in below.get("previous_period_by_place", ()):
        said.add(column, BEFORE, said.periods.before, column.partition(".")[2])


def _also(said: _Said) -> None:
    """Other periods that the same bulletin names, each with its own days and count."""
    text = said.cells.text("also")
    others = value_of(text) if text else []
    for other in others if isinstance(others, list) else [others]:
        named = other if isinstance(other, dict) else {}
        try:
            when = read_interval(f"{named.get('period_start')}/{named.get('period_end')}", said.periods.zone)
            said.found.append(("", when, "violations", None, read_whole(str(named.get("violations")))))
        except ValueNotRead as error:
            said.cells.refuse("also", error)


def _compare(cells: Cells, what: str, total: int | None, parts: Sequence[int]) -> None:
    """Flag parts that do not reach their whole, or exceed it."""
    if total is None or not parts or sum(parts) == total:
        return
    cells.flag(f"{what}_do_not_reach_total" if sum(parts) < total else f"{what}_exceed_total")


def _check_words(cells: Cells) -> None:
    """Flag words that call one number both exceeded and not reached."""
    texts = " ".join(cells.words(column) for column in ("excerpt", "headline", "note"))
    over = {found[1].replace(",", "") for found in _OVER.findall(texts)}
    almost = {found[1].replace(",", "") for found in _ALMOST.findall(texts)}
    if over & almost:
        cells.flag(OVER_AND_ALMOST)


def _tallies(said: _Said, context: ReadContext) -> tuple[Tally, ...]:
    cells = said.cells
    reporter = cells.must("reporter", "Name who reported.")
    source = source_id(reporter) or context.default_source
    if reporter and not source:
        told = "The reporter has no Latin letter or digit to make an id of"
        cells.refuse("reporter", ValueNotRead(told, "Name the file's source: --source."))
    row = cells.must("id", "Number the bulletins.")
    method = f"bulletin, relayed by {cells.words('relayed_by')}" if cells.text("relayed_by") else "bulletin"
    if not said.found:
        said.found.append(("", said.periods.period, "violations", None, None))
    flags = (*cells.flags, *said.periods.flags)
    return tuple([
        Tally(
            source, row, area, when.start, when.end, of, low, number, None, method,
            cells.words("excerpt"), (*flags, *context.time_flags(when.start, when.end)),
        )
        for area, when, of, low, number in said.found
    ])  # fmt: skip


_GROUPS = {
    "source": "id reporter relayed_by language url report_number note ceasefire",
    "when": "issued issued_text issued_is_estimate as_of as_of_is_estimate period period_start period_end period_hours",
    "where": "by_place places_text previous_period_by_place",
    "who": "by_actor by_actor_percent by_side",
    "what": "violations violations_is counts_what cumulative cumulative_since by_kind explosions previous previous_is "
    "change_percent civilians_killed killed_in_period killed_cumulative wounded settlements armed_groups weapons "
    "year_to_date year_to_date_almost previous_period_violations also excerpt headline",
}

FORMAT = Bulletins(
    name="bulletins",
    version="1",
    noun="tally",
    must=("id", "ceasefire", "reporter", "language", "issued", "excerpt"),
    groups_of={column: group for group, columns in _GROUPS.items() for column in columns.split()},
    read=read,
)
