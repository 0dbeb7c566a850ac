"""Changes to an SQLite file: bytes where there are any, texts over texts, one page in the place of another."""

from random import Random

from fuzz.mutate.text import Change, word

_PAGE = 4_096
_EDGES = (0x00, 0x01, 0x02, 0x05, 0x0A, 0x0D, 0x7F, 0x80, 0x81, 0xFE, 0xFF)


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change that keeps the file's size."""
    if len(content) < _PAGE:
        return change.flip(content, most)
    made = bytearray(content)
    how = rng.randrange(6)
    at = _written(made, rng)
    if how < 2:
        made[at] = rng.choice(_EDGES) if how else rng.randrange(256)
    elif how == 2:
        text = word(rng, change).encode("utf-8", "surrogatepass")[:200]
        made[at : at + len(text)] = text
    elif how == 3:
        start = rng.randrange(len(made) // _PAGE + 1) * _PAGE + rng.randrange(12)  # The head of a page of a tree.
        made[start : start + 2] = bytes([rng.choice(_EDGES), rng.randrange(256)])
    elif how == 4:
        one, other = (rng.randrange(len(made) // _PAGE + 1) * _PAGE for _ in range(2))
        made[one : one + _PAGE] = made[other : other + _PAGE]
    else:
        made[rng.randrange(100)] = rng.choice(_EDGES)  # The head of the file.
    return bytes(made[: len(content)])


def _written(content: bytearray, rng: Random) -> int:
    """A place whose byte is not zero, if one is found soon."""
    at = 0
    for _ in range(40):
        at = rng.randrange(len(content))
        if content[at]:
            return at
    return at
