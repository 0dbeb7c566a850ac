"""Columns as delimited lines are what Python's csv writes."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from truceline.theatre.benchmark.lines import joined

CELLS = st.text(st.sampled_from('ab;,\t"\n\r é'), max_size=4)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6), st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_joined_columns_read_back_as_the_cells_they_were(rows: list[tuple[str, ...]], mark: str, end: str) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    text = joined(columns, mark, end) if columns else ""
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) == [list(row) for row in rows]
