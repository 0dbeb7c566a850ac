"""The nouns of intake are the columns of the read tables."""

import pytest

from truceline.store.tables import column_names
from truceline.vocabulary.coverage import COVERAGE_COLUMNS, Coverage
from truceline.vocabulary.refusal import MOST_SHOWN, shown
from truceline.vocabulary.report import REPORT_COLUMNS, Report, list_text
from truceline.vocabulary.tally import TALLY_COLUMNS, Tally


@pytest.mark.parametrize(
    ("table", "columns"), [("report", REPORT_COLUMNS), ("coverage", COVERAGE_COLUMNS), ("tally", TALLY_COLUMNS)]
)
def test_a_noun_has_the_columns_of_its_read_table_in_order(table, columns):
    own = ("seq", "part", "id", "submission", "row", "superseded_by")
    assert tuple(name for name in column_names(table) if name not in own) == columns


@pytest.mark.parametrize("noun", [Report, Coverage, Tally])
def test_a_row_has_its_values_in_the_order_of_the_columns(noun):
    lists = ("flags", "side_a", "side_b")
    marks = {name: (name,) if name in lists else i for i, name in enumerate(noun.__struct_fields__)}
    wanted = tuple(list_text((name,)) if name in lists else mark for name, mark in marks.items())
    assert noun(**marks).row() == wanted


def test_a_list_of_words_is_json_without_white_space():
    assert list_text(("a, b", 'ق"')) == '["a, b","ق\\""]'


@pytest.mark.parametrize(("value", "told"), [("a\tb", "a\\tb"), ("x" * 201, "x" * 199 + "…"), ("\u202eق", "\\u202eق")])
def test_a_refused_value_is_shown_cut_and_with_what_does_not_print_written_out(value, told):
    assert shown(value) == told
    assert len(shown("\0" * 300)) == MOST_SHOWN
