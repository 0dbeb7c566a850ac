"""Rows read at once, a column each: how they are asked for, and what is sent back to whoever enters them."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from truceline.intake.context import ReadContext
from truceline.intake.layout import GROUPS, Layout
from truceline.pipeline.reading_rows import ReadRow, Value
from truceline.record.commit import Committed
from truceline.record.entry import RowForm

REFUSAL = "refusal"
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
    row not in `others` (by place). columns: the values of that table, of all rows but those in `apart` (by
    place), whose values are as of `ReadRow`; a column of one value has that value in every row.
    keys, contents: the two fingerprints, empty where the row has no own id; then its digest is in `loose` (by
    place). bodies, leaves, secrets, commitments, packed: of its entry and payload; those at the places in `raw`
    have one field, as received. killed: low, best and high of all reports.
    """

    records: int
    numbers: list[int]
    table: str
    others: dict[int, str]
    columns: list[Sequence[Value]]
    apart: dict[int, RowValues]
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
        values = self.apart.get(place) or (tuple([one[place if len(one) > 1 else 0] for one in self.columns]),)
        source, own = ("", "") if table == REFUSAL else values[0][:2]
        fields = 1 if place in self.raw else len(GROUPS)
        ready = Committed(self.secrets[place], fields, self.commitments[place], self.packed[place])
        digest = self.loose.get(place, b"")
        return ReadRow(self.numbers[place], table, values, str(source), str(own), digest, ready)

    def renumbered(self, before: int) -> "ManyRead":
        """The same rows where so many records stand before them."""
        for place, table in self.others.items():
            if table == REFUSAL:
                faults = self.apart[place]
                self.apart[place] = tuple([(sheet, int(n or 0) + before, *rest) for sheet, n, *rest in faults])
        return msgspec.structs.replace(self, numbers=[number + before for number in self.numbers])


def same(columns: list[Sequence[Any]]) -> list[Sequence[Any]]:
    """The columns, those of one value with that value once."""
    return [
        column[:1] if column and column[0] == column[-1] and column.count(column[0]) == len(column) else column
        for column in columns
    ]


def long(column: Sequence[Any], count: int) -> Sequence[Any]:
    """A column with a value a row."""
    return column if len(column) == count else list(column) * count
