"""JSON as it was written: numbers stay the digits they were, and what JSON leaves open is a fault.

RFC 8259; of what it leaves to the reader, the stricter half of RFC 7493 (I-JSON): a name that stands
twice in an object, NaN, Infinity and text that is not Unicode refuse the record.
"""

import json
from json.encoder import encode_basestring
from typing import Never

import msgspec

from truceline.errors import ValueNotRead

DEEPEST = 8
"""How many objects may stand inside one another in a record."""
_DEEPEST_LIST = 32


class Number(str):
    """A number of JSON, as the characters it was written with: 36.20 is not 36.2."""

    __slots__ = ()


class Fault(str):
    """What is wrong with a value, in place of the value."""

    __slots__ = ()


def _object(pairs: list[tuple[str, object]]) -> object:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    return Fault(f"The name {twice[:100]!r} stands twice in one object")


def _constant(name: str) -> Fault:
    return Fault(f"{name} is no number")


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=_constant, strict=True
)
"""Gives text, `Number`, True, False, None, lists and dicts, or a `Fault` in the place of any of them."""


def flat(record: object) -> dict[str, str]:
    """The values of an object as JSON texts by path: {"a": {"b": 1}} is {"a.b": "1"}. Lists are one value.

    An object without members is the value {} of its own path. Raises `ValueNotRead` for what is no
    object, for a `Fault` anywhere in it, and for objects more than `DEEPEST` deep.
    """
    if isinstance(record, Fault):
        _refuse(record, "Mend it where it was written.")
    if not isinstance(record, dict):
        _refuse("The record is no JSON object", "Write {name: value, ...}.")
    found: dict[str, str] = {}
    _flatten(record, "", found, DEEPEST)
    return found


def _flatten(members: dict[str, object], before: str, found: dict[str, str], depth: int) -> None:
    if depth == 0:
        _refuse(f"More than {DEEPEST} objects stand inside each other", "Write the record flatter.")
    for name, value in members.items():
        path = before + name
        if isinstance(value, dict) and value:
            _flatten(value, path + ".", found, depth - 1)
        elif path in found:
            _refuse(f"Two fields are named {path[:100]!r}", "Rename one of the two.")
        else:
            found[path] = written(value)


def written(value: object, depth: int = _DEEPEST_LIST) -> str:
    """A value as JSON text without white space, its numbers as they stood. Raises `ValueNotRead` for a `Fault`."""
    if isinstance(value, str):
        if isinstance(value, Fault):
            _refuse(value, "Mend it where it was written.")
        return str(value) if isinstance(value, Number) else encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if depth == 0:
        _refuse(f"More than {_DEEPEST_LIST} lists stand inside each other", "Write the record flatter.")
    if isinstance(value, dict):
        return "{" + ",".join(f"{encode_basestring(k)}:{written(v, depth - 1)}" for k, v in value.items()) + "}"
    assert isinstance(value, list)
    return "[" + ",".join([written(inner, depth - 1) for inner in value]) + "]"


def plain(cell: str) -> str:
    """The text a reader sees in a JSON text: of a string its characters, of null nothing, else the JSON itself."""
    if cell[:1] == '"':
        return _text(cell)
    return "" if cell == "null" else cell


_text = msgspec.json.Decoder(str).decode


def _refuse(reason: str, mend: str) -> Never:
    raise ValueNotRead(str(reason), mend)
