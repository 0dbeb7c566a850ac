"""Packed rows are the rows that were put in, whichever way they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.intake import packed
from truceline.intake.damage import damaged_row
from truceline.intake.packed import PackedRows
from truceline.intake.raw import RawRow
from truceline.vocabulary.refusal import Refusal

CELLS = st.lists(st.text(st.characters(codec="utf-8"), max_size=5), max_size=4).map(tuple)


def damaged(number: int) -> RawRow:
    return damaged_row(number, "a\udcff,b\n", "utf-8", Refusal(number, "", "a", "Some bytes are not valid", "Mend it."))


@given(st.lists(CELLS, max_size=23), st.slices(23), st.integers(0, 5))
def test_rows_come_back_by_number_by_slice_and_in_order(cells, between, width):
    made = [RawRow(number, each) if each else damaged(number) for number, each in enumerate(cells, 2)]
    wide = [RawRow(r.number, r.cells + ("",) * (width - len(r.cells))) if r.cells is not None else r for r in made]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed, "CHUNK", 4)
        rows = PackedRows(made, width)
        assert list(rows) == wide
        assert rows == wide
        assert len(rows) == len(made)
        assert rows[between] == wide[between]
        assert [rows[at] for at in range(-len(made), len(made))] == wide * 2
        assert [row for chunk in rows.chunks() for row in chunk] == wide


def test_a_row_that_is_not_there_is_an_index_error():
    with pytest.raises(IndexError):
        PackedRows()[0]
    with pytest.raises(IndexError):
        PackedRows([RawRow(2, ("a",))])[-2]
