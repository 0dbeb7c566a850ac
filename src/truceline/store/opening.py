"""Opening the SQLite file of a mission, and refusing what is none."""

import sqlite3
from pathlib import Path

from truceline.errors import MissionError
from truceline.store.trouble import in_words

APPLICATION_ID = 0x54525543
"""TRUC in the header of the file, which says whose it is (sqlite.org/pragma.html#pragma_application_id)."""

FORMAT_VERSION = 3
"""The user_version of a mission file this Truceline reads and writes."""

WAIT_S = 5.0
"""How long a writer waits for another one to finish."""


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to a mission file, checked to be one. Raises `MissionError`."""
    if not path.is_file():
        kind = "a folder, not a mission file" if path.is_dir() else "not there"
        raise MissionError(f"{path} is {kind}.", "Check the path; a new mission is made by: truceline init")
    with in_words(path):
        if write:
            return checked(_connected(path, "mode=rw"), path)
        return _for_reading(path)


def new_file(path: Path) -> sqlite3.Connection:
    """A connection to a file made just now. Raises `MissionError` where there is one or cannot be one."""
    try:
        path.open("xb").close()
    except FileExistsError:
        mend = "Choose another name; a mission is never overwritten."
        raise MissionError(f"{path} is already there.", mend) from None
    except OSError as error:
        raise MissionError(f"{path} cannot be made: {error.strerror}.", "Choose a folder you can write.") from error
    return _connected(path, "mode=rw")


def checked(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """The connection, if it is to a mission file of a format this Truceline reads; else closes it and raises."""
    try:
        _check(connection, path)
    except (MissionError, sqlite3.Error):
        connection.close()
        raise
    return connection


def _for_reading(path: Path) -> sqlite3.Connection:
    try:
        return checked(_connected(path, "mode=ro"), path)
    except sqlite3.OperationalError as error:
        # A read-only folder has no room for the WAL's index; a file without a WAL can be read as it lies.
        wal = path.with_name(path.name + "-wal")
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CANTOPEN or (wal.exists() and wal.stat().st_size):
            raise
    return checked(_connected(path, "mode=ro&immutable=1"), path)


def _connected(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=WAIT_S)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE would slip past the triggers
    connection.execute("PRAGMA trusted_schema=OFF")  # a mission file may come from somebody else
    connection.execute("PRAGMA cache_size=-65536")  # KiB: a bulk submission stays small in memory
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not ours and not path.stat().st_size:
        mend = "Remove it and its key file, then make it anew."
        raise MissionError(f"{path} is empty: its making was interrupted.", mend)
    if not ours:
        mend = "Check the path; a mission file is made by: truceline init"
        raise MissionError(f"{path} is not a mission file.", mend)
    if version > FORMAT_VERSION:
        raise MissionError(
            f"{path} was written by a newer Truceline (format {version}, this one reads {FORMAT_VERSION}).",
            "Install the newer Truceline to open it.",
        )
    if version < FORMAT_VERSION:
        raise MissionError(f"{path} has the unknown format {version}.", "Restore the last backup of this mission.")
