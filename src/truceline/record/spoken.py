"""A signed head as two duty officers read it to each other on the telephone: ten groups of five digits.

Digits are the same in every language. They are SHA-256 of a tag and the three lines of the head, as a
number modulo 10**50: 166 bits, so that whoever keeps a log cannot find two histories that sound alike
(a birthday search takes 2**83 tries).
"""

from hashlib import sha256

from truceline.record.sign import SignedHead, head_text

GROUPS, DIGITS = 10, 5
_TAG = b"truceline spoken head v1\x00"


def spoken(head: SignedHead) -> tuple[str, ...]:
    """The groups of digits, in the order in which they are read out; the size is read out before them."""
    digest = sha256(_TAG + head_text(head.origin, head.size, head.root).encode()).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10 ** (GROUPS * DIGITS):0{GROUPS * DIGITS}}"
    return tuple(digits[at : at + DIGITS] for at in range(0, len(digits), DIGITS))
