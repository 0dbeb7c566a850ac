"""Every record after the header is one row, whatever its damage."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.intake.encoding import decode
from truceline.intake.rows import find_header, is_tag_row, rows_of

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def read(content, known=("a", "b")):
    decoded = decode("t.csv", content if isinstance(content, bytes) else content.encode())
    header = find_header(decoded.text, lambda cells: tuple(cells) == known)
    assert header
    return rows_of(decoded.text, decoded.encoding, header)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "lone CR"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("last", ["", "end"])
def test_delimiters_and_line_ends(end, delimiter, last):
    text = end.join([f"a{delimiter}b", f"1{delimiter}2", "", f'"3{end}"{delimiter}', ""]).removesuffix(
        "" if last else end
    )
    assert [(row.number, row.cells) for row in read(text)] == [(2, ("1", "2")), (4, (f"3{end}", ""))]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8), min_size=2, max_size=2)
    ),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_python_writes_as_csv_is_read_back(rows, quoting):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting).writerows([["a", "b"], *rows])
    assert [row.cells for row in read(out.getvalue())] == [tuple(cells) for cells in rows]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b"1,2,3", "3 cells"),
        (b"1", "1 cells"),
        (b"   ", "1 cells"),
        (b"1,\xff", "not valid"),
        (b"1,2\x00", "NUL"),
        (b'"1"x,2', "text follows"),
        (b"1," + b"x" * 65_537, "65537 bytes"),
        (b"1," + "ق".encode() * 32_769, "65538 bytes"),
    ],
)
def test_a_damaged_row_is_kept_with_its_bytes_and_its_neighbours_are_read(line, word):
    head = "a,b\nق,2\n".encode()
    before, damaged, after = read(head + line + b"\n3,4\n")
    assert (before.cells, after.cells) == (("ق", "2"), ("3", "4"))
    assert damaged.cells is None
    assert damaged.raw == line + b"\n"
    assert word in damaged.fault.reason
    assert damaged.fault.mend
    assert damaged.fault.row == damaged.number == 3


def test_the_longest_cell_that_is_read():
    assert read("a,b\n1," + "x" * 65_536)[0].fault is None


def test_a_quote_that_is_never_closed_is_refused_with_all_it_swallowed():
    first, second = read('a,b\n1,2\n3,"4\n5,6\n')
    assert first.cells == ("1", "2")
    assert second.raw == b'3,"4\n5,6\n'
    assert "never closed" in second.fault.reason


def test_a_quote_closed_rows_later_does_not_pass_as_a_cell_of_several_lines():
    (row,) = read('a,b\n1,"2\n3,"4"\n')
    assert "quotes" in row.fault.reason


def test_a_damaged_column_is_named_where_it_is_known():
    assert read("a,b\nق,".encode() + b"\xff\n")[0].fault.column == "b"


@pytest.mark.parametrize(
    ("cells", "is_tags"),
    [
        (["#date+year", "", "#geo+lat"], False),
        (["#date+year", "#adm1 +name", "#geo+lat", ""], True),
        (["1", "#adm1", "#geo", "#loc"], False),
        (["#1", "#2", "#3"], False),
        (["", "", ""], False),
    ],
)
def test_a_row_of_hxl_tags_is_known_by_its_tags_alone(cells, is_tags):
    assert is_tag_row(cells) is is_tags


def test_tags_are_looked_for_below_the_header_only():
    assert len(read("a,b,c\n#a,#b,#c\n1,2,3\n#a,#b,#c\n", ("a", "b", "c"))) == 2


def test_a_header_in_quotes_over_two_lines():
    assert read('"a\n",b\n1,2\n', ("a\n", "b"))[0].number == 2


def test_the_limit_of_pythons_csv_is_put_back():
    before = csv.field_size_limit()
    read("a,b\n1," + "x" * 200_000)
    assert csv.field_size_limit() == before
