"""What a fetch keeps in a folder beside its file, so that it goes on where it was stopped.

A page is written under another name and renamed when it is whole: after a kill at any moment, each page
that is there is whole, and they follow one another from the first.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from truceline.errors import FetchError

ASKED = "asked.json"


class KeptPages:
    """The folder `FILE.pages`: `asked.json`, what was asked, and the pages as they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, asked: dict[str, str]) -> bool:
        """Make the folder, or find it made for the same question. False: it was there. Raises `FetchError`."""
        wanted = msgspec.json.format(msgspec.json.encode(asked, order="sorted"))
        path = self.folder / ASKED
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            found: bytes | None = path.read_bytes() if path.exists() else None
        except OSError as error:
            raise unwritable(self.folder, error) from error
        if found is None:
            write_whole(path, wanted)
            return True
        if found != wanted:
            raise FetchError(
                f"{self.folder} holds pages of another question.", "Choose another --out, or remove that folder."
            )
        return False

    def pages(self) -> list[Path]:
        """The pages that are there, from the first, as far as none is missing."""
        found: list[Path] = []
        while (path := self.path(len(found) + 1)).exists():
            found.append(path)
        return found

    def path(self, nth: int) -> Path:
        """The file of the nth page, from 1."""
        return self.folder / f"page-{nth:05}.json"

    def keep(self, nth: int, content: bytes) -> None:
        """Keep the nth page."""
        write_whole(self.path(nth), content)

    def forget(self) -> None:
        """Remove the pages, from the last, so that what is left is never a later part."""
        for path in reversed(self.pages()):
            path.unlink()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises `FetchError`."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unwritable(path: Path, error: OSError) -> FetchError:
    """The file cannot be written."""
    return FetchError(f"{path} cannot be written: {error.strerror}.", "Check the folder, your rights and the disk.")
