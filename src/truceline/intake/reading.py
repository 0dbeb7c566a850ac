"""The door of intake: a file's bytes to a table of rows, and a row to a noun or a refusal.

table = read_file("mission.csv", content)          1. the form is known by its header
write = payload_writer(table.layout)               2. each row as received goes into the record
read = row_reader(table.layout, context)           3. and is read: a noun, or Refused with its faults
"""

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.by_column import ByColumn
from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format, Noun
from truceline.intake.formats.mapped import mapped_format
from truceline.intake.formats.outside import known_formats
from truceline.intake.layout import Layout
from truceline.intake.mapping import Mapping, read_mapping
from truceline.intake.raw import RawRow
from truceline.intake.shapes.features import header_of, texts_of
from truceline.intake.shapes.layers import Layer
from truceline.intake.table import Opening, RawTable, Unknown, tables_of
from truceline.vocabulary.refusal import Refusal

__all__ = ["RawTable", "Read", "Refused", "format_of", "read_file", "read_rows", "read_tables", "row_reader"]

MOST_BYTES = 2**31 - 1
"""The longest file that is read."""
_SIGNS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"SQLite format 3\0", "a database (SQLite, GeoPackage)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
)


class Refused(Struct, frozen=True):
    """A row that could not be read, with all its faults."""

    faults: tuple[Refusal, ...]


Read = Noun | Refused


def read_file(
    name: str, content: bytes, *, encoding: str | None = None, mapping: Mapping | None = None, sheet: str | None = None
) -> RawTable:
    """A file's rows as received. `encoding` overrides the choice; `mapping` is for a form that is not known.

    `sheet`: which sheet of a workbook, where more than one has a known form. A file of a known form
    without rows is a table of no rows. Raises `FileNotRead` for a file that is empty, too large, no
    table, or of no known form, and for a workbook in which it is not clear which sheet is meant.
    """
    found = read_tables(name, content, encoding=encoding, mapping=mapping, sheet=sheet or "")
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(table.sheet) for table in found)
    raise FileNotRead(
        f"{name} has {len(found)} sheets of a known form: {names}.", "Send each sheet as a file of its own."
    )


def read_tables(
    name: str,
    content: bytes | Sequence[Layer],
    *,
    encoding: str | None = None,
    mapping: Mapping | None = None,
    in_pieces: bool = False,
    sheet: str = "",
) -> list[RawTable]:
    """All tables of a file: one or, of a workbook, one for each sheet of a known form; `why` names the others.

    content: the file's bytes or, of a GeoPackage, its layers as they were opened. in_pieces: the rows of a long
    delimited text are read when they are asked for, and only then refused as a whole. sheet: the only sheet, or
    layer, that is read. Raises `FileNotRead` as `read_file` does; also where no table is of a known form.
    """
    if isinstance(content, bytes):
        check_bytes(name, content)
    forms = known_formats() if mapping is None else (mapped_format(mapping),)
    opening = Opening(name, forms, mapping.text if mapping else "", in_pieces, sheet)
    found = tables_of(opening, content, encoding)
    tables = [table for table in found if isinstance(table, RawTable)]
    others = [table for table in found if isinstance(table, Unknown)]
    if not tables:
        raise _unknown(name, others, forms, mapping)
    return [_naming(table, others) for table in tables] if others else tables


def _naming(table: RawTable, others: Sequence[Unknown]) -> RawTable:
    names = ", ".join(repr(other.sheet) for other in others)
    return msgspec.structs.replace(table, why=f"{table.why}; of no known form, and not read: {names}")


def row_reader(layout: Layout, context: ReadContext) -> Callable[[RawRow], Read]:
    """What reads the rows of a layout. `context.zone` has to be a time zone (`ValueNotRead`)."""
    form = format_of(layout)
    header = header_of(layout.delimiter, layout.header)
    columns = Columns(header, form.positions(header))
    texts, read_noun = texts_of(layout.delimiter, layout.header), form.read

    def read(row: RawRow) -> Read:
        if row.cells is None:
            assert row.fault is not None
            return _refused((row.fault,), layout.sheet)
        cells = Cells(row.number, columns, texts(row.cells) if texts else row.cells)
        noun = read_noun(cells, context)
        return _refused(cells.faults, layout.sheet) if cells.faults else noun

    return read


def bulk_reader(layout: Layout, context: ReadContext) -> ByColumn | None:
    """What reads many rows of a layout at once, in columns; None where its rows are read one by one."""
    form = format_of(layout)
    if not form.parts or texts_of(layout.delimiter, layout.header):
        return None
    header = header_of(layout.delimiter, layout.header)
    return ByColumn(Columns(header, form.positions(header)), form.parts, form.fixed, context)


def _refused(faults: Sequence[Refusal], sheet: str) -> Refused:
    named = [msgspec.structs.replace(fault, sheet=sheet) for fault in faults] if sheet else faults
    return Refused(tuple(dict.fromkeys(named)))


def read_rows(table: RawTable, context: ReadContext) -> Iterator[tuple[RawRow, Read]]:
    """Every row of a table with what it became, in order."""
    read = row_reader(table.layout, context)
    for row in table.rows:
        yield row, read(row)


def format_of(layout: Layout) -> Format:
    """The format that reads a layout's rows. Raises `FileNotRead` for a reader this version does not have."""
    if layout.mapping:
        return mapped_format(read_mapping("the mapping in the record", layout.mapping.encode()))
    for form in known_formats():
        if form.reader == layout.reader:
            return form
    raise FileNotRead(f"The rows were read by {layout.reader}, which is not here.", "Use the version that has it.")


def check_bytes(name: str, content: bytes) -> None:
    """Raise `FileNotRead` for what is empty, too large, or by its first bytes surely no table."""
    if not content:
        raise FileNotRead(f"{name} is empty: it has no bytes at all.", "Was it copied or downloaded to its end?")
    if len(content) > MOST_BYTES:
        raise FileNotRead(f"{name} has {len(content)} bytes; at most {MOST_BYTES} are read.", "Send it in parts.")
    for sign, what in _SIGNS:
        if content.startswith(sign):
            raise FileNotRead(f"{name} is {what}, not a table in text.", "Save the table as CSV (UTF-8) and send that.")


def _unknown(name: str, others: Sequence[Unknown], forms: Sequence[Format], mapping: Mapping | None) -> FileNotRead:
    if not others:
        return FileNotRead(f"{name} holds no table: all its sheets are empty.", "Send the table with its header row.")
    header = max(others, key=lambda other: len(other.header)).header
    seen = ", ".join(ascii(cell)[1:-1] if not cell.isprintable() else cell for cell in header[:12])[:400]
    if "\0" in "".join(header):
        mend = "If it is text in UTF-16, give --encoding utf-16-le; otherwise save it as CSV (UTF-8)."
        return FileNotRead(f"{name} is not text that can be read: it begins {seen[:60]!r}.", mend)
    if mapping is not None:
        have = {cell.strip(" ") for cell in header}
        missing = [f"{column!r} (line {line})" for column, line in mapping.reads().items() if column not in have]
        told = f"The mapping {mapping.name!r} reads columns that {name} does not have: {', '.join(missing)}."
        return FileNotRead(f"{told} Its header is: {seen}.", "Mend the mapping, or the header.")
    names = ", ".join(form.name for form in forms)
    mend = f"Known forms: {names}.{_nearest(header, forms)} For another form write a mapping and give --mapping."
    return FileNotRead(f"{name} is of no known form. Its header is: {seen}.", mend)


def _nearest(header: Sequence[str], forms: Sequence[Format]) -> str:
    """The form that lacks least of what it needs, where at least half of that is there."""
    found = []
    for form in forms:
        have = set(map(form.column, header))
        lacking = [must for must in form.must if must not in have]
        if form.must and 2 * len(lacking) <= len(form.must):
            found.append((len(lacking) / len(form.must), form.name, lacking))
    if not found:
        return ""
    _, name, lacking = min(found)
    return f" The nearest form is {name}, which also needs: {', '.join(lacking)}."
