"""A reader in parts: which columns are read together, how, and which fields of a report they give.

A format that is written in parts is read in two ways that say the same. Row by row: `reading(parts)` is
the meaning. Column by column, for bulk (`by_column`): a part sees its own columns only, so what it made
of the same cells before holds again.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.vocabulary.report import REPORT_COLUMNS, Report

Values = tuple[Any, ...]
KILLED = ("killed_low", "killed_best", "killed_high")
WHEN = ("start_us", "end_us", "when_words")
POINT = ("lat_e7", "lon_e7")
_encode = msgspec.json.Encoder().encode


class How(Enum):
    """How a part is read in bulk: remembered by its cells, or by a rule for cells that are hardly ever equal."""

    REMEMBERED = 1
    WORDS = 2
    OWN = 3
    MOMENT = 4
    POINT = 5
    WHOLE_ROW = 6


class Part(NamedTuple):
    """Columns that are read together.

    gives: the fields of a report, in the order in which `read` gives their values. beside: columns of
    which it only matters whether they say anything. aside: (column, cell): rows with that cell (with any,
    for None) are never read in bulk. Faults and flags are noted in the cells.
    """

    columns: tuple[str, ...]
    gives: tuple[str, ...]
    read: Callable[[Cells, ReadContext], Values]
    beside: tuple[str, ...] = ()
    how: How = How.REMEMBERED
    aside: tuple[tuple[str, str | None], ...] = ()


def words(column: str, field: str) -> Part:
    """The cell exactly as it stands."""
    return Part((column,), (field,), lambda cells, context: (cells.words(column),), how=How.WORDS)


def text(column: str, field: str) -> Part:
    """The cell without the spaces around it."""
    return Part((column,), (field,), lambda cells, context: (cells.text(column),))


def own(column: str, mend: str) -> Part:
    """The source's own id of the row, which may not be empty."""
    return Part((column,), ("source_row",), lambda cells, context: (cells.must(column, mend),), how=How.OWN)


def own_or_made(column: str) -> Part:
    """The source's own id; where there is none, one made of the row itself: a changed row is a new one."""

    def read(cells: Cells, context: ReadContext) -> Values:
        return ((cells.text(column) if column else "") or made_of(cells.by_column()),)

    return Part((column,) if column else (), ("source_row",), read, how=How.WHOLE_ROW)


def made_of(pairs: Sequence[tuple[str, str]]) -> str:
    """An id made of what a row says, column by column in the order of their names."""
    return sha256(_encode(pairs)).hexdigest()[:32]


def when(column: str) -> Part:
    """A time or a range of times."""

    def read(cells: Cells, context: ReadContext) -> Values:
        found = cells.when(column, context.zone)
        return found.start, found.end, found.words

    return Part((column,), WHEN, read, how=How.MOMENT)


def point(lat: str, lon: str) -> Part:
    """Latitude and longitude, or neither."""
    return Part((lat, lon), POINT, lambda cells, context: cells.point(lat, lon), how=How.POINT)


def killed(low: str, best: str, high: str) -> Part:
    """Three columns as one count."""

    def read(cells: Cells, context: ReadContext) -> Values:
        count = cells.count(low, best, high)
        return count.low, count.best, count.high

    return Part((low, best, high), KILLED, read)


def reading(parts: Sequence[Part], fixed: Mapping[str, object]) -> Callable[[Cells, ReadContext], Report]:
    """The parts as the reader of one row; `fixed` are the fields that are the same in every row."""
    parts = tuple(parts)
    rest: dict[str, Any] = {field: () if field.startswith("side_") else "" for field in REPORT_COLUMNS} | dict.fromkeys(
        (*KILLED, *POINT)
    )
    rest |= {"radius_m": 0, **fixed}

    def read(cells: Cells, context: ReadContext) -> Report:
        said = dict(rest)
        for part in parts:
            said.update(zip(part.gives, part.read(cells, context), strict=True))
        flags = context.place_flags(said["lat_e7"], said["lon_e7"]) + context.time_flags(
            said["start_us"], said["end_us"]
        )
        said["flags"] = (*cells.flags, *flags)
        return Report(**said)

    return read
