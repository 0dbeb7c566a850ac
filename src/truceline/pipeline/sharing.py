"""Reading shared with a second process: it reads ahead while this one enters what was read.

Rows come in their order and say the same either way. The second process starts with the first large
file of a command and serves all of them.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context
from typing import Self

import msgspec

from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout
from truceline.intake.raw import RawRow
from truceline.pipeline.reading_rows import ReadRow, reader_of
from truceline.vocabulary.refusal import Refusal

CHUNK = 5_000
SHARED_FROM = 20_000
"""Rows of a file from which a second process is worth its start."""
AHEAD = 3

_encode = msgspec.msgpack.Encoder().encode
_raw_rows = msgspec.msgpack.Decoder(list[tuple[int, tuple[str, ...] | None, bytes | None, Refusal | None]])
_read_rows = msgspec.msgpack.Decoder(list[ReadRow])


class Readers(ExitStack):
    """This process and, once a large file comes, a second one. A context manager that ends it."""

    def __enter__(self) -> Self:
        self._other: ProcessPoolExecutor | None = None
        return super().__enter__()

    def read(self, layout: Layout, context: ReadContext, rows: Sequence[RawRow]) -> Iterator[list[ReadRow]]:
        """All rows in order, chunk by chunk."""
        chunks = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        if len(rows) >= SHARED_FROM:
            return self._shared(layout, context, chunks)
        read = reader_of(layout, context)
        return ([read(row) for row in chunk] for chunk in chunks)

    def _shared(
        self, layout: Layout, context: ReadContext, chunks: Iterator[Sequence[RawRow]]
    ) -> Iterator[list[ReadRow]]:
        """Where the other process is behind, this one reads a later chunk itself instead of waiting."""
        other, read = self._second(), reader_of(layout, context)
        ahead: deque[Future[bytes] | list[ReadRow]] = deque()
        while True:
            while len(ahead) < AHEAD and (chunk := next(chunks, None)) is not None:
                ahead.append(other.submit(_read_chunk, layout, context, _sent(chunk)))
            if not ahead:
                return
            first = ahead[0]
            behind = isinstance(first, Future) and not first.done() and len(ahead) < 2 * AHEAD
            if behind and (chunk := next(chunks, None)) is not None:
                ahead.append([read(row) for row in chunk])
                continue
            ahead.popleft()
            yield first if isinstance(first, list) else _read_rows.decode(first.result())

    def _second(self) -> ProcessPoolExecutor:
        if self._other is None:
            self._other = self.enter_context(ProcessPoolExecutor(1, get_context("spawn")))
        return self._other


def _sent(chunk: Sequence[RawRow]) -> bytes:
    return _encode([(row.number, row.cells, row.raw, row.fault) for row in chunk])


def _read_chunk(layout: Layout, context: ReadContext, rows: bytes) -> bytes:
    """What the second process does: its reader of a layout is made once."""
    read = reader_of(layout, context)
    return _encode([read(RawRow(*row)) for row in _raw_rows.decode(rows)])
