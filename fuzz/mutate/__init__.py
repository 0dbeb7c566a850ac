"""Changes to a file that keep it a file of its shape, so that fuzzing gets past the door.

`mutate` looks at the bytes and changes a cell of a table, a node of a JSON tree, a tag of XML, a part of an
archive or a line of YAML; one time in five it changes bytes, as any fuzzer would. All chance is passed in.
"""

from collections.abc import Sequence
from random import Random

from fuzz.mutate import archive, database, delimited, lines, marked, trees
from fuzz.mutate.text import Change, changed_text

SEPARATOR = b"\n%%%%%%%%\n"
"""Between the files of an input that is more than one file."""


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """Another file of at most `most` bytes; the same bytes, parts and seed give the same file."""
    if SEPARATOR in content:
        parts = content.split(SEPARATOR)
        at = rng.randrange(len(parts))
        parts[at] = mutate(parts[at], most, rng, change)
        made = SEPARATOR.join(parts)
    else:
        made = content
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            made = _once(made, most, rng, change)
    return made if len(made) <= most else change.flip(content, most)


def _once(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    if not content or rng.random() < 0.2:
        return change.flip(content, most)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"SQLite format 3"):
        return database.mutate(content, most, rng, change)
    if content.startswith(b"PK"):
        return archive.mutate(content, most, rng, change)
    if start[:1] in (b"[", b"{"):
        return trees.mutate(content, most, rng, change)
    if start[:1] == b"<":
        return marked.mutate(content, most, rng, change)
    first = content.split(b"\n", 1)[0]
    if content.count(b"\n") == 0 and not any(sign in first for sign in b",;\t"):
        return changed_text(content, most, rng, change)
    if b": " in first or first.startswith((b"- ", b"#")) or first.rstrip().endswith(b":"):
        return lines.mutate(content, most, rng, change)
    return delimited.mutate(content, most, rng, change)


def parts_of(content: bytes, number: int) -> Sequence[bytes]:
    """The files of an input that is several: always so many, those that are missing empty."""
    return (content.split(SEPARATOR) + [b""] * number)[:number]
