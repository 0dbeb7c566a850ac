"""Sources and whom they repeat."""

import pytest

from truceline.errors import ValueNotRead
from truceline.vocabulary.source import Source, read_repeats, read_source_id


@pytest.mark.parametrize("text", ["ngo", "wire-1", "a.b_c", "7"])
def test_an_id_of_a_source(text):
    assert read_source_id(text) == text


@pytest.mark.parametrize("text", ["", "an ngo", "a/b", "é", "ngo\n", "x" * 65])
def test_what_is_no_id_of_a_source(text):
    with pytest.raises(ValueNotRead):
        read_source_id(text)


def test_sources_of_one_origin_count_as_one():
    assert Source("paper", "wire").counts_as() == Source("wire").counts_as() == "wire"


def test_a_repeated_report_of_the_same_source_is_written_with_it():
    assert [read_repeats(text, "ngo") for text in ("7", "wire/7", "wire/7/2", "")] == [
        "ngo/7",
        "wire/7",
        "wire/7/2",
        "",
    ]
