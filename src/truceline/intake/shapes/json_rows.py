"""The records of a JSON file as rows: each value is a cell, its JSON text, under its path.

The columns are the fields of all records, in the order in which they are first seen. A record that
lacks one has an empty cell there, which no JSON text is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from truceline.errors import ValueNotRead
from truceline.intake.bounds import UNKNOWN_AFTER, Bounds
from truceline.intake.damage import MOST_CELL_BYTES, damaged_row
from truceline.intake.encoding import to_text, unreadable
from truceline.intake.packed import PackedRows
from truceline.intake.raw import JSON, JSON_ROWS, PLACED, RawRow
from truceline.intake.shapes.features import feature_cells
from truceline.intake.shapes.json_pieces import Piece, value_of
from truceline.intake.shapes.json_text import Fault, flat, plain, written
from truceline.vocabulary.refusal import Refusal, shown

Known = Callable[[Sequence[str]], bool]


def object_rows(
    bounds: Bounds, encoding: str, pieces: Iterable[Piece], shape: str, known: Known
) -> tuple[tuple[str, ...], PackedRows]:
    """Header and rows of records that are objects (JSON) or features (PLACED).

    Where no form is `known` by the fields of the first `UNKNOWN_AFTER` records, the rest is not read.
    Raises `FileNotRead` where the records have so few fields in common that a table would be mostly empty.
    """
    columns: dict[str, int] = {}
    rows = Widening(bounds)
    for number, text, value in pieces:
        fault, found = read_record(number, text, value, shape)
        bounds.row(damaged=fault is not None)
        if fault is not None:
            rows.append(damaged_row(number, text, encoding, fault))
            continue
        cells = [""] * len(columns)
        for path, cell in found.items():
            if path not in columns:
                columns[path] = len(cells)
                cells.append("")
            cells[columns[path]] = cell
        rows.append(RawRow(number, tuple(cells)))
        bounds.empty(len(cells) - len(found), len(columns))
        if len(rows) == UNKNOWN_AFTER and not known(tuple(columns)):
            return tuple(columns), PackedRows()
    return tuple(columns), rows.as_wide(len(columns))


def list_rows(encoding: str, pieces: Iterable[Piece]) -> Iterator[tuple[str, RawRow]]:
    """The rows of records that are lists, each as wide as it is, with its text."""
    for number, text, value in pieces:
        fault, found = read_record(number, text, value, JSON_ROWS)
        yield text, damaged_row(number, text, encoding, fault) if fault else RawRow(number, tuple(found.values()))


class Widening:
    """Rows of which each is as wide as what was seen so far, and in the end as wide as the header."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds, self._rows = bounds, PackedRows()
        self._widths: Counter[int] = Counter()

    def append(self, row: RawRow) -> None:
        """One more row."""
        self._rows.append(row)
        if row.cells is not None:
            self._widths[len(row.cells)] += 1

    def __len__(self) -> int:
        return len(self._rows)

    def as_wide(self, width: int) -> PackedRows:
        """The rows with empty cells up to this width. Raises `FileNotRead` where most of the table would be empty."""
        lacking = sum(max(0, width - own) * many for own, many in self._widths.items())
        if lacking:
            self._bounds.empty(lacking, width)
        self._rows.width = width
        return self._rows


def read_record(number: int, text: str, value: object, shape: str) -> tuple[Refusal | None, dict[str, str]]:
    """The cells of a record by path (of a list: by position), or the first thing wrong with it."""
    if unreadable(text):
        return _fault(number, text, "Some bytes are not valid in the file's encoding", "Save the file as UTF-8."), {}
    try:
        found = _CELLS[shape](value)
    except ValueNotRead as error:
        return _fault(number, text, error.message, error.mend), {}
    if "\\u" in text and unreadable("".join((*found, *found.values()))):
        return _fault(number, text, "A text holds half a character (\\ud800 to \\udfff)", "Write the whole one."), {}
    if len(text) * 4 > MOST_CELL_BYTES:
        for path, cell in found.items():
            if len(cell) * 4 > MOST_CELL_BYTES and len(cell.encode()) > MOST_CELL_BYTES:
                reason = f"The value has more than {MOST_CELL_BYTES} bytes"
                mend = "Shorten it, and keep the whole text as an exhibit."
                return Refusal(number, path if shape != JSON_ROWS else "", shown(plain(cell)), reason, mend), {}
    return None, found


def reread_record(number: int, raw: bytes, encoding: str, shape: str, header: Sequence[str]) -> RawRow:
    """A damaged record again, from its bytes alone: the same fault as when it was received."""
    text = to_text(raw, encoding)
    fault, found = read_record(number, text, value_of(text), shape)
    fault = fault or (width_fault(number, text, len(found), len(header)) if shape == JSON_ROWS else None)
    if fault is None:
        raise AssertionError(f"record {number} is kept as damaged and is not")
    return damaged_row(number, text, encoding, fault)


def width_fault(number: int, text: str, cells: int, header: int) -> Refusal | None:
    """A row with more cells than the header has."""
    if cells <= header:
        return None
    return _fault(number, text, f"The row has {cells} cells, the header has {header}", f"Give it {header} cells.")


def _listed(value: object) -> dict[str, str]:
    if isinstance(value, Fault) or not isinstance(value, list):
        raise ValueNotRead(str(value) if isinstance(value, Fault) else "The row is no JSON list", "Write [a, b, ...].")
    return {str(at): written(cell) for at, cell in enumerate(value)}


_CELLS: dict[str, Callable[[object], dict[str, str]]] = {JSON: flat, JSON_ROWS: _listed, PLACED: feature_cells}


def _fault(number: int, text: str, reason: str, mend: str) -> Refusal:
    return Refusal(number, "", shown(text), reason, mend)
