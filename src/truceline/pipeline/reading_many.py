"""Reading many rows at once: what they say, what identifies them, and their entries, a column each.

The same, row for row, as `reading_rows.reader_of` and `record.entry.row_entries` give: tests compare them.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from truceline.intake.context import ReadContext
from truceline.intake.layout import GROUPS, RAW, Layout, payload_columns
from truceline.intake.pieces import read_piece
from truceline.intake.raw import RawRow
from truceline.intake.reading import bulk_reader, format_of, row_reader
from truceline.intake.rows import Header
from truceline.pipeline.reading_rows import KILLED, ReadRow, Value, contents_of, said
from truceline.record.commit import SECRET_BYTES, Committed, commit_many, committed
from truceline.record.entry import RowForm
from truceline.store.held import Fingerprints

T = TypeVar("T")
REFUSAL = "refusal"
_pack = msgspec.msgpack.Encoder().encode
RowValues = tuple[tuple[Value, ...], ...]


class Asked(Struct, frozen=True):
    """How the rows of one table are read and entered; sent to whoever reads them.

    fingerprints: the secret of the holder's fingerprints. forms: of the entry of a row in six fields, and in one.
    """

    layout: Layout
    context: ReadContext
    fingerprints: bytes
    forms: tuple[RowForm, RowForm]


class ManyRead(Struct, frozen=True, array_like=True, gc=False):
    """Rows that follow one another, read and ready to be entered: in each list a place a row.

    records: how many records of the file they came from, blank ones too. table: the read table of every
    row not in `others` (by place). values: as of `ReadRow`. keys, contents: the two fingerprints, empty
    where the row has no own id; then its digest is in `loose` (by place). bodies, leaves, secrets,
    commitments, packed: of its entry and payload; those at the places in `raw` have one field, as
    received. killed: low, best and high of all reports.
    """

    records: int
    numbers: list[int]
    table: str
    others: dict[int, str]
    values: list[RowValues]
    keys: list[bytes]
    contents: list[bytes]
    loose: dict[int, bytes]
    bodies: list[bytes]
    leaves: list[bytes]
    secrets: list[bytes]
    commitments: list[bytes]
    packed: list[bytes]
    raw: list[int]
    killed: tuple[int, int, int]

    def row(self, place: int) -> ReadRow:
        """One of them by itself."""
        table = self.others.get(place, self.table)
        source, own = ("", "") if table == REFUSAL else self.values[place][0][:2]
        fields = 1 if place in self.raw else len(GROUPS)
        ready = Committed(self.secrets[place], fields, self.commitments[place], self.packed[place])
        digest = self.loose.get(place, b"")
        return ReadRow(self.numbers[place], table, self.values[place], str(source), str(own), digest, ready)

    def renumbered(self, before: int) -> "ManyRead":
        """The same rows where so many records stand before them."""
        values = self.values
        for place, table in self.others.items():
            if table == REFUSAL:
                values[place] = tuple([(sheet, int(n or 0) + before, *rest) for sheet, n, *rest in values[place]])
        return msgspec.structs.replace(self, numbers=[number + before for number in self.numbers], values=values)


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
        rows.records, numbers, reading.table, made.others, made.values, keys, contents, loose, bodies, leaves, each,
        made.commitments, made.packed, list(damaged), _killed(reading.table, made),
    )  # fmt: skip


class _Made(NamedTuple):
    """What rows say, the digests of their contents, and their payloads."""

    others: dict[int, str]
    values: list[RowValues]
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
            return _Made({}, [], [], [], [])
        others, values = self._said(cells, numbers)
        columns = self._payloads(cells)
        commitments = commit_many(secrets, GROUPS, columns)
        one, two, three, four, five, six = GROUPS
        packed = [
            _pack(((one, a), (two, b), (three, c), (four, d), (five, e), (six, f)))
            for a, b, c, d, e, f in zip(*columns, strict=True)
        ]
        return _Made(others, values, self._digests(cells), commitments, packed)

    def _said(self, cells: Sequence[Sequence[str]], numbers: Sequence[int]) -> tuple[dict[int, str], list[RowValues]]:
        """The values of each row, in bulk where that can be done, and the table of those not of the format's noun."""
        if self._bulk is None:
            return self._slowly(range(len(cells)), cells, numbers, [()] * len(cells))
        found = self._bulk.read(cells)
        values: list[Any] = [(row,) for row in found]
        odd = [place for place, row in enumerate(found) if row is None] if None in found else []
        return self._slowly(odd, cells, numbers, values)

    def _slowly(
        self, places: Sequence[int], cells: Sequence[Sequence[str]], numbers: Sequence[int], values: list[RowValues]
    ) -> tuple[dict[int, str], list[RowValues]]:
        """With the rows at these places read by themselves."""
        others: dict[int, str] = {}
        for place in places:
            table, values[place], _, _ = said(self._slow(RawRow(numbers[place], tuple(cells[place]))))
            if table != self.table:
                others[place] = table
        return others, values

    def damaged(self, row: RawRow, secret: bytes) -> _Made:
        """One row kept as its bytes."""
        assert row.raw is not None
        table, values, _, _ = said(self._slow(row))
        payload = committed(secret, [(RAW, row.raw)])
        return _Made({0: table}, [values], [sha256(row.raw).digest()], [payload.commitment], [payload.packed])


_reading = lru_cache(maxsize=8)(_Reading)


def _without(column: list[T], damaged: dict[int, RawRow]) -> list[T]:
    return [one for place, one in enumerate(column) if place not in damaged] if damaged else column


def _woven(made: _Made, damaged: dict[int, _Made], count: int) -> _Made:
    """All rows in their order."""
    whole = [place for place in range(count) if place not in damaged]
    others = {whole[place]: table for place, table in made.others.items()}
    others |= {place: one.others[0] for place, one in damaged.items()}

    def column(of: list[T], one: dict[int, T]) -> list[T]:
        rest = iter(of)
        return [one[place] if place in one else next(rest) for place in range(count)]

    return _Made(
        others,
        column(made.values, {place: one.values[0] for place, one in damaged.items()}),
        column(made.digests, {place: one.digests[0] for place, one in damaged.items()}),
        column(made.commitments, {place: one.commitments[0] for place, one in damaged.items()}),
        column(made.packed, {place: one.packed[0] for place, one in damaged.items()}),
    )


def _fingerprints(asked: Asked, table: str, made: _Made) -> tuple[list[bytes], list[bytes], dict[int, bytes]]:
    """Row keys and content keys, and by place the digests of rows without an id of their own."""
    prints, others = Fingerprints(asked.fingerprints), made.others
    named: list[Any] = [values[0][:2] for values in made.values]
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
    rows: list[Any] = [values[0] for place, values in enumerate(made.values) if place not in made.others]
    low, best, high = (sum(filter(None, map(itemgetter(at), rows))) for at in KILLED)
    return low, best, high
