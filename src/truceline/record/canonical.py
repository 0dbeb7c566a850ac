"""One way to write a value as bytes: the JSON Canonicalization Scheme (RFC 8785), without floats.

Values are text, whole numbers within ±(2**53 - 1), true, false, null, lists, and objects whose
names are text, sorted by UTF-16 code units. The bytes are UTF-8 without any white space.
"""

import json
from collections.abc import Iterable
from typing import Never

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly (RFC 7493, 2.2)."""

DEEPEST = 32
"""How many lists and objects may stand inside each other."""


_AS_IT_IS = (str, bool)
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
"""Escapes exactly what RFC 8785, 3.2.2.2 asks for: the quote, the backslash and the controls."""


def canonical(value: object) -> bytes:
    """The one canonical form of a value.

    Raises `TypeError` for anything RFC 8785 without floats cannot write (floats, bytes, names that
    are not text) and `ValueError` for numbers out of range, text that is not Unicode (lone
    surrogates) and nesting deeper than `DEEPEST`.
    """
    return _WRITER.encode(_ordered(value, DEEPEST)).encode()


def _refuse(number: str) -> Never:
    raise ValueError(f"{number} is not a whole number")


_READER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)


def read_canonical(form: bytes) -> object:
    """The value whose canonical form these bytes are. Raises `ValueError` for any other bytes."""
    try:
        value: object = _READER.decode(form.decode())
        same = canonical(value) == form
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    if not same:
        raise ValueError("the bytes are JSON but not its canonical form (RFC 8785)")
    return value


def _ordered(value: object, depth: int) -> object:
    """The value with the members of its objects in order, if it can be written."""
    if value is None or isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, int):
        if not -MOST <= value <= MOST:
            raise ValueError(f"a whole number of {value.bit_length()} bits is beyond ±(2**53 - 1)")
        return value
    if isinstance(value, (list, tuple)):
        inside = _deeper(depth) if value else depth
        return [_ordered(inner, inside) for inner in value]
    if isinstance(value, dict):
        inside = _deeper(depth) if value else depth
        return {name: _ordered(value[name], inside) for name in _in_order(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _in_order(names: Iterable[str]) -> list[str]:
    """The order of RFC 8785, 3.2.3: by UTF-16 code units, which big-endian bytes keep."""
    # Joining refuses, with a TypeError, names that are not text; ASCII sorts by itself.
    return sorted(names) if "".join(names).isascii() else sorted(names, key=lambda name: name.encode("utf-16-be"))


def _deeper(depth: int) -> int:
    if depth <= 1:
        raise ValueError(f"more than {DEEPEST} lists and objects inside each other")
    return depth - 1
