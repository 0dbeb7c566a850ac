"""A long delimited text in pieces, cut where records surely end, so that its rows need not all be held at once.

A piece is read by itself and strictly. What is read so is what `rows.rows_of` reads of the whole text: where a
piece is not plain (broken quotes, a record that goes on), all that follows is left to `rows_of`.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from truceline.intake.bounds import MOST_RECORD, RecordTooLong
from truceline.intake.damage import MOST_CELL_BYTES, cells_up_to
from truceline.intake.encoding import unreadable
from truceline.intake.lines import lines_of
from truceline.intake.raw import RawRow
from truceline.intake.rows import Header, read_records, rows_below, rows_of
from truceline.intake.tags import is_tag_row

PIECE = 160_000
"""About so many characters make a piece."""
LONG = 1_000_000
"""Characters from which a text is read in pieces."""
_SURELY_SHORT = MOST_CELL_BYTES // 4


class PieceRows(NamedTuple):
    """The rows of one piece. number: of the first record, counted from 1; records: how many there are, blank ones too.

    Either `cells` of all records, in order, or `rows` with numbers of their own, counted from 1.
    """

    records: int
    cells: Sequence[Sequence[str]] = ()
    rows: Sequence[RawRow] = ()


class TextRows(Sequence[RawRow]):
    """The rows of a long text: in pieces for whoever enters them, all of them for whoever asks for them."""

    def __init__(self, text: str, encoding: str, header: Header, name: str) -> None:
        self.text, self.encoding, self.header, self.name = text, encoding, header, name

    @cached_property
    def rows(self) -> Sequence[RawRow]:
        """All rows."""
        return rows_of(self.text, self.encoding, self.header, self.name)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> RawRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[RawRow]: ...
    def __getitem__(self, at: int | slice) -> RawRow | Sequence[RawRow]:
        return self.rows[at]

    def __iter__(self) -> Iterator[RawRow]:
        return iter(self.rows)

    @cached_property
    def begin(self) -> tuple[int, int]:
        """Where the first record below the header and its tags begins, and that record's number."""
        at = seen = 0
        for number, lines, cells in read_records(self.text, self.header.delimiter, self.name):
            seen += bool(cells)
            if seen > self.header.at + 1 or (seen == self.header.at + 1 and cells and not is_tag_row(cells)):
                return at, number
            at += sum(map(len, lines))
        return len(self.text), 1

    def pieces(self) -> Iterator[tuple[int, int]]:
        """[start, end) of each piece; a quote is never open between two of them unless quotes are broken."""
        text, start = self.text, self.begin[0]
        while start < len(text):
            end = self._end(start)
            yield start, end
            start = end

    @cached_property
    def expected(self) -> int:
        """How many rows there are, if no line is blank and quotes are in order."""
        return sum(_line_ends(self.text, start, end) for start, end in self.pieces())

    def rest(self, start: int) -> Sequence[RawRow]:
        """The rows from a place on, read record by record; numbers counted from 1."""
        return rows_below(self.text[start:], self.encoding, self.header, self.name)

    def _end(self, start: int) -> int:
        text, end, quotes, counted = self.text, start + PIECE, 0, start
        while (end := text.find("\n", end) + 1) > 0:
            quotes += text.count('"', counted, end)
            if quotes % 2 == 0:
                return end
            counted = end
            if end - start > MOST_RECORD:
                break
        return len(text)


def _line_ends(text: str, start: int, end: int) -> int:
    """Ends of lines outside quotes, that of the text included."""
    piece = text[start:end]
    last = 0 if piece.endswith("\n") else 1
    if '"' not in piece:
        return piece.count("\n") + last
    return "".join(piece.split('"')[::2]).count("\n") + last


def most_records(text: str) -> int:
    """No piece with this text has more records."""
    return text.count("\n") + text.count("\r") + 1


def read_piece(text: str, encoding: str, header: Header) -> PieceRows | None:
    """The rows of a piece; None where it does not end where a record ends, or its quotes are broken."""
    bad = "\0" in text or unreadable(text)
    try:
        with cells_up_to(MOST_RECORD):
            lines = list(lines_of(text, MOST_RECORD))
            records = list(csv.reader(lines, delimiter=header.delimiter, strict=True))
        width = len(header.cells)
        short = len(lines) == len(records) and len(max(lines, key=len)) <= _SURELY_SHORT
        if short and not bad and set(map(len, records)) == {width}:
            return PieceRows(len(records), cells=records)
        return PieceRows(len(records), rows=rows_below(text, encoding, header, "", strict=not bad))
    except (csv.Error, RecordTooLong):
        return None
