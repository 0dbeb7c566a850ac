"""The records of a delimited table, by the rules of Python's csv.reader: each is one row, whatever its damage."""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from truceline.errors import FileNotRead
from truceline.intake.bounds import MOST_COLUMNS, MOST_RECORD, Bounds, RecordTooLong, check_blank
from truceline.intake.damage import MOST_CELL_BYTES, cells_up_to, damaged_row, fault_of
from truceline.intake.encoding import unreadable
from truceline.intake.lines import lines_of
from truceline.intake.packed import PackedRows
from truceline.intake.raw import RawRow
from truceline.intake.tags import is_tag_row, is_tagged

DELIMITERS = (",", ";", "\t")
HEADER_WITHIN = 25
"""A header stands in one of so many first records; what stands above it (titles, other headings) is no row."""
_HEADER_WITHIN_LINES = 10_000
_BLANK_AT_ONCE = 100_000
_SURELY_SHORT = MOST_CELL_BYTES // 4


class Header(NamedTuple):
    """The header of a file: its cells, the delimiter, and the how-manyeth record that is not blank it is."""

    cells: tuple[str, ...]
    delimiter: str
    at: int = 1


def find_header(text: str, known: Callable[[tuple[str, ...]], bool]) -> Header | None:
    """The first record that is a known header, with the delimiter under which it is known.

    It is sought among the first `HEADER_WITHIN`; where none is known, the first record is given, with
    the delimiter under which it has most cells. None for a text without any record, or whose first one
    is too long. No form has more than `MOST_COLUMNS`.
    """
    tops = {delimiter: _first(text, delimiter) for delimiter in DELIMITERS}
    for delimiter, records in tops.items():
        for at, cells in enumerate(records, 1):
            if len(cells) <= MOST_COLUMNS and known(cells):
                return Header(_as_wide(cells, records), delimiter, at)
    found = [Header(records[0], delimiter) for delimiter, records in tops.items() if records]
    return max(found, key=lambda header: len(header.cells), default=None)


def _as_wide(cells: tuple[str, ...], records: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """A row of tags may leave out the last columns, which have none: they are columns all the same."""
    widest = max(map(len, records)) if is_tagged(cells) else len(cells)
    return cells + ("",) * (widest - len(cells))


def rows_of(text: str, encoding: str, header: Header, name: str = "The file") -> PackedRows:
    """Every record after the header that is not blank, in order; an HXL tag row below the header is not a row.

    Records and rows are numbered as a person counts them, blank ones included, from 1. Raises
    `FileNotRead` where so many rows are damaged that the file, `name`, is no table of this header, and
    where one record is longer than `MOST_RECORD` characters.
    """
    if "\0" not in text and not unreadable(text):
        try:
            return _rows(text, encoding, header, Bounds(name, len(text)), strict=True)
        except (csv.Error, RecordTooLong):
            pass  # Some quotes are broken: read as csv.reader reads without strictness, and look at each record.
    return _rows(text, encoding, header, Bounds(name, len(text)), strict=False)


def rows_below(text: str, encoding: str, header: Header, name: str = "The file", *, strict: bool = False) -> PackedRows:
    """Every record of a text that stands somewhere below the header; records are numbered from 1.

    Raises `csv.Error` where it is strict and quotes are broken.
    """
    return _rows(text, encoding, header._replace(at=-1), Bounds(name, len(text)), strict=strict)


def _rows(text: str, encoding: str, header: Header, bounds: Bounds, *, strict: bool) -> PackedRows:
    width, at = len(header.cells), header.at
    rows = PackedRows()
    records = _records(text, header.delimiter, bounds.name, strict=strict)
    for seen, (number, lines, cells) in enumerate(records, 1):
        if strict and len(cells) == width and len(lines) == 1 and len(lines[0]) <= _SURELY_SHORT and seen > at + 1:
            rows.append(RawRow(number, tuple(cells)))
        elif seen > at + 1 or (seen == at + 1 and not is_tag_row(cells)):
            row = _looked_at(number, "".join(lines), cells, encoding, header)
            rows.append(row)
            bounds.row(damaged=row.cells is None)
    return rows


def _looked_at(number: int, text: str, cells: list[str], encoding: str, header: Header) -> RawRow:
    fault = fault_of(number, text, cells, header.delimiter, header.cells)
    return damaged_row(number, text, encoding, fault) if fault else RawRow(number, tuple(cells))


def _first(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """The first records, up to `HEADER_WITHIN`, or to one that is too long or countless blank lines."""
    found: list[tuple[str, ...]] = []
    try:
        for number, _, cells in islice(_records(text, delimiter, ""), HEADER_WITHIN):
            if number <= _HEADER_WITHIN_LINES:
                found.append(tuple(cells))
    except FileNotRead:
        pass  # Too long a record, or blank lines without end: told when the rows are read.
    return found


class _Fed:
    """Lines for csv.reader, and those of the record it is at. Raises `RecordTooLong`."""

    def __init__(self, text: str, name: str) -> None:
        self._lines, self._name = lines_of(text, MOST_RECORD), name
        self._record: list[str] = []
        self._line = self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._record.append(line)
        self._length += len(line)
        if self._length > MOST_RECORD:
            raise RecordTooLong(self._name, self._line + 1)
        return line

    def record(self) -> list[str]:
        """The lines since the last record; the next one begins."""
        lines, self._record = self._record, []
        self._line += len(lines)
        self._length = 0
        return lines


def read_records(
    text: str, delimiter: str, name: str, *, strict: bool = False
) -> Iterator[tuple[int, list[str], list[str]]]:
    """(number, lines, cells) of each record; blank ones have no cells."""
    with cells_up_to(MOST_RECORD):
        fed, blank = _Fed(text, name), 0
        for number, cells in enumerate(csv.reader(fed, delimiter=delimiter, strict=strict), 1):
            if not cells:
                blank += 1
                if blank % _BLANK_AT_ONCE == 0:
                    check_blank(name, blank, number)
            yield number, fed.record(), cells


def _records(
    text: str, delimiter: str, name: str, *, strict: bool = False
) -> Iterator[tuple[int, list[str], list[str]]]:
    """(number, lines, cells) of each record that is not blank."""
    return (record for record in read_records(text, delimiter, name, strict=strict) if record[2])
