"""A long text read in pieces has the rows of the whole text: tried on short texts, with pieces shorter still."""

from collections.abc import Iterator, Sequence

import msgspec

from truceline.intake import pieces
from truceline.intake.layout import Layout
from truceline.intake.pieces import TextRows, read_piece
from truceline.intake.raw import RawRow
from truceline.intake.rows import find_header, rows_of

_PIECE = 40


def check_pieces(rows: Sequence[RawRow], text: str, layout: Layout) -> None:
    """Raise `AssertionError` where the pieces of a text give other rows."""
    header = find_header(text, lambda cells: cells == layout.header)
    if header is None or header.cells != layout.header or list(rows_of(text, layout.encoding, header)) != rows:
        return  # The header is one of two rows, or of another table above: only whoever knows the form finds it.
    before, pieces.PIECE = pieces.PIECE, _PIECE
    try:
        assert list(_in_pieces(TextRows(text, layout.encoding, header, "sent"))) == rows, "pieces give other rows"
    finally:
        pieces.PIECE = before


def _in_pieces(long: TextRows) -> Iterator[RawRow]:
    number = long.begin[1] - 1
    for start, end in long.pieces():
        piece = read_piece(long.text[start:end], long.encoding, long.header)
        if piece is None:
            yield from (_later(row, number) for row in long.rest(start))
            return
        rows = piece.rows or [RawRow(at, tuple(cells)) for at, cells in enumerate(piece.cells, 1)]
        yield from (_later(row, number) for row in rows)
        number += piece.records


def _later(row: RawRow, before: int) -> RawRow:
    fault = row.fault and msgspec.structs.replace(row.fault, row=row.fault.row + before)
    return RawRow(row.number + before, row.cells, row.raw, fault)
