"""Numbers of people as tables write them."""

import pytest

from truceline.errors import ValueNotRead
from truceline.intake.said_counts import read_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12", ("", "12", "")), ("12.0", ("", "12", "")), ("1,200", ("", "1200", "")), ("1 200", ("", "1200", "")),
        ("٣", ("", "3", "")), ("3-5", ("3", "", "5")), ("3 – 5", ("3", "", "5")), ("3 to 5", ("3", "", "5")),
        ("5+", ("5", "", "")), ("At least 5", ("5", "", "")), ("> 5", ("5", "", "")), ("не менее 5", ("5", "", "")),
        ("au moins 5", ("5", "", "")), ("على الأقل 5", ("5", "", "")),
        ("up to 5", ("", "", "5")), ("до 5", ("", "", "5")),
        ("about 5", ("", "5", "")), ("~5", ("", "5", "")), ("N/K", ("", "", "")),
        ("", ("", "", "")), ("-", ("", "", "")),
    ],
)  # fmt: skip
def test_a_count_is_read_as_low_best_and_high(text, said):
    assert read_said(text) == said


@pytest.mark.parametrize("text", ["two", "1.5", "12,5", "3-5-7", "-3", "1e9", "5 wounded", "9" * 13])
def test_what_is_no_number_of_people_is_refused(text):
    with pytest.raises(ValueNotRead, match="no number of people"):
        read_said(text)
