"""Files that were sent to the room and are not taken in yet: in a folder beside the mission, for its owner alone.

A file lies there under a random name of its own from the look at it until it is taken in, a day at most. Nothing of it
is in the record before somebody says so.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from truceline.errors import FileNotRead
from truceline.store.pen import Chance

FOLDER_MODE, FILE_MODE = 0o700, 0o600
KEPT_S = 86_400
MOST_NAME = 120
_TOKEN = re.compile(r"[0-9a-f]{32}")
_UNFIT = re.compile(r"[^\w .()+-]")


def folder_of(mission: Path) -> Path:
    """Where files wait."""
    return mission.with_name(f"{mission.name}.incoming")


def keep(mission: Path, name: str, content: bytes, now_s: int, chance: Chance) -> Path:
    """The path of a file that waits from now on; those that have waited too long are removed."""
    folder = folder_of(mission)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    _clear(folder, now_s)
    place = folder / chance(16).hex()
    place.mkdir(mode=FOLDER_MODE)
    path = place / plain_name(name)
    path.touch(mode=FILE_MODE)
    path.write_bytes(content)
    return path


def waiting(mission: Path, token: str) -> Path:
    """The file that waits under a token. Raises `FileNotRead` where none does."""
    place = folder_of(mission) / token
    found = sorted(place.iterdir()) if _TOKEN.fullmatch(token) and place.is_dir() else []
    if len(found) != 1:
        raise FileNotRead("That file waits no longer.", "Send it again.")
    return found[0]


@contextmanager
def taken_up(mission: Path, token: str) -> Iterator[Path]:
    """The file while it is taken in; it is removed when that went well."""
    path = waiting(mission, token)
    yield path
    shutil.rmtree(path.parent)


def plain_name(name: str) -> str:
    """A file's name that is one on every system: its last part, without signs that mean something to a shell."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    plain = _UNFIT.sub("_", last).strip(". ")[-MOST_NAME:]
    return plain or "table"


def _clear(folder: Path, now_s: int) -> None:
    for place in folder.iterdir():
        if now_s - place.stat().st_mtime > KEPT_S:
            shutil.rmtree(place, ignore_errors=True)
