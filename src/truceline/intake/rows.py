"""The records of a delimited table, by the rules of Python's csv.reader: each is one row, whatever its damage."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from truceline.intake.damage import MOST_CELL_BYTES, cells_up_to, damaged_row, fault_of, lines_of
from truceline.intake.encoding import unreadable
from truceline.intake.raw import RawRow

DELIMITERS = (",", ";", "\t")
_TAG = re.compile(r"#[A-Za-z][A-Za-z0-9_]*(?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*", re.ASCII)
_FEWEST_TAGS = 3
_SURELY_SHORT = MOST_CELL_BYTES // 4


class Header(NamedTuple):
    """The first record of a file that is not blank: its cells, the delimiter and its number."""

    cells: tuple[str, ...]
    delimiter: str


def find_header(text: str, known: Callable[[tuple[str, ...]], bool]) -> Header | None:
    """The header, with the delimiter under which it is known; else under which it has most cells.

    None for a text without any record.
    """
    found = [Header(cells, delimiter) for delimiter in DELIMITERS if (cells := _first(text, delimiter))]
    if not found:
        return None
    return next((header for header in found if known(header.cells)), max(found, key=lambda header: len(header.cells)))


def rows_of(text: str, encoding: str, header: Header) -> list[RawRow]:
    """Every record after the header that is not blank, in order; an HXL tag row below the header is not a row.

    Records and rows are numbered as a person counts them, blank ones included, from 1.
    """
    lines = list(lines_of(text))
    if "\0" not in text and not unreadable(text):
        try:
            return _rows(lines, encoding, header, strict=True)
        except csv.Error:
            pass  # Some quotes are broken: read as csv.reader reads without strictness, and look at each record.
    return _rows(lines, encoding, header, strict=False)


def _rows(lines: list[str], encoding: str, header: Header, *, strict: bool) -> list[RawRow]:
    width = len(header.cells)
    rows: list[RawRow] = []
    records = _records(lines, header.delimiter, sum(map(len, lines)), strict=strict)
    for seen, (number, first, last, cells) in enumerate(records, 1):
        if strict and len(cells) == width and last - first == 1 and len(lines[first]) <= _SURELY_SHORT and seen > 2:
            rows.append(RawRow(number, tuple(cells)))
        elif seen > 2 or (seen == 2 and not is_tag_row(cells)):
            rows.append(_looked_at(number, "".join(lines[first:last]), cells, encoding, header))
    return rows


def _looked_at(number: int, text: str, cells: list[str], encoding: str, header: Header) -> RawRow:
    fault = fault_of(number, text, cells, header.delimiter, header.cells)
    return damaged_row(number, text, encoding, fault) if fault else RawRow(number, tuple(cells))


def is_tag_row(cells: Sequence[str]) -> bool:
    """A row of HXL tags (`#date+start`): every cell that is not empty is one, and there are three or more."""
    tags = [cell for cell in cells if cell]
    return len(tags) >= _FEWEST_TAGS and all(_TAG.fullmatch(cell.strip(" ")) for cell in tags)


def _first(text: str, delimiter: str) -> tuple[str, ...] | None:
    for _, _, _, cells in _records(lines_of(text), delimiter, len(text)):
        return tuple(cells)
    return None


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
