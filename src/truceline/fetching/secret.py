"""The user's own keys: read from the environment, a file of theirs, or a question; shown to nobody.

A key is never taken from the command line, where other people of the machine and the shell's history see it.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from truceline.errors import FetchError

HIDDEN = "[key]"
_USABLE = re.compile(r"[\x20-\x7e]+")
_LONGEST = 4096
_SHORTEST_TOLD_APART = 4


class Secret:
    """A text that does not show itself: `repr`, `str` and formatting give `[key]`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one request that needs it."""
        return self._text

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __reduce__(self) -> tuple[type, tuple[str]]:
        raise TypeError("a key is not written down")


Ask = Callable[[str], str]
"""Asks a person for a key without showing what is typed: `getpass.getpass`."""


def read_secrets(
    names: tuple[str, ...],
    environment: Mapping[str, str],
    file: Path | None,
    ask: Ask | None,
) -> tuple[Secret, ...]:
    """The keys of these names: all from the file, else each from the environment, else each asked for.

    The file has one key a line, in the order of the names. `ask` is None where nobody can be asked.
    Raises `FetchError`, whose text never has what was read.
    """
    found = _from_file(file, len(names)) if file else [environment.get(name, "") for name in names]
    texts = [text or (ask(f"{name}: ") if ask else "") for name, text in zip(names, found, strict=True)]
    for name, text in zip(names, texts, strict=True):
        if not text:
            raise FetchError(
                f"There is no key: {name} is not set.",
                f"Set {', '.join(names)} in the environment, or give --key-file FILE: one a line, for your eyes only.",
            )
        if len(text) > _LONGEST or not _USABLE.fullmatch(text) or text != text.strip():
            raise FetchError(f"{name} cannot be a key.", "It has letters, digits and signs, and no spaces around it.")
    return tuple(Secret(text) for text in texts)


def _from_file(path: Path, wanted: int) -> list[str]:
    mend = f"Give a file of yours with {wanted} line{'s' if wanted > 1 else ''}, readable by you only (chmod 600)."
    try:
        with path.open("rb") as file:
            mode, content = os.fstat(file.fileno()).st_mode, file.read(_LONGEST * 4)
    except OSError as error:
        raise FetchError(f"{path} cannot be read: {error.strerror}.", mend) from error
    if os.name == "posix" and mode & 0o077:
        raise FetchError(f"{path} can be read by others than you.", mend)
    lines = content.decode("ascii", "replace").splitlines()
    if len(lines) < wanted or any(lines[wanted:]):
        raise FetchError(f"{path} has {len(lines)} lines.", mend)
    return lines[:wanted]


def without(text: str, secrets: Iterable[Secret]) -> str:
    """A text of the other side with every key in it hidden, as one line of at most 300 characters."""
    for secret in sorted((one.reveal() for one in secrets), key=len, reverse=True):
        if len(secret) >= _SHORTEST_TOLD_APART:
            text = text.replace(secret, HIDDEN)
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:300]
