"""What is wrong with a row as such, before any of its cells is read.

Decided from the record's own text alone, so that the same bytes are refused for the same reason when
the tables are rebuilt.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

from truceline.intake.encoding import to_bytes, to_text, unreadable
from truceline.intake.raw import RawRow
from truceline.vocabulary.refusal import Refusal, shown

MOST_CELL_BYTES = 65_536
"""The longest cell that is read, in bytes of UTF-8."""


def damaged_row(number: int, text: str, encoding: str, fault: Refusal) -> RawRow:
    """The row kept with its exact bytes."""
    return RawRow(number, None, to_bytes(text, encoding), fault)


def reread(number: int, raw: bytes, encoding: str, delimiter: str, header: tuple[str, ...]) -> RawRow:
    """A damaged row again, from its bytes alone: the same fault as when it was received.

    Bytes that are no damaged row are our own broken invariant: `AssertionError`.
    """
    text = to_text(raw, encoding)
    with cells_up_to(len(text)):
        cells = next(csv.reader(lines_of(text), delimiter=delimiter))
        fault = fault_of(number, text, cells, delimiter, header)
    if fault is None:
        raise AssertionError(f"row {number} is kept as damaged and is not")
    return damaged_row(number, text, encoding, fault)


def lines_of(text: str) -> io.StringIO:
    """The text as csv.reader wants it: lines ending in LF, CR or CRLF, the ends kept."""
    return io.StringIO(text, newline="")


@contextmanager
def cells_up_to(length: int) -> Iterator[None]:
    """csv.reader reads cells of any length a text of this length can hold; its own limit is put back after."""
    before = csv.field_size_limit(length + 1)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def fault_of(number: int, text: str, cells: list[str], delimiter: str, header: tuple[str, ...]) -> Refusal | None:
    """The first thing wrong with one record, or None.

    `text` is the record as it stood, `cells` what csv.reader made of it. Broken quotes are refused
    because csv.reader would read on with other words than were written.
    """
    if unreadable(text):
        return _bytes_fault(number, text, cells, header)
    if "\0" in text:
        return Refusal(number, "", shown(text), "The row holds a NUL character", "Take the NUL character out.")
    if '"' in text and (problem := _quotes(text, delimiter)):
        return Refusal(number, "", shown(text), problem, 'Double a quote inside a quoted cell: "".')
    if len(cells) != len(header):
        mend = f"Give it {len(header)} cells; quote a cell that holds {_named(delimiter)} or a line break."
        return Refusal(number, "", shown(text), f"The row has {len(cells)} cells, the header has {len(header)}", mend)
    return _length_fault(number, cells, header) if len(text) * 4 > MOST_CELL_BYTES else None


def _bytes_fault(number: int, text: str, cells: list[str], header: tuple[str, ...]) -> Refusal:
    at = next((i for i, cell in enumerate(cells) if unreadable(cell)), None)
    column = header[at] if at is not None and at < len(header) and len(cells) == len(header) else ""
    value = shown(text if at is None else cells[at])
    return Refusal(number, column, value, "Some bytes are not valid in the file's encoding", "Save the file as UTF-8.")


def _quotes(text: str, delimiter: str) -> str:
    try:
        next(csv.reader(lines_of(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            return "A quoted cell is never closed, and has swallowed all that follows it"
        return "The quotes of a cell are broken: text follows the closing quote"
    return ""


def _length_fault(number: int, cells: list[str], header: tuple[str, ...]) -> Refusal | None:
    for column, cell in zip(header, cells, strict=True):
        # A character has at most four bytes: most cells need no counting.
        if len(cell) * 4 > MOST_CELL_BYTES and len(cell.encode()) > MOST_CELL_BYTES:
            reason = f"The cell has {len(cell.encode())} bytes; at most {MOST_CELL_BYTES} are read"
            return Refusal(number, column, shown(cell), reason, "Shorten it, and keep the whole text as an exhibit.")
    return None


def _named(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab"}[delimiter]
