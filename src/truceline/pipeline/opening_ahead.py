"""Workbooks opened by the second process while this one enters the files that come before them."""

from collections.abc import Sequence
from concurrent.futures import Future
from hashlib import sha256
from pathlib import Path

from truceline.errors import FileNotRead
from truceline.intake.reading import RawTable, read_tables
from truceline.pipeline.sharing import Readers, result_of

LARGE_BYTES = 8_000_000
"""All files of a command together from which a second process is worth its start."""
MOST_BYTES = 67_108_864
"""The largest workbook that is sent to it."""
_ZIP = b"PK\x03\x04"


class OpeningAhead:
    """The workbooks among the files of one command. Nothing is read before `begin`."""

    def __init__(self, readers: Readers, files: Sequence[Path], sheet: str) -> None:
        self._readers, self._files, self._sheet = readers, files, sheet
        self._begun = False
        self._opened: dict[Path, tuple[bytes, Future[list[RawTable] | None]]] = {}

    def begin(self, path: Path) -> None:
        """This file is new and being entered: the other process may open workbooks that come after it."""
        if self._begun or path not in self._files:
            return
        self._begun = True
        after = self._files[self._files.index(path) + 1 :]
        if sum(map(_size, [path, *after])) < LARGE_BYTES:
            return
        for one in after:
            content = _workbook(one)
            if content:
                opened = self._readers.aside(_opened, one.name, content, self._sheet)
                self._opened[one] = sha256(content).digest(), opened

    def tables(self, path: Path, content: bytes) -> list[RawTable] | None:
        """The tables of a workbook with this content; None where it was not opened, or cannot be."""
        digest, opened = self._opened.pop(path, (b"", None))
        if opened is None or digest != sha256(content).digest():
            return None
        return result_of(opened)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # That it cannot be read is said when it is its turn.


def _workbook(path: Path) -> bytes:
    """The bytes of an archive that is not too large; else none."""
    try:
        with path.open("rb") as file:
            return file.read() if file.read(4) == _ZIP and not file.seek(0) and _size(path) <= MOST_BYTES else b""
    except OSError:
        return b""


def _opened(name: str, content: bytes, sheet: str) -> list[RawTable] | None:
    """What the second process does. Where it is refused, the first one will, in its turn and its own words."""
    try:
        return read_tables(name, content, in_pieces=True, sheet=sheet)
    except FileNotRead:
        return None
