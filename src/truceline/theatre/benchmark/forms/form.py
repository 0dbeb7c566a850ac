"""What a form is: its columns from what was said, and how rows stand in a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np

from truceline.theatre.benchmark.draws import Column
from truceline.theatre.benchmark.lines import joined
from truceline.theatre.benchmark.said import Said

Columns = Mapping[str, Column]
Written = Callable[[Sequence[str], Sequence[Sequence[Any]]], bytes]


@dataclass(frozen=True)
class Form:
    """A form of table. `columns` gives a form's columns, in order; a wrong row has one of `wrong` in it.

    wrong: (column, text) of which any refuses the row. rows: the bytes of some rows. head, foot, between: what
    stands before the first, after the last, and between two lots of rows. bound: (the most rows) of a file.
    """

    columns: Callable[[Said], Columns]
    wrong: tuple[tuple[str, str], ...]
    rows: Written
    head: Callable[[Sequence[str]], bytes] = field(default=lambda names: b"")
    foot: bytes = b""
    between: bytes = b""

    def table(self, said: Said) -> Columns:
        """The columns with the wrong rows made wrong, the ways to be wrong in turn."""
        made = dict(self.columns(said))
        at = np.flatnonzero(said.wrong)
        if len(at):
            turn = said.incidents.number[at] % len(self.wrong)
            for step, (column, text) in enumerate(self.wrong):
                cells = made[column].copy()
                cells[at[turn == step]] = text
                made[column] = cells
        return made


def delimited(
    encoding: str = "utf-8", separator: str = ",", line_end: str = "\n"
) -> tuple[Written, Callable[[Sequence[str]], bytes]]:
    """How rows and the header are written as CSV; a byte order mark stands before the header only."""
    body = encoding.removesuffix("-sig")
    return (
        lambda names, columns: joined(columns, separator, line_end).encode(body),
        lambda names: joined([[name] for name in names], separator, line_end).encode(encoding),
    )


def json_lines(between: str) -> Written:
    """Records one a line; empty texts are left as null."""

    def rows(names: Sequence[str], columns: Sequence[Sequence[Any]]) -> bytes:
        encode = msgspec.json.encode
        return between.encode().join([encode(dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)])

    return rows


def same(said: Said, text: str) -> Column:
    """The same text in every row."""
    return np.full(len(said), text, object)


def cell(said: Said, name: str) -> Column:
    """The cells of one of truceline's columns, empty where the source has none."""
    found = said.cells.get(name)
    return same(said, "") if found is None else found


def numbers(column: Column) -> Column:
    """Texts of numbers as numbers for JSON, None where there is none; other texts as they are."""
    made = np.empty(len(column), object)
    made[:] = [_number(text) for text in column.tolist()]
    return made


def _number(text: str) -> object:
    if not text:
        return None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text
