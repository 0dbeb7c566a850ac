"""Opening the SQLite file of a mission, in clear or enciphered, and refusing what is none."""

import sqlite3
from pathlib import Path

from truceline.errors import MissionError
from truceline.store import ciphered
from truceline.store.key_file import key_path, read_key_file
from truceline.store.trouble import in_words

APPLICATION_ID = 0x54525543
"""TRUC in the header of the file, which says whose it is (sqlite.org/pragma.html#pragma_application_id)."""

REPLACED_ID = 0x54525550
"""TRUP: this file was replaced by one in another cipher; whoever still waits for it must not write into it."""

FORMAT_VERSION = 4
"""The user_version of a mission file this Truceline reads and writes."""

OLDEST_VERSION = 2
"""The first format that `upgrade` brings up to this one."""

WRITING = "mode=rw&psow=0"
"""How a file is opened to be written: every commit fills whole sectors (sqlite.org/psow.html).

Else the next commit begins in the sector in which the last one ends, and a disk that loses power while it writes
that sector takes the commit with it that was acknowledged before.
"""

WAIT_S = 5.0
"""How long a writer waits for another one to finish."""


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to a mission file, checked to be one. Raises `MissionError`."""
    if not path.is_file():
        kind = "a folder, not a mission file" if path.is_dir() else "not there"
        raise MissionError(f"{path} is {kind}.", "Check the path; a new mission is made by: truceline init")
    with in_words(path):
        key = page_key(path)
        try:
            return _opened(path, key, write=write)
        except ciphered.errors() as error:
            if ciphered.error_code(error) != sqlite3.SQLITE_NOTADB:
                raise
            if (fresh := page_key(path, anew=True)) == key:
                raise _no_mission(path) from error
        return _opened(path, fresh, write=write)


def page_key(path: Path, *, anew: bool = False) -> bytes | None:
    """The key of the pages of a mission file that is enciphered, from its key file; None for one in clear.

    Raises `MissionError` where it is neither; a passphrase may be asked for.
    """
    try:
        if not ciphered.is_enciphered(path, anew=anew):
            return None
    except OSError as error:
        raise MissionError(f"{path} cannot be read: {error.strerror}.", "Check that you may read it.") from error
    if not key_path(path).exists():
        raise _no_mission(path)
    ciphered.check_library(path)  # before a passphrase is asked for in vain
    key = bytes.fromhex(read_key_file(path).database_key)
    if not key:
        raise _no_mission(path)
    return key


def _no_mission(path: Path) -> MissionError:
    """What neither begins as SQLite's files do nor opens with the key of its pages."""
    mend = "Check the path; a mission file is made by: truceline init. One that is enciphered opens with its key file."
    return MissionError(f"{path} is not a mission file, or {key_path(path).name} is not its key file.", mend)


def new_file(path: Path, key: bytes = b"") -> sqlite3.Connection:
    """A connection to a file made just now, enciphered where there is a key.

    Raises `MissionError` where there is one or cannot be one.
    """
    try:
        path.open("xb").close()
        ciphered.remember(path, enciphered=bool(key))
    except FileExistsError:
        mend = "Choose another name; a mission is never overwritten."
        raise MissionError(f"{path} is already there.", mend) from None
    except OSError as error:
        raise MissionError(f"{path} cannot be made: {error.strerror}.", "Choose a folder you can write.") from error
    return connected(path, WRITING, key)


def checked(connection: sqlite3.Connection, path: Path, oldest: int = FORMAT_VERSION) -> sqlite3.Connection:
    """The connection, if it is to a mission file of a format this Truceline reads; else closes it and raises.

    `oldest`: the first format that will do.
    """
    failures: tuple[type[Exception], ...] = (MissionError, *ciphered.errors())
    try:
        _check(connection, path, oldest)
    except failures:
        connection.close()
        raise
    return connection


def _opened(path: Path, key: bytes | None, *, write: bool) -> sqlite3.Connection:
    if write:
        return _in_wal(checked(connected(path, WRITING, key), path))
    try:
        return checked(connected(path, "mode=ro", key), path)
    except ciphered.operational_errors() as error:
        # A read-only folder has no room for the WAL's index; a file without a WAL can be read as it lies.
        wal = path.with_name(path.name + "-wal")
        if ciphered.error_code(error) != sqlite3.SQLITE_CANTOPEN or (wal.exists() and wal.stat().st_size):
            raise
    return checked(connected(path, "mode=ro&immutable=1", key), path)


def connected(path: Path, how: str, key: bytes | None) -> sqlite3.Connection:
    """A connection that is not checked yet. Raises `MissionError` where a key is given and SQLCipher is missing."""
    if key:
        connection = ciphered.connected(path, how, key, WAIT_S)
    else:
        where = f"{path.resolve().as_uri()}?{how}"
        connection = sqlite3.connect(where, uri=True, isolation_level=None, timeout=WAIT_S)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE would slip past the triggers
    connection.execute("PRAGMA trusted_schema=OFF")  # a mission file may come from somebody else
    connection.execute("PRAGMA cache_size=-65536")  # KiB: a bulk submission stays small in memory
    return connection


def _in_wal(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Back to a write-ahead log, where a change of the cipher was interrupted (see `enciphering`)."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    return connection


def _check(connection: sqlite3.Connection, path: Path, oldest: int) -> None:
    whose = connection.execute("PRAGMA application_id").fetchone()[0]
    if whose == REPLACED_ID:
        raise MissionError(f"{path} was replaced while it was being opened.", "Try again.")
    ours = whose == APPLICATION_ID
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not ours and not whose and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
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
    if version < OLDEST_VERSION:
        raise MissionError(f"{path} has the unknown format {version}.", "Restore the last backup of this mission.")
    if version < oldest:
        mend = f"Copy the file aside, then: truceline upgrade {path}"
        raise MissionError(f"{path} is of format {version}, from before format {FORMAT_VERSION}.", mend)
