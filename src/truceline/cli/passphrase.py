"""Asking for passphrases: on the terminal, or from a file that `$TRUCELINE_PASSPHRASE_FILE` names.

Never from the command line, nor from the environment itself: other people of the machine can read the words of a
running command, its environment is handed on to every program it starts, and shells and service files keep both.
"""

import os
import sys
from getpass import getpass
from pathlib import Path

from truceline.cli.progress import held_back
from truceline.errors import MissionError

VARIABLE = "TRUCELINE_PASSPHRASE_FILE"
_LONGEST = 4096
_MEND = "Name a file of yours with the passphrase as its only line, readable by you only (chmod 600)."


class Person:
    """Whoever sits at the terminal, or the file that speaks for them."""

    def passphrase(self, what: str) -> str:
        """The passphrase of something that is locked. Raises `MissionError`."""
        named = os.environ.get(VARIABLE)
        return read_from(Path(named)) if named else _typed(what, f"Passphrase of {what}: ")

    def new_passphrase(self, what: str) -> str:
        """A passphrase for something that is to be locked; typed twice. Raises `MissionError`."""
        named = os.environ.get(VARIABLE)
        return read_from(Path(named)) if named else typed_twice(what)


def typed_twice(what: str) -> str:
    """A new passphrase from the terminal. Raises `MissionError` where the two differ."""
    first = _typed(what, f"New passphrase of {what}: ")
    if _typed(what, "The same again: ") != first:
        raise MissionError("The two passphrases are not the same.", "Try again; nothing was changed.")
    return first


def read_from(path: Path) -> str:
    """The passphrase that a file holds. Raises `MissionError`, which never holds what was read."""
    try:
        with path.open("rb") as file:
            mode, content = os.fstat(file.fileno()).st_mode, file.read(_LONGEST + 1)
    except OSError as error:
        raise MissionError(f"{path} cannot be read: {error.strerror}.", _MEND) from error
    if os.name == "posix" and mode & 0o077:
        raise MissionError(f"{path} can be read by others than you.", _MEND)
    lines = content.decode("utf-8", "replace").splitlines()
    if len(content) > _LONGEST or len(lines) != 1 or "�" in lines[0]:
        raise MissionError(f"{path} does not hold one line of text (UTF-8).", _MEND)
    return lines[0]


def _typed(what: str, prompt: str) -> str:
    if not sys.stdin.isatty():
        raise MissionError(
            f"{what[:1].upper() + what[1:]} needs a passphrase, and there is no terminal to ask at.",
            f"Run the command on a terminal, or name a file that holds the passphrase in {VARIABLE}.",
        )
    with held_back():
        try:
            return getpass(prompt)
        except EOFError:
            raise MissionError("No passphrase was given.", "Nothing was changed.") from None
