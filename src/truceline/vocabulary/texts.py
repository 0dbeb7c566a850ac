"""Columns of text in which texts repeat: texts kept apart, and for each row the number of its text.

A million rows have few sources, areas and sides: what is asked of a text is asked once. To its readers a
column is a sequence of texts like a list. `coded`, `chosen` and `joined` take a list or a column. A text may
have more than one number: in a column whose texts hardly repeat, looking for those that do is not worth it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Positions = NDArray[np.int64]


Some = Callable[[Positions], Sequence[str]]
"""Gives the texts of rows at some positions."""
MOST_SOME = 5_000
"""Up to so many rows are read one by one; more are read with all others."""
FEWER = 4
FEW = 1_000
"""Rows from which on a column may show that its texts hardly repeat."""


class Numbered(dict[str, int]):
    """Text to its number, in order of first appearance; a new text gets the next one."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number

    def codes(self, texts: Iterable[str], count: int) -> Codes:
        """The numbers of so many texts."""
        return np.fromiter(map(self.__getitem__, texts), np.int32, count)


class Coding:
    """A column being read, part by part. Once texts hardly repeat, each row's text is kept as it comes."""

    def __init__(self) -> None:
        self._numbered = Numbered()
        self._texts: list[str] | None = None
        self._codes: list[Codes] = [np.zeros(0, np.int32)]
        self._count = 0

    def add(self, texts: Sequence[str]) -> None:
        """The next rows."""
        self._count += len(texts)
        if self._texts is None:
            self._codes.append(self._numbered.codes(texts, len(texts)))
            if 2 * len(self._numbered) > self._count > FEW:
                self._texts = list(self._numbered)
        else:
            self._codes.append(np.arange(len(self._texts), len(self._texts) + len(texts), dtype=np.int32))
            self._texts += texts

    def column(self) -> "Texts":
        """All rows."""
        return Texts(np.concatenate(self._codes), list(self._numbered) if self._texts is None else self._texts)


class Column(Sequence[str]):
    """A sequence of texts. Equal to any sequence of the same texts."""

    @property
    def coded(self) -> tuple[Codes, list[str]]:
        """The number of each row's text, and the texts by number; some may be of no row."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.coded[0])

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        codes, texts = self.coded
        return Texts(codes[at], texts) if isinstance(at, slice) else texts[codes[at]]

    def __iter__(self) -> Any:
        codes, texts = self.coded
        return map(texts.__getitem__, codes.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other))  # noqa: B905

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The texts that are of some row, each once."""
        codes, texts = self.coded
        return tuple(texts[code] for code in np.flatnonzero(np.bincount(codes, minlength=len(texts))).tolist())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self[:5])!r}{', ...' if len(self) > 5 else ''})"


class Texts(Column):
    """A column held in memory."""

    def __init__(self, codes: Codes, texts: list[str]) -> None:
        self._coded = codes, texts

    @property
    def coded(self) -> tuple[Codes, list[str]]:
        """As `Column.coded`."""
        return self._coded


class Later(Column):
    """A column of so many rows that is made when it is first looked at.

    make: gives it whole. some: gives the rows at some positions alone, without making the rest; None where nothing can.
    """

    def __init__(self, count: int, make: Callable[[], Sequence[str]], some: Some | None = None) -> None:
        self._count = count
        self._make = make
        self.some = some

    @cached_property
    def coded(self) -> tuple[Codes, list[str]]:
        """As `Column.coded`. Raises `ValueError` where another number of rows was made."""
        made = coded(self._make())
        if len(made[0]) != self._count:
            raise ValueError(f"a column of {self._count} rows has {len(made[0])}")
        return made

    def __len__(self) -> int:
        return self._count


def coded(column: Sequence[str]) -> tuple[Codes, list[str]]:
    """The number of each row's text, and the texts by number."""
    if isinstance(column, Column):
        return column.coded
    numbered = Numbered()
    return numbered.codes(column, len(column)), list(numbered)


def texts_of(column: Sequence[str]) -> Texts:
    """The column held in memory."""
    return column if isinstance(column, Texts) else Texts(*coded(column))


def chosen(column: Sequence[str], at: Positions) -> Column:
    """The rows at these positions."""
    if isinstance(column, Later):
        return _chosen_later(column, at)
    if not isinstance(column, Column):
        return _numbered([column[n] for n in at.tolist()])
    codes, texts = coded(column)
    codes = codes[at]
    if FEWER * len(codes) < len(texts):  # a few rows do not carry the texts of all others along
        return Texts(np.arange(len(codes), dtype=np.int32), [texts[code] for code in codes.tolist()])
    return Texts(codes, texts)


def _chosen_later(column: Later, at: Positions) -> Later:
    some = column.some
    if some is None:
        return Later(len(at), lambda: chosen(texts_of(column), at))
    if len(at) > MOST_SOME:
        return Later(len(at), lambda: chosen(texts_of(column), at), lambda more: some(at[more]))
    return Later(len(at), lambda: some(at), lambda more: some(at[more]))


def _numbered(texts: Sequence[str]) -> Texts:
    """A list as a column; where its texts hardly repeat they are not looked up."""
    coding = Coding()
    for first in range(0, len(texts), 2 * FEW):
        coding.add(texts[first : first + 2 * FEW])
    return coding.column()


def joined(one: Sequence[str], other: Sequence[str]) -> Column:
    """The rows of one column, then those of another."""
    if isinstance(one, Later) or isinstance(other, Later):
        return Later(len(one) + len(other), lambda: joined(texts_of(one), texts_of(other)))
    (codes, texts), (more, others) = coded(one), coded(other)
    return Texts(np.concatenate([codes, more + np.int32(len(texts))]), texts + others)
