"""Salted commitments: opening one field tells nothing of the others."""

from hashlib import sha256, shake_256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.commit import (
    MOST_FIELDS,
    commit,
    commit_many,
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
    salt = shake_256(prefixed(b"truceline salt v2") + SECRET).digest(96)[64:]
    message = prefixed(b"truceline field v2") + position + prefixed(b"where") + b"Salaheddin"
    made = sha256(salt + message).digest()
    assert field_salt(SECRET, 2) == salt
    assert field_commitment(salt, 2, "where", b"Salaheddin") == made
    assert payload_commitment([made]) == sha256(b"truceline payload v2" + (1).to_bytes(4, "big") + made).digest()


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


@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), st.binary(), st.binary()), max_size=5))
def test_many_payloads_at_once_have_the_commitments_of_each(rows: list[tuple[bytes, bytes, bytes]]) -> None:
    secrets = [secret for secret, _, _ in rows]
    columns = [[who for _, who, _ in rows], [what for _, _, what in rows]]
    each = [commit(secret, [("who", who), ("what", what)]) for secret, who, what in rows]
    assert commit_many(secrets, ("who", "what"), columns) == each
    assert commit_many(secrets, (), []) == [commit(secret, []) for secret, _, _ in rows]


def test_a_secret_a_salt_and_a_commitment_are_these_bytes() -> None:
    """Vectors for other programs; made with sha256sum and `openssl dgst -shake256 -xoflen 64`, by the documentation."""
    assert field_salt(SECRET, 1).hex() == "eb8f58ec35a3240b05e8ca6d19c4c5e09c2223d4a52a0d70614b44f72d2e395b"
    assert (
        field_commitment(field_salt(SECRET, 1), 1, "where", b"Salaheddin").hex()
        == "72fe9adb14d2e2e3c9c708400aa3dfc2f35993ccdf3ea673c91758ac5be18998"
    )
    assert (
        commit(SECRET, [("who", b"a monitor"), ("where", b"Salaheddin")]).hex()
        == "fcc9bc4cf819831c02ffb7a8c9e2b3fe9253fa0f1b2955618b4f2c9ba6734cb7"
    )
