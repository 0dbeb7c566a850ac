"""A signed head as two duty officers read it to each other on the telephone: ten groups of five digits.

Digits are the same in every language. They are SHA-256 of a tag and the three lines of the head, as a
number modulo 10**50: 166 bits, so that whoever keeps a log cannot find two histories that sound alike
(a birthday search takes 2**83 tries).
"""

from hashlib import sha256

from truceline.record.sign import SignedHead, head_text, verifier_key

GROUPS, DIGITS = 10, 5
_TAG = b"truceline spoken head v1\x00"
_KEY_TAG = b"truceline spoken key v1\x00"
_STATE_TAG = b"truceline spoken state v1\x00"


def spoken(head: SignedHead) -> tuple[str, ...]:
    """The groups of digits, in the order in which they are read out; the size is read out before them."""
    return _digits(_TAG + head_text(head.origin, head.size, head.root).encode())


def spoken_key(name: str, public_key: bytes) -> tuple[str, ...]:
    """A verifier key in the same way, for two who compare it before they trust it."""
    return _digits(_KEY_TAG + verifier_key(name, public_key).encode())


def spoken_state(fingerprint: str) -> tuple[str, ...]:
    """The fingerprint of a shared state in the same way, for two who compare what they see."""
    return _digits(_STATE_TAG + bytes.fromhex(fingerprint))


def _digits(message: bytes) -> tuple[str, ...]:
    digits = f"{int.from_bytes(sha256(message).digest(), 'big') % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}}"
    return tuple(digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))
