"""The key file beside a mission: what this holder keeps secret, outside the mission's tables.

It holds the Ed25519 seed that signs this log, and the secret of the fingerprints. Whoever has it
can write in this holder's name, and can test guesses at what was taken in. It is readable by its
owner only (0600) and **not encrypted** until passphrases come: keep it where you would keep a
password, and apart from copies of the mission that you give away.
"""

import os
from pathlib import Path

import msgspec

from truceline.errors import MissionError
from truceline.record.commit import SECRET_BYTES


class Keys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a key file, in hexadecimal."""

    origin: str
    seed: str
    fingerprint_secret: str

    def __repr__(self) -> str:
        return f"Keys(origin={self.origin!r}, ...)"


def key_path(mission: Path) -> Path:
    """Where the keys of a mission lie: `<mission>.key`."""
    return mission.with_name(mission.name + ".key")


def write_keys(mission: Path, origin: str, seed: bytes, fingerprint_secret: bytes) -> None:
    """Make the key file, readable by its owner only. Raises `MissionError` if there is one already."""
    path = key_path(mission)
    form = msgspec.json.format(msgspec.json.encode(Keys(origin, seed.hex(), fingerprint_secret.hex())))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise MissionError(
            f"There is already a key file at {path}.",
            "Choose another name for the mission; remove the key file only if you are sure nothing needs it.",
        ) from None
    except OSError as error:
        raise MissionError(f"{path} cannot be written: {error.strerror}.", "Choose a folder you can write.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(form + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read_keys(mission: Path, origin: str) -> tuple[bytes, bytes]:
    """The seed and the fingerprint secret of a mission whose log has this origin. Raises `MissionError`."""
    path = key_path(mission)
    mend = "Put the key file of this mission back; without it the mission can be read but not written."
    try:
        with path.open("rb") as file:
            keys = msgspec.json.decode(file.read(65_536), type=Keys)
        seed, fingerprint_secret = bytes.fromhex(keys.seed), bytes.fromhex(keys.fingerprint_secret)
        if len(seed) != SECRET_BYTES or len(fingerprint_secret) < SECRET_BYTES:
            raise ValueError(f"a secret in {path} is cut short")
    except OSError as error:
        raise MissionError(f"The key file {path} cannot be read: {error.strerror}.", mend) from error
    except ValueError as error:
        raise MissionError(f"{path} is not a key file.", mend) from error
    if keys.origin != origin:
        raise MissionError(f"{path} is the key file of {keys.origin}, not of {origin}.", mend)
    return seed, fingerprint_secret
