"""Where reports stand by what people call them, held in a process that looks many up: the room.

A look through the table of a million reports takes half a second. Here a code of four bytes stands for the beginning
of each id, and for each id of the source's own: which rows may be meant. Whoever asks compares the rows themselves, so
codes that coincide, and rows whose words were destroyed since, change no answer. Only the own log is held: of other
logs' rows, whose places are not in the order in which they came, all are looked through.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

import numpy as np

from truceline.store.tables import FIRST_PLACE

AT_ONCE = 20_000
"""Rows that are read together."""
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Seqs = np.ndarray[Any, np.dtype[np.int64]]


@dataclass
class _Coded:
    """Codes, rising, with the seqs of the rows they are of."""

    codes: Codes = field(default_factory=lambda: np.zeros(0, np.uint32))
    seqs: Seqs = field(default_factory=lambda: np.zeros(0, np.int64))

    def add(self, codes: Codes, seqs: Seqs) -> None:
        codes, seqs = np.concatenate([self.codes, codes]), np.concatenate([self.seqs, seqs])
        order = np.argsort(codes, kind="stable")
        self.codes, self.seqs = codes[order], seqs[order]

    def of(self, names: Collection[str]) -> Iterator[int]:
        for code in sorted({_code(name) for name in names}):
            first, end = (int(np.searchsorted(self.codes, np.uint32(code), side)) for side in ("left", "right"))
            yield from self.seqs[first:end].tolist()


class Named:
    """The reports of the own log of one mission file. Read once, and then only what came since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: tuple[int, int] | None = None
        self._last = -1
        self._ids, self._rows = _Coded(), _Coded()

    def rows(
        self, path: Path, connection: sqlite3.Connection, ids: Collection[str], own: Collection[str]
    ) -> list[int]:  # fmt: skip
        """Seqs of all rows of the own log whose id begins so, or whose own id is one of `own`; and maybe of others."""
        with self._lock:
            self._follow(path, connection)
            return sorted({*self._ids.of(ids), *self._rows.of(own)})

    def _follow(self, path: Path, connection: sqlite3.Connection) -> None:
        # Tables made anew have another schema version: then a row may be read differently, and all are read again.
        of = (path.stat().st_ino, connection.execute("PRAGMA schema_version").fetchone()[0])
        if of != self._of:
            self._of, self._last, self._ids, self._rows = of, -1, _Coded(), _Coded()
        question = (
            "SELECT seq, substr(id, 1, 12), source_row FROM report"  # noqa: S608
            f" WHERE seq > ? AND seq < {FIRST_PLACE} ORDER BY seq"
        )
        asked = connection.execute(question, (self._last,))
        parts = [_coded(some) for some in iter(lambda: asked.fetchmany(AT_ONCE), [])]
        if parts:
            seqs, ids, rows = (np.concatenate(column) for column in zip(*parts, strict=True))
            self._ids.add(ids, seqs)
            self._rows.add(rows, seqs)
            self._last = int(seqs[-1])


def _coded(some: list[tuple[int, str, str]]) -> tuple[Seqs, Codes, Codes]:
    seqs, ids, rows = zip(*some, strict=True)
    return (
        np.array(seqs, np.int64), np.array([_code(one) for one in ids], np.uint32),
        np.array([_code(one) for one in rows], np.uint32),
    )  # fmt: skip


def _code(name: str) -> int:
    return crc32(name.encode())


def hold(path: Path, connection: sqlite3.Connection) -> None:
    """Read the names of this mission's reports: they are held as long as the process lasts."""
    named = Named()
    named.rows(path, connection, (), ())
    _HELD[path.resolve()] = named


def named_in(path: Path) -> Named | None:
    """What is held of a mission; None where nobody asked for it."""
    return _HELD.get(path.resolve()) if _HELD else None


_HELD: dict[Path, Named] = {}
