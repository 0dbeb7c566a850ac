"""Rows kept packed: a file's rows ask for about as much memory as the file itself, however small they are.

As objects of their own, fifty million bytes of commas would be two thousand million bytes of rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from truceline.intake.raw import RawRow

CHUNK = 1_000
"""Rows that are packed and unpacked together."""
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(list[RawRow]).decode


class PackedRows(Sequence[RawRow]):
    """Rows in order, unpacked as they are asked for. `width`: so many cells each row has, those it lacks empty."""

    __slots__ = ("_open", "_packed", "width")

    def __init__(self, rows: Iterable[RawRow] = (), width: int = 0) -> None:
        self.width = width
        self._packed: list[bytes] = []
        self._open: list[RawRow] = []
        for row in rows:
            self.append(row)

    def append(self, row: RawRow) -> None:
        """One more row at the end."""
        self._open.append(row)
        if len(self._open) == CHUNK:
            self._packed.append(_pack(self._open))
            self._open = []

    def chunks(self) -> Iterator[list[RawRow]]:
        """The rows, `CHUNK` at a time."""
        for packed in self._packed:
            yield self._wide(_unpack(packed))
        if self._open:
            yield self._wide(self._open)

    def __iter__(self) -> Iterator[RawRow]:
        for chunk in self.chunks():
            yield from chunk

    def __len__(self) -> int:
        return len(self._packed) * CHUNK + len(self._open)

    @overload
    def __getitem__(self, at: int) -> RawRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[RawRow]: ...
    def __getitem__(self, at: int | slice) -> RawRow | list[RawRow]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))] if at.step else self._between(at)
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        return self._chunk(place // CHUNK)[place % CHUNK]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other))  # noqa: B905

    __hash__ = None  # type: ignore[assignment]

    def _between(self, at: slice) -> list[RawRow]:
        start, stop, _ = at.indices(len(self))
        found: list[RawRow] = []
        for number in range(start // CHUNK, -(-max(start, stop) // CHUNK)):
            first = number * CHUNK
            found += self._chunk(number)[max(0, start - first) : max(0, stop - first)]
        return found

    def _chunk(self, number: int) -> list[RawRow]:
        return self._wide(_unpack(self._packed[number]) if number < len(self._packed) else self._open)

    def _wide(self, rows: list[RawRow]) -> list[RawRow]:
        return [_widened(row, self.width) for row in rows] if self.width else rows


def _widened(row: RawRow, width: int) -> RawRow:
    if row.cells is None or len(row.cells) >= width:
        return row
    return RawRow(row.number, row.cells + ("",) * (width - len(row.cells)))
