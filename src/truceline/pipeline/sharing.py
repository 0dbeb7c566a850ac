"""Reading shared with a second process: it reads ahead while this one enters what was read.

Rows come in their order and say the same either way. The second process starts with the first large
file of a command and serves all of them.
"""

import gc
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from multiprocessing import get_context

import msgspec

from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout
from truceline.intake.raw import RawRow
from truceline.pipeline.reading_rows import ReadRow, reader_of
from truceline.record.commit import SECRET_BYTES
from truceline.store.pen import Chance
from truceline.vocabulary.refusal import Refusal

CHUNK = 1_000
SHARED_FROM = 20_000
"""Rows of a file from which a second process is worth its start."""
AHEAD = 12

_encode = msgspec.msgpack.Encoder().encode
_raw_rows = msgspec.msgpack.Decoder(list[tuple[int, tuple[str, ...] | None, bytes | None, Refusal | None]])
_read_rows = msgspec.msgpack.Decoder(list[ReadRow])


Chunk = tuple[Sequence[RawRow], bytes]
"""Rows, and a secret of each one after the other."""


class Readers(ExitStack):
    """This process and, once a large file comes, a second one. A context manager that ends it.

    `chance` draws the secrets of the rows' payloads, whose commitments are made while reading.
    """

    def __init__(self, chance: Chance) -> None:
        super().__init__()
        self._chance = chance
        self._other: ProcessPoolExecutor | None = None

    def read(self, layout: Layout, context: ReadContext, rows: Sequence[RawRow]) -> Iterator[list[ReadRow]]:
        """All rows in order, chunk by chunk."""
        some = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        chunks = ((chunk, self._chance(SECRET_BYTES * len(chunk))) for chunk in some)
        if len(rows) >= SHARED_FROM:
            return self._shared(layout, context, chunks)
        return (_read(layout, context, *chunk) for chunk in chunks)

    def _shared(self, layout: Layout, context: ReadContext, chunks: Iterator[Chunk]) -> Iterator[list[ReadRow]]:
        """Where the other process is behind, this one reads a later chunk itself instead of waiting."""
        other = self._second()
        ahead: deque[Future[bytes] | list[ReadRow]] = deque()
        while True:
            while len(ahead) < AHEAD and (chunk := next(chunks, None)) is not None:
                ahead.append(other.submit(_read_sent, layout, context, *_sent(*chunk)))
            if not ahead:
                return
            first = ahead[0]
            behind = isinstance(first, Future) and not first.done() and len(ahead) < 2 * AHEAD
            if behind and (chunk := next(chunks, None)) is not None:
                ahead.append(_read(layout, context, *chunk))
                continue
            ahead.popleft()
            yield first if isinstance(first, list) else _read_rows.decode(first.result())

    def _second(self) -> ProcessPoolExecutor:
        if self._other is None:
            # The rows it reads live until they are sent: looking for rings among them costs a tenth of its time.
            self._other = self.enter_context(ProcessPoolExecutor(1, get_context("spawn"), gc.disable))
        return self._other


def _sent(rows: Sequence[RawRow], secrets: bytes) -> tuple[bytes, bytes]:
    return _encode([(row.number, row.cells, row.raw, row.fault) for row in rows]), secrets


def _read_sent(layout: Layout, context: ReadContext, rows: bytes, secrets: bytes) -> bytes:
    """What the second process does."""
    return _encode(_read(layout, context, [RawRow(*row) for row in _raw_rows.decode(rows)], secrets))


def _read(layout: Layout, context: ReadContext, rows: Sequence[RawRow], secrets: bytes) -> list[ReadRow]:
    read = reader_of(layout, context)
    return [read(row, secrets[SECRET_BYTES * i : SECRET_BYTES * (i + 1)]) for i, row in enumerate(rows)]
