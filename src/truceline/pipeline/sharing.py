"""Reading shared with a second process: it reads ahead while this one enters what was read.

Rows come in their order and say the same either way. The second process starts with the first large
file of a command and serves all of them.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

import msgspec

from truceline.errors import MissionError
from truceline.intake.bounds import Bounds
from truceline.intake.pieces import TextRows, most_records
from truceline.intake.raw import RawRow
from truceline.pipeline.many_rows import Asked, ManyRead
from truceline.pipeline.reading_many import Rows, read_many, read_text
from truceline.record.commit import SECRET_BYTES
from truceline.store.pen import Chance

T = TypeVar("T")
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


@dataclass
class _Ahead:
    """A task with the promise of the other process or, where this one did it, what was read."""

    task: Task
    future: Future[bytes] | None
    many: ManyRead | None = None

    @property
    def waiting(self) -> bool:
        """It is not read yet."""
        return self.future is not None and not self.future.done()


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
        if not shared and self._other is None:
            while (task := next(tasks, None)) is not None:
                yield read(*task)
            return
        other = self._second()
        ahead: deque[_Ahead] = deque()
        while True:
            while len(ahead) < AHEAD and (task := next(tasks, None)) is not None:
                ahead.append(_Ahead(task, other.submit(_sent, read, *task)))
            if not ahead:
                return
            if ahead[0].waiting and self._instead(read, ahead, tasks):
                continue
            first = ahead.popleft()
            yield first.many if first.future is None else _many.decode(result_of(first.future))

    def _instead(
        self, read: Callable[..., ManyRead | None], ahead: deque["_Ahead"], tasks: Iterator[Task | None]
    ) -> bool:
        """Do a task instead of waiting: the next one, or the last that the other process has not begun."""
        if len(ahead) < 2 * AHEAD and (task := next(tasks, None)) is not None:
            ahead.append(_Ahead(task, None, read(*task)))
            return True
        for one in reversed(ahead):
            if one.future is not None and one.future.cancel():
                one.future, one.many = None, read(*one.task)
                return True
        return False

    def aside(self, task: Callable[..., T], *given: object) -> Future[T]:
        """A task of its own for the other process, which does it in its turn."""
        return self._second().submit(task, *given)

    def _second(self) -> ProcessPoolExecutor:
        if self._other is None:
            self._other = self.enter_context(ProcessPoolExecutor(1, get_context("spawn"), _begin))
        return self._other


def result_of(future: Future[T]) -> T:
    """What the second process made. Raises `MissionError` where it was ended."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        told = "The second process, which reads ahead, was ended from outside; nothing was entered."
        raise MissionError(told, "Is there enough memory? Try again, or take in fewer rows at a time.") from error


def _begin() -> None:
    """How the second process begins: it looks for no rings, and ends with the first, however that ends."""
    gc.disable()
    if (first := parent_process()) is not None:
        Thread(target=_end_with, args=(first,), daemon=True).start()


def _end_with(first: BaseProcess) -> None:
    """Nobody would tell it: the pool's queue stays open as long as this process itself has it."""
    first.join()
    os._exit(1)


def _sent(read: Callable[..., ManyRead | None], asked: Asked, rows: str | bytes, secrets: bytes) -> bytes:
    """What the second process does."""
    return _encode(read(asked, rows, secrets))


def _read_rows(asked: Asked, rows: bytes, secrets: bytes) -> ManyRead:
    decoded = _raw_rows.decode(rows)
    return read_many(asked, Rows.of(len(decoded), decoded), secrets)
