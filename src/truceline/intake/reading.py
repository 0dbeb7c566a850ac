"""The door of intake: a file's bytes to a table of rows, and a row to a noun or a refusal.

table = read_file("mission.csv", content)          1. the form is known by its header
write = payload_writer(table.layout)               2. each row as received goes into the record
read = row_reader(table.layout, context)           3. and is read: a noun, or Refused with its faults
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.encoding import decode, unreadable
from truceline.intake.formats import FORMATS
from truceline.intake.formats.format import Format, Noun
from truceline.intake.formats.mapped import mapped_format
from truceline.intake.layout import Layout
from truceline.intake.mapping import Mapping, read_mapping
from truceline.intake.raw import RawRow
from truceline.intake.rows import Header, find_header, rows_of
from truceline.vocabulary.refusal import Refusal

MOST_BYTES = 2**31 - 1
"""The longest file that is read."""
MOST_COLUMNS = 4_096
_SIGNS = (
    (b"PK\x03\x04", "a spreadsheet or archive (ZIP)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
)


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


class Refused(Struct, frozen=True):
    """A row that could not be read, with all its faults."""

    faults: tuple[Refusal, ...]


Read = Noun | Refused


def read_file(name: str, content: bytes, *, encoding: str | None = None, mapping: Mapping | None = None) -> RawTable:
    """A file's rows as received. `encoding` overrides the choice; `mapping` is for a form that is not known.

    A file of a known form without rows is a table of no rows. Raises `FileNotRead` for a file that
    is empty, too large, no text, or of no known form.
    """
    _check_bytes(name, content)
    decoded = decode(name, content, encoding)
    formats = FORMATS if mapping is None else (mapped_format(mapping),)
    header = find_header(decoded.text, lambda cells: any(form.recognises(cells) for form in formats))
    if header is None:
        raise FileNotRead(f"{name} holds nothing but blank lines.", "Send the table with its header row.")
    form = next((form for form in formats if form.recognises(header.cells)), None)
    if form is None:
        raise _unknown(name, header, mapping)
    _check_header(name, header, form)
    layout = Layout(
        form.name, form.reader, decoded.encoding, header.delimiter, header.cells, form.groups(header.cells),
        mapping.text if mapping else "",
    )  # fmt: skip
    rows = rows_of(decoded.text, decoded.encoding, header)
    return RawTable(name, form.name, form.version, form.noun, decoded.encoding, decoded.why, layout, rows)


def row_reader(layout: Layout, context: ReadContext) -> Callable[[RawRow], Read]:
    """What reads the rows of a layout. `context.zone` has to be a time zone (`ValueNotRead`)."""
    form = format_of(layout)
    columns = Columns(layout.header, form.positions(layout.header))
    read_noun = form.read

    def read(row: RawRow) -> Read:
        if row.cells is None:
            assert row.fault is not None
            return Refused((row.fault,))
        cells = Cells(row.number, columns, row.cells)
        noun = read_noun(cells, context)
        return Refused(tuple(dict.fromkeys(cells.faults))) if cells.faults else noun

    return read


def read_rows(table: RawTable, context: ReadContext) -> Iterator[tuple[RawRow, Read]]:
    """Every row of a table with what it became, in order."""
    read = row_reader(table.layout, context)
    for row in table.rows:
        yield row, read(row)


def format_of(layout: Layout) -> Format:
    """The format that reads a layout's rows. Raises `FileNotRead` for a reader this version does not have."""
    if layout.mapping:
        return mapped_format(read_mapping("the mapping in the record", layout.mapping.encode()))
    for form in FORMATS:
        if form.reader == layout.reader:
            return form
    raise FileNotRead(f"The rows were read by {layout.reader}, which is not here.", "Use the version that has it.")


def _check_bytes(name: str, content: bytes) -> None:
    if not content:
        raise FileNotRead(f"{name} is empty: it has no bytes at all.", "Was it copied or downloaded to its end?")
    if len(content) > MOST_BYTES:
        raise FileNotRead(f"{name} has {len(content)} bytes; at most {MOST_BYTES} are read.", "Send it in parts.")
    for sign, what in _SIGNS:
        if content.startswith(sign):
            raise FileNotRead(f"{name} is {what}, not a table in text.", "Save the table as CSV (UTF-8) and send that.")


def _check_header(name: str, header: Header, form: Format) -> None:
    if unreadable("".join(header.cells)):
        raise FileNotRead(f"{name}: the header holds bytes that are not valid text.", "Save it as UTF-8.")
    doubled = form.doubled(header.cells)
    if doubled:
        raise FileNotRead(f"{name}: the column {doubled!r} stands twice in the header.", "Rename one of the two.")
    if len(header.cells) > MOST_COLUMNS:
        raise FileNotRead(
            f"{name} has {len(header.cells)} columns; at most {MOST_COLUMNS} are read.", "Leave some out."
        )


def _unknown(name: str, header: Header, mapping: Mapping | None) -> FileNotRead:
    seen = ", ".join(ascii(cell)[1:-1] if not cell.isprintable() else cell for cell in header.cells[:12])[:400]
    if "\0" in "".join(header.cells):
        mend = "If it is text in UTF-16, give --encoding utf-16-le; otherwise save it as CSV (UTF-8)."
        return FileNotRead(f"{name} is not text that can be read: it begins {seen[:60]!r}.", mend)
    if mapping is not None:
        have = {cell.strip(" ") for cell in header.cells}
        missing = [f"{column!r} (line {line})" for column, line in mapping.reads().items() if column not in have]
        told = f"The mapping {mapping.name!r} reads columns that {name} does not have: {', '.join(missing)}."
        return FileNotRead(f"{told} Its header is: {seen}.", "Mend the mapping, or the header.")
    known = "; ".join(f"{form.name} ({', '.join(form.must)})" for form in FORMATS)
    mend = f"Known forms and the columns they need: {known}. For another form write a mapping and give --mapping."
    return FileNotRead(f"{name} is of no known form. Its header is: {seen}.", mend)
