"""Counts as sources give them: bounds, surely and maybe, and what is impossible kept and flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.count import BEST_OUTSIDE, NEGATIVE, Count, read_whole

FIGURE = st.none() | st.integers(-5, 60)


@pytest.mark.parametrize(
    ("count", "bounds", "flags"),
    [
        (Count(1, 2, 3), (1, 3), []), (Count(), (0, None), []), (Count(best=4), (4, 4), []), (Count(low=4), (4, 4), []),
        (Count(5, 2, 3), (2, 5), [BEST_OUTSIDE]), (Count(1, 9, 3), (1, 9), [BEST_OUTSIDE]),
        (Count(-2, 1, 3), (0, 3), [NEGATIVE]),
        (Count(-2, None, None), (0, 0), [NEGATIVE]), (Count(3, None, 1), (1, 3), [BEST_OUTSIDE]),
        (Count(0, 0, 0), (0, 0), []),
    ],
)  # fmt: skip
def test_bounds_are_the_widest_the_sources_own_numbers_allow(count, bounds, flags):
    assert (count.bounds(), count.flags()) == (bounds, flags)


@given(FIGURE, FIGURE, FIGURE, st.integers(0, 70))
def test_surely_implies_maybe(low, best, high, number):
    count = Count(low, best, high)
    assert count.maybe_at_least(number) or not count.surely_at_least(number)
    assert count.surely_at_least(0)
    least, most = count.bounds()
    assert most is None or least <= most


def test_an_unknown_number_may_be_any():
    assert Count().maybe_at_least(10**6)
    assert not Count().surely_at_least(1)


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("0", 0), ("17", 17), ("-3", -3), ("007", 7), ("9" * 12, 10**12 - 1)]
)
def test_whole_numbers_are_read(text, number):
    assert read_whole(text) == number


@pytest.mark.parametrize(
    "text", ["1,000", "3.5", "about 5", "5+", "٥", "1e3", " 5", "5 ", "--5", "5\n", "0x5", "1_000", "9" * 13, "½", "²"]
)
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(ValueNotRead) as caught:
        read_whole(text)
    assert "leave the cell empty" in caught.value.mend


@given(st.text(max_size=12))
def test_any_text_is_read_as_python_reads_it_or_refused(text):
    try:
        number = read_whole(text)
    except ValueNotRead:
        return
    assert number is None if text == "" else number == int(text)
