"""A refusal: a row we could not read, with its cell, the reason, and how to mend it."""

from msgspec import Struct

MOST_SHOWN = 200
"""How many characters of a value a refusal repeats; the record keeps the whole."""


class Refusal(Struct, frozen=True):
    """One fault of one row. The row is kept in the record as it was received, and is not counted.

    row: as a person counts in the file, the header being row 1. column: the header of the cell, ""
    where the whole row is at fault. value: at most `MOST_SHOWN` characters of what was there.
    """

    row: int
    column: str
    value: str
    reason: str
    mend: str
    sheet: str = ""


def shown(value: str) -> str:
    """A value as a refusal repeats it: cut, with what is not printable written out."""
    cut = value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "…"
    return cut if cut.isprintable() else _escaped(cut)


def _escaped(text: str) -> str:
    written = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    return written if len(written) <= MOST_SHOWN else written[: MOST_SHOWN - 1] + "…"
