"""Where in a file a value has the wrong shape: msgspec's path, as steps from the value it was asked to read."""

import re

import msgspec

from truceline.vocabulary.plain_yaml import Path

_WHERE = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?$", re.S)
_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\[\.\.\.\]")


def path_in(error: msgspec.ValidationError) -> Path:
    """The steps to the wrong value; a key of a mapping (`[...]`) is left out, msgspec does not name it."""
    match = _WHERE.match(str(error))
    path = match["path"] or "" if match else ""
    return tuple(step[1] or int(step[2]) for step in _STEP.finditer(path) if step[1] or step[2])


def sentence_of(error: msgspec.ValidationError) -> str:
    """What is wrong there, without the path."""
    match = _WHERE.match(str(error))
    return match["what"] if match else str(error)
