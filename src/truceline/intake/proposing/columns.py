"""One column of a table with a sample of its values, and what they look like."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from truceline.errors import ValueNotRead
from truceline.intake.proposing.words import said_by_header
from truceline.vocabulary.digits import ascii_digits

MOST_LOOKED_AT = 400
"""Characters of a value that are looked at."""
_VALUE = re.compile(r"[-+~<>≥≤]?\s*\d[\d\s.,:/°'\"TZ+-]*", re.ASCII)
_WHOLE = re.compile(r"\d{1,12}(?:\.0{1,6})?", re.ASCII)
_TOTALS = frozenset(
    "total totals grand total sum subtotal المجموع مجموع الإجمالي إجمالي اجمالي الاجمالي всего итого итог somme".split()
) | {"grand total", "sub total", "total général", "المجموع الكلي"}  # fmt: skip


def looks_like_a_value(cell: str) -> bool:
    """A number, a date or a coordinate rather than a word."""
    return _VALUE.fullmatch(ascii_digits(cell[:MOST_LOOKED_AT]).strip()) is not None


def is_total(cell: str) -> bool:
    """The word that heads a row of totals."""
    return cell.strip(" :").casefold() in _TOTALS


class Column:
    """A column that can be named in a mapping: position, header, tag, and the texts of the sampled rows."""

    def __init__(self, at: int, header: str, tag: str, texts: Sequence[str]) -> None:
        self.at, self.header, self.tag = at, header, tag
        self.name = header.strip(" ")
        self.rows = len(texts)
        self.filled = [text.strip(" ") for text in texts if text.strip(" ")]

    def said(self, thing: str) -> tuple[float, str]:
        """How surely the header or tag says this thing (0 to 1), and by which word."""
        return said_by_header(self.header, self.tag).get(thing, (0.0, ""))

    @cached_property
    def values(self) -> Counter[str]:
        """How often each value stands in the sample."""
        return Counter(self.filled)

    def share(self, reads: Callable[[str], object]) -> float:
        """The share of filled cells for which `reads` gives something true and raises no `ValueNotRead`."""
        return self.many(reads) / len(self.filled) if self.filled else 0.0

    def many(self, reads: Callable[[str], object]) -> int:
        """The number of filled cells that `reads` reads; each value is tried once."""
        return sum(many for value, many in self.values.items() if _is_read(reads, value))

    @cached_property
    def whole(self) -> float:
        """The share of plain whole numbers."""
        return self.share(lambda text: _WHOLE.fullmatch(ascii_digits(text)))

    @cached_property
    def unique(self) -> bool:
        """Every row of the sample has a value, and no two the same."""
        return bool(self.filled) and len(self.values) == len(self.filled) == self.rows

    @cached_property
    def length(self) -> float:
        """Characters of a filled cell, on average."""
        return sum(map(len, self.filled)) / len(self.filled) if self.filled else 0.0

    @cached_property
    def letters(self) -> float:
        """The share of cells with two letters or more."""
        return self.share(lambda text: sum(map(str.isalpha, text[:MOST_LOOKED_AT])) >= 2)


def _is_read(reads: Callable[[str], object], value: str) -> bool:
    if len(value) > MOST_LOOKED_AT * 5:
        return False
    try:
        return bool(reads(value))
    except ValueNotRead:
        return False


def columns_of(header: Sequence[str], tags: Sequence[str], sample: Sequence[Sequence[str]]) -> list[Column]:
    """The columns that can be named: those with a name of at most 200 characters that no other column has."""
    names = Counter(cell.strip(" ") for cell in header)
    made = []
    for at, cell in enumerate(header):
        name = cell.strip(" ")
        if name and names[name] == 1 and len(name) <= 200:
            tag = tags[at] if at < len(tags) and len(tags) <= len(header) else ""
            made.append(Column(at, cell, tag, [row[at] if at < len(row) else "" for row in sample]))
    return made
