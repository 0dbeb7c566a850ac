"""Changes to an archive (ZIP): one part changed inside, parts renamed, doubled or left out, or its own bytes."""

import io
import warnings
import zipfile
import zlib
from random import Random

from fuzz.mutate import marked
from fuzz.mutate.text import Change

_NAMES = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/s1.xml", "doc.kml", "../x", "a/")
_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError, NotImplementedError, KeyError)
_MOST_UNPACKED = 1_000_000


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change to the archive that these bytes are; bytes that are none are flipped."""
    if rng.random() < 0.08:
        return change.flip(content, most)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old:
            if sum(part.file_size for part in old.infolist()) > _MOST_UNPACKED:
                return change.flip(content, most)
            parts = [(part.filename, old.read(part)) for part in old.infolist()]
    except _BROKEN:
        return change.flip(content, most)
    if not parts:
        return change.flip(content, most)
    at = rng.randrange(len(parts))
    name, inside = parts[at]
    if rng.random() < 0.9:
        parts[at] = (name, marked.mutate(inside, 200_000, rng, change))
    else:
        parts[at:at] = rng.choice(([], [(rng.choice(_NAMES), inside)], [(name, inside)]))
        if rng.random() < 0.5:
            del parts[rng.randrange(len(parts))]
    return _packed(parts, rng)


def _packed(parts: list[tuple[str, bytes]], rng: Random) -> bytes:
    out = io.BytesIO()
    packing = zipfile.ZIP_DEFLATED if rng.random() < 0.7 else zipfile.ZIP_STORED
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", packing, compresslevel=1) as new:
        warnings.simplefilter("ignore")  # Two parts of one name are meant.
        for name, inside in parts:
            new.writestr(name, inside)
    return out.getvalue()
