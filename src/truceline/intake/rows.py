"""The records of a delimited table, by the rules of Python's csv.reader: each is one row, whatever its damage."""

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from truceline.intake.bounds import Bounds
from truceline.intake.damage import MOST_CELL_BYTES, cells_up_to, damaged_row, fault_of, lines_of
from truceline.intake.encoding import unreadable
from truceline.intake.raw import RawRow
from truceline.intake.tags import is_tag_row, is_tagged

DELIMITERS = (",", ";", "\t")
HEADER_WITHIN = 25
"""A header stands in one of so many first records; what stands above it (titles, other headings) is no row."""
_SURELY_SHORT = MOST_CELL_BYTES // 4


class Header(NamedTuple):
    """The header of a file: its cells, the delimiter, and the how-manyeth record that is not blank it is."""

    cells: tuple[str, ...]
    delimiter: str
    at: int = 1


def find_header(text: str, known: Callable[[tuple[str, ...]], bool]) -> Header | None:
    """The first record that is a known header, with the delimiter under which it is known.

    It is sought among the first `HEADER_WITHIN`; where none is known, the first record is given, with
    the delimiter under which it has most cells. None for a text without any record.
    """
    tops = {delimiter: _first(text, delimiter) for delimiter in DELIMITERS}
    for delimiter, records in tops.items():
        for at, cells in enumerate(records, 1):
            if known(cells):
                return Header(_as_wide(cells, records), delimiter, at)
    found = [Header(records[0], delimiter) for delimiter, records in tops.items() if records]
    return max(found, key=lambda header: len(header.cells), default=None)


def _as_wide(cells: tuple[str, ...], records: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """A row of tags may leave out the last columns, which have none: they are columns all the same."""
    widest = max(map(len, records)) if is_tagged(cells) else len(cells)
    return cells + ("",) * (widest - len(cells))


def rows_of(text: str, encoding: str, header: Header, name: str = "The file") -> list[RawRow]:
    """Every record after the header that is not blank, in order; an HXL tag row below the header is not a row.

    Records and rows are numbered as a person counts them, blank ones included, from 1. Raises
    `FileNotRead` where so many rows are damaged that the file, `name`, is no table of this header.
    """
    lines = list(lines_of(text))
    if "\0" not in text and not unreadable(text):
        try:
            return _rows(lines, encoding, header, Bounds(name, len(text)), strict=True)
        except csv.Error:
            pass  # Some quotes are broken: read as csv.reader reads without strictness, and look at each record.
    return _rows(lines, encoding, header, Bounds(name, len(text)), strict=False)


def _rows(lines: list[str], encoding: str, header: Header, bounds: Bounds, *, strict: bool) -> list[RawRow]:
    width, at = len(header.cells), header.at
    rows: list[RawRow] = []
    records = _records(lines, header.delimiter, sum(map(len, lines)), strict=strict)
    for seen, (number, first, last, cells) in enumerate(records, 1):
        if (
            strict
            and len(cells) == width
            and last - first == 1
            and len(lines[first]) <= _SURELY_SHORT
            and seen > at + 1
        ):
            rows.append(RawRow(number, tuple(cells)))
        elif seen > at + 1 or (seen == at + 1 and not is_tag_row(cells)):
            rows.append(_looked_at(number, "".join(lines[first:last]), cells, encoding, header))
            bounds.row(damaged=rows[-1].cells is None)
    return rows


def _looked_at(number: int, text: str, cells: list[str], encoding: str, header: Header) -> RawRow:
    fault = fault_of(number, text, cells, header.delimiter, header.cells)
    return damaged_row(number, text, encoding, fault) if fault else RawRow(number, tuple(cells))


def _first(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """The first records, up to `HEADER_WITHIN`."""
    records = _records(lines_of(text), delimiter, len(text))
    return [tuple(cells) for _, _, _, cells in islice(records, HEADER_WITHIN)]


def _records(
    lines: Iterator[str] | list[str], delimiter: str, longest: int, *, strict: bool = False
) -> Iterator[tuple[int, int, int, list[str]]]:
    """(number, first line, line after the last, cells) of each record that is not blank."""
    with cells_up_to(longest):
        reader = csv.reader(lines, delimiter=delimiter, strict=strict)
        first = 0
        for number, cells in enumerate(reader, 1):
            last = reader.line_num
            if cells:
                yield number, first, last, cells
            first = last
