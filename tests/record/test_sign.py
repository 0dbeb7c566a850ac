"""Keys and signed heads."""

import base64

import pytest

from truceline.record.merkle import root_of
from truceline.record.sign import (
    LogKey,
    head_dated_s,
    head_is_signed,
    pseudonym_of,
    read_head,
    signature_holds,
)

KEY = LogKey.from_seed("example.org/mission", bytes(32))
ROOT = root_of([b"x" * 32])


def test_a_head_is_signed_and_reads_back() -> None:
    form = KEY.sign_head(1, ROOT)
    head = read_head(form)
    assert (head.origin, head.size, head.root) == ("example.org/mission", 1, ROOT)
    assert form.decode().splitlines()[:3] == ["example.org/mission", "1", base64.b64encode(ROOT).decode()]
    assert head_is_signed(head, KEY.public_key)
    assert head_dated_s(head, KEY.origin, KEY.public_key) is None
    assert KEY.sign_head(1, ROOT) == form


def test_the_key_is_the_one_of_rfc_8032_test_1() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    key = LogKey.from_seed("example.org/a", seed)
    assert key.public_key.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_a_dated_head_names_its_time_in_a_cosignature() -> None:
    head = read_head(KEY.sign_head(7, ROOT, 1_456_531_200))
    assert head_is_signed(head, KEY.public_key)
    assert head_dated_s(head, KEY.origin, KEY.public_key) == 1_456_531_200
    signature = head.note.signatures[1].signature
    message = b"cosignature/v1\ntime 1456531200\n" + head.note.text.encode()
    assert signature[:8] == (1_456_531_200).to_bytes(8, "big")
    assert signature_holds(KEY.public_key, message, signature[8:])


def test_another_holder_can_cosign_and_unknown_signatures_are_ignored() -> None:
    other = LogKey.from_seed("example.net/other", b"o" * 32)
    head = read_head(other.cosign(read_head(KEY.sign_head(7, ROOT)).note, 99).form())
    assert head_is_signed(head, KEY.public_key)
    assert head_dated_s(head, other.origin, other.public_key) == 99
    assert head_dated_s(head, KEY.origin, KEY.public_key) is None
    assert not head_is_signed(head, other.public_key)


def test_a_changed_head_or_time_does_not_hold() -> None:
    form = KEY.sign_head(7, ROOT, 99)
    assert not head_is_signed(read_head(form.replace(b"\n7\n", b"\n8\n")), KEY.public_key)
    note = read_head(form).note
    late = KEY.cosign(note, 100).signatures[2].signature[:8] + note.signatures[1].signature[8:]
    forged = form.decode().replace(
        note.signatures[1].line(), note.signatures[1].__class__(KEY.origin, note.signatures[1].key_id, late).line()
    )
    with pytest.raises(ValueError, match="does not hold"):
        head_dated_s(read_head(forged.encode()), KEY.origin, KEY.public_key)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"\n7\n", b"\n07\n"), (b"\n7\n", b"\n+7\n"), (b"\n7\n", b"\n7\nmore\n"), (b"\n7\n", b"\n"), (b"=\n\n", b"\n\n")],
)
def test_a_head_written_otherwise_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(ValueError):
        read_head(KEY.sign_head(7, ROOT).replace(old, new, 1))


def test_the_pseudonym_begins_with_the_key_id_of_the_signed_note() -> None:
    head = read_head(KEY.sign_head(7, ROOT))
    assert KEY.pseudonym == pseudonym_of(KEY.origin, KEY.public_key)
    assert KEY.pseudonym[:8] == head.note.signatures[0].key_id.hex()
    assert len(KEY.pseudonym) == 16


def test_seeds_keys_and_signatures_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LogKey.from_seed("example.org/a", b"short")
    assert not signature_holds(b"short", b"", b"x" * 64)
    assert not signature_holds(KEY.public_key, b"", b"")
