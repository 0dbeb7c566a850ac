"""Workbooks: dates as the cell shows them, numbers as their digits, merged headers, several sheets, no bombs."""

import io
import zipfile
from datetime import date, datetime, time

import pytest

from truceline.errors import FileNotRead
from truceline.intake.layout import payload, row_of
from truceline.intake.reading import Refused, read_file, read_rows, read_tables
from truceline.intake.shapes import workbook as workbooks
from truceline.intake.shapes.serial import Shows, date_text, number_text, shown_by
from truceline.intake.shapes.workbook import sheets_of
from truceline.intake.shapes.zip_parts import Parts

HEADER = ["report_id", "source", "when", "kind", "side_a", "side_b", "lat", "lon", "killed_best"]
ROW = ["1", "ngo", "2025-03-04", "", "", "", "36.5", "37.25", "2"]


def test_dates_are_the_days_that_their_cells_show(workbook, xml, context):
    day, minute = xml('s="1"|<v>45720</v>'), xml('s="2"|<v>45720.5868055556</v>')
    rows = [HEADER, [*ROW[:2], day, *ROW[3:]], [*ROW[:2], minute, *ROW[3:]]]
    table = read_file("t.xlsx", workbook({"S": rows}, formats=("dd/mm/yyyy", 'd" "mmm yyyy\\ hh:mm')))
    assert [row.cells[2] for row in table.rows] == ["2025-03-04", "2025-03-04T14:05"]
    assert [noun.when_words for _, noun in read_rows(table, context)] == ["2025-03-04", "2025-03-04T14:05"]


def test_a_workbook_that_counts_from_1904_says_other_days(workbook, xml):
    rows = [HEADER, [*ROW[:2], xml('s="1"|<v>45720</v>'), *ROW[3:]]]
    table = read_file("t.xlsx", workbook({"S": rows}, formats=("yyyy-mm-dd",), from_1904=True))
    assert table.rows[0].cells[2] == "2029-03-05"


@pytest.mark.parametrize(
    ("serial", "shows", "text"),
    [
        ("1", Shows(day=True), "1900-01-01"), ("59", Shows(day=True), "1900-02-28"), ("60", Shows(day=True), "60"),
        ("61", Shows(day=True), "1900-03-01"), ("0", Shows(day=True), "0"), ("-1", Shows(day=True), "-1"),
        ("2958465", Shows(day=True), "9999-12-31"), ("2958466", Shows(day=True), "2958466"),
        ("45720.5", Shows(day=True), "2025-03-04T12:00"), ("0.25", Shows(time=True), "06:00"),
        ("45720", Shows(day=True, time=True), "2025-03-04T00:00"),
        ("45720.00001157407", Shows(day=True, time=True), "2025-03-04T00:00:01"),
        ("0.5", Shows(time=True, seconds=True), "12:00:00"),
        ("spring", Shows(day=True), "spring"),
    ],
)  # fmt: skip
def test_serial_numbers_are_days_where_the_calendar_has_them(serial, shows, text):
    assert date_text(serial, shows, from_1904=False) == text


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("General", Shows()), ("0.00", Shows()), ("#,##0;[Red]-#,##0", Shows()), ('0" days"', Shows()),
        ("yyyy-mm-dd", Shows(day=True)), ("[$-409]d mmm yyyy", Shows(day=True)), ("mmm-yy", Shows(day=True)),
        ("h:mm", Shows(time=True)), ("hh:mm:ss", Shows(time=True, seconds=True)),
        ("mm:ss", Shows(time=True, seconds=True)),
        ("[h]:mm", Shows()), ("0.0E+00", Shows()), ("d/m/yyyy h:mm", Shows(day=True, time=True)), ("@", Shows()),
    ],
)  # fmt: skip
def test_what_a_number_format_shows(code, shows):
    assert shown_by(code) == shows


@pytest.mark.parametrize(
    ("saved", "text"),
    [("5", "5"), ("36.20", "36.20"), ("1.2E+3", "1200"), ("1E-7", "0.0000001"), ("1E+300", "1E+300"), ("=x", "=x")],
)
def test_numbers_are_the_digits_that_were_saved(saved, text):
    assert number_text(saved) == text


def test_errors_formulas_and_booleans_are_their_own_words(workbook, xml, context):
    cells = [xml('t="e"|<v>#REF!</v>'), xml("|<f>1+1</f>"), xml("|<f>1+1</f><v>2</v>"), xml('t="b"|<v>1</v>')]
    rows = [HEADER, *([*ROW[:8], cell] for cell in cells)]
    table = read_file("t.xlsx", workbook({"S": rows}))
    assert [row.cells[8] for row in table.rows] == ["#REF!", "=1+1", "2", "TRUE"]
    assert [isinstance(noun, Refused) for _, noun in read_rows(table, context)] == [True, True, False, True]


def test_refusals_name_the_sheet_and_the_row_as_excel_counts_it(workbook, context):
    table = read_file("t.xlsx", workbook({"March": [["Reports of March"], [], HEADER, ROW, [], [*ROW[:8], "few"]]}))
    assert [row.number for row in table.rows] == [4, 6]
    (_, _), (_, refused) = read_rows(table, context)
    assert (refused.faults[0].sheet, refused.faults[0].row, refused.faults[0].value) == ("March", 6, "few")
    assert table.sheet == table.layout.sheet == "March"


def test_a_header_of_two_rows_with_merged_cells_is_read_as_one(workbook):
    upper = ["report_id", "source", "when", "kind", "Sides", "", "Where", "", "killed_best"]
    lower = ["", "", "", "", "side_a", "side_b", "lat", "lon", ""]
    content = workbook({"S": [["Title"], upper, lower, ROW]}, merged=("A1:I1", "A2:A3", "E2:F2", "G2:H2"))
    table = read_file("t.xlsx", content)
    assert table.header == tuple(HEADER)
    assert [row.number for row in table.rows] == [4]


def test_a_merged_cell_says_its_text_for_all_its_rows_and_its_number_once(workbook, context):
    rows = [HEADER, ROW, ["2", "", "", "", "", "", "36.5", "37.25", ""], ["3", "", "", "", "", "", "36.5", "37.25", ""]]
    table = read_file("t.xlsx", workbook({"S": rows}, merged=("B2:B4", "C2:C4", "I2:I4")))
    nouns = [noun for _, noun in read_rows(table, context)]
    assert [(noun.source, noun.when_words, noun.killed_best) for noun in nouns] == [
        ("ngo", "2025-03-04", 2), ("ngo", "2025-03-04", None), ("ngo", "2025-03-04", None),
    ]  # fmt: skip


def test_merged_cells_without_end_fill_no_more_than_a_bound(workbook):
    content = workbook({"S": [HEADER, *[ROW] * 300]}, merged=("B2:XFD1048576",) * 20_000)
    table = read_file("t.xlsx", content)
    assert len(table.rows) == 300


def test_two_sheets_of_known_forms_are_two_tables_and_one_must_be_named(workbook):
    content = workbook({"North": [HEADER, ROW], "Notes": [["x"]], "South": [HEADER, ROW, ROW]})
    assert [(table.sheet, len(table.rows)) for table in read_tables("t.xlsx", content)] == [("North", 1), ("South", 2)]
    assert all("'Notes'" in table.why for table in read_tables("t.xlsx", content))
    with pytest.raises(FileNotRead, match="2 sheets of a known form: 'North', 'South'"):
        read_file("t.xlsx", content)
    assert len(read_file("t.xlsx", content, sheet="South").rows) == 2
    with pytest.raises(FileNotRead, match="no sheet 'East'"):
        read_file("t.xlsx", content, sheet="East")


def test_a_row_with_a_cell_beyond_the_header_is_damaged_and_comes_back(workbook):
    table = read_file("t.xlsx", workbook({"S": [HEADER, [*ROW, "more"], [*ROW[:3], "x" * 70_000]]}))
    assert [row.fault.reason[:27] for row in table.rows] == [
        "The row has 10 cells, the h",
        "The cell has 70000 bytes; a",
    ]
    for row in table.rows:
        assert row_of(row.number, payload(row, table.layout), table.layout) == row


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda book: book({"S": []}), "all its sheets are empty"),
        (lambda book: book({"S": [["a", "b"]]}), "of no known form"),
        (lambda book: book({"S": [HEADER]})[:200], "broken spreadsheet"),
        (lambda book: book({}, extra={"xl/sharedStrings.xml": "<!DOCTYPE a><sst/>"}), "document type"),
        (lambda book: book({"S": [HEADER]}, extra={"x.bin": b"\0" * 60_000_000}), "times its size"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused(content, said, workbook):
    with pytest.raises(FileNotRead, match=said) as raised:
        read_file("t.xlsx", content(workbook))
    assert raised.value.mend


def test_an_archive_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("readme.txt", "hello")
    with pytest.raises(FileNotRead, match="without a workbook"):
        read_file("t.zip", out.getvalue())


def test_a_sheet_with_too_many_cells_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_CELLS", 10)
    with pytest.raises(FileNotRead, match="more than 10 cells"):
        read_file("t.xlsx", workbook({"S": [HEADER, ROW]}))


@pytest.mark.parametrize("reference", ["XFD1", "A1", "1", "ZZZZ9", ""])
def test_cells_out_of_order_or_beyond_the_last_column_are_refused(reference, workbook, xml):
    with pytest.raises(FileNotRead, match="out of order, or beyond"):
        read_file("t.xlsx", workbook({"S": [["a", xml(f'r="{reference}"|<v>1</v>')]]}))


def test_a_map_in_an_archive_is_read():
    out = io.BytesIO()
    mark = "<Placemark><ExtendedData>{}</ExtendedData></Placemark>"
    named = "".join(f'<Data name="{name}"><value>{cell}</value></Data>' for name, cell in zip(HEADER, ROW, strict=True))
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("doc.kml", f"<kml>{mark.format(named)}</kml>")
    assert read_file("t.kmz", out.getvalue()).format == "truceline_reports"


def test_openpyxl_writes_what_is_read_here():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    values = [
        7,
        -2.5,
        36.2021,
        "text & <b>",
        True,
        date(2025, 3, 4),
        datetime(2025, 3, 4, 14, 5, 9),
        time(6, 30),
        "_x000D_",
    ]
    sheet.append(values)
    sheet.append([None, "next"])
    sheet.merge_cells("A4:C5")
    out = io.BytesIO()
    book.save(out)
    (made,) = sheets_of(Parts("t", out.getvalue()))
    first, second = made.rows
    assert (first.number, first.cells) == (1, (
        "7", "-2.5", "36.2021", "text & <b>", "TRUE", "2025-03-04", "2025-03-04T14:05:09", "06:30:00",
        first.cells[8],
    ))  # fmt: skip
    assert (second.number, second.cells) == (2, ("", "next"))
    assert made.merged == ((4, 5, 0, 2),)
