"""Canonical bytes: RFC 8785 without floats."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.canonical import MOST, canonical, read_canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_has_one_form_that_reads_back(value: object) -> None:
    assert read_canonical(canonical(value)) == value
    assert json.loads(canonical(value)) == value


def test_the_sorting_example_of_rfc_8785_comes_out_in_its_order() -> None:
    named = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical(named)).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_only_quote_backslash_and_controls_are_escaped() -> None:
    assert canonical('€$\x0f\nA\'B"\\\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()


PUBLISHED = {
    "arrays": (
        b'[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]',
        '[56,{"1":[],"10":null,"d":true}]',
    ),
    "french": (
        '{"peach": "This sorting order", "péché": "is wrong according to French",'
        ' "pêche": "but canonicalization MUST", "sin":   "ingnore locale"}'.encode(),
        '{"peach":"This sorting order","péché":"is wrong according to French",'
        '"pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    ),
    "structures": (
        b'{"1": {"f": {"f": "hi","F": 5} ,"\\n": 56}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { }}',
        '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ),
    "unicode": (b'{"Unnormalized Unicode":"\\u1e0d\\u0307"}', '{"Unnormalized Unicode":"\u1e0d\u0307"}'),
    "values": (
        b'{"escaping": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}',
        '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false]}',
    ),
    "weird": (
        b'{"\\u20ac": "Euro Sign", "1": "One", "\\u0080": "Control\\u007f", "\\ud83d\\ude02": "Smiley",'
        b' "\\u00f6": "Latin Small Letter O With Diaeresis", "\\ufb33": "Hebrew Letter Dalet With Dagesh",'
        b' "</script>": "Browser Challenge"}',
        '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f",'
        '"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","\U0001f602":"Smiley",'
        '"\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ),
    "simple string": (b'    "this is a test string 1235"', '"this is a test string 1235"'),
}
"""The published test data of the standard's authors (RFC 8785, appendix G: cyberphone/json-canonicalization,
Apache-2.0), input and output, without the numbers that are no whole ones."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_vectors_come_out_as_published(name: str) -> None:
    given_, wanted = PUBLISHED[name]
    assert canonical(json.loads(given_)) == wanted.encode()
    assert read_canonical(wanted.encode()) == json.loads(given_)
    with pytest.raises(ValueError):
        read_canonical(given_)
    print(f"RFC 8785: {name} comes out as published")


def test_the_number_in_the_published_structures_is_refused_as_it_is_written_there() -> None:
    with pytest.raises(ValueError):
        read_canonical(b'{"1":{"\\n":56.0}}')


@pytest.mark.parametrize("value", [1.0, float("nan"), b"bytes", {1: "one"}, {"a": {2}}, object()])
def test_what_has_no_canonical_form_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [MOST + 1, -MOST - 1, "\ud800", {"\udfff": 1}])
def test_numbers_out_of_range_and_lone_surrogates_are_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


@pytest.mark.parametrize(
    "form",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b"[1.0]",
        b"[1e2]",
        b"[-0]",
        b"[NaN]",
        b'"\\u0041"',
        b'"\\/"',
        b"9007199254740992",
        b"\xff",
        b"",
        b"[1]\n",
        b"[" * 60_000,
        b"9" * 60_000,
        b"[" * 33 + b"]" * 33,
    ],
)
def test_any_other_bytes_are_refused(form: bytes) -> None:
    with pytest.raises(ValueError):
        read_canonical(form)
