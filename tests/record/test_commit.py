"""Salted commitments: opening one field tells nothing of the others."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.commit import (
    MOST_FIELDS,
    commit,
    commit_salted,
    field_commitment,
    field_salt,
    field_salts,
    payload_commitment,
)

SECRET = bytes(range(32))
FIELDS = st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), st.binary(max_size=200)))


@given(st.binary(min_size=32, max_size=32), FIELDS)
def test_the_fast_commitment_is_the_one_made_field_by_field(secret: bytes, fields: list[tuple[str, bytes]]) -> None:
    made = [field_commitment(field_salt(secret, i), i, name, content) for i, (name, content) in enumerate(fields)]
    assert commit(secret, fields) == payload_commitment(made)
    assert commit_salted(field_salts(secret, len(fields)), fields) == commit(secret, fields)


def test_the_bytes_under_the_keys_are_those_of_the_docstring() -> None:
    """Spelled out once by hand, so that another program can be written from the docstring."""

    def prefixed(part: bytes) -> bytes:
        return len(part).to_bytes(4, "big") + part

    position = (2).to_bytes(4, "big")
    salt = hmac.digest(SECRET, prefixed(b"truceline salt v1") + prefixed(position), "sha256")
    message = prefixed(b"truceline field v1") + prefixed(position) + prefixed(b"where") + prefixed(b"Salaheddin")
    made = hmac.digest(salt, message, "sha256")
    assert field_salt(SECRET, 2) == salt
    assert field_commitment(salt, 2, "where", b"Salaheddin") == made
    assert payload_commitment([made]) == sha256(b"truceline payload v1" + (1).to_bytes(4, "big") + made).digest()


def test_a_field_cannot_be_moved_renamed_or_split() -> None:
    forms = {
        commit(SECRET, fields)
        for fields in (
            [("who", b"ab"), ("what", b"c")],
            [("who", b"a"), ("what", b"bc")],
            [("what", b"ab"), ("who", b"c")],
            [("whoa", b"b"), ("what", b"c")],
            [("who", b"ab")],
            [],
        )
    }
    assert len(forms) == 6


def test_a_secret_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"short", [])
    with pytest.raises(ValueError, match="32 bytes"):
        field_salts(b"", 1)


def test_a_payload_has_a_largest_number_of_fields() -> None:
    with pytest.raises(ValueError, match="at most"):
        commit(SECRET, [("x", b"")] * (MOST_FIELDS + 1))
