"""A small, strict reader for the YAML that people write by hand here: packs, code lists, mappings, acts.

YAML 1.2 core words, and fewer: `true` and `false`, `null` or nothing, whole numbers, and text.
Dates, times and numbers with a point stay text, so that no zone and no float is made on the way,
and `no` is Norway. Anchors, aliases, tags, merge keys, duplicate keys, keys that are not text and a
second document are refused, and so is a file above a size, a depth or a number of values: it is read
as events, never as objects, and a hostile file cannot grow. Every value's line is kept for the errors.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from truceline.errors import ValueNotRead

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_VALUES = 200_000
_WHOLE = re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Step = str | int
Path = tuple[Step, ...]
Lines = dict[Path, int]
Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


class Written(NamedTuple):
    """What a file says, and the line (from 1) on which each value begins, by its path."""

    value: Plain
    lines: Lines

    def line(self, path: Path) -> int:
        """The line of the value at that path, or of the nearest value around it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(content: bytes, max_bytes: int = MAX_BYTES) -> Written:
    """Read one YAML document (UTF-8). Raises `ValueNotRead`, whose message begins with "line N: "."""
    if len(content) > max_bytes:
        raise ValueNotRead(f"line 1: the file has {len(content)} bytes", f"At most {max_bytes} are read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueNotRead(f"line {line}: the file is not UTF-8", "Save it as UTF-8.") from error
    lines: Lines = {}
    try:
        return Written(_document(iter(yaml.parse(text, Loader=_LOADER)), lines), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ValueNotRead(f"line {line}: {error.problem or error.context}", "Mend the YAML.") from error
    except yaml.YAMLError as error:
        raise ValueNotRead(f"line 1: {error}", "Mend the YAML.") from error


def _document(events: Iterator[yaml.Event], lines: Lines) -> Plain:
    value: Plain = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused(event, "a second document begins", "Write one document in a file.")
        elif isinstance(event, yaml.NodeEvent):
            value = _node(event, events, lines, ())
    return value


def _node(event: yaml.Event, events: Iterator[yaml.Event], lines: Lines, path: Path) -> Plain:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refused(event, "anchors and aliases (& and *) are not read", "Write the value out.")
    if len(path) > MAX_DEPTH:
        raise _refused(event, f"nested more than {MAX_DEPTH} deep", "Flatten it.")
    if len(lines) >= MAX_VALUES:
        raise _refused(event, f"more than {MAX_VALUES} values", "Split the file.")
    lines[path] = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if not isinstance(event, yaml.CollectionStartEvent):
        raise AssertionError(f"unexpected {event}")
    if event.tag not in (None, "!"):
        raise _refused(event, f"the tag {event.tag} is not read", "Leave it out.")
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, lines, path)
    return _mapping(events, lines, path)


def _sequence(events: Iterator[yaml.Event], lines: Lines, path: Path) -> Plain:
    made: list[Plain] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        made.append(_node(event, events, lines, (*path, len(made))))
    return made


def _mapping(events: Iterator[yaml.Event], lines: Lines, path: Path) -> Plain:
    made: dict[str, Plain] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        key = _key(event)
        if key in made:
            raise _refused(event, f"{key!r} is written twice", "Keep one of them.")
        made[key] = _node(next(events), events, lines, (*path, key))
        lines[(*path, key)] = _line(event)
    return made


def _key(event: yaml.Event) -> str:
    key = _scalar(event) if isinstance(event, yaml.ScalarEvent) and not event.anchor else None
    if not isinstance(key, str) or key == "<<":
        raise _refused(event, "a key has to be text", "Put it in quotes, or write it out.")
    return key


def _scalar(event: yaml.ScalarEvent) -> Plain:
    if event.tag not in (None, "!"):
        raise _refused(event, f"the tag {event.tag} is not read", "Leave it out.")
    text = str(event.value)
    if not event.implicit[0] or event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.match(text) else text


def _refused(event: yaml.Event, what: str, mend: str) -> ValueNotRead:
    return ValueNotRead(f"line {_line(event)}: {what}", mend)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
