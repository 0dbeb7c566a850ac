"""What SQLite and the disk say, in words a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.errors import MissionError
from truceline.store.ciphered import errors

_PRIMARY = 0xFF
"""SQLite's extended result codes hold the primary one in their lowest byte."""

_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "{path} is being written by another process.",
        "Wait until that is done, or end it, and try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "{path} is being written by another process.",
        "Wait until that is done, or end it, and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "{path} cannot be written: the file or its folder is read-only.",
        "Copy the mission with its key file to a folder you can write, or ask for the right to write here.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{path} cannot be opened.",
        "Check that the folder exists and that you may read and write in it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a mission file.",
        "Check the path; a mission file is made by: truceline init",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "{path} is damaged.",
        "Do not write to it. Restore the last backup, and keep this file for an examination.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full; nothing was entered into {path}.",
        "Make room and try again.",
    ),
    sqlite3.SQLITE_IOERR_SHMSIZE: (
        "The disk is full; {path} cannot be opened, not even to be read.",
        "Make room and try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk under {path} could not be read or written.",
        "Check the disk and the connection to it, then try again.",
    ),
}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the file into `MissionError`, where a person can mend it."""
    try:
        yield
    except errors() as error:
        code = getattr(error, "sqlite_errorcode", None)
        known = code if code == sqlite3.SQLITE_IOERR_SHMSIZE else (code or 0) & _PRIMARY
        if known not in _WORDS:
            raise
        sentence, mend = _WORDS[known]
        raise MissionError(sentence.format(path=path), mend) from error
