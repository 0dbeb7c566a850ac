"""Making the files of a mission: both, or neither."""

import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from truceline.errors import MissionError
from truceline.record.commit import SECRET_BYTES
from truceline.record.sign import LogKey
from truceline.store import tables
from truceline.store.ciphered import PAGE_BYTES, check_library
from truceline.store.key_file import Lock, key_path, write_keys
from truceline.store.opening import APPLICATION_ID, FORMAT_VERSION, new_file
from truceline.store.recovery import half_made
from truceline.store.tables import OWN_LOG
from truceline.store.trouble import in_words

EXERCISE = "exercise/"
"""What the origin of an exercise's log begins with."""


def make(
    path: Path, exercise: bool, origin: str, seed: bytes, fingerprint_secret: bytes, lock: Lock | None = None
) -> sqlite3.Connection:
    """Make a mission file and its key file; a connection to the new file. Raises `MissionError`.

    With a lock the key file lies under its passphrase from the beginning, and nothing is ever there in clear.
    """
    key = _new_key(origin, seed, exercise=exercise)
    if len(fingerprint_secret) < SECRET_BYTES:
        raise ValueError(f"a fingerprint secret has {SECRET_BYTES} bytes, not {len(fingerprint_secret)}")
    if (left := half_made(path, key_path(path))) is not None:
        raise MissionError(*left)
    page_key = lock.database_key if lock else b""
    if page_key:
        check_library(path)
    with ExitStack() as undo:
        write_keys(path, key.origin, seed, fingerprint_secret, lock)
        undo.callback(remove, [key_path(path)])
        with in_words(path):
            connection = new_file(path, page_key)
            undo.callback(remove, [path])
            undo.callback(connection.close)
            _write_schema(connection, key)
        undo.pop_all()
    return connection


def remove(files: Iterable[Path]) -> None:
    """Remove files, with what SQLite keeps beside them; what is not there is no matter."""
    for path in files:
        for end in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def _new_key(origin: str, seed: bytes, *, exercise: bool) -> LogKey:
    if origin.startswith(EXERCISE) and not exercise:
        raise MissionError(f"{origin!r} names an exercise.", "Choose an origin that does not begin with exercise/.")
    stamped = EXERCISE + origin.removeprefix(EXERCISE) if exercise else origin
    try:
        return LogKey.from_seed(stamped, seed)
    except ValueError as error:
        raise MissionError(f"The mission cannot be made: {error}.", "Choose another origin.") from error


def _write_schema(connection: sqlite3.Connection, key: LogKey) -> None:
    # Large submissions are written a tenth faster than in pages of 4096.
    connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(f"BEGIN IMMEDIATE; {tables.schema()}")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={FORMAT_VERSION}")
    connection.execute("INSERT INTO log VALUES(?, ?, ?)", (OWN_LOG, key.origin, key.public_key))
    connection.execute("INSERT INTO meta VALUES('own_log', ?)", (str(OWN_LOG),))
    connection.execute("COMMIT")
