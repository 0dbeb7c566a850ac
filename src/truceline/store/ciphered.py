"""A mission file that is enciphered as a whole: every page of it and of its write-ahead log, by SQLCipher.

The key of the pages is 32 bytes of chance that lie in the key file, under the passphrase: the passphrase is
stretched once, by Argon2id (see `locked`), and not by SQLCipher. Each page is AES-256 in CBC mode with an
HMAC-SHA512 of its own, which SQLCipher checks on reading; a changed page is a damaged file. What may go to
temporary files stays in memory. The library is the extra `encrypted`; without it such a file is refused.

An enciphered file begins with chance, where SQLite's begins with its name.
"""

import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from truceline.errors import MissionError

KEY_BYTES = 32
PAGE_BYTES = 8192
"""As in a file in clear; an enciphered file does not say its own, so this is part of the format."""
SIGN = b"SQLite format 3\0"

_LIBRARY = "sqlcipher3.dbapi2"
_seen: dict[tuple[int, int], bool] = {}
"""Device and number of each file looked at, to whether it is enciphered: see `is_enciphered`."""


def errors() -> tuple[type[Exception], ...]:
    """The errors of SQLite, and of SQLCipher where it was used: its classes are its own, with the same codes."""
    library = sys.modules.get(_LIBRARY)
    return (sqlite3.Error,) if library is None else (sqlite3.Error, library.Error)


def operational_errors() -> tuple[type[Exception], ...]:
    """Of these, what has to do with the file and the system."""
    library = sys.modules.get(_LIBRARY)
    return (sqlite3.OperationalError,) if library is None else (sqlite3.OperationalError, library.OperationalError)


def error_code(error: Exception) -> int | None:
    """What SQLite calls an error, without what it says of it further."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def is_enciphered(path: Path, *, anew: bool = False) -> bool:
    """The file does not begin as SQLite's do. An empty one is not enciphered. Raises `OSError`.

    A file is opened for this once in a process: closing it again would let go of the locks that SQLite has on it
    for this process (sqlite.org/howtocorrupt.html, section 2.2). Numbers of files that are gone are given
    again, so what is remembered may be wrong; then SQLite finds no database, and it is looked at `anew`.
    """
    at = path.stat()
    name = (at.st_dev, at.st_ino)
    if anew or name not in _seen:
        with path.open("rb") as file:
            first = file.read(len(SIGN))
        _seen[name] = bool(first) and first != SIGN
    return _seen[name]


def remember(path: Path, *, enciphered: bool) -> None:
    """What a file will be that is empty yet."""
    at = path.stat()
    _seen[at.st_dev, at.st_ino] = enciphered


def connected(path: Path, how: str, key: bytes, wait_s: float) -> sqlite3.Connection:
    """A connection to a file under a key. It is SQLCipher's own class, which has the methods of SQLite's.

    Raises `MissionError` where the library is not installed. A wrong key shows when something is read.
    """
    connection = opened(path, how, wait_s)
    connection.execute(f"PRAGMA key = {quoted(key)}")
    connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    return connection


def opened(path: Path, how: str, wait_s: float) -> sqlite3.Connection:
    """A connection of SQLCipher's to a file in clear, or to one whose key is still to be said."""
    library = _library(path)
    where = f"{path.resolve().as_uri()}?{how}"
    connection = library.connect(where, uri=True, isolation_level=None, timeout=wait_s)
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes of its own accord to stderr
    connection.execute("PRAGMA temp_store = MEMORY")
    return cast(sqlite3.Connection, connection)


def quoted(key: bytes) -> str:
    """A key as SQLCipher takes one that is not to be stretched: zetetic.net/sqlcipher/sqlcipher-api/#key."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key of the pages has {KEY_BYTES} bytes, not {len(key)}")
    return f"\"x'{key.hex()}'\""


def check_library(path: Path) -> None:
    """Raises `MissionError` where the library is not installed."""
    _library(path)


def _library(path: Path) -> Any:
    try:
        return import_module(_LIBRARY)
    except ImportError:
        raise MissionError(
            f"{path} cannot be read or written enciphered: SQLCipher is not installed.",
            "Install it: pip install 'truceline[encrypted]'",
        ) from None
