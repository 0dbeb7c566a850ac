"""The keys of persons and instruments: a file each, in the folder `MISSION.keys`, named by the key's pseudonym.

Whoever has one, and the mission with its own key file, can act in that person's name until the key is revoked. So it
lies under a passphrase of its own (`locked`) unless its owner wants otherwise; the folder (0700) and the files
(0600) are readable by their owner only. A file can be carried on a stick and put back when it is needed. What it
holds: {"origin": ..., "key": pseudonym, "seed": 32 bytes in hexadecimal}.
"""

from pathlib import Path

import msgspec

from truceline.errors import MissionError
from truceline.record.sign import LogKey
from truceline.store import unlocking
from truceline.store.key_file import write_new
from truceline.store.locked import MOST_BYTES, is_locked, locked
from truceline.store.pen import Chance

_LOST = "A forgotten passphrase cannot be recovered by anybody: put another key in its place with key rotate --lost."


class PersonKeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a file of one key, in hexadecimal."""

    origin: str
    key: str
    seed: str

    def __repr__(self) -> str:
        return f"PersonKeyFile(origin={self.origin!r}, key={self.key!r}, ...)"


def folder_of(mission: Path) -> Path:
    """Where the keys of a mission's people lie: `<mission>.keys`."""
    return mission.with_name(mission.name + ".keys")


def file_of(mission: Path, pseudonym: str) -> Path:
    """Where the key with this pseudonym lies."""
    return folder_of(mission) / f"{pseudonym}.key"


def write(mission: Path, origin: str, seed: bytes, passphrase: str | None, chance: Chance) -> Path:
    """Make the file of a new key; without a passphrase (None) it lies there in clear. Raises `MissionError`."""
    pseudonym = LogKey.from_seed(origin, seed).pseudonym
    plain = msgspec.json.format(msgspec.json.encode(PersonKeyFile(origin, pseudonym, seed.hex()))) + b"\n"
    path = file_of(mission, pseudonym)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_new(path, plain if passphrase is None else locked(plain, passphrase, chance))
    except OSError as error:
        if not isinstance(error, FileExistsError):
            path.unlink(missing_ok=True)  # half of it may be there
        raise MissionError(f"{path} cannot be written: {error.strerror}.", "Choose a folder you can write.") from error
    return path


def read(mission: Path, origin: str, pseudonym: str) -> LogKey:
    """The key with this pseudonym; where it lies under a passphrase, that is asked for. Raises `MissionError`."""
    path = file_of(mission, pseudonym)
    content = _content(path)
    if is_locked(content):
        try:
            content = unlocking.opened(content, f"the key {pseudonym} in {path}")
        except MissionError as error:
            raise MissionError(error.message, f"{error.mend} {_LOST}") from error
    try:
        kept = msgspec.json.decode(content, type=PersonKeyFile)
        key = LogKey.from_seed(kept.origin, bytes.fromhex(kept.seed))
    except ValueError:
        # What does not fit is not told: it may be a part of the key.
        raise MissionError(f"{path} is no file of a key.", "Put the right file back.") from None
    if (kept.origin, key.pseudonym, kept.key) != (origin, pseudonym, pseudonym):
        raise MissionError(f"{path} is not the file of the key {pseudonym} of {origin}.", "Put the right file back.")
    return key


def remove(mission: Path, pseudonym: str) -> None:
    """Remove the file of a key that was not entered after all."""
    file_of(mission, pseudonym).unlink(missing_ok=True)


def standing(mission: Path, pseudonym: str) -> str:
    """How the file of a key lies here: "locked", "open" (readable without a passphrase), or "absent"."""
    path = file_of(mission, pseudonym)
    if not path.is_file():
        return "absent"
    return "locked" if is_locked(_content(path)) else "open"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        mend = f"Put the file of this key back. {_LOST.rpartition(': ')[2].capitalize()}"
        raise MissionError(f"The key file {path} cannot be read: {error.strerror}.", mend) from error
