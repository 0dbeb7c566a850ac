"""The key file beside a mission: what this holder keeps secret, outside the mission's tables.

It holds the Ed25519 seed that signs this log, the secret of the fingerprints, and, where the mission is
enciphered as a whole, the key of its pages. Whoever can read it can write in this holder's name, and can test
guesses at what was taken in. It is readable by its owner only (0600). It lies under a passphrase (see
`locked`) or in clear: then keep it where you would keep a password. Either way keep it apart from copies of
the mission that you give away.
"""

import os
from pathlib import Path

import msgspec

from truceline.errors import MissionError, not_written
from truceline.record.commit import SECRET_BYTES
from truceline.store import unlocking
from truceline.store.ciphered import KEY_BYTES
from truceline.store.locked import MOST_BYTES, is_locked, locked
from truceline.store.pen import Chance

NEW = ".new"
"""What the name of a file ends with that is still being written."""
_MEND = "Put the key file of this mission back; without it the mission can be read but not written."


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The content of a key file, in hexadecimal."""

    origin: str
    seed: str
    fingerprint_secret: str
    database_key: str = ""

    def __repr__(self) -> str:
        return f"Keys(origin={self.origin!r}, ...)"


class Lock(msgspec.Struct, frozen=True):
    """How the keys of a new mission are kept: under a passphrase, and with a key of the pages or without (empty)."""

    passphrase: str
    chance: Chance
    database_key: bytes = b""

    def __repr__(self) -> str:
        return "Lock(...)"


def key_path(mission: Path) -> Path:
    """Where the keys of a mission lie: `<mission>.key`."""
    return mission.with_name(mission.name + ".key")


def write_keys(mission: Path, origin: str, seed: bytes, fingerprint_secret: bytes, lock: Lock | None = None) -> None:
    """Make the key file, readable by its owner only. Raises `MissionError` if there is one already."""
    keys = Keys(origin, seed.hex(), fingerprint_secret.hex(), lock.database_key.hex() if lock else "")
    path = key_path(mission)
    try:
        write_new(path, _as_kept(keys, lock))
    except FileExistsError:
        raise MissionError(
            f"There is already a key file at {path}.",
            "Choose another name for the mission; remove the key file only if you are sure nothing needs it.",
        ) from None
    except OSError as error:
        raise not_written(path, error) from error


def replace_keys(mission: Path, keys: Keys, lock: Lock | None) -> None:
    """Put other keys, or the same under another passphrase (None: in clear), in the place of the key file.

    Either the old or the new file is there at any time. The bytes of the old one may stay on the disk until they are
    written over. Raises `MissionError`.
    """
    path = key_path(mission)
    new = path.with_name(path.name + NEW)
    try:
        new.unlink(missing_ok=True)  # of a run that was interrupted
        write_new(new, _as_kept(keys, lock))
        new.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        mend = "The key file is as it was. Make sure that you can write into its folder, and try again."
        raise MissionError(f"{path} cannot be replaced: {error.strerror}.", mend) from error


def read_key_file(mission: Path) -> Keys:
    """The content of the key file; where it lies under a passphrase, that is asked for. Raises `MissionError`."""
    path = key_path(mission)
    content = _content(path)
    if is_locked(content):
        content = unlocking.opened(content, f"the key file {path}")
    try:
        keys = msgspec.json.decode(content, type=Keys)
        secrets = [bytes.fromhex(text) for text in (keys.seed, keys.fingerprint_secret, keys.database_key)]
        if len(secrets[0]) != SECRET_BYTES or len(secrets[1]) < SECRET_BYTES or len(secrets[2]) not in (0, KEY_BYTES):
            raise ValueError("cut short")
    except ValueError:
        # What does not fit is not told: it may be a part of a key.
        raise MissionError(f"{path} is not a key file.", _MEND) from None
    return keys


def read_keys(mission: Path, origin: str) -> tuple[bytes, bytes]:
    """The seed and the fingerprint secret of a mission whose log has this origin. Raises `MissionError`."""
    keys = read_key_file(mission)
    if keys.origin != origin:
        raise MissionError(f"{key_path(mission)} is the key file of {keys.origin}, not of {origin}.", _MEND)
    return bytes.fromhex(keys.seed), bytes.fromhex(keys.fingerprint_secret)


def under_passphrase(mission: Path) -> bool:
    """The key file of the mission lies under a passphrase. Raises `MissionError` where it cannot be read."""
    return is_locked(_content(key_path(mission)))


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system can. Raises `OSError`."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MissionError(f"The key file {path} cannot be read: {error.strerror}.", _MEND) from error


def _as_kept(keys: Keys, lock: Lock | None) -> bytes:
    plain = msgspec.json.format(msgspec.json.encode(keys)) + b"\n"
    return locked(plain, lock.passphrase, lock.chance) if lock else plain


def write_new(path: Path, content: bytes) -> None:
    """Make a file that only its owner reads, and have the disk keep it. Raises `OSError`, for one that is there too."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)  # half a key is none, and would stand in the way of the next
        raise
