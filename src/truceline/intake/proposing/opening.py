"""Any file as one table: which row is the header, and a sample of the rows below it as texts."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.bounds import MOST_COLUMNS
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.damage import cells_up_to
from truceline.intake.encoding import decode
from truceline.intake.formats.format import Format, Noun
from truceline.intake.formats.outside import known_formats
from truceline.intake.proposing.columns import looks_like_a_value
from truceline.intake.proposing.words import MOST_HEADER, said_by_header
from truceline.intake.reading import check_bytes
from truceline.intake.rows import DELIMITERS, HEADER_WITHIN
from truceline.intake.shapes import grid, json_pieces, kml
from truceline.intake.shapes.features import header_of, texts_of
from truceline.intake.shapes.json_text import plain, written
from truceline.intake.shapes.layers import Layer
from truceline.intake.shapes.workbook import is_workbook, sheets_of
from truceline.intake.shapes.zip_parts import Parts
from truceline.intake.table import Opening, RawTable, tables_of
from truceline.intake.tags import is_tag_row

MOST_SAMPLED, MOST_CELLS_SAMPLED = 4_000, 400_000
"""Rows that are looked at for a proposal, spread over the table, and cells."""
_LAST = 20
"""Rows at the end that are always looked at: totals stand there."""
Rows = Sequence[Sequence[str]]


class Opened(Struct, frozen=True):
    """A table as received. `sample`: the texts of some rows; `known`: the form that reads it without a mapping, or "".

    tags: the row of HXL tags beside the header, () where there is none.
    """

    name: str
    sheet: str
    header: tuple[str, ...]
    tags: tuple[str, ...]
    table: RawTable
    sample: tuple[tuple[str, ...], ...]
    known: str

    @property
    def doubt(self) -> str:
        """What is doubtful about the header, or ""."""
        if any(looks_like_a_value(cell) for cell in self.header[:200] if cell.strip()):
            return "Is the first row of the table a row of names? Some of its cells are numbers or dates."
        return ""

    def column(self, at: int) -> Iterator[str]:
        """The texts of one column in all rows that are not damaged."""
        texts = texts_of(self.table.layout.delimiter, self.table.layout.header)
        for row in self.table.rows:
            if row.cells is not None:
                yield (texts(row.cells) if texts else row.cells)[at].strip(" ")


def open_any(name: str, content: bytes | Sequence[Layer], *, encoding: str | None = None, sheet: str = "") -> Opened:
    """The table of a file of any shape. Of a workbook the sheet of that name, else the first that looks like a table.

    content: the file's bytes or, of a GeoPackage, its layers as they were opened. Raises `FileNotRead` where there
    is no table, or no sheet of that name.
    """
    if isinstance(content, bytes):
        check_bytes(name, content)
        headers, tags = _headers(name, content, encoding, sheet)
    else:
        headers, tags = frozenset(), ()
    found = tables_of(Opening(name, [_Any(headers)], sheet=sheet), content, encoding)
    tables = [one for one in found if isinstance(one, RawTable) and (not sheet or one.sheet == sheet)]
    if not tables:
        told = f"{name} has no sheet {sheet!r} with a table." if sheet else f"No header was found in {name}."
        raise FileNotRead(told, "A table needs a row of names above its rows, among the first 25.")
    table = max(tables, key=lambda one: len(one.rows) > 0)
    seen = header_of(table.layout.delimiter, table.header)
    if len(seen) > MOST_COLUMNS + 3:
        raise FileNotRead(f"{name} has {len(seen)} columns; at most {MOST_COLUMNS} are read.", "Leave some out.")
    known = next((form.name for form in known_formats() if form.recognises(seen) or form.recognises(tags)), "")
    return Opened(name, table.sheet, seen, tags, table, _sampled(table), known)


def _sampled(table: RawTable) -> tuple[tuple[str, ...], ...]:
    texts = texts_of(table.layout.delimiter, table.layout.header)
    whole = [row.cells for row in table.rows if row.cells is not None]
    most = max(50, min(MOST_SAMPLED, MOST_CELLS_SAMPLED // max(1, len(table.header))))
    step = max(1, -(-len(whole) // most))
    chosen = sorted({*range(0, len(whole), step), *range(max(0, len(whole) - _LAST), len(whole))})
    return tuple([texts(whole[at]) if texts else whole[at] for at in chosen])


@dataclass(frozen=True)
class _Any(Format):
    """A form that knows the headers it is given or, given none, every header; and notes those it is shown."""

    wanted: frozenset[tuple[str, ...]] = frozenset()
    seen: list[tuple[str, ...]] = field(default_factory=list)

    def __init__(self, wanted: frozenset[tuple[str, ...]], *, none: bool = False) -> None:
        super().__init__("proposed", "0", "report", (), {}, _unread)
        object.__setattr__(self, "wanted", frozenset({("",)}) if none else wanted)
        object.__setattr__(self, "seen", [])

    def recognises(self, header: Sequence[str]) -> bool:
        self.seen.append(tuple(header))
        return not self.wanted or tuple(header) in self.wanted

    def doubled(self, header: Sequence[str]) -> str:
        return ""


def _unread(cells: Cells, context: ReadContext) -> Noun:
    raise AssertionError("a table that is only looked at is not read")


def _headers(
    name: str, content: bytes, encoding: str | None, sheet: str
) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    """The header of each table in the file, () for one without a row of names (JSON, KML), and the row of tags."""
    if content.startswith(b"PK\x03\x04"):
        parts = Parts(name, content)
        return _headers_of_sheets(parts, sheet) if is_workbook(parts) else (frozenset(), ())
    if kml.is_kml(content):
        return frozenset(), ()
    text = decode(name, content, encoding).text
    if json_pieces.is_json(text):
        return _headers_of_json(name, text)
    return _chosen(_top(text))


def _headers_of_sheets(parts: Parts, sheet: str) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    headers: set[tuple[str, ...]] = set()
    tags: tuple[str, ...] = ()
    for one in sheets_of(parts):
        if one.rows and (not sheet or one.name == sheet):
            shown = _Any(frozenset(), none=True)
            grid.find_in([cells for _, cells in grid.filled(one)], shown.recognises)
            found, tagged = _chosen(shown.seen)
            headers, tags = headers | found, tags or tagged
    return frozenset(headers or {("",)}), tags


def _headers_of_json(name: str, text: str) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    _, pieces = json_pieces.pieces(name, text)
    top = [piece.value for piece in islice(pieces, HEADER_WITHIN)]
    if top and all(isinstance(value, list) for value in top):
        return _chosen([tuple(plain(written(cell)) for cell in value) for value in top if isinstance(value, list)])
    return frozenset(), ()


def _top(text: str) -> list[tuple[str, ...]]:
    """The first records, under the delimiter that parts most of them into the same number of cells."""
    best: tuple[float, list[tuple[str, ...]]] = (-1.0, [])
    for delimiter in DELIMITERS:
        with cells_up_to(len(text)):
            lines = io.StringIO(text, newline="")
            records = [tuple(cells) for cells in islice(csv.reader(lines, delimiter=delimiter), HEADER_WITHIN) if cells]
        widths = Counter(map(len, records))
        width, many = widths.most_common(1)[0] if widths else (0, 0)
        score = (width - 1) * many / max(1, len(records))
        if score > best[0]:
            best = score, records
    return best[1]


def _chosen(rows: Rows) -> tuple[frozenset[tuple[str, ...]], tuple[str, ...]]:
    """The row most like a row of names, and the row of tags if there is one.

    With tags, the row right above them; or the tags themselves, where a column with a tag has no name there.
    """
    at = next((at for at, row in enumerate(rows) if is_tag_row(row)), None)
    if at is not None:
        tags = tuple(rows[at])
        above = next((tuple(row) for row in reversed(rows[:at]) if any(row) and not is_tag_row(row)), ())
        nameless = any(tag and (n >= len(above) or not above[n].strip()) for n, tag in enumerate(tags))
        return frozenset({tags if nameless else above}), tags
    shown = [(*_likeness(row), -n, tuple(row)) for n, row in enumerate(rows) if row]
    named = [one for one in shown if one[2]]
    return frozenset({max(named)[4] if named else tuple(rows[0]) if rows else ("",)}), ()


def _likeness(row: Sequence[str]) -> tuple[int, bool, int]:
    """How many cells are words of headers, whether none is a value, how many say anything (0: no row of names)."""
    filled = [cell for cell in row if cell.strip()]
    values = sum(looks_like_a_value(cell) for cell in filled)
    repeated = len(set(filled)) * 2 < len(filled)
    if not filled or 2 * values > len(filled) or repeated or any(len(cell) > 20 * MOST_HEADER for cell in filled):
        return 0, False, 0
    known = sum(any(strength >= 0.85 for strength, _ in said_by_header(cell).values()) for cell in filled[:200])
    return (known if known > 1 else 0), not values, len(filled)
