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
    doubtful = "\0" in text or unreadable(text)
    width = len(header.cells)
    rows: list[RawRow] = []
    seen = 0
    for number, first, last, cells in _records(lines, header.delimiter, len(text)):
        seen += 1
        if seen == 1 or (seen == 2 and is_tag_row(cells)):
            continue
        line = lines[first] if last - first == 1 else "".join(lines[first:last])
        if not doubtful and len(cells) == width and '"' not in line and len(line) * 4 <= MOST_CELL_BYTES:
            rows.append(RawRow(number, tuple(cells)))
            continue
        fault = fault_of(number, line, cells, header.delimiter, header.cells)
        rows.append(damaged_row(number, line, encoding, fault) if fault else RawRow(number, tuple(cells)))
    return rows


def is_tag_row(cells: Sequence[str]) -> bool:
    """A row of HXL tags (`#date+start`): every cell that is not empty is one, and there are three or more."""
    tags = [cell for cell in cells if cell]
    return len(tags) >= _FEWEST_TAGS and all(_TAG.fullmatch(cell.strip(" ")) for cell in tags)


def _first(text: str, delimiter: str) -> tuple[str, ...] | None:
    for _, _, _, cells in _records(lines_of(text), delimiter, len(text)):
        return tuple(cells)
    return None


def _records(
    lines: Iterator[str] | list[str], delimiter: str, longest: int
) -> Iterator[tuple[int, int, int, list[str]]]:
    """(number, first line, line after the last, cells) of each record that is not blank."""
    with cells_up_to(longest):
        reader = csv.reader(lines, delimiter=delimiter)
        first = 0
        for number, cells in enumerate(reader, 1):
            last = reader.line_num
            if cells:
                yield number, first, last, cells
            first = last
