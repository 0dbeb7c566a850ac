"""Reading shared with a second process: it reads ahead while this one enters what was read.

Rows come in their order and say the same either way. The second process starts with the first large
file of a command and serves all of them.
"""

import gc
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any

import msgspec

from truceline.errors import MissionError
from truceline.intake.bounds import Bounds
from truceline.intake.pieces import TextRows, most_records
from truceline.intake.raw import RawRow
from truceline.pipeline.reading_many import Asked, ManyRead, Rows, read_many, read_text
from truceline.record.commit import SECRET_BYTES
from truceline.store.pen import Chance

CHUNK = 1_000
SHARED_FROM = 20_000
"""Rows of a file from which a second process is worth its start."""
AHEAD = 12

_encode = msgspec.msgpack.Encoder().encode
_raw_rows = msgspec.msgpack.Decoder(list[RawRow])
_many = msgspec.msgpack.Decoder(ManyRead | None)

Task = tuple[Any, ...]
"""What is sent to whoever reads: how, the rows as received, and their secrets."""


@contextmanager
def no_looking_for_rings() -> Iterator[None]:
    """No collection of rings of objects meanwhile: rows make none, and looking costs a tenth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


class Readers(ExitStack):
    """This process and, once a large file comes, a second one. A context manager that ends it.

    `chance` draws the secrets of the rows' payloads, whose commitments are made while reading.
    """

    def __init__(self, chance: Chance) -> None:
        super().__init__()
        self._chance = chance
        self._other: ProcessPoolExecutor | None = None

    def read(self, asked: Asked, rows: Sequence[RawRow]) -> Iterator[ManyRead]:
        """All rows in order, chunk by chunk. Raises `FileNotRead` where most of a long file is damaged."""
        if isinstance(rows, TextRows):
            yield from self._text(asked, rows)
        else:
            yield from self._rows(asked, rows)

    def _rows(self, asked: Asked, rows: Sequence[RawRow], before: int = 0) -> Iterator[ManyRead]:
        some = (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
        tasks = ((asked, _encode(chunk), self._chance(SECRET_BYTES * len(chunk))) for chunk in some)
        for many in self._done(_read_rows, tasks, shared=len(rows) >= SHARED_FROM):
            assert many is not None
            yield many.renumbered(before) if before else many

    def _text(self, asked: Asked, rows: TextRows) -> Iterator[ManyRead]:
        """Piece by piece; from the first that cannot be read by itself, row by row."""
        number, bounds = rows.begin[1] - 1, Bounds(rows.name, len(rows.text))
        pieces = list(rows.pieces())
        tasks = ((asked, rows.text[start:end], self._secrets(rows.text[start:end])) for start, end in pieces)
        done = self._done(read_text, tasks, shared=rows.expected >= SHARED_FROM)
        for (start, _), many in zip(pieces, done, strict=True):
            if many is None:
                done.close()
                yield from self._rows(asked, rows.rest(start), number)
                return
            for place in range(len(many.numbers)) if many.raw else ():
                bounds.row(damaged=place in many.raw)
            yield many.renumbered(number)
            number += many.records

    def _secrets(self, piece: str) -> bytes:
        return self._chance(SECRET_BYTES * most_records(piece))

    def _done(
        self, read: Callable[..., ManyRead | None], tasks: Iterator[Task | None], *, shared: bool
    ) -> Generator[ManyRead | None, None, None]:
        """The tasks in order, done. Where the other process is behind, this one does a later one instead of waiting."""
        if not shared:
            while (task := next(tasks, None)) is not None:
                yield read(*task)
            return
        other = self._second()
        ahead: deque[Future[bytes] | tuple[ManyRead | None]] = deque()
        while True:
            while len(ahead) < AHEAD and (task := next(tasks, None)) is not None:
                ahead.append(other.submit(_sent, read, *task))
            if not ahead:
                return
            first = ahead[0]
            behind = isinstance(first, Future) and not first.done() and len(ahead) < 2 * AHEAD
            if behind and (task := next(tasks, None)) is not None:
                ahead.append((read(*task),))
                continue
            ahead.popleft()
            yield first[0] if isinstance(first, tuple) else _many.decode(_result(first))

    def _second(self) -> ProcessPoolExecutor:
        if self._other is None:
            self._other = self.enter_context(ProcessPoolExecutor(1, get_context("spawn"), gc.disable))
        return self._other


def _result(future: Future[bytes]) -> bytes:
    try:
        return future.result()
    except BrokenProcessPool as error:
        told = "The second process, which reads ahead, was ended from outside; nothing was entered."
        raise MissionError(told, "Is there enough memory? Try again, or take in fewer rows at a time.") from error


def _sent(read: Callable[..., ManyRead | None], asked: Asked, rows: str | bytes, secrets: bytes) -> bytes:
    """What the second process does."""
    return _encode(read(asked, rows, secrets))


def _read_rows(asked: Asked, rows: bytes, secrets: bytes) -> ManyRead:
    decoded = _raw_rows.decode(rows)
    return read_many(asked, Rows.of(len(decoded), decoded), secrets)
