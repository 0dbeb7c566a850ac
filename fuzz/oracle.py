"""What has to hold of any file that a reader was given, and of every row that came out of it.

Whatever else happens is a finding: another error than the declared ones, a row that is neither read nor refused,
a row that does not come back from its payload, a refusal without a reason, a value the store could not hold.
"""

import csv
import io
from itertools import pairwise
from zlib import crc32

from fuzz.pieces import check_pieces
from truceline.errors import FileNotRead, TrucelineError
from truceline.intake.context import ReadContext
from truceline.intake.encoding import KNOWN, decode
from truceline.intake.layout import Layout, payload_writer, row_restorer
from truceline.intake.mapping import Mapping
from truceline.intake.raw import RawRow
from truceline.intake.reading import RawTable, Read, Refused, bulk_reader, read_tables, row_reader
from truceline.intake.rows import DELIMITERS
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.recall import Recall
from truceline.vocabulary.report import Report
from truceline.vocabulary.tally import Tally

CONTEXTS = (
    ReadContext(
        zone="Asia/Damascus",
        default_source="fuzz",
        box=(320_000_000, 350_000_000, 375_000_000, 425_000_000),
        period=(1_456_520_400_000_000, 1_488_000_000_000_000),
    ),
    ReadContext(),
)
_MOST_SENTENCE = 20_000
_LEAST, _MOST = -(2**63), 2**63 - 1
NOUNS = {"report": Report, "coverage": Coverage, "recall": Recall, "tally": Tally}


def take_file(content: bytes, mapping: Mapping | None = None) -> int:
    """Read a file as `truceline take-in` does and check all that came of it. The rows that became a noun, or 0."""
    chance = crc32(content)
    encoding = KNOWN[chance % len(KNOWN)] if chance % 16 == 7 else None
    try:
        tables = read_tables("sent.csv", content, encoding=encoding, mapping=mapping)
    except FileNotRead as error:
        check_error(error)
        return 0
    return sum(check_table(table, CONTEXTS[chance % 2], content, encoding) for table in tables)


def check_error(error: TrucelineError) -> None:
    """A refusal of a whole file is a sentence with a mend, of bounded length, that can be printed."""
    assert error.message, "an error without a sentence"
    assert error.mend, f"an error without a mend: {error.message[:200]}"
    assert len(error.message) + len(error.mend) < _MOST_SENTENCE, f"a sentence of {len(error.message)} characters"


def check_table(table: RawTable, context: ReadContext, content: bytes, encoding: str | None = None) -> int:
    """Check every row of a table. The rows that became a noun."""
    layout = Layout.from_plain(table.layout.plain())
    assert layout == table.layout, "the layout does not come back from its entry"
    rows = list(table.rows)
    numbers = [row.number for row in rows]
    assert all(a < b for a, b in pairwise(numbers)), "row numbers do not rise"
    if layout.delimiter in DELIMITERS and rows:
        text = decode("sent.csv", content, encoding).text
        _check_sum(numbers, text, layout.delimiter)
        check_pieces(rows, text, layout)
    write, restore, read = payload_writer(layout), row_restorer(layout), row_reader(layout, context)
    _check_bulk(layout, context, rows)
    nouns = 0
    for row in rows:
        again = restore(row.number, write(row))
        assert again == row, f"row {row.number} does not come back from its payload"
        became = read(row)
        assert became == read(again), f"row {row.number} reads otherwise the second time"
        _check_read(table, row, became)
        nouns += not isinstance(became, Refused)
    return nouns


def _check_bulk(layout: Layout, context: ReadContext, rows: list[RawRow]) -> None:
    """What reads many rows at once says what the reader of one row says, or leaves the row to it."""
    bulk = bulk_reader(layout, context)
    if bulk is None:
        return
    whole = [row for row in rows if row.cells is not None]
    read = row_reader(layout, context)
    columns, alone = bulk.read([row.cells or () for row in whole])
    assert all(len(column) in (1, len(whole)) for column in columns), "a column of bulk reading lacks rows"
    for at in sorted(set(range(len(whole))) - set(alone)):
        became = read(whole[at])
        values = tuple([column[at if len(column) > 1 else 0] for column in columns])
        assert isinstance(became, Report) and became.row() == values, "bulk reading says otherwise"


def _check_sum(numbers: list[int], text: str, delimiter: str) -> None:
    """Every record from the first row on that is not blank is a row: nothing is dropped, nothing is made up."""
    before = csv.field_size_limit(len(text) + 1)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(before)
    sent = [number for number, record in enumerate(records, 1) if record and number >= numbers[0]]
    assert sent == numbers, f"{len(sent)} records were sent and {len(numbers)} are rows"


def _check_read(table: RawTable, row: RawRow, became: Read) -> None:
    if isinstance(became, Refused):
        assert became.faults, "refused without a fault"
        for fault in became.faults:
            assert fault.row == row.number, "a refusal names another row"
            assert fault.reason and fault.mend, "a refusal without a reason or a mend"
            assert len(fault.value) <= 200, "a refusal repeats too much"
            assert len(fault.reason) + len(fault.mend) <= 2_500, "a refusal says too much"
            (fault.column + fault.value + fault.reason + fault.mend).encode()
        return
    nouns = became if isinstance(became, tuple) else (became,)
    kind = NOUNS[table.noun]
    assert nouns and all(isinstance(noun, kind) for noun in nouns), f"{table.format} gives another noun"
    for noun in nouns:
        assert noun.source and noun.source_row, "no source, or no id of its own"
        assert isinstance(noun, Recall) or noun.start_us < noun.end_us, "a time that ends before it begins"
        _check_values(noun.row())


def _check_values(values: tuple[object, ...]) -> None:
    """What the store's columns can hold: text that is Unicode, whole numbers of 64 bits."""
    for value in values:
        if isinstance(value, str):
            value.encode()
        else:
            assert value is None or (isinstance(value, int) and _LEAST <= value <= _MOST), f"{value!r} is not storable"
