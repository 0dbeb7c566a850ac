"""Reading a file's rows: what each says, ready for the read tables, and what identifies it.

Reading a large file is shared with a second process: it reads the chunk after the one this process
is entering. The answer is the same either way, and so is its order.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from hashlib import sha256
from multiprocessing import get_context

import msgspec
from msgspec import Struct

from truceline.compliance.areas import Geometry
from truceline.compliance.days import local_date
from truceline.compliance.pack import Pack
from truceline.intake.context import ReadContext
from truceline.intake.layout import Field, Layout, payload_writer
from truceline.intake.raw import RawRow
from truceline.intake.reading import Read, Refused, row_reader
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.refusal import Refusal
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import local_midnight, zone_of

CHUNK = 5_000
SHARED_FROM = 20_000
"""Rows from which a second process is worth its start."""
AHEAD = 3

Box = tuple[int, int, int, int]
Value = str | int | None
TableRows = dict[str, list[tuple[object, ...]]]
TABLES = ("report", "coverage", "tally", "refusal")


class ReadRow(Struct, frozen=True, array_like=True, gc=False):
    """One row read: the table it belongs to, the values there, and its payload for the record.

    values: one tuple a table row (a refused row has one a fault, a tally row one a total). source and
    own: the source and its own id of the row, "" where it has none. digest: of the content, column by
    column in the order of their names, so that a file with its columns reordered is the same.
    """

    number: int
    table: str
    values: tuple[tuple[Value, ...], ...]
    source: str
    own: str
    digest: bytes
    fields: tuple[Field, ...]


_encode = msgspec.msgpack.Encoder().encode
_raw_rows = msgspec.msgpack.Decoder(list[tuple[int, tuple[str, ...] | None, bytes | None, Refusal | None]])
_read_rows = msgspec.msgpack.Decoder(list[ReadRow])


def reader_of(layout: Layout, context: ReadContext) -> Callable[[RawRow], ReadRow]:
    """What reads the rows of a layout, one by one."""
    read, write = row_reader(layout, context), payload_writer(layout)
    order = sorted(range(len(layout.header)), key=layout.header.__getitem__)
    head = sha256("\x1f".join(layout.header[at] for at in order).encode("utf-8", "surrogateescape")).digest()

    def read_row(row: RawRow) -> ReadRow:
        noun = read(row)
        cells = row.cells
        content = row.raw if cells is None else head + "\x1f".join([cells[at] for at in order]).encode()
        assert content is not None
        return ReadRow(row.number, *_said(noun), sha256(content).digest(), tuple(write(row)))

    return read_row


def _said(noun: Read) -> tuple[str, tuple[tuple[Value, ...], ...], str, str]:
    """Table, values, source and own id."""
    if isinstance(noun, Report):
        return "report", (noun.row(),), noun.source, noun.source_row
    if isinstance(noun, Coverage):
        return "coverage", (noun.row(),), noun.source, noun.source_row
    if isinstance(noun, Refused):
        faults = tuple((bad.sheet, bad.row, bad.column, bad.value, bad.reason, bad.mend) for bad in noun.faults)
        return "refusal", faults, "", ""
    return "tally", tuple(tally.row() for tally in noun), noun[0].source, noun[0].source_row


def read_all(layout: Layout, context: ReadContext, rows: Sequence[RawRow]) -> Iterator[list[ReadRow]]:
    """All rows in order, chunk by chunk; with a second process where there are many."""
    chunks = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
    read = reader_of(layout, context)
    if len(rows) < SHARED_FROM:
        for chunk in chunks:
            yield [read(row) for row in chunk]
        return
    with ProcessPoolExecutor(1, get_context("spawn"), _begin, (layout, context)) as other:
        yield from _shared(other, read, chunks)


def _shared(
    other: ProcessPoolExecutor, read: Callable[[RawRow], ReadRow], chunks: Iterator[Sequence[RawRow]]
) -> Iterator[list[ReadRow]]:
    """The other process reads ahead; where it is behind, this one reads a later chunk itself instead of waiting."""
    ahead: deque[Future[bytes] | list[ReadRow]] = deque()
    while True:
        while len(ahead) < AHEAD and (chunk := next(chunks, None)) is not None:
            ahead.append(other.submit(_read_chunk, _encode([(r.number, r.cells, r.raw, r.fault) for r in chunk])))
        if not ahead:
            return
        first = ahead[0]
        behind = isinstance(first, Future) and not first.done() and len(ahead) < 2 * AHEAD
        if behind and (chunk := next(chunks, None)) is not None:
            ahead.append([read(row) for row in chunk])
            continue
        ahead.popleft()
        yield first if isinstance(first, list) else _read_rows.decode(first.result())


_reader: list[Callable[[RawRow], ReadRow]] = []


def _begin(layout: Layout, context: ReadContext) -> None:
    """The second process makes its reader once."""
    _reader[:] = [reader_of(layout, context)]


def _read_chunk(rows: bytes) -> bytes:
    read = _reader[0]
    return _encode([read(RawRow(*row)) for row in _raw_rows.decode(rows)])


def read_context(pack: Pack, default_source: str) -> ReadContext:
    """The zone, box and period of the agreement, and the source of a file whose rows name none."""
    agreement, rules = pack.agreement, zone_of(pack.agreement.zone)
    start = local_midnight(local_date(agreement.period.from_), rules)
    stop = local_midnight(local_date(agreement.period.to), rules) if agreement.period.to else None
    return ReadContext(agreement.zone, box_of(pack.geometry), default_source, (start, stop))


def box_of(geometry: Geometry) -> Box:
    """The theatre's bounding box: south, west, north, east in 1e-7 degrees."""
    outer = [polygon[0] for polygons in geometry.values() for polygon in polygons]
    low = [min(int(ring[:, k].min()) for ring in outer) for k in (0, 1)]
    high = [max(int(ring[:, k].max()) for ring in outer) for k in (0, 1)]
    return low[0], low[1], high[0], high[1]


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
