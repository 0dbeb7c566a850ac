"""Taking a mission file that is there from clear into cipher, or back: copied, compared, put in its place.

While it is done nobody else has the file open, and whoever waits for it meanwhile is sent away from the old one:
nothing can be entered into a file that is no longer in its place. The file in place is whole at any instant; twice
its size is needed on the disk.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from truceline.errors import MissionError
from truceline.store import ciphered
from truceline.store.key_file import NEW, sync_folder
from truceline.store.making import remove
from truceline.store.opening import APPLICATION_ID, FORMAT_VERSION, REPLACED_ID, WAIT_S, checked
from truceline.store.trouble import in_words

_BUSY = "{path} is open in another command."


def recast(path: Path, now: bytes | None, then: bytes | None, before_swap: Callable[[], None]) -> None:
    """Put the same mission under another key of the pages in the place of the file; None: in clear.

    `before_swap` is called when the new file is whole on the disk and not yet in its place. Raises `MissionError`,
    and then the file is as it was.
    """
    fresh = path.with_name(path.name + NEW)
    with in_words(path), _alone(path, now) as connection, ExitStack() as undo:
        remove([fresh])  # of a run that was interrupted
        undo.callback(remove, [fresh])
        _copy(connection, fresh, then)
        before_swap()
        _swap(connection, path, fresh, enciphered=then is not None)
        undo.pop_all()


@contextmanager
def _alone(path: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """A connection of SQLCipher's, which opens files in clear too, and no other of anybody."""
    how = "mode=rw"
    connection = ciphered.connected(path, how, key, WAIT_S) if key else ciphered.opened(path, how, WAIT_S)
    try:
        checked(connection, path)
        try:
            # Only the last connection may leave the write-ahead log; from here on it has the file to itself.
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except ciphered.operational_errors() as error:
            if ciphered.error_code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            mend = "End what is using it (a server too), and try again. Nothing was changed."
            raise MissionError(_BUSY.format(path=path), mend) from None
        yield connection
    finally:
        connection.close()


def _copy(connection: sqlite3.Connection, fresh: Path, key: bytes | None) -> None:
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(descriptor)
    form = ciphered.quoted(key).strip('"') if key else ""
    connection.execute("ATTACH ? AS fresh KEY ?", (str(fresh.resolve()), form))
    pragma = "cipher_page_size" if key else "page_size"
    connection.execute(f"PRAGMA fresh.{pragma} = {ciphered.PAGE_BYTES}")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
    connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA fresh.user_version = {FORMAT_VERSION}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA fresh.journal_mode = WAL")
    _compare(connection, fresh)
    connection.execute("DETACH fresh")


def _compare(connection: sqlite3.Connection, fresh: Path) -> None:
    """Every table with as many rows, every trigger and index, and no fault in the pages of the copy."""
    question = "SELECT type, name, tbl_name, sql FROM {}.sqlite_schema ORDER BY type, name"
    schema = connection.execute(question.format("main")).fetchall()
    same = schema == connection.execute(question.format("fresh")).fetchall()
    for kind, name, _, _ in schema:
        if kind == "table":
            count = 'SELECT count(*) FROM {}."{}"'
            numbers = [connection.execute(count.format(at, name)).fetchone() for at in ("main", "fresh")]
            same = same and numbers[0] == numbers[1]
    if not same or connection.execute("PRAGMA fresh.integrity_check(1)").fetchone()[0] != "ok":
        told = f"The copy of the mission in {fresh} is not the same."
        raise MissionError(told, "Check the disk. Nothing was changed.")


def _swap(connection: sqlite3.Connection, path: Path, fresh: Path, *, enciphered: bool) -> None:
    """The new file in the place of the old one, which is marked as replaced before its lock is let go."""
    connection.execute("PRAGMA journal_mode=MEMORY")  # else its journal would lie beside the new file, under its name
    try:
        os.chmod(fresh, path.stat().st_mode & 0o777)
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        mend = "It is as it was. Check that you may write into its folder, and try again."
        raise MissionError(f"{path} cannot be replaced: {error.strerror}.", mend) from error
    ciphered.remember(path, enciphered=enciphered)
    connection.execute(f"PRAGMA application_id = {REPLACED_ID}")
