"""Signed notes (c2sp.org/signed-note)."""

import base64

import pytest

from truceline.record.note import ED25519, check_name, key_hash, read_note
from truceline.record.sign import signature_holds

NEUMANN = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
"""The example in the documentation of golang.org/x/mod/sumdb/note, whose key is the next line's."""
NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_the_published_example_of_go_reads_and_its_signature_holds() -> None:
    name, key_id, encoded = NEUMANN_KEY.split("+")
    public_key = base64.b64decode(encoded)[1:]
    note = read_note(NEUMANN.encode())
    assert note.form() == NEUMANN.encode()
    assert key_hash(name, ED25519, public_key)[:4].hex() == key_id == note.signatures[0].key_id.hex()
    assert signature_holds(public_key, note.text.encode(), note.signatures[0].signature)


def test_a_text_may_hold_empty_lines_and_the_last_one_ends_it() -> None:
    note = read_note(b"one\n\ntwo\n\n\xe2\x80\x94 a AAAAAAA=\n")
    assert note.text == "one\n\ntwo\n"


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n- a AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 a AAAAAAA=",
        b"text\n\n\xe2\x80\x94 a AAAAAAB=\n",
        b"text\n\n\xe2\x80\x94 a AAAA\n",
        b"text\n\n\xe2\x80\x94  AAAAAAA=\n",
        b"te\txt\n\n\xe2\x80\x94 a AAAAAAA=\n",
        b"\xff\n\n\xe2\x80\x94 a AAAAAAA=\n",
        b"text\n\n" + b"\xe2\x80\x94 a AAAAAAA=\n" * 65,
        b"x" * 70_000,
    ],
)
def test_what_is_not_exactly_a_note_is_refused(form: bytes) -> None:
    with pytest.raises(ValueError):
        read_note(form)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "x" * 201, "a\x00"])
def test_a_name_with_spaces_plus_or_controls_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        check_name(name)
