"""The door: which files are read at all, and what is said of those that are not."""

import msgspec
import pytest

from truceline.errors import FileNotRead
from truceline.intake import reading
from truceline.intake.formats import FORMATS
from truceline.intake.reading import format_of, read_file
from truceline.vocabulary.report import Report

HEADER = "report_id,source,when,kind,side_a,side_b"
ROW = "1,ngo,2025-03-04,,North,South"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no bytes"),
        (b"\n\r\n\n", "blank lines"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8brest", "gzip"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "not text"),
        (b"name;killed;date\n1;2;3\n", "name, killed, date"),
        (HEADER.encode("utf-16-le"), "--encoding utf-16-le"),
        (f"{HEADER},when\n".encode(), "'when' stands twice"),
        (f"{HEADER},\xff\n{ROW},\n".encode("latin-1") + "ق,ق,ق".encode(), "not valid text"),
        (HEADER.encode() + b",x" * 5_000, "5006 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name_and_a_mend(content, said):
    with pytest.raises(FileNotRead) as raised:
        read_file("the file.csv", content)
    assert "the file.csv" in raised.value.message
    assert said in str(raised.value)
    assert raised.value.mend


def test_an_unknown_form_says_which_forms_are_known_and_what_to_do():
    with pytest.raises(FileNotRead) as raised:
        read_file("t.csv", b"x,y\n1,2\n")
    assert all(form.name in raised.value.mend for form in FORMATS)
    assert "--mapping" in raised.value.mend


def test_an_unknown_form_says_which_form_is_nearest_and_what_it_lacks():
    with pytest.raises(FileNotRead, match="nearest form is truceline_reports, which also needs: kind, side_b"):
        read_file("t.csv", b"report_id,source,when,side_a\n1,2,3,4\n")


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(FileNotRead, match="at most 10"):
        read_file("t.csv", b"x" * 11)


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_a_header_alone_is_a_table_of_no_rows(end):
    table = read_file("t.csv", (HEADER + end).encode())
    assert (table.format, table.rows) == ("truceline_reports", [])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (f"\ufeff{HEADER}\n{ROW} ق\n".encode(), "utf-8"),
        (f"\ufeff{HEADER}\n{ROW} ق\n".encode("utf-16-le"), "utf-16-le"),
        (f"{HEADER}\n{ROW.replace('North', 'الجيش الشمالي')}\n".encode("windows-1256"), "windows-1256"),
        (f"{HEADER}\r\n{ROW.replace('North', 'Armée')}\r\n".replace(",", ";").encode("windows-1252"), "windows-1252"),
        (f"\n\n{HEADER}\r{ROW}\r".replace(",", "\t").encode(), "utf-8"),
    ],
)
def test_the_same_table_in_other_clothes(became, content, encoding):
    table = read_file("t.csv", content)
    assert table.encoding == table.layout.encoding == encoding
    (report,) = became(content)
    assert isinstance(report, Report)
    assert report.side_a[0] in ("North", "الجيش الشمالي", "Armée")


def test_rows_are_numbered_as_a_person_counts_them():
    table = read_file("t.csv", f"{HEADER}\n{ROW}\n\n{ROW}\n".encode())
    assert [row.number for row in table.rows] == [2, 4]


def test_the_header_is_known_whatever_the_order_of_its_columns():
    header = ",".join(reversed(HEADER.split(",")))
    assert read_file("t.csv", header.encode()).format == "truceline_reports"


def test_a_table_names_the_reader_of_its_rows():
    table = read_file("t.csv", f"{HEADER}\n{ROW}\n".encode())
    assert table.layout.reader == "intake.formats.truceline_reports@2"
    assert format_of(table.layout) is FORMATS[0]


def test_rows_of_a_reader_that_is_not_here_are_refused():
    table = read_file("t.csv", HEADER.encode())
    with pytest.raises(FileNotRead, match="truceline_reports@9"):
        format_of(msgspec.structs.replace(table.layout, reader="intake.formats.truceline_reports@9"))
