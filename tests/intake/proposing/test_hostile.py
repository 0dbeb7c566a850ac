"""Nothing a table holds can break the mapping that is written of it, or cost more than its size."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake.mapping import read_mapping
from truceline.intake.proposing.drafting import answers_of, mapping_of, proposed
from truceline.intake.proposing.opening import open_any
from truceline.intake.proposing.writing import written

ROW = "1,2025-03-04,x"


def text_of(content, name="made-up.csv"):
    draft = proposed(open_any(name, content))
    return written(draft, answers_of(draft), name, name), draft


@pytest.mark.parametrize(
    "header",
    [
        '=HYPERLINK("x")', "+cmd|' /C calc'!A0", "\x1b[2J\x1b]0;owned\x07date", "date\nrefuse: {id: ['1']}", "#date",
        "'", '"', "date: [", "*a", "&a b", "!!python/object", "\u202edate\u2066", "\x9b31mdate", "date\x00", "true",
        "~", "- date", "%date",
        "date # no comment", "\U000e0041date", "\u2028date", "@date", "`date`", "{date}", "|", ">", "?", "date\\u0041",
    ],
)  # fmt: skip
def test_a_header_is_only_ever_quoted_text(header):
    records = [{"id": str(at), header: f"2025-03-0{at}", "note": f"so {header}"} for at in range(1, 4)]
    text, draft = text_of(json.dumps(records).encode())
    assert all(char.isprintable() or char == "\n" for char in text)
    mapping = read_mapping("m.yaml", text.encode())
    assert set(mapping.fields) == set(mapping_of(draft, answers_of(draft), "m")["fields"])
    assert set(mapping.reads()) <= {"id", header.strip(" "), "note"}
    assert not mapping.refuse


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=2, max_size=6))
def test_any_table_gives_a_mapping_that_can_be_read_back(rows):
    try:
        opened = open_any("t.json", json.dumps([["a", "b", "c"], *rows]).encode())
    except FileNotRead:
        return
    draft = proposed(opened)
    top = mapping_of(draft, answers_of(draft), "t")
    text = written(draft, answers_of(draft), "t", "t.json")
    if top["fields"]:
        assert set(read_mapping("t.yaml", text.encode()).fields) == set(top["fields"])


def test_as_many_columns_as_are_read_are_looked_at_and_no_more():
    def wide(columns):
        header = ["id", "date", *[f"c{at}" for at in range(columns - 2)]]
        rows = [[str(at), "2025-03-04", *["x"] * (columns - 2)] for at in range(300)]
        return "\n".join(map(",".join, [header, *rows])).encode()

    text, _ = text_of(wide(4_096))
    assert read_mapping("m.yaml", text.encode()).fields["when"].column == "date"
    assert len(proposed(open_any("w.csv", wide(4_096)), "tallies").steps) < 20
    with pytest.raises(FileNotRead, match="at most 4096"):
        open_any("w.csv", wide(4_097))


def test_a_cell_of_ten_megabytes_is_refused_with_a_mend():
    for table in (f"id,date,{'x' * 10_000_000}\n1,2025-03-04,a\n", f"id,date,text\n1,2025-03-04,{'x' * 10_000_000}\n"):
        with pytest.raises(FileNotRead) as raised:
            open_any("long.csv", table.encode())
        assert raised.value.mend and len(raised.value.message) < 500


def test_a_cell_that_is_too_long_costs_its_row_and_nothing_else():
    table = f"id,date,text\n1,2025-03-04,so\n2,2025-03-04,{'x' * 3_000_000}\n3,2025-03-05,so\n"
    opened = open_any("long.csv", table.encode())
    assert len(opened.sample) == 2 and len(opened.table.rows) == 3
    assert len(text_of(table.encode())[0]) < 4_000


def test_a_header_cell_that_is_too_long_is_not_proposed():
    text, _ = text_of(f"id,date,{'x' * 3_000_000}\n1,2025-03-04,a\n2,2025-03-05,b\n".encode())
    assert len(text) < 4_000 and "when: date" in text


def test_doubled_and_nameless_columns_are_never_read():
    text, _ = text_of(
        b"id,date,date,,text\n1,2025-03-04,2025-03-04,2025-03-04,so\n2,2025-03-04,2025-03-04,2025-03-04,so\n"
    )
    assert set(read_mapping("m.yaml", text.encode()).reads()) == {"id", "text"}


def test_words_of_a_column_that_never_end_are_no_list_of_kinds():
    rows = "".join(f"{at},2025-03-04,shelling near mark {at}\n" for at in range(500))
    text, _ = text_of(f"id,date,type\n{rows}".encode())
    assert len(text) < 4_000
