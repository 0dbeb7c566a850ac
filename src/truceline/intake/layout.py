"""Which cells lie in which group of a row's payload (docs: decision 1), and the way back.

A row's payload has six fields, always in this order: what may be released together. The bytes of a
field are the canonical JSON array of its cells' texts, in the order of the layout. A damaged row has
the one field `raw`: its exact bytes.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec
from msgspec import Struct

from truceline.intake.cells import picker
from truceline.intake.damage import reread
from truceline.intake.raw import JSON, JSON_ROWS, PLACED, SHEET, RawRow
from truceline.intake.shapes.grid import reread_sheet_row
from truceline.intake.shapes.json_rows import reread_record

GROUPS = ("source", "when", "where", "who", "what", "rest")
RAW = "raw"

Field = tuple[str, bytes]


class Layout(Struct, frozen=True):
    """How the rows of one file lie in the record, and all that is needed to read them again.

    groups: for each of `GROUPS`, the positions of its columns in the header. reader: name@version of
    what reads the rows. mapping: the text of the mapping file, "" for a format that needs none.
    delimiter: what stands between cells, or one of the shapes of `raw`. sheet: of a workbook, its name.
    """

    format: str
    reader: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    mapping: str = ""
    sheet: str = ""

    def plain(self) -> dict[str, object]:
        """The layout as text, whole numbers and lists, for the entry that declares it."""
        made: dict[str, object] = msgspec.to_builtins(self)
        if not self.sheet:
            del made["sheet"]  # Layouts from before there were sheets keep their bytes.
        return made

    @classmethod
    def from_plain(cls, made: object) -> "Layout":
        """The layout an entry declares."""
        return msgspec.convert(made, cls)


def payload(row: RawRow, layout: Layout) -> list[Field]:
    """The fields of one row's payload: (group, bytes). For many rows take `payload_writer(layout)` once."""
    return payload_writer(layout)(row)


@lru_cache(maxsize=64)
def payload_writer(layout: Layout) -> Callable[[RawRow], list[Field]]:
    """What writes the payloads of rows of this layout."""
    groups = [(name, picker(positions)) for name, positions in layout.groups]
    encode = msgspec.json.Encoder().encode

    def write(row: RawRow) -> list[Field]:
        cells = row.cells
        if cells is None:
            assert row.raw is not None
            return [(RAW, row.raw)]
        # JSON as msgspec writes it is canonical for a list of texts (RFC 8785, 3.2.2.2); a test compares them.
        return [(name, encode(pick(cells))) for name, pick in groups]

    return write


def payload_columns(layout: Layout) -> Callable[[Sequence[Sequence[str]]], list[list[bytes]]]:
    """What writes the payloads of many rows that are not damaged: for each of `GROUPS` the bytes of every row."""
    positions = [at for _, at in layout.groups]
    encode_lines = msgspec.json.Encoder().encode_lines

    def write(rows: Sequence[Sequence[str]]) -> list[list[bytes]]:
        columns = list(zip(*rows, strict=True))
        made = []
        for group in positions:
            if not group:
                made.append([b"[]"] * len(rows))
                continue
            # A line end in a text is escaped in JSON: one list is one line.
            lines = encode_lines(list(zip(*[columns[at] for at in group], strict=True))).split(b"\n")
            made.append(lines[: len(rows)])
        return made

    return write


def cells_of(fields: Sequence[Field], layout: Layout) -> tuple[str, ...] | None:
    """The cells of a row from its payload, in the order of the header; None for a damaged row."""
    return row_restorer(layout)(1, fields).cells


def row_of(number: int, fields: Sequence[Field], layout: Layout) -> RawRow:
    """The row as received, from its payload: the inverse of `payload`. For many rows take `row_restorer` once."""
    return row_restorer(layout)(number, fields)


@lru_cache(maxsize=64)
def row_restorer(layout: Layout) -> Callable[[int, Sequence[Field]], RawRow]:
    """What makes rows, faults included, from their number and the fields of their payload."""
    names = [name for name, _ in layout.groups]
    order = [at for _, positions in layout.groups for at in positions]
    pick = picker(tuple(sorted(range(len(order)), key=order.__getitem__)))
    decode = msgspec.json.Decoder(list[str]).decode

    def restore(number: int, fields: Sequence[Field]) -> RawRow:
        if fields[0][0] == RAW:
            return _damaged(number, fields[0][1], layout)
        assert [name for name, _ in fields] == names, "the payload is not of this layout"
        cells: list[str] = []
        for _, content in fields:
            cells += decode(content)
        return RawRow(number, pick(cells))

    return restore


def _damaged(number: int, raw: bytes, layout: Layout) -> RawRow:
    """A damaged row again, by the rules of its shape."""
    if layout.delimiter == SHEET:
        return reread_sheet_row(number, raw, layout.header)
    if layout.delimiter in (JSON, JSON_ROWS, PLACED):
        return reread_record(number, raw, layout.encoding, layout.delimiter, layout.header)
    return reread(number, raw, layout.encoding, layout.delimiter, layout.header)


def group_positions(header: Sequence[str], group_of: Callable[[str], str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The layout's groups: every column of the header is in exactly one."""
    chosen = [group_of(column) for column in header]
    return tuple((name, tuple(at for at, group in enumerate(chosen) if group == name)) for name in GROUPS)
