"""Locking a mission under a passphrase, and unlocking it: its key file, and the whole of it if that is wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from truceline.errors import MissionError
from truceline.store import enciphering, key_file
from truceline.store.ciphered import KEY_BYTES, check_library
from truceline.store.key_file import Lock, key_path
from truceline.store.opening import connect, page_key

__all__ = ["Lock", "Locked", "a_lock", "lock", "under_passphrase", "unlock"]

Chance = Callable[[int], bytes]


@dataclass(frozen=True)
class Locked:
    """What became of a mission: whether its key file lies under a passphrase, and whether all of it is enciphered."""

    mission: str
    key_file: str
    locked: bool
    whole: bool

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"mission": self.mission, "key_file": self.key_file, "locked": self.locked, "whole": self.whole}


def under_passphrase(mission: Path) -> bool:
    """The key file of the mission lies under a passphrase. Raises `MissionError`."""
    return key_file.under_passphrase(mission)


def a_lock(path: Path, passphrase: str, chance: Chance, *, whole: bool) -> Lock:
    """How the keys of a new mission are to be kept. Raises `MissionError` where that cannot be had."""
    if whole:
        check_library(path)
    return Lock(passphrase, chance, chance(KEY_BYTES) if whole else b"")


def lock(mission: Path, passphrase: Callable[[], str], chance: Chance, *, whole: bool) -> Locked:
    """Put the key file under a new passphrase, and encipher the mission as a whole if `whole`.

    What is enciphered already stays so, under the same key of its pages. The passphrase in force is asked for
    first, then the new one, which is made by `passphrase`. Raises `MissionError`.
    """
    keys, now = _opened(mission)
    if whole and now is None:
        check_library(mission)
    held = Lock(passphrase(), chance)
    if not whole or now is not None:
        key_file.replace_keys(mission, _with_key(keys, now), held)
        return Locked(str(mission), str(key_path(mission)), locked=True, whole=now is not None)
    then = chance(KEY_BYTES)
    # The key is there before the file that needs it.
    enciphering.recast(mission, None, then, lambda: key_file.replace_keys(mission, _with_key(keys, then), held))
    return Locked(str(mission), str(key_path(mission)), locked=True, whole=True)


def unlock(mission: Path) -> Locked:
    """Take the passphrase off the key file, and the cipher off the mission. Raises `MissionError`."""
    keys, now = _opened(mission)
    if now is None and not key_file.under_passphrase(mission):
        raise MissionError(f"{mission} is not locked.", "Lock it with: truceline lock")
    if now is not None:
        enciphering.recast(mission, now, None, lambda: None)
    key_file.replace_keys(mission, _with_key(keys, None), None)
    return Locked(str(mission), str(key_path(mission)), locked=False, whole=False)


def _opened(mission: Path) -> tuple[key_file.Keys, bytes | None]:
    """The keys of a mission, and that of its pages if it is enciphered; both are seen to be its own."""
    connect(mission, write=False).close()
    return key_file.read_key_file(mission), page_key(mission)


def _with_key(keys: key_file.Keys, key: bytes | None) -> key_file.Keys:
    return msgspec.structs.replace(keys, database_key=key.hex() if key else "")
