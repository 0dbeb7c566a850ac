"""Bytes under a passphrase: what a key file holds when its owner wants it kept from whoever finds it.

A key is stretched from the passphrase with Argon2id (RFC 9106; the cost is its second recommendation,
64 MiB and three passes, so that an old laptop can open it too), and the content is enciphered with
ChaCha20-Poly1305 (RFC 8439). The form is JSON, in this order, with bytes in hexadecimal:

    {"truceline_locked": 1, "kdf": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 4,
     "salt": 16 bytes, "cipher": "chacha20-poly1305", "nonce": 12 bytes, "sealed": the rest}

Everything but "sealed", written as such an object without spaces, is the associated part of the cipher:
no value of it can be changed without being noticed. What a file may ask for is bounded before
anything is reckoned, so that a hostile one takes neither the memory nor the afternoon.

The passphrase is read as RFC 8265 says (OpaqueString): Unicode spaces are a space, and composed and
decomposed letters are the same, so that it can be typed on another keyboard. A forgotten passphrase
cannot be recovered by anybody.
"""

import unicodedata
from collections.abc import Callable
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MOST_BYTES = 1 << 20
"""Of a locked file: keys are small."""
MOST_MEMORY_KIB = 256 * 1024
MOST_PASSES = 10
MOST_LANES = 16
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32


class Cost(msgspec.Struct, frozen=True):
    """What one try at a passphrase costs: KiB of memory, passes over it, lanes of it."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


COST = Cost()
"""RFC 9106, section 4, second recommended option."""


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    truceline_locked: Literal[1]
    kdf: Literal["argon2id"]
    memory_kib: int
    passes: int
    lanes: int
    salt: str
    cipher: Literal["chacha20-poly1305"]
    nonce: str
    sealed: str = ""


class _Mark(msgspec.Struct, frozen=True):
    truceline_locked: int


def locked(content: bytes, passphrase: str, chance: Callable[[int], bytes], cost: Cost = COST) -> bytes:
    """The content under a passphrase. `chance` gives random bytes; a `cost` other than `COST` is for tests.

    Raises `ValueError` for a passphrase that is no text.
    """
    form = _Form(
        1, "argon2id", cost.memory_kib, cost.passes, cost.lanes, chance(SALT_BYTES).hex(),
        "chacha20-poly1305", chance(NONCE_BYTES).hex(),
    )  # fmt: skip
    _check_bounds(form)
    sealed = ChaCha20Poly1305(_stretched(form, passphrase)).encrypt(bytes.fromhex(form.nonce), content, _beside(form))
    whole = msgspec.structs.replace(form, sealed=sealed.hex())
    return msgspec.json.format(msgspec.json.encode(whole)) + b"\n"


def unlocked(content: bytes, passphrase: str) -> bytes:
    """What lies under the passphrase. Raises `ValueError`: another passphrase, a changed file, or no such form.

    A wrong passphrase and a changed file cannot be told apart. The message never holds the passphrase.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} bytes are not read")
    form = msgspec.json.decode(content, type=_Form)
    _check_bounds(form)
    cipher = ChaCha20Poly1305(_stretched(form, passphrase))
    try:
        return cipher.decrypt(bytes.fromhex(form.nonce), bytes.fromhex(form.sealed), _beside(form))
    except InvalidTag:
        raise ValueError("the passphrase is another one, or the file was changed") from None


def is_locked(content: bytes) -> bool:
    """These bytes say that they are under a passphrase; whether they are well formed shows when they are opened."""
    if len(content) > MOST_BYTES:
        return False
    try:
        msgspec.json.decode(content, type=_Mark)
    except ValueError:
        return False
    return True


def _check_bounds(form: _Form) -> None:
    if not (1 <= form.passes <= MOST_PASSES and 1 <= form.lanes <= MOST_LANES):
        raise ValueError(f"{form.passes} passes in {form.lanes} lanes are out of bounds")
    if not 8 * form.lanes <= form.memory_kib <= MOST_MEMORY_KIB:
        raise ValueError(f"{form.memory_kib} KiB of memory are out of bounds")
    if len(bytes.fromhex(form.salt)) != SALT_BYTES or len(bytes.fromhex(form.nonce)) != NONCE_BYTES:
        raise ValueError("its salt or its nonce has another length")


def _beside(form: _Form) -> bytes:
    """The associated part: the form in canonical order and case, without what is sealed."""
    made = {name: getattr(form, name) for name in form.__struct_fields__ if name != "sealed"}
    return msgspec.json.encode(made)


def _stretched(form: _Form, passphrase: str) -> bytes:
    stretch = Argon2id(
        salt=bytes.fromhex(form.salt), length=KEY_BYTES,
        iterations=form.passes, lanes=form.lanes, memory_cost=form.memory_kib,
    )  # fmt: skip
    return stretch.derive(_prepared(passphrase))


def _prepared(passphrase: str) -> bytes:
    """The bytes of a passphrase after RFC 8265, section 4.2: OpaqueString, without its table of forbidden signs."""
    spaced = "".join([" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase])
    try:
        return unicodedata.normalize("NFC", spaced).encode()
    except UnicodeEncodeError:
        raise ValueError("a passphrase is text; this one holds bytes that are none") from None
