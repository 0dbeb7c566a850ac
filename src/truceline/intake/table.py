"""A file as tables of rows: delimited text, JSON, the sheets of a workbook, features, the layers of a GeoPackage."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.bounds import MOST_COLUMNS, MOST_RECORD, Bounds, RecordTooLong
from truceline.intake.encoding import Decoded, decode, unreadable
from truceline.intake.formats.format import Format
from truceline.intake.layout import Layout
from truceline.intake.pieces import LONG, TextRows
from truceline.intake.raw import JSON, JSON_ROWS, PLACED, SHEET, RawRow
from truceline.intake.rows import HEADER_WITHIN, find_header, rows_of
from truceline.intake.shapes import grid, json_pieces, kml
from truceline.intake.shapes.features import header_of, is_feature
from truceline.intake.shapes.json_pieces import Piece
from truceline.intake.shapes.json_rows import list_rows, object_rows
from truceline.intake.shapes.layers import Layer, layer_header, layer_rows, shape_of
from truceline.intake.shapes.workbook import Sheet, is_workbook, sheets_of
from truceline.intake.shapes.zip_parts import Parts
from truceline.vocabulary.refusal import shown

_DERIVED = 3
"""Columns that features have besides their own."""
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
    rows: Sequence[RawRow]
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
    rows: Sequence[RawRow]
    shape: str
    encoding: str
    why: str
    sheet: str = ""


class Opening(NamedTuple):
    """A file being opened: its name, the forms it may have, and the text of the mapping that made the form.

    in_pieces: the rows of a long delimited text are read when they are asked for (`pieces.TextRows`). sheet: the
    only sheet of a workbook, or table of a GeoPackage, that is read; "" for all.
    """

    name: str
    forms: Sequence[Format]
    mapping: str = ""
    in_pieces: bool = False
    sheet: str = ""

    def knows(self, header: Sequence[str]) -> bool:
        """One of the forms has this header."""
        return len(header) <= MOST_COLUMNS + _DERIVED and any(form.recognises(header) for form in self.forms)

    def wanted(self, names: Sequence[str]) -> list[int]:
        """Which of the sheets, or tables, of these names are read. Raises `FileNotRead` where none has the name."""
        found = [at for at, name in enumerate(names) if self.sheet in ("", name)]
        if self.sheet and not found:
            told = f"{self.name} has no sheet {shown(self.sheet)!r}"
            seen = f"Its sheets are: {', '.join(repr(shown(name)) for name in names[:50])}" if names else "It has none"
            raise FileNotRead(f"{told}. {seen}.", "Give the name of a sheet it has, or none.")
        return found


def tables_of(opening: Opening, content: bytes | Sequence[Layer], encoding: str | None) -> list[RawTable | Unknown]:
    """The tables of a file, in its order: one, or of a workbook one a sheet that is not empty.

    content: the file's bytes or, of a GeoPackage, its layers as they were opened. Raises `FileNotRead` for what is
    broken, too large, or none of these, and where the sheet that is asked for is not there.
    """
    if not isinstance(content, bytes):
        return _layers(opening, content)
    if content.startswith(_ZIP):
        return _archive(opening, Parts(opening.name, content))
    opening.wanted(())
    if kml.is_kml(content):
        return [_kml(opening, [content])]
    decoded = decode(opening.name, content, encoding)
    if json_pieces.is_json(decoded.text):
        return [_json(opening, decoded)]
    return [_delimited(opening, decoded)]


def _archive(opening: Opening, parts: Parts) -> list[RawTable | Unknown]:
    if is_workbook(parts):
        sheets = [sheet for sheet in sheets_of(parts) if sheet.rows]
        return [_sheet(opening, sheets[at]) for at in opening.wanted([sheet.name for sheet in sheets])]
    opening.wanted(())
    drawn = [part for part in parts.names() if part.lower().endswith(".kml")]
    if len(drawn) == 1:
        return [_kml(opening, parts.chunks(drawn[0]))]
    told = f"{opening.name} is an archive (ZIP) without a workbook or one KML file in it, not a table."
    raise FileNotRead(told, "Unpack it and send the table that is in it.")


def _layers(opening: Opening, layers: Sequence[Layer]) -> list[RawTable | Unknown]:
    chosen = [layers[at] for at in opening.wanted([layer.name for layer in layers])]
    if not any(layer.columns for layer in chosen):
        for unfit in (layer.unfit for layer in chosen if layer.unfit):
            raise unfit
    bounds = Bounds(opening.name, 0)
    return [_layer(opening, bounds, layer) for layer in chosen]


def _layer(opening: Opening, bounds: Bounds, layer: Layer) -> RawTable | Unknown:
    """The rows of a layer whose columns a form knows; of another nothing is read."""
    header, shape = layer_header(layer), shape_of(layer)
    if not layer.columns or not opening.knows(header_of(shape, header)):
        return Unknown(header, layer.name)
    if layer.unfit:
        raise layer.unfit
    why = f"a GeoPackage, table {layer.name!r}"
    rows = layer_rows(bounds, layer)
    return _laid_out(opening, _Content(header, rows, shape, "utf-8", why, layer.name))


def _kml(opening: Opening, chunks: Iterable[bytes]) -> RawTable | Unknown:
    texts = kml.placemarks(opening.name, chunks)
    pieces = (Piece(number, text, json_pieces.value_of(text)) for number, text in enumerate(texts, 1))
    told = Decoded("", "utf-8", "KML, its placemarks")
    return _features(opening, pieces, Bounds(opening.name, sum(map(len, texts))), told)


def _delimited(opening: Opening, decoded: Decoded) -> RawTable | Unknown:
    header = find_header(decoded.text, opening.knows)
    if header is None:
        if len(decoded.text) > MOST_RECORD and decoded.text[:MOST_RECORD].strip("\r\n"):
            raise RecordTooLong(opening.name, 1)
        raise FileNotRead(f"{opening.name} holds nothing but blank lines.", "Send the table with its header row.")
    if len(header.cells) > MOST_COLUMNS:
        raise _too_wide(opening.name, len(header.cells))
    if not opening.knows(header.cells):
        return Unknown(header.cells)
    in_pieces = opening.in_pieces and len(decoded.text) >= LONG
    rows = (TextRows if in_pieces else rows_of)(decoded.text, decoded.encoding, header, opening.name)
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
    rows = grid.filled(sheet)
    top = list(islice(rows, HEADER_WITHIN + 1))
    found = grid.find_in([cells for _, cells in top], opening.knows)
    if found is None:
        return Unknown(top[0][1], sheet.name)
    bounds = Bounds(opening.name, sheet.cells * _CELL)
    below = grid.sheet_rows(bounds, chain(top[found.below :], rows), found.header)
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
        raise _too_wide(name, len(header))


def _too_wide(name: str, columns: int) -> FileNotRead:
    return FileNotRead(f"{name} has {columns} columns; at most {MOST_COLUMNS} are read.", "Leave some out.")
