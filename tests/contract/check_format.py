"""The contract every format keeps. Anyone who writes one can run it over rows of their own.

    check_format(form, header, rows, context)

Each of `rows` is the texts of one row's cells. Checked: the header is known and known again with its
columns in another order; every column is in exactly one group; every row becomes the noun the format
declares, or a refusal that says where, what and how to mend; nothing is dropped; the original is kept;
the same rows read twice give the same; a row of empty cells and a row of nonsense raise nothing.
"""

import csv
import io
from collections.abc import Sequence

from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.layout import GROUPS, Layout, payload, row_of
from truceline.intake.raw import RawRow
from truceline.intake.reading import Read, Refused
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.recall import Recall
from truceline.vocabulary.report import Report
from truceline.vocabulary.tally import Tally

NOUNS = {"report": Report, "coverage": Coverage, "recall": Recall}
NONSENSE = ("", " ", "?", "-1", "1e9", "12\n", "٣", "2016-13-45", "03/04/2016", "\x00", "a;b/c,d", "x" * 3_000)


def check_format(
    form: Format, header: Sequence[str], rows: Sequence[Sequence[str]], context: ReadContext, *, accepts: bool = True
) -> None:
    """Raise `AssertionError` with a sentence where the format breaks the contract.

    accepts: False for a form all of whose rows are refused by design.
    """
    assert form.recognises(header), "its own header is not known"
    assert form.recognises(header[::-1]), "the order of the columns matters"
    if form.must:
        assert not form.recognises([name for name in header if form.column(name) != form.must[0]]), "a must is no must"
    assert form.reader.endswith(f".{form.name}@{form.version}"), "the reader is not named"
    _check_groups(form, header)
    assert rows, "a contract without rows checks nothing"
    accepted = [_check_row(form, header, row, context) for row in rows]
    assert any(accepted) == accepts, "not one of the rows was read" if accepts else "a row was read"
    for nonsense in NONSENSE:
        _check_row(form, header, [nonsense] * len(header), context)


def _check_groups(form: Format, header: Sequence[str]) -> None:
    groups = form.groups(header)
    assert [name for name, _ in groups] == list(GROUPS), "the groups are not the six, in order"
    assert sorted(at for _, positions in groups for at in positions) == list(range(len(header))), "a column is lost"


def _check_row(form: Format, header: Sequence[str], cells: Sequence[str], context: ReadContext) -> bool:
    layout = Layout(form.name, form.reader, "utf-8", ",", tuple(header), form.groups(header))
    row = RawRow(2, tuple(cells))
    assert row_of(2, payload(row, layout), layout) == row, "the row as received is not kept"
    read = _read(form, header, row, context)
    assert read == _read(form, header, row, context), "read twice, the row gives another result"
    shuffled = _read(form, header[::-1], RawRow(2, tuple(cells)[::-1]), context)
    assert _same(read, shuffled), "the order of the columns changes what is read"
    if isinstance(read, Refused):
        _check_refusal(read, header, cells)
        return False
    _check_noun(form, read)
    return True


def _read(form: Format, header: Sequence[str], row: RawRow, context: ReadContext) -> Read:
    assert row.cells is not None
    cells = Cells(row.number, Columns(header, form.positions(header)), row.cells)
    noun = form.read(cells, context)
    return Refused(tuple(cells.faults)) if cells.faults else noun


def _same(one: Read, other: Read) -> bool:
    if isinstance(one, Refused) and isinstance(other, Refused):
        return set(one.faults) == set(other.faults)
    return one == other


def _check_refusal(refused: Refused, header: Sequence[str], cells: Sequence[str]) -> None:
    for fault in refused.faults:
        assert fault.row == 2, "a refusal names another row"
        assert fault.reason, "a refusal without a reason"
        assert fault.mend, f"a refusal without a mend: {fault.reason}"
        assert len(fault.value) <= 200, "a refusal repeats too much"
        assert len(fault.reason) + len(fault.mend) <= 2_000, "a refusal says too much"
        if fault.column in header and cells[list(header).index(fault.column)].isprintable():
            shown = fault.value.removesuffix("…")
            assert any(cell.startswith(shown) for cell in cells), "a refusal shows another value than the file's"


def _check_noun(form: Format, noun: Read) -> None:
    if form.noun == "tally":
        assert isinstance(noun, tuple), "a tally format gives tallies"
        assert all(isinstance(tally, Tally) for tally in noun) and noun, "a tally format gives tallies"
        rows = [(tally, tally.row()) for tally in noun]
    else:
        assert isinstance(noun, NOUNS[form.noun]), "another noun than declared"
        rows = [(noun, noun.row())]
    for one, values in rows:
        assert len(values) == len(one.__struct_fields__), "a row of the read table has other columns"
        assert all(value is None or isinstance(value, str | int) for value in values), "only text and whole numbers"
        assert one.source, "no source"
        assert one.source_row, "no id of the source's own"
        assert isinstance(one, Recall) or one.start_us < one.end_us, "a time that ends before it begins"


def as_csv(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    """A table as the bytes of a CSV file (UTF-8, CRLF)."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode()
