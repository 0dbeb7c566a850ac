"""Lines read a window at a time are the lines of the whole text."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.intake import lines


@pytest.mark.parametrize("newline", ["", "\n"])
@given(text=st.text(st.sampled_from("a\r\n\u2028"), max_size=40), window=st.integers(2, 9))
def test_windows_change_nothing(text, window, newline):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "WINDOW", window)
        assert list(lines.lines_of(text, 99, newline)) == list(io.StringIO(text, newline=newline))


@given(text=st.text(st.sampled_from("aaaaaaaa\r\n"), max_size=60), window=st.integers(2, 5), most=st.integers(10, 20))
def test_a_line_that_is_too_long_is_seen_to_be_so_and_nothing_follows_it(text, window, most):
    whole = list(io.StringIO(text, newline=""))
    long = next((at for at, line in enumerate(whole) if len(line) > max(most, 2 * window)), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "WINDOW", window)
        found = list(lines.lines_of(text, most))
    assert found == whole if long is None else found[:long] == whole[:long] and len(found[long]) > most
