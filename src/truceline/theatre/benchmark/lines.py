"""Columns of texts as delimited lines: RFC 4180, a cell in quotes where it must be."""

from collections.abc import Sequence

Texts = Sequence[str]


def joined(columns: Sequence[Texts], separator: str = ",", line_end: str = "\n") -> str:
    """The rows of some columns, each with its line end. Quick where most columns need no quotes."""
    if not columns or not columns[0]:
        return ""
    quoted = [_quoted(column, separator) for column in columns]
    return line_end.join(map(separator.join, zip(*quoted, strict=True))) + line_end


def _quoted(column: Texts, separator: str) -> Texts:
    whole = "".join(column)
    if not any(mark in whole for mark in (separator, '"', "\n", "\r")):
        return column
    cells = {cell: _cell(cell, separator) for cell in set(column)}
    return [cells[cell] for cell in column]


def _cell(cell: str, separator: str) -> str:
    if not any(mark in cell for mark in (separator, '"', "\n", "\r")):
        return cell
    return '"' + cell.replace('"', '""') + '"'
