"""Reading a file's rows: what each says, ready for the read tables, and what identifies it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256

import numpy as np
from msgspec import Struct

from truceline.compliance.areas import Geometry
from truceline.compliance.days import local_date
from truceline.compliance.pack import Pack
from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout, payload_writer
from truceline.intake.raw import JSON, PLACED, RawRow
from truceline.intake.reading import Read, Refused, row_reader
from truceline.record.commit import Committed, committed
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.recall import Recall
from truceline.vocabulary.report import REPORT_COLUMNS, Report
from truceline.vocabulary.when import local_midnight, zone_of

Box = tuple[int, int, int, int]
Value = str | int | None
TableRows = dict[str, list[tuple[object, ...]]]
KILLED = tuple(REPORT_COLUMNS.index(name) for name in ("killed_low", "killed_best", "killed_high"))
TABLES = ("report", "coverage", "tally", "recall", "refusal")


class ReadRow(Struct, frozen=True, array_like=True, gc=False):
    """One row read: the table it belongs to, the values there, and its payload for the record.

    values: one tuple a table row (a refused row has one a fault, a tally row one a total). source and
    own: the source and its own id of the row, "" where it has none. digest: of the content, column by
    column in the order of their names, so that a file with its columns reordered is the same.
    committed: its payload, where it may be entered.
    """

    number: int
    table: str
    values: tuple[tuple[Value, ...], ...]
    source: str
    own: str
    digest: bytes
    committed: Committed | None = None


@lru_cache(maxsize=8)
def reader_of(layout: Layout, context: ReadContext) -> Callable[[RawRow, bytes | None], ReadRow]:
    """What reads the rows of a layout, one by one; with a secret, the payload is made ready to be entered."""
    read, write, content_of = row_reader(layout, context), payload_writer(layout), _content_of(layout)

    def read_row(row: RawRow, secret: bytes | None = None) -> ReadRow:
        content = row.raw if row.cells is None else content_of(row.cells)
        assert content is not None
        payload = None if secret is None else committed(secret, write(row))
        return ReadRow(row.number, *said(read(row)), sha256(content).digest(), payload)

    return read_row


def _content_of(layout: Layout) -> Callable[[tuple[str, ...]], bytes]:
    """What a row says, whatever the order of the columns.

    Of records, fields that are not there do not count: another page of the same answer may have more.
    """
    order = sorted(range(len(layout.header)), key=layout.header.__getitem__)
    names = [layout.header[at] for at in order]
    if layout.delimiter in (JSON, PLACED):
        return lambda cells: "\x1f".join(
            [f"{name}\x1e{cells[at]}" for name, at in zip(names, order, strict=True) if cells[at]]
        ).encode()
    head = _head(layout, order)
    return lambda cells: head + "\x1f".join([cells[at] for at in order]).encode()


def contents_of(layout: Layout) -> Callable[[Sequence[Sequence[str]]], list[bytes]]:
    """The digests of the contents of many rows that are not damaged: those that `reader_of` gives."""
    if layout.delimiter in (JSON, PLACED):
        content_of = _content_of(layout)
        return lambda rows: [sha256(content_of(tuple(cells))).digest() for cells in rows]
    order = sorted(range(len(layout.header)), key=layout.header.__getitem__)
    head = _head(layout, order)

    def digests(rows: Sequence[Sequence[str]]) -> list[bytes]:
        columns = list(zip(*rows, strict=True))
        texts = map("\x1f".join, zip(*[columns[at] for at in order], strict=True))
        return [sha256(head + text.encode()).digest() for text in texts]

    return digests


def _head(layout: Layout, order: Sequence[int]) -> bytes:
    """What stands before the cells of every row: the names of the columns, once and for all."""
    return sha256("\x1f".join([layout.header[at] for at in order]).encode("utf-8", "surrogateescape")).digest()


def said(noun: Read) -> tuple[str, tuple[tuple[Value, ...], ...], str, str]:
    """Table, values, source and own id."""
    if isinstance(noun, Report):
        return "report", (noun.row(),), noun.source, noun.source_row
    if isinstance(noun, Coverage):
        return "coverage", (noun.row(),), noun.source, noun.source_row
    if isinstance(noun, Recall):
        return "recall", (noun.row(),), noun.source, noun.source_row
    if isinstance(noun, Refused):
        faults = tuple((bad.sheet, bad.row, bad.column, bad.value, bad.reason, bad.mend) for bad in noun.faults)
        return "refusal", faults, "", ""
    return "tally", tuple(tally.row() for tally in noun), noun[0].source, noun[0].source_row


def read_context(pack: Pack, default_source: str) -> ReadContext:
    """The zone, box and period of the agreement, and the source of a file whose rows name none."""
    agreement, rules = pack.agreement, zone_of(pack.agreement.zone)
    start = local_midnight(local_date(agreement.period.from_), rules)
    stop = local_midnight(local_date(agreement.period.to), rules) if agreement.period.to else None
    return ReadContext(agreement.zone, box_of(pack.geometry), default_source, (start, stop))


def box_of(geometry: Geometry) -> Box:
    """The theatre's bounding box: south, west, north, east in 1e-7 degrees."""
    points = np.concatenate([polygon[0] for polygons in geometry.values() for polygon in polygons])
    (south, west), (north, east) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return south, west, north, east


def place(rows: TableRows, read: ReadRow, seq: int, entry_id: str, submission: int, file: str) -> None:
    """Append the table rows of one row that was read, as the read tables want them."""
    made, number = rows[read.table], read.number
    if read.table == "refusal":
        made += [
            (seq, part, submission, file, sheet, row, column, value, reason, mend, None)
            for part, (sheet, row, column, value, reason, mend) in enumerate(read.values)
        ]
    elif read.table == "tally":
        made += [(seq, part, entry_id, *values, submission, number, None) for part, values in enumerate(read.values)]
    else:
        made.append((seq, entry_id, *read.values[0], submission, number, None))
