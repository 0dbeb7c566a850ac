"""Rows that are no delimited text: the sheets of a workbook, and JSON that is a list of lists."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from truceline.intake.bounds import Bounds
from truceline.intake.damage import MOST_CELL_BYTES, damaged_row
from truceline.intake.packed import PackedRows
from truceline.intake.raw import RawRow
from truceline.intake.rows import HEADER_WITHIN
from truceline.intake.shapes.json_rows import width_fault
from truceline.intake.shapes.json_text import plain
from truceline.intake.shapes.workbook import Sheet
from truceline.intake.tags import is_tag_row
from truceline.vocabulary.refusal import Refusal, shown

_TIMES, _SPARE = 50, 100_000
"""Cells that merged cells may fill: so many a row, and some more."""
_NUMBER = re.compile(r"[+-]?[\d.,]+", re.ASCII)


class Found(NamedTuple):
    """A header, and the position of the first row below it."""

    header: tuple[str, ...]
    below: int


def find_in(rows: Sequence[Sequence[str]], known: Callable[[Sequence[str]], bool]) -> Found | None:
    """The first of the first `HEADER_WITHIN` rows that is a known header, alone or with the row above it.

    With the row above: a cell that is empty is named by the cell over it, as in a header of two rows
    whose single columns are merged downwards. A row of HXL tags below the header is passed.
    """
    above: tuple[str, ...] = ()
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        cells = tuple(row)
        for header in (cells, _stacked(above, cells)):
            if known(header):
                tagged = at + 1 < len(rows) and is_tag_row(rows[at + 1]) and not is_tag_row(header)
                return Found(header, at + 1 + tagged)
        above = cells
    return None


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    last = max((at for at, cell in enumerate(row) if cell), default=-1)
    return tuple(row[: last + 1])


def _stacked(above: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(above), len(cells))
    upper, lower = (row + ("",) * (width - len(row)) for row in (above, cells))
    return tuple([low or up for low, up in zip(lower, upper, strict=True)])


def filled(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a sheet, where a merged cell says its text or date for all the rows it covers.

    A number that is merged is read where it stands only: it may be one count for all these rows. No row
    is made that has no cell of its own.
    """
    merges = sorted(sheet.merged, key=lambda merge: merge[0], reverse=True)
    spare = len(sheet.rows) * _TIMES + _SPARE
    open_: list[tuple[int, int, str]] = []
    for number, cells in ((row.number, list(row.cells or ())) for row in sheet.rows):
        open_ = [merge for merge in open_ if merge[0] >= number] if spare > 0 else []
        spare -= len(open_)
        for _, left, said in open_:
            cells += [""] * (left + 1 - len(cells))
            cells[left] = cells[left] or said
        while merges and merges[-1][0] <= number:
            first, last, left, _ = merges.pop()
            said = cells[left] if first == number and left < len(cells) else ""
            if said and last > number and not _NUMBER.fullmatch(said):
                open_.append((last, left, said))
        yield number, _trimmed(cells)


def sheet_rows(bounds: Bounds, rows: Iterable[tuple[int, tuple[str, ...]]], header: Sequence[str]) -> PackedRows:
    """The rows below a sheet's header, as wide as it is. A row that is wider, or has too long a cell, is damaged."""
    made = PackedRows(width=len(header))
    for number, cells in rows:
        fault = _sheet_fault(number, cells, header)
        row = RawRow(number, None, msgspec.json.encode(cells), fault) if fault else RawRow(number, cells)
        bounds.row(damaged=fault is not None)
        _count_lacking(bounds, row, len(header))
        made.append(row)
    return made


def _count_lacking(bounds: Bounds, row: RawRow, width: int) -> None:
    if row.cells is not None and len(row.cells) < width:
        bounds.empty(width - len(row.cells), width)


def reread_sheet_row(number: int, raw: bytes, header: Sequence[str]) -> RawRow:
    """A damaged row of a sheet again, from its texts as a JSON list: the same fault as when it was received."""
    fault = _sheet_fault(number, msgspec.json.decode(raw, type=tuple[str, ...]), header)
    if fault is None:
        raise AssertionError(f"row {number} is kept as damaged and is not")
    return RawRow(number, None, raw, fault)


def _sheet_fault(number: int, cells: Sequence[str], header: Sequence[str]) -> Refusal | None:
    for at, cell in enumerate(cells):
        if len(cell) * 4 > MOST_CELL_BYTES and len(cell.encode()) > MOST_CELL_BYTES:
            reason = f"The cell has {len(cell.encode())} bytes; at most {MOST_CELL_BYTES} are read"
            mend = "Shorten it, and keep the whole text as an exhibit."
            return Refusal(number, header[at] if at < len(header) else "", shown(cell), reason, mend)
    return width_fault(number, " | ".join(cells), len(cells), len(header))


def list_table(bounds: Bounds, rows: Iterable[tuple[str, RawRow]], header: Sequence[str], encoding: str) -> PackedRows:
    """The rows of lists below their header, with their texts. Wider ones are damaged, empty ones are no rows."""
    made = PackedRows(width=len(header))
    for text, row in rows:
        if row.cells == ():
            continue
        fault = None if row.cells is None else width_fault(row.number, text, len(row.cells), len(header))
        kept = damaged_row(row.number, text, encoding, fault) if fault else row
        bounds.row(damaged=kept.cells is None)
        _count_lacking(bounds, kept, len(header))
        made.append(kept)
    return made


def plain_row(row: RawRow) -> tuple[str, ...]:
    """The texts of the cells of a row of JSON; of a damaged row none."""
    return () if row.cells is None else tuple([plain(cell) for cell in row.cells])
