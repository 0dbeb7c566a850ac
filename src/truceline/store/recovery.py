"""What the last writer left behind: whether it closed the file, and what stands in it now.

SQLite itself brings a file back to its last whole commit: a command that was killed, or cut off by the power, is in
it whole or not at all. What SQLite does not tell is that this happened. So whoever opens a mission for writing puts a
mark beside it, `<mission>-writer-<process>`, holds a lock on it (flock(2)) and takes it away on closing. A mark that
nobody holds was left by a writer that did not close. The system lets go of a lock when a process ends, however it
ends, so a writer at work is never taken for one that was killed.

SQLite syncs the folder with the first commit into a new write-ahead log, and the mark with it: after a power cut it is
still there. Where locks cannot be had (not POSIX, some network folders) there is no mark, and nothing is told; what is
in the file is the same.
"""

import os
import sqlite3
import sys
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import NamedTuple

from truceline.errors import RecordBroken
from truceline.store import cut
from truceline.store.others import Others
from truceline.store.pen import DATED_EVERY_US
from truceline.store.tables import OWN_LOG

_MOST_MARKS = 1_000
_NEW = ".new"
"""What the name of a mark that is being made ends with."""


class Found(NamedTuple):
    """What was found on opening, as a sentence, and what to do about it."""

    sentence: str
    mend: str


class Mark:
    """The mark of one writer at work: left on closing, on the end of the process, or when nobody has it any more."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.leave = weakref.finalize(self, _leave, path, descriptor, os.getpid())


def taken_up(mission: Path) -> tuple[Mark | None, int]:
    """Put a mark beside a mission (None where none can be had), and say how many writers had left theirs there.

    What they left is taken away: it is told once.
    """
    mission = mission.absolute()
    left = sum([_taken_away(path) for path in _marks(mission)])
    for number in range(_MOST_MARKS):
        mark = mission.with_name(f"{mission.name}-writer-{os.getpid()}-{number}")
        try:
            descriptor = _put(mark)
        except FileExistsError:
            continue
        except OSError:
            break
        return Mark(mark, descriptor), left
    return None, left


def found(mission: Path, connection: sqlite3.Connection, origin: str, public_key: bytes) -> Found:
    """What stands in a mission whose last writer did not close it."""
    connection.execute("BEGIN")  # another writer may be at work: one state of the file
    try:
        return _told(mission, connection, origin, public_key)
    finally:
        connection.execute("ROLLBACK")


def behind(connection: sqlite3.Connection, now_us: int) -> Found | None:
    """The clock stands before the date of the newest dated head: it was wrong then, or is now. UTC microseconds."""
    question = "SELECT dated_us FROM head WHERE log = ? AND dated_us NOT NULL ORDER BY size DESC LIMIT 1"
    last = connection.execute(question, (OWN_LOG,)).fetchone()
    if last is None or last[0] - now_us < DATED_EVERY_US:
        return None
    now, then = (_written(us) for us in (now_us, last[0]))
    sentence = f"The clock says {now}, and this mission was last dated {then}: the clock was wrong then, or is now."
    return Found(sentence, "Set it right. Order and cuts do not rest on it; dates do, and stay as they were signed.")


def half_made(mission: Path, key: Path) -> Found | None:
    """A key file without its mission: what an interrupted `init` leaves, or a mission that was moved away."""
    if mission.exists() or not key.exists():
        return None
    sentence = f"There is a key file at {key}, and no mission: its making was interrupted, or the mission was moved."
    return Found(sentence, "Put the mission back; or, if no mission needs that key, remove it and try again.")


def _told(mission: Path, connection: sqlite3.Connection, origin: str, public_key: bytes) -> Found:
    told = f"The last writer did not close {mission}"
    try:
        size = cut.checked_frontier(connection, OWN_LOG, origin, public_key).size
    except RecordBroken as error:
        return Found(f"{told}. {error.message}", "Write nothing more. Audit it, and restore the last backup.")
    if not size:
        mend = "Remove it and its key file, then make it anew."
        return Found(f"The making of {mission} was interrupted: nothing was entered yet.", mend)
    entries = "its one entry stands" if size == 1 else f"its {size:,} entries stand"
    sentence = f"{told}: {entries} under a signed head, and nothing half-entered is left."
    mend = "Enter again what was not acknowledged; what is held already adds nothing."
    return Found(" ".join([sentence, *_laid_aside(connection)]), mend)


def _laid_aside(connection: sqlite3.Connection) -> Iterator[str]:
    others = Others(connection)
    for peer in others.peers():
        staged = others.staged(peer.log)
        if staged is not None:
            number = staged[1] - staged[0]
            yield f"Of a pull that broke off, {number:,} entries of {peer.name} lie aside; the next one goes on there."


def _written(us: int) -> str:
    return f"{datetime.fromtimestamp(us // 1_000_000, UTC):%Y-%m-%dT%H:%M:%SZ}"


def _marks(mission: Path) -> list[Path]:
    found = mission.parent.glob(f"{escape(mission.name)}-writer-*")
    return sorted(path for path, _ in zip(found, range(_MOST_MARKS), strict=False))


def _put(mark: Path) -> int:
    """Make a mark that is locked before anybody sees it under its name; its descriptor. Raises `OSError`."""
    new = mark.with_name(mark.name + _NEW)
    descriptor = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if mark.exists():
            raise FileExistsError(mark)
        _lock(descriptor)
        new.rename(mark)
    except OSError:
        new.unlink(missing_ok=True)
        os.close(descriptor)
        raise
    return descriptor


def _taken_away(path: Path) -> bool:
    """Take a file away if nobody holds it; whether it was the mark of a writer, and not one that was being made."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(descriptor)
        left = os.fstat(descriptor).st_nlink > 0  # else its writer took it away meanwhile
        path.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return left and path.suffix != _NEW


def _leave(path: Path, descriptor: int, process: int) -> None:
    """Take the own mark away, then let it go. A child that was forked off leaves it to its parent."""
    if process != os.getpid():
        return
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass  # the folder has gone, or was closed to us: the mark will be told of
    finally:
        os.close(descriptor)


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        """There are no such locks here. Raises `OSError`."""
        raise OSError("no locks")

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        """Take the lock. Raises `OSError` where somebody holds it, or there are none."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
