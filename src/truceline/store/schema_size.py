"""How large the schema of an SQLite file is, found without SQLite: it would parse all of it to say anything at all.

A statement of a few bytes can ask for fifty times its size in memory. File format: sqlite.org/fileformat2.html, 1.3
(header), 1.6 (b-tree pages), 2.6 (the schema is the table on page 1).
"""

from struct import error as TooShort
from struct import unpack_from

_HEADER = 100
_LEAF, _INTERIOR = 0x0D, 0x05
_LEAF_CELLS, _INTERIOR_CELLS, _LAST_CHILD = 8, 12, 8


def schema_bytes(content: bytes, most: int) -> int | None:
    """The bytes of the schema's rows, or a number beyond `most` as soon as it is known; None where it is damaged."""
    try:
        (size,) = unpack_from(">H", content, 16)
        return _summed(content, 65_536 if size == 1 else size, most)
    except (TooShort, IndexError):
        return None


def _summed(content: bytes, size: int, most: int) -> int | None:
    total, pages, seen = 0, [1], set()
    while pages and total <= most:
        page = pages.pop()
        start = (page - 1) * size
        if page in seen or not 0 <= start < len(content):
            return None
        seen.add(page)
        head = start + (_HEADER if page == 1 else 0)
        kind, count = content[head], unpack_from(">H", content, head + 3)[0]
        if kind == _INTERIOR:
            cells = unpack_from(f">{count}H", content, head + _INTERIOR_CELLS)
            pages += [unpack_from(">I", content, start + at)[0] for at in cells]
            pages += unpack_from(">I", content, head + _LAST_CHILD)
        elif kind == _LEAF:
            cells = unpack_from(f">{count}H", content, head + _LEAF_CELLS)
            total += sum([_varint(content, start + at) for at in cells])
        else:
            return None
    return total


def _varint(content: bytes, at: int) -> int:
    """A number of one to nine bytes, the highest bit of all but the last being set."""
    value = 0
    for more in range(8):
        byte = content[at + more]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value
    return value << 8 | content[at + 8]
