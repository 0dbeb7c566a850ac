"""Bytes under a passphrase: published vectors, a form that stays as it is, and nothing that can be changed in it."""

import unicodedata
from collections.abc import Callable

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.store.locked import COST, Cost, is_locked, locked, unlocked

Chance = Callable[[int], bytes]
QUICK = Cost(memory_kib=8, passes=1, lanes=1)
WORDS = "six words drawn by lot today"


def fixed(number: int) -> bytes:
    """Chance that is always the same."""
    return bytes(range(number))


def test_argon2id_gives_the_published_answer() -> None:
    """RFC 9106, section 5.3."""
    stretch = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    )
    wanted = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert stretch.derive(b"\x01" * 32).hex() == wanted


def test_chacha20_poly1305_gives_the_published_answer() -> None:
    """RFC 8439, section 2.8.2."""
    plain = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        b"be it."
    )
    cipher = ChaCha20Poly1305(bytes(range(0x80, 0xA0)))
    beside = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    sealed = cipher.encrypt(bytes.fromhex("070000004041424344454647"), plain, beside)
    assert sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"
    assert sealed[:16].hex() == "d31a8d34648e60db7b86afbc53ef7ec2"


def test_what_was_locked_once_opens_for_ever() -> None:
    """Made by this code, frozen: a later version must open it, and make the same of the same chance."""
    kept = (
        b'{"truceline_locked":1,"kdf":"argon2id","memory_kib":8,"passes":1,"lanes":1,'
        b'"salt":"000102030405060708090a0b0c0d0e0f","cipher":"chacha20-poly1305",'
        b'"nonce":"000102030405060708090a0b","sealed":"2a9d0de98e6d6860f14dcd25cc9bb1e920d477db85e53138"}'
    )
    assert unlocked(kept, WORDS) == b"the keys"
    assert msgspec.json.encode(msgspec.json.decode(locked(b"the keys", WORDS, fixed, QUICK))) == kept


def test_the_cost_is_that_of_the_standard(chance: Chance) -> None:
    form = msgspec.json.decode(locked(b"", WORDS, chance))
    assert (COST.memory_kib, COST.passes, COST.lanes) == (65_536, 3, 4)
    assert (form["memory_kib"], form["passes"], form["lanes"]) == (65_536, 3, 4)


def test_the_same_content_is_locked_otherwise_each_time_and_does_not_show(chance: Chance) -> None:
    first, second = (locked(b"the keys", WORDS, chance, QUICK) for _ in range(2))
    assert first != second
    assert unlocked(first, WORDS) == unlocked(second, WORDS) == b"the keys"
    for form in (first, second):
        assert b"the keys" not in form
        assert b"the keys".hex().encode() not in form
        assert b"lot" not in form


def test_another_passphrase_does_not_open_it_and_the_error_tells_neither(chance: Chance) -> None:
    form = locked(b"the keys", WORDS, chance, QUICK)
    for other in ("", WORDS + " ", WORDS.upper(), "another passphrase"):
        with pytest.raises(ValueError, match="the passphrase is another one, or the file was changed") as caught:
            unlocked(form, other)
        assert "words" not in str(caught.value)
        assert "another passphrase" not in str(caught.value)


@pytest.mark.parametrize("passphrase", ["étoile à la porte", "خمس كلمات بالقرعة", "wide\u2003space between"])
def test_a_passphrase_opens_however_the_keyboard_composes_it(passphrase: str, chance: Chance) -> None:
    form = locked(b"the keys", passphrase, chance, QUICK)
    assert unlocked(form, unicodedata.normalize("NFD", passphrase)) == b"the keys"
    assert unlocked(form, passphrase.replace("\u2003", " ")) == b"the keys"


def test_every_changed_byte_of_a_locked_file_is_refused() -> None:
    form = msgspec.json.encode(msgspec.json.decode(locked(b"the keys", WORDS, fixed, QUICK)))
    opened = 0
    for place in range(len(form)):
        for bit in (1, 16, 32):
            changed = form[:place] + bytes([form[place] ^ bit]) + form[place + 1 :]
            if changed.lower() == form:
                continue  # hexadecimal in capitals is the same bytes where they are sealed
            with pytest.raises(ValueError):
                unlocked(changed, WORDS)
            opened += 1
    assert opened > 3 * len(form) - 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 10_000_000),
        ("memory_kib", 1 << 62),
        ("memory_kib", 0),
        ("memory_kib", -1),
        ("passes", 1_000_000),
        ("passes", 0),
        ("lanes", 1_000),
        ("lanes", 0),
        ("salt", ""),
        ("salt", "00" * 1_000),
        ("nonce", "zz"),
        ("sealed", "zz"),
        ("sealed", ""),
        ("kdf", "none"),
        ("cipher", "none"),
        ("truceline_locked", 2),
        ("more", 1),
    ],
)
def test_a_hostile_file_asks_for_nothing_out_of_bounds(name: str, value: object, chance: Chance) -> None:
    form = {**msgspec.json.decode(locked(b"the keys", WORDS, chance, QUICK)), name: value}
    with pytest.raises(ValueError):
        unlocked(msgspec.json.encode(form), WORDS)


def test_a_file_of_ten_megabytes_is_not_read() -> None:
    big = b'{"truceline_locked": 1, "sealed": "' + b"0" * 10_000_000 + b'"}'
    assert not is_locked(big)
    with pytest.raises(ValueError, match="are not read"):
        unlocked(big, WORDS)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_what_is_no_locked_file_is_none(content: bytes) -> None:
    assert not is_locked(content)
    with pytest.raises(ValueError):
        unlocked(content, WORDS)


@settings(max_examples=100)
@given(st.binary(max_size=400), st.text(max_size=40))
def test_whatever_is_locked_is_given_back(content: bytes, passphrase: str) -> None:
    form = locked(content, passphrase, fixed, QUICK)
    assert is_locked(form)
    assert unlocked(form, passphrase) == content


def test_a_passphrase_of_bytes_that_are_no_text_is_refused(chance: Chance) -> None:
    with pytest.raises(ValueError, match="is text"):
        locked(b"", "a\udcff", chance, QUICK)
