"""Where the records of a JSON file are: in a list, in the one list of an answer, or one a line.

The file is read record by record, each of at most `MOST_RECORD` characters, so that a hostile file
cannot ask for more memory than its rows need.
"""

import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import NamedTuple, Never

from truceline.errors import FileNotRead
from truceline.intake.bounds import MOST_COLUMNS
from truceline.intake.lines import lines_of
from truceline.intake.shapes.json_text import DECODER, Fault, Number

MOST_RECORD = 1_048_576
"""The longest record, in characters."""
_SPACE = re.compile(r"[ \t\n\r]*")
_CUT = "Was it copied or downloaded to its end?"


class Piece(NamedTuple):
    """One record: its number from 1 (of JSON lines, the line), its text as it stood, and its value."""

    number: int
    text: str
    value: object


def is_json(text: str) -> bool:
    """The text begins as a list or an object of JSON does."""
    at = _space(text, 0)
    return text[at : at + 1] in ("[", "{") and at < len(text)


def value_of(text: str) -> object:
    """The value of a text that is one record, or a `Fault`."""
    try:
        value, end = DECODER.raw_decode(text, _space(text, 0))
    except JSONDecodeError as error:
        return Fault(f"This is no JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return Fault("Lists or objects are nested too deeply")
    return value if _space(text, end) == len(text) else Fault("More text follows the end of the record")


def pieces(name: str, text: str) -> tuple[str, Iterator[Piece]]:
    """Where the records stand, in words, and the records. Raises `FileNotRead`, also on the way through them."""
    start = _space(text, 0)
    if text[start] == "[":
        return "a list of records", _whole_list(_Walk(name, text, start))
    end = text.find("\n", start, start + MOST_RECORD)
    if end >= 0 and _space(text, end) < len(text) and not isinstance(value_of(text[start:end]), Fault):
        return "one record a line", _lines(name, text)
    return _answer(_Walk(name, text, start))


def _lines(name: str, text: str) -> Iterator[Piece]:
    for number, ended in enumerate(lines_of(text, MOST_RECORD, "\n"), 1):
        line = ended.removesuffix("\n")
        if len(line) > MOST_RECORD:
            raise FileNotRead(f"{name}: line {number} is longer than {MOST_RECORD} characters.", _CUT)
        if line.strip(" \t\r"):
            yield Piece(number, line, value_of(line))


class _Walk:
    """A walk along a JSON text, a window of it at a time."""

    def __init__(self, name: str, text: str, at: int) -> None:
        self.name, self.text, self.at = name, text, at
        self.base, self.window = at, text[at : at + MOST_RECORD]

    def sign(self) -> str:
        """The next character that is not white space; it is not passed."""
        self.at = _space(self.text, self.at)
        return self.text[self.at : self.at + 1]

    def take(self, signs: str) -> str:
        """Pass one of these characters."""
        sign = self.sign()
        if not sign or sign not in signs:
            self.wrong(f"{' or '.join(signs)} is missing")
        self.at += 1
        return sign

    def value(self) -> tuple[str, object]:
        """The next value with its text; the walk stands behind it."""
        self.sign()
        while True:
            try:
                value, end = DECODER.raw_decode(self.window, self.at - self.base)
                if not isinstance(value, Number) or end < len(self.window):
                    break
                error = "the number does not end"
            except JSONDecodeError as wrong:
                error = wrong.msg
            except RecursionError:
                self.wrong("lists or objects are nested too deeply")
            if self.base + len(self.window) == len(self.text):
                self.wrong(error)
            if self.base == self.at:
                self.wrong(f"{error}; or a record longer than {MOST_RECORD} characters")
            self.base, self.window = self.at, self.text[self.at : self.at + MOST_RECORD]
        start, self.at = self.at, self.base + end
        return self.text[start : self.at], value

    def end(self) -> None:
        """Nothing may follow."""
        if self.sign():
            self.wrong("more text follows the end")

    def wrong(self, what: str) -> Never:
        line = self.text.count("\n", 0, self.at) + 1
        column = self.at - self.text.rfind("\n", 0, self.at)
        raise FileNotRead(f"{self.name} is broken JSON at line {line}, character {column}: {what}.", _CUT)


def _whole_list(walk: _Walk) -> Iterator[Piece]:
    yield from _list(walk)
    walk.end()


def _list(walk: _Walk) -> Iterator[Piece]:
    walk.take("[")
    if walk.sign() == "]":
        walk.at += 1
        return
    number = 0
    while number == 0 or walk.take(",]") == ",":
        number += 1
        yield Piece(number, *walk.value())


def _answer(walk: _Walk) -> tuple[str, Iterator[Piece]]:
    """An object: its one list of objects are the records; without such a list it is itself the one record."""
    start, found, fields = walk.at, "", 0
    walk.take("{")
    more = walk.sign() != "}"
    at = walk.at
    while more:
        field = walk.value()[1]
        if not isinstance(field, str) or isinstance(field, Number):
            walk.wrong("a name in quotes is missing")
        fields += 1
        if fields > MOST_COLUMNS:
            walk.wrong(f"an object of more than {MOST_COLUMNS} fields")
        walk.take(":")
        at = walk.at
        if walk.sign() == "[":
            if _holds_records(walk):
                if found:
                    walk.wrong(f"the lists {found!r} and {field!r} both hold records, and which to read is not known")
                found, listed = field, at
        else:
            walk.value()
        more = walk.take(",}") == ","
    walk.at = walk.at if walk.text[walk.at - 1] == "}" else walk.at + 1
    walk.end()
    if found:
        return f"the records under {found!r}", _list(_Walk(walk.name, walk.text, listed))
    return "one record", iter([_only(walk, start)])


def _holds_records(walk: _Walk) -> bool:
    """Pass a list; whether it begins with an object. Its elements are passed one at a time."""
    records = False
    for piece in _list(walk):
        records = records or (piece.number == 1 and isinstance(piece.value, dict | Fault))
    return records


def _only(walk: _Walk, start: int) -> Piece:
    if walk.at - start > MOST_RECORD:
        walk.at = start
        walk.wrong(f"a record longer than {MOST_RECORD} characters")
    text = walk.text[start : walk.at]
    return Piece(1, text, value_of(text))


def _space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match
    return match.end()
