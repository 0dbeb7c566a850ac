"""Reading many rows at once: what they say, what identifies them, and their entries, a column each.

The same, row for row, as `reading_rows.reader_of` and `record.entry.row_entries` give: tests compare them.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import msgspec

from truceline.intake.context import ReadContext
from truceline.intake.layout import GROUPS, RAW, Layout, payload_columns
from truceline.intake.pieces import read_piece
from truceline.intake.raw import RawRow
from truceline.intake.reading import bulk_reader, format_of, row_reader
from truceline.intake.rows import Header
from truceline.pipeline.many_rows import REFUSAL, Asked, ManyRead, RowValues, long, same
from truceline.pipeline.reading_rows import KILLED, Value, contents_of, said
from truceline.record.commit import SECRET_BYTES, commit_many, committed
from truceline.store.held import Fingerprints

T = TypeVar("T")
_pack = msgspec.msgpack.Encoder().encode
_Said = tuple[dict[int, str], list[Sequence[Any]], dict[int, RowValues]]
"""The others, columns and those apart of `ManyRead`."""


class Rows(NamedTuple):
    """Rows as received: how many records, the number of each row, the cells of those not damaged, the damaged ones."""

    records: int
    numbers: Sequence[int]
    cells: Sequence[Sequence[str]]
    damaged: dict[int, RawRow]

    @classmethod
    def of(cls, records: int, rows: Sequence[RawRow]) -> "Rows":
        """Rows each by itself."""
        damaged = {place: row for place, row in enumerate(rows) if row.cells is None}
        return cls(records, [row.number for row in rows], [row.cells for row in rows if row.cells is not None], damaged)


def read_text(asked: Asked, text: str, secrets: bytes) -> ManyRead | None:
    """The rows of a piece of text; None where it cannot be read by itself. Records are numbered from 1."""
    header = Header(asked.layout.header, asked.layout.delimiter)
    piece = read_piece(text, asked.layout.encoding, header)
    if piece is None:
        return None
    if piece.cells:
        return read_many(asked, Rows(piece.records, range(1, piece.records + 1), piece.cells, {}), secrets)
    return read_many(asked, Rows.of(piece.records, piece.rows), secrets)


def read_many(asked: Asked, rows: Rows, secrets: bytes) -> ManyRead:
    """Rows of one table, read and made ready to be entered; `secrets`: one for each, or more."""
    reading, numbers, damaged = _reading(asked.layout, asked.context), list(rows.numbers), rows.damaged
    each = [secrets[at : at + SECRET_BYTES] for at in range(0, SECRET_BYTES * len(numbers), SECRET_BYTES)]
    made = reading.whole(rows.cells, _without(numbers, damaged), _without(each, damaged))
    if damaged:
        made = _woven(made, {place: reading.damaged(row, each[place]) for place, row in damaged.items()}, len(numbers))
    keys, contents, loose = _fingerprints(asked, reading.table, made)
    bodies, leaves = _entries(asked, made.commitments, damaged)
    return ManyRead(
        rows.records, numbers, reading.table, made.others, same(made.columns), made.apart, keys, contents, loose,
        bodies, leaves, each, made.commitments, made.packed, list(damaged), _killed(reading.table, made),
    )  # fmt: skip


class _Made(NamedTuple):
    """What rows say (as of `ManyRead`), the digests of their contents, and their payloads."""

    others: dict[int, str]
    columns: list[Sequence[Any]]
    apart: dict[int, RowValues]
    digests: list[bytes]
    commitments: list[bytes]
    packed: list[bytes]


class _Reading:
    """What reads the rows of one layout."""

    def __init__(self, layout: Layout, context: ReadContext) -> None:
        self.table = format_of(layout).noun
        self._bulk, self._slow = bulk_reader(layout, context), row_reader(layout, context)
        self._payloads, self._digests = payload_columns(layout), contents_of(layout)

    def whole(self, cells: Sequence[Sequence[str]], numbers: Sequence[int], secrets: Sequence[bytes]) -> _Made:
        """Rows that are not damaged."""
        if not cells:
            return _Made({}, [], {}, [], [], [])
        others, said, apart = self._said(cells, numbers)
        columns = self._payloads(cells)
        commitments = commit_many(secrets, GROUPS, columns)
        one, two, three, four, five, six = GROUPS
        packed = [
            _pack(((one, a), (two, b), (three, c), (four, d), (five, e), (six, f)))
            for a, b, c, d, e, f in zip(*columns, strict=True)
        ]
        return _Made(others, said, apart, self._digests(cells), commitments, packed)

    def _said(self, cells: Sequence[Sequence[str]], numbers: Sequence[int]) -> _Said:
        """What rows say, in bulk where that can be done; those that are not plain, one by one."""
        columns, odd = ([], range(len(cells))) if self._bulk is None else self._bulk.read(cells)
        if not odd:
            return {}, columns, {}
        alone, others = {}, {}
        for place in odd:
            table, alone[place], _, _ = said(self._slow(RawRow(numbers[place], tuple(cells[place]))))
            if table != self.table:
                others[place] = table
        if self._bulk is None:
            return others, [], alone
        fit = {place: values[0] for place, values in alone.items() if place not in others}
        return others, _filled(columns, fit, len(cells)), {place: alone[place] for place in others}

    def damaged(self, row: RawRow, secret: bytes) -> _Made:
        """One row kept as its bytes."""
        assert row.raw is not None
        table, values, _, _ = said(self._slow(row))
        payload = committed(secret, [(RAW, row.raw)])
        return _Made({0: table}, [], {0: values}, [sha256(row.raw).digest()], [payload.commitment], [payload.packed])


_reading = lru_cache(maxsize=8)(_Reading)


def _without(column: list[T], damaged: dict[int, RawRow]) -> list[T]:
    return [one for place, one in enumerate(column) if place not in damaged] if damaged else column


def _filled(columns: list[Sequence[Any]], alone: dict[int, tuple[Value, ...]], count: int) -> list[Sequence[Any]]:
    """The columns with the values of rows that were read alone."""
    filled: list[Sequence[Any]] = []
    for at, column in enumerate(columns):
        values = list(long(column, count))
        for place, row in alone.items():
            values[place] = row[at]
        filled.append(values)
    return filled


def _woven(made: _Made, damaged: dict[int, _Made], count: int) -> _Made:
    """All rows in their order."""
    whole = [place for place in range(count) if place not in damaged]
    others = {whole[place]: table for place, table in made.others.items()}
    others |= {place: one.others[0] for place, one in damaged.items()}

    def column(of: Sequence[T], one: dict[int, T]) -> list[T]:
        rest = iter(of)
        return [one[place] if place in one else next(rest) for place in range(count)]

    apart = {whole[place]: values for place, values in made.apart.items()}
    none = dict.fromkeys(damaged)
    columns: list[Sequence[Any]] = [column(long(one, len(whole)), none) for one in made.columns]
    return _Made(
        others, columns, apart | {place: one.apart[0] for place, one in damaged.items()},
        column(made.digests, {place: one.digests[0] for place, one in damaged.items()}),
        column(made.commitments, {place: one.commitments[0] for place, one in damaged.items()}),
        column(made.packed, {place: one.packed[0] for place, one in damaged.items()}),
    )  # fmt: skip


def _fingerprints(asked: Asked, table: str, made: _Made) -> tuple[list[bytes], list[bytes], dict[int, bytes]]:
    """Row keys and content keys, and by place the digests of rows without an id of their own."""
    prints, others = Fingerprints(asked.fingerprints), made.others
    sources, owns = (long(column, len(made.digests)) for column in (made.columns or [("",), ("",)])[:2])
    named: list[Any] = list(zip(sources, owns, strict=True))
    for place, values in made.apart.items():
        named[place] = values[0][:2]
    loose = {place: made.digests[place] for place, table in others.items() if table == REFUSAL}
    loose |= {place: made.digests[place] for place, (_, own) in enumerate(named) if own == ""}
    for place in loose:
        named[place] = ("", "")
    keys, contents = prints.of_rows(table, named, made.digests)
    for place in loose:
        keys[place] = contents[place] = b""
    return keys, contents, loose


def _entries(asked: Asked, commitments: list[bytes], damaged: dict[int, RawRow]) -> tuple[list[bytes], list[bytes]]:
    whole, raw = asked.forms
    bodies, leaves = whole.entries(commitments)
    for place in damaged:
        (bodies[place],), (leaves[place],) = raw.entries([commitments[place]])
    return bodies, leaves


def _killed(table: str, made: _Made) -> tuple[int, int, int]:
    """Sums of low, best and high."""
    if table != "report":
        return 0, 0, 0
    count, columns = len(made.digests), made.columns
    rows = [values[0] for place, values in made.apart.items() if place not in made.others]
    alone = [sum([row[at] or 0 for row in rows]) for at in KILLED]  # type: ignore[misc]
    low, best, high = (
        more + (sum(filter(None, long(columns[at], count))) if columns else 0)
        for at, more in zip(KILLED, alone, strict=True)
    )
    return low, best, high
