"""The parts of a ZIP archive, unpacked within bounds: nothing is written to disk, no bomb goes off."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from struct import error as StructError

from truceline.errors import FileNotRead

MOST_PARTS = 10_000
MOST_PART_BYTES = 268_435_456
MOST_TIMES = 200
"""How many times its packed size an archive may have; workbooks stay under 30."""
_SURELY_SMALL = 16_777_216
_CHUNK = 65_536
_LISTED = b"PK\x01\x02"
"""How the list at the end of an archive begins each part (APPNOTE 4.3.12); counted before the list is read."""
_READ = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, StructError, EOFError, ValueError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What Python's zipfile raises for archives that are broken, packed otherwise, or locked."""


class Parts:
    """The parts of one archive by name."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        if content.count(_LISTED) > MOST_PARTS:
            told = f"{name} is an archive (ZIP) of more than {MOST_PARTS} parts."
            raise FileNotRead(told, "Unpack it and send the table that is in it.")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            parts = self._archive.infolist()
        except _BROKEN as error:
            raise FileNotRead(f"{name} is a broken spreadsheet or archive (ZIP): {error}.", "Get it again.") from error
        whole = sum(part.file_size for part in parts)
        if whole > max(_SURELY_SMALL, MOST_TIMES * len(content)):
            times = whole // len(content)
            told = f"{name} would unpack to {whole} bytes, {times} times its size."
            raise FileNotRead(told, "No table is packed like that. Save it as CSV (UTF-8) and send that.")
        self._parts = {part.filename: part for part in parts}

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._parts)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def chunks(self, part: str, most: int = MOST_PART_BYTES) -> Iterator[bytes]:
        """The bytes of a part, a little at a time. Raises `FileNotRead` where it is locked, broken or too large."""
        found = self._parts[part]
        if found.flag_bits & 1 or found.compress_type not in _READ:
            told = f"{self.name} is locked, or packed in a way that is not read."
            raise FileNotRead(told, "Save it without a password.")
        seen = 0
        try:
            with self._archive.open(found) as packed:
                while chunk := packed.read(_CHUNK):
                    seen += len(chunk)
                    if seen > most:
                        told = f"{self.name}: the part {part!r} is larger than {most} bytes."
                        raise FileNotRead(told, "Send the table in parts, or as CSV (UTF-8).")
                    yield chunk
        except _BROKEN as error:
            raise FileNotRead(f"{self.name} is a broken archive (ZIP): {part!r}: {error}.", "Get it again.") from error
