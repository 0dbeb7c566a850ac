"""A file's bytes as tables of rows: delimited text, JSON, the sheets of a workbook, features with a geometry."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.bounds import MOST_COLUMNS, Bounds
from truceline.intake.encoding import Decoded, decode, unreadable
from truceline.intake.formats.format import Format
from truceline.intake.layout import Layout
from truceline.intake.raw import JSON, JSON_ROWS, PLACED, SHEET, RawRow
from truceline.intake.rows import HEADER_WITHIN, find_header, rows_of
from truceline.intake.shapes import grid, json_pieces, kml
from truceline.intake.shapes.features import header_of, is_feature
from truceline.intake.shapes.json_pieces import Piece
from truceline.intake.shapes.json_rows import list_rows, object_rows
from truceline.intake.shapes.workbook import Sheet, is_workbook, sheets_of
from truceline.intake.shapes.zip_parts import Parts

_ZIP = b"PK\x03\x04"
_CELL = 8
"""Characters a cell of a sheet is reckoned at, where a bound goes by the size of a file's text."""


class RawTable(Struct, frozen=True):
    """A file as received. `why` says why it was read in this encoding; `noun` what its rows become."""

    name: str
    format: str
    version: str
    noun: str
    encoding: str
    why: str
    layout: Layout
    rows: list[RawRow]
    sheet: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        """The header's cells as they stand."""
        return self.layout.header

    @property
    def groups(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """For each payload group the positions of its columns."""
        return self.layout.groups


class Unknown(NamedTuple):
    """A table, or a sheet, whose header no form knows."""

    header: tuple[str, ...]
    sheet: str = ""


class _Content(NamedTuple):
    """Rows and what is needed to lay them out."""

    header: tuple[str, ...]
    rows: list[RawRow]
    shape: str
    encoding: str
    why: str
    sheet: str = ""


class Opening(NamedTuple):
    """A file being opened: its name, the forms it may have, and the text of the mapping that made the form."""

    name: str
    forms: Sequence[Format]
    mapping: str = ""

    def knows(self, header: Sequence[str]) -> bool:
        """One of the forms has this header."""
        return any(form.recognises(header) for form in self.forms)


def tables_of(opening: Opening, content: bytes, encoding: str | None) -> list[RawTable | Unknown]:
    """The tables of a file, in its order: one, or of a workbook one a sheet that is not empty.

    Raises `FileNotRead` for what is broken, too large, or none of these.
    """
    if content.startswith(_ZIP):
        return _archive(opening, Parts(opening.name, content))
    if kml.is_kml(content):
        return [_kml(opening, [content])]
    decoded = decode(opening.name, content, encoding)
    if json_pieces.is_json(decoded.text):
        return [_json(opening, decoded)]
    return [_delimited(opening, decoded)]


def _archive(opening: Opening, parts: Parts) -> list[RawTable | Unknown]:
    if is_workbook(parts):
        return [_sheet(opening, sheet) for sheet in sheets_of(parts) if sheet.rows]
    drawn = [part for part in parts.names() if part.lower().endswith(".kml")]
    if len(drawn) == 1:
        return [_kml(opening, parts.chunks(drawn[0]))]
    told = f"{opening.name} is an archive (ZIP) without a workbook or one KML file in it, not a table."
    raise FileNotRead(told, "Unpack it and send the table that is in it.")


def _kml(opening: Opening, chunks: Iterable[bytes]) -> RawTable | Unknown:
    texts = kml.placemarks(opening.name, chunks)
    pieces = (Piece(number, text, json_pieces.value_of(text)) for number, text in enumerate(texts, 1))
    told = Decoded("", "utf-8", "KML, its placemarks")
    return _features(opening, pieces, Bounds(opening.name, sum(map(len, texts))), told)


def _delimited(opening: Opening, decoded: Decoded) -> RawTable | Unknown:
    header = find_header(decoded.text, opening.knows)
    if header is None:
        raise FileNotRead(f"{opening.name} holds nothing but blank lines.", "Send the table with its header row.")
    if not opening.knows(header.cells):
        return Unknown(header.cells)
    rows = rows_of(decoded.text, decoded.encoding, header, opening.name)
    return _laid_out(opening, _Content(header.cells, rows, header.delimiter, decoded.encoding, decoded.why))


def _json(opening: Opening, decoded: Decoded) -> RawTable | Unknown:
    where, pieces = json_pieces.pieces(opening.name, decoded.text)
    first = next(pieces, None)
    if first is None:
        raise FileNotRead(f"{opening.name} is JSON without records ({where}).", "Is it the answer you asked for?")

    told = decoded._replace(why=f"JSON, {where}; {decoded.why}")
    whole, bounds = chain([first], pieces), Bounds(opening.name, len(decoded.text))
    if isinstance(first.value, list):
        return _lists(opening, whole, bounds, told)
    if is_feature(first.value):
        return _features(opening, whole, bounds, told)
    header, rows = object_rows(bounds, decoded.encoding, whole, JSON, opening.knows)
    return _laid_out(opening, _Content(header, rows, JSON, decoded.encoding, told.why))


def _features(opening: Opening, pieces: Iterable[Piece], bounds: Bounds, told: Decoded) -> RawTable | Unknown:
    def known(header: Sequence[str]) -> bool:
        return opening.knows(header_of(PLACED, header))

    header, rows = object_rows(bounds, told.encoding, pieces, PLACED, known)
    return _laid_out(opening, _Content(header, rows, PLACED, told.encoding, told.why))


def _lists(opening: Opening, pieces: Iterable[Piece], bounds: Bounds, told: Decoded) -> RawTable | Unknown:
    rows = list_rows(told.encoding, pieces)
    top = list(islice(rows, HEADER_WITHIN + 1))
    texts = [grid.plain_row(row) for _, row in top]
    found = grid.find_in(texts, opening.knows)
    if found is None:
        return Unknown(max(texts, key=len, default=()))
    below = grid.list_table(bounds, chain(top[found.below :], rows), found.header, told.encoding)
    return _laid_out(opening, _Content(found.header, below, JSON_ROWS, told.encoding, told.why))


def _sheet(opening: Opening, sheet: Sheet) -> RawTable | Unknown:
    rows = list(grid.filled(sheet))
    found = grid.find_in([cells for _, cells in rows], opening.knows)
    if found is None:
        return Unknown(rows[0][1], sheet.name)
    bounds = Bounds(opening.name, sum(len(cells) for _, cells in rows) * _CELL)
    below = grid.sheet_rows(bounds, rows[found.below :], found.header)
    why = f"a workbook, sheet {sheet.name!r}"
    return _laid_out(opening, _Content(found.header, below, SHEET, "utf-8", why, sheet.name))


def _laid_out(opening: Opening, content: _Content) -> RawTable | Unknown:
    """The rows under the layout of the first form that knows their header."""
    seen = header_of(content.shape, content.header)
    form = next((form for form in opening.forms if form.recognises(seen)), None)
    if form is None:
        return Unknown(content.header, content.sheet)
    _check(opening.name, seen, form)
    layout = Layout(
        form.name, form.reader, content.encoding, content.shape, content.header, form.groups(content.header),
        opening.mapping, content.sheet,
    )  # fmt: skip
    return RawTable(
        opening.name, form.name, form.version, form.noun, content.encoding, content.why, layout, content.rows,
        content.sheet,
    )  # fmt: skip


def _check(name: str, header: Sequence[str], form: Format) -> None:
    if unreadable("".join(header)):
        raise FileNotRead(f"{name}: the header holds bytes that are not valid text.", "Save it as UTF-8.")
    doubled = form.doubled(header)
    if doubled:
        raise FileNotRead(f"{name}: the column {doubled!r} stands twice in the header.", "Rename one of the two.")
    if len(header) > MOST_COLUMNS:
        raise FileNotRead(f"{name} has {len(header)} columns; at most {MOST_COLUMNS} are read.", "Leave some out.")
