"""A row's payload: six groups of cells as canonical JSON, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.intake.layout import GROUPS, Layout, cells_of, group_positions, payload, row_of
from truceline.intake.raw import RawRow, numbers_of, runs_of
from truceline.intake.reading import read_file
from truceline.record.canonical import canonical, read_canonical

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def laid_out(draw):
    cells = tuple(draw(st.lists(TEXT, min_size=1, max_size=9)))
    header = tuple(f"c{i}" for i in range(len(cells)))
    chosen = dict(
        zip(header, draw(st.lists(st.sampled_from(GROUPS), min_size=len(cells), max_size=len(cells))), strict=True)
    )
    groups = group_positions(header, chosen.__getitem__)
    return RawRow(2, cells), Layout("made_up", "made_up@1", "utf-8", ",", header, groups)


@given(laid_out())
def test_cells_come_back_as_they_were_and_the_bytes_are_canonical(made):
    row, layout = made
    fields = payload(row, layout)
    assert [name for name, _ in fields] == list(GROUPS)
    for (_, content), (_, positions) in zip(fields, layout.groups, strict=True):
        assert content == canonical([row.cells[at] for at in positions])
        read_canonical(content)
    assert cells_of(fields, layout) == row.cells
    assert row_of(2, fields, layout) == row
    assert Layout.from_plain(layout.plain()) == layout


@pytest.mark.parametrize(
    "damage",
    [b"1,2,3", b'1,"2', b'"1"2,3', b"1\x00,2", b"1,\xff", b"1," + b"x" * 70_000, b"1," + b'"' + b"x" * 200_000],
)
def test_a_damaged_row_is_its_bytes_and_is_refused_again_for_the_same_reason(damage):
    head = "report_id,source,when,kind,side_a,side_b\nق,ngo,2025,,,\n".encode()
    table = read_file("t.csv", head + damage)
    damaged = table.rows[1]
    fields = payload(damaged, table.layout)
    assert fields == [("raw", damage)]
    assert cells_of(fields, table.layout) is None
    assert row_of(damaged.number, fields, table.layout) == damaged


def test_a_damaged_row_of_utf16():
    content = "\ufeffreport_id,source,when,kind,side_a,side_b\n1,2\n".encode("utf-16-le")
    table = read_file("t.csv", content)
    (damaged,) = table.rows
    assert damaged.raw == "1,2\n".encode("utf-16-le")
    assert row_of(2, payload(damaged, table.layout), table.layout) == damaged


@given(st.sets(st.integers(1, 60)).map(sorted))
def test_row_numbers_come_back_from_their_runs(numbers):
    assert numbers_of(runs_of(numbers)) == numbers


def test_rows_that_follow_one_another_are_one_run():
    assert runs_of(range(3, 200_003)) == [(3, 200_000)]
