"""The strict YAML reader: few words, no objects, and a line for every value."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.plain_yaml import MAX_DEPTH, read_yaml


def test_dates_times_and_numbers_with_a_point_stay_text() -> None:
    read = read_yaml(b"{day: 2016-02-27, hour: 19:30, lat: 36.20, old: 010, country: no, answer: on, e: 1e3}").value
    assert read == {
        "day": "2016-02-27", "hour": "19:30", "lat": "36.20", "old": "010", "country": "no", "answer": "on", "e": "1e3",
    }  # fmt: skip


def test_true_false_null_and_whole_numbers_are_themselves() -> None:
    assert read_yaml(b"[true, false, null, ~, 7, -7, 'true', \"7\"]").value == [
        True, False, None, None, 7, -7, "true", "7",
    ]  # fmt: skip


def test_an_empty_file_says_nothing() -> None:
    assert read_yaml(b"").value is None


def test_every_value_has_its_line() -> None:
    written = read_yaml(b"clocks:\n  - id: one\n    start: x\n  -\n    id: two\n")
    assert written.line(("clocks", 0, "start")) == 3
    assert written.line(("clocks", 1, "id")) == 5
    assert written.line(("clocks", 1, "not there")) == 5
    assert written.line(("nothing",)) == 1


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"a: &x 1", 1, "anchors"),
        (b"a: &x [1]", 1, "anchors"),
        (b"\n&x a: 1", 2, "a key"),
        (b"a: *x", 1, "anchors"),
        (b"a: 1\nb: 2\na: 3", 3, "twice"),
        (b"a: !!python/object/apply:os.system ['true']", 1, "tag"),
        (b"a: !!binary aGk=", 1, "tag"),
        (b"a: !x {b: 1}", 1, "tag"),
        (b"<<: {a: 1}", 1, "key"),
        (b"? [1]\n: 2", 1, "key"),
        (b"1: 2", 1, "key"),
        (b"a: 1\n---\nb: 2", 2, "second document"),
        (b"a: 1\n...\n---\nb: 2", 3, "second document"),
        (b"a: [1,\n", 2, ""),
        (b"a: 1\nb: \xff", 2, "UTF-8"),
        (b"[" * (MAX_DEPTH + 2), 1, "deep"),
        (b"a: \x07", 1, ""),
    ],
)
def test_what_is_refused_is_refused_with_its_line(content: bytes, line: int, said: str) -> None:
    with pytest.raises(ValueNotRead, match=rf"^line {line}: .*{said}"):
        read_yaml(content)


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(ValueNotRead, match="bytes"):
        read_yaml(b"a: 1", max_bytes=3)


def test_a_hundred_thousand_brackets_do_no_harm() -> None:
    with pytest.raises(ValueNotRead, match="deep"):
        read_yaml(b"[" * 100_000)


def test_a_file_of_very_many_values_is_not_held() -> None:
    with pytest.raises(ValueNotRead, match="values"):
        read_yaml(b"[" + b"0," * 1_000_000 + b"0]")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(ValueNotRead):
        read_yaml(content)


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(-(10**15), 10**15) | st.booleans() | st.none()))
def test_what_is_written_is_what_is_read(value: dict[str, int | bool | None]) -> None:
    words = {True: "true", False: "false", None: "null"}
    lines = [f"{key}: {words[one] if isinstance(one, bool) or one is None else one}" for key, one in value.items()]
    assert (read_yaml("\n".join(lines).encode()).value or {}) == value
