"""JSON as it was written: numbers keep their digits, and what JSON leaves open is a fault."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.intake.shapes.json_text import DECODER, flat, plain, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_is_written_as_it_stood(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    again = written(DECODER.decode(text))
    assert json.loads(again) == json.loads(text)
    if "\\" not in text:
        assert again == text


def test_a_number_keeps_its_digits():
    assert flat(DECODER.decode('{"lat": 36.20, "n": 1e5, "big": 123456789012345678901234567890}')) == {
        "lat": "36.20",
        "n": "1e5",
        "big": "123456789012345678901234567890",
    }


def test_fields_inside_objects_are_named_by_their_path_and_lists_are_one_value():
    record = '{"a": {"b": {"c": 1}, "d": []}, "e": {}, "f": null, "g": [1, {"h": 2.50}]}'
    assert flat(DECODER.decode(record)) == {
        "a.b.c": "1", "a.d": "[]", "e": "{}", "f": "null", "g": '[1,{"h":2.50}]',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ('{"b": {"a": 1, "a": 1}}', "'a' stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": [1, -Infinity]}', "-Infinity is no number"),
        ('{"a.b": 1, "a": {"b": 2}}', "Two fields are named 'a.b'"),
        ("[1]", "no JSON object"),
        ("1", "no JSON object"),
        ('{"a":' * 9 + "1" + "}" * 9, "More than 8 objects"),
        ('{"a":' + "[" * 40 + "]" * 40 + "}", "More than 32 lists"),
    ],
)
def test_what_json_leaves_open_refuses_the_record(record, said):
    with pytest.raises(ValueNotRead, match=said) as raised:
        flat(DECODER.decode(record))
    assert raised.value.mend


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"a\\n\\"b\\""', 'a\n"b"'),
        ("36.20", "36.20"),
        ("null", ""),
        ("true", "true"),
        ("[1]", "[1]"),
        ("", ""),
        ('""', ""),
    ],
)
def test_a_reader_sees_the_characters_of_a_text_and_of_null_nothing(cell, text):
    assert plain(cell) == text
