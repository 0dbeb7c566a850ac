"""Files read for their fingerprints, or whole where they are short; nothing of them is kept here."""

from pathlib import Path
from typing import Any

from truceline.errors import FileNotRead

AT_ONCE = 1 << 20


def fingerprint(file: Path, digest: Any) -> tuple[str, int]:
    """A hash object fed with a file, in hex, and the file's size in bytes. Raises `FileNotRead`."""
    size = 0
    try:
        with file.open("rb") as stream:
            while part := stream.read(AT_ONCE):
                digest.update(part)
                size += len(part)
    except OSError as error:
        raise FileNotRead(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    return str(digest.hexdigest()), size


def bounded(file: Path, most: int) -> bytes:
    """A short file whole. Raises `FileNotRead` where it cannot be read, or is longer."""
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise FileNotRead(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    if len(content) > most:
        raise FileNotRead(f"{file} is longer than {most} bytes.", "Give the file as its authority gave it.")
    return content
