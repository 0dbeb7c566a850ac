"""The bytes of one entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.canonical import canonical, read_canonical
from truceline.record.commit import commit, committed
from truceline.record.entry import MOST_ENTRY_BYTES, SIGNED, Header, entry_id, entry_of, read_entry, row_entries
from truceline.record.merkle import leaf_hash
from truceline.record.sign import LogKey

KEY = LogKey.from_seed("example.org/mission", bytes(32))
SECRET = b"s" * 32
FIELDS = [("source", b"a monitor"), ("when", b"27 February 2016")]
LAYOUT = "ab" * 32
IDS = st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex)
PAYLOADS = st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.binary(max_size=50)))


@given(st.lists(st.tuples(PAYLOADS, st.binary(min_size=32, max_size=32), IDS), max_size=8))
def test_the_fast_path_makes_the_same_bytes_as_canonical(rows: list[tuple[list, bytes, str | None]]) -> None:
    made = row_entries(KEY, LAYOUT, [committed(s, p) for p, s, _ in rows], [o for _, _, o in rows])
    for (body, leaf), (fields, secret, old) in zip(made, rows, strict=True):
        links = {"layout": LAYOUT} | ({"supersedes": [old]} if old else {})
        assert body == entry_of(KEY, "row", links, secret, fields)
        assert body == canonical(read_canonical(body))
        assert leaf == leaf_hash(body)


def test_an_entry_tells_nothing_of_its_payload_but_a_commitment() -> None:
    body = entry_of(KEY, "act", {"supersedes": [LAYOUT]}, SECRET, FIELDS)
    header = read_entry(body)
    assert b"monitor" not in body
    assert b"February" not in body
    assert (header.log, header.key, header.fields) == (KEY.origin, KEY.pseudonym, 2)
    assert header.payload == commit(SECRET, FIELDS).hex()
    assert entry_id(body) == leaf_hash(body).hex()


@pytest.mark.parametrize("kind", sorted(SIGNED))
def test_what_people_and_submissions_say_is_signed(kind: str) -> None:
    header = read_entry(entry_of(KEY, kind, {}, SECRET, FIELDS))
    assert header.signature_holds(KEY.public_key)
    assert not header.signature_holds(LogKey.from_seed(KEY.origin, b"x" * 32).public_key)
    changed = read_entry(header.form().replace(b'"links":{}', b'"links":{"layout":"another"}'))
    assert not changed.signature_holds(KEY.public_key)


def test_rows_and_notes_carry_no_signature_of_their_own() -> None:
    assert read_entry(entry_of(KEY, "row", {}, SECRET, FIELDS)).signature is None
    assert not read_entry(entry_of(KEY, "note", {}, SECRET, FIELDS)).signature_holds(KEY.public_key)


def test_an_entry_is_never_larger_than_a_bundle_can_hold() -> None:
    with pytest.raises(ValueError, match="at most"):
        entry_of(KEY, "act", {"supersedes": [LAYOUT] * 1000}, SECRET, [])
    with pytest.raises(ValueError, match="at most"):
        read_entry(b" " * (MOST_ENTRY_BYTES + 1))


@pytest.mark.parametrize("old", ['"', "AB" * 32, "ab" * 31, "ab" * 32 + "\n", '"],"x":["'])
def test_a_superseded_id_that_is_none_is_refused(old: str) -> None:
    with pytest.raises(ValueError, match="not the id"):
        row_entries(KEY, LAYOUT, [committed(SECRET, FIELDS)], [old])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v":2'),
        (b'"kind":"act"', b'"kind":"fact"'),
        (b'"fields":2', b'"fields":"2"'),
        (b'"fields":2', b'"fields": 2'),
        (b'"fields":2', b'"extra":1,"fields":2'),
        (b'"links":{}', b'"links":[]'),
    ],
)
def test_bytes_that_are_no_entry_are_refused(old: bytes, new: bytes) -> None:
    body = entry_of(KEY, "act", {}, SECRET, FIELDS)
    assert old in body
    with pytest.raises(ValueError):
        read_entry(body.replace(old, new))
    with pytest.raises(ValueError, match="no kind"):
        entry_of(KEY, "fact", {}, SECRET, FIELDS)


def test_a_signature_written_into_the_bytes_is_the_one_of_the_header() -> None:
    header = Header(log=KEY.origin, key=KEY.pseudonym, kind="act", links={"zeile": "ÿ"}, fields=0, payload="00")
    assert header.signed_form(KEY) == header.signed_by(KEY).form()
