"""What another log's opened entries say: rows for the read tables, from as much of each entry as was opened.

A group of a report that is withheld is read as if its cells were empty, and the row is flagged (`withheld_where`): it
may have been anywhere, at anybody's hands. What cannot be read like that stands among the refusals, with what is
missing, and so does any other row of which more than the source is withheld; nothing is guessed.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import msgspec

from truceline.compliance.pack import Pack
from truceline.errors import TrucelineError
from truceline.intake.layout import RAW, Layout
from truceline.intake.raw import RawRow
from truceline.intake.reading import Read, Refused, row_reader
from truceline.pipeline.act_rows import act_of, act_row, coverage_row
from truceline.pipeline.act_sense import makes_sense
from truceline.pipeline.covering import About, Covering, Number
from truceline.pipeline.destroyed_rows import SOURCE, TELLING, empty, flagged, read_blank
from truceline.pipeline.missions import ACT
from truceline.pipeline.reading_rows import TABLES, ReadRow, TableRows, place, read_context, said
from truceline.record.commit import Field
from truceline.record.plain_json import read_json
from truceline.store.readable import Readable
from truceline.vocabulary.act import Coverage
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.report import Report

WITHHELD = "withheld"
BEYOND = 1 << 63
NO_SENSE = (
    TrucelineError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    RecursionError, StopIteration, csv.Error,
)  # fmt: skip
"""What reading may end in where layouts and payloads are whatever another holder liked to enter."""
ASK = "Ask its holder to open what is withheld."
ASK_WHAT = "Ask its holder what it is."
_cells = msgspec.json.Decoder(list[str]).decode
_PARTS_OF_ACT = ("who", "matter")
"""Without these an act says nothing."""


class _Counts(msgspec.Struct, frozen=True):
    """What a submission counted."""

    rows: Number
    already_held: Number
    killed: tuple[Number, Number, Number]


class Readers(NamedTuple):
    """What reads the rows of a layout: as they were taken in, and where their source is withheld."""

    named: Callable[[RawRow], Read]
    unnamed: Callable[[RawRow], Read]

    @classmethod
    def of(cls, layout: Layout, pack: Pack, source: str) -> "Readers":
        """For a file whose rows name no source of their own, of this source."""
        return cls(*(row_reader(layout, read_context(pack, one)) for one in (source, source or WITHHELD)))


@dataclass
class LogRows:
    """Rows for the read tables, from one log. `at` gives the place of a seq, `layout` the layout of an id.

    pack: what the log is read by; agreement: in which its acts have to make sense. covering: the submission over a row.
    What the entries supersede stands in the table `revision`.
    """

    pack: Pack
    agreement: Agreement
    at: Callable[[int], int]
    layout: Callable[[str], Layout | None]
    covering: Callable[[int], Covering]
    rows: TableRows = field(default_factory=lambda: {table: [] for table in (*TABLES, "act", "submission", "revision")})
    readers: dict[tuple[str, str], tuple[Layout, Readers] | None] = field(default_factory=dict)

    def take(self, entry: Readable) -> None:
        """One entry. Another holder may have entered anything: what has no sense stands among the refusals."""
        had = {table: len(rows) for table, rows in self.rows.items()}
        try:
            if entry.kind == "row":
                self._row(entry)
            elif entry.kind == ACT:
                self._act(entry)
            elif entry.kind == "submission":
                self._submission(entry)
            self._refuse_beyond(had)
        except NO_SENSE:
            for table, many in had.items():
                del self.rows[table][many:]
            self.rows["refusal"].append((
                self.at(entry.seq), 0, self.at(entry.seq), "", "", 0, "", "",
                f"This {entry.kind} of another holder has no form that is known.", ASK_WHAT, None,
            ))  # fmt: skip

    def _refuse_beyond(self, had: Mapping[str, int]) -> None:
        """Raise `ValueError` where a new row has a number that no table can hold."""
        new = chain.from_iterable(rows[had[table] :] for table, rows in self.rows.items())
        if any(type(value) is int and not -BEYOND <= value < BEYOND for row in new for value in row):
            raise ValueError("a number is beyond 64 bits")

    def _revises(self, entry: Readable) -> None:
        named = entry.links.get("supersedes", [])
        if not isinstance(named, list):
            raise TypeError("what an entry supersedes is a list")
        self.rows["revision"] += [(self.at(entry.seq), part, str(one)) for part, one in enumerate(named)]

    def _row(self, entry: Readable) -> None:
        if not entry.by_name:
            return
        covering = self.covering(entry.seq)
        number, seq = covering.number(entry.seq), self.at(entry.seq)
        read = self._read(entry, covering.source, number)
        place(self.rows, read, seq, entry.id, self.at(covering.seq), covering.file)
        self._revises(entry)

    def _read(self, entry: Readable, source: str, number: int) -> ReadRow:
        named = str(entry.links.get("layout", "")), source
        if named not in self.readers:
            layout = self.layout(named[0])
            self.readers[named] = None if layout is None else (layout, Readers.of(layout, self.pack, source))
        known = self.readers[named]
        return _unread(number, "its layout") if known is None else _read(known[1], known[0], number, entry)

    def _act(self, entry: Readable) -> None:
        fields = {"because": b'""', "words": b""} | entry.by_name
        if any(part not in fields for part in _PARTS_OF_ACT):
            return
        act = act_of(list(fields.items()))
        if not makes_sense(act, self.agreement):
            raise ValueError("the act names what is not in the agreement")
        zone, seq = self.pack.agreement.zone, self.at(entry.seq)
        said_of = [coverage_row(seq, entry.id, act, zone)] if isinstance(act, Coverage) else []
        self.rows["act"].append(act_row(seq, entry.id, act, zone))
        self.rows["coverage"] += said_of
        self._revises(entry)

    def _submission(self, entry: Readable) -> None:
        fields = entry.by_name
        if "about" not in fields or "counts" not in fields:
            return
        about, counts = read_json(fields["about"], About), read_json(fields["counts"], _Counts)
        first, count = int(entry.links["first"]), int(entry.links["count"])
        self.rows["submission"].append((
            self.at(entry.seq), entry.id, about["file"], about["sheet"], about["format"], about["version"],
            about["encoding"], about["source"], counts.rows, count, 0, 0, counts.already_held,
            *counts.killed, "", self.at(first), count,
        ))  # fmt: skip


def _read(readers: Readers, layout: Layout, number: int, entry: Readable) -> ReadRow:
    """A row as received, read by the reader that its layout names; what is withheld as if it were empty."""
    names = [name for name, _ in layout.groups]
    withheld = frozenset(name for name, one in zip(names, entry.fields, strict=False) if one is None)
    fields = [empty(layout, at) if one is None else one for at, one in enumerate(entry.fields[: len(names)])]
    if not _fit(layout, fields, len(entry.fields)):
        return _unread(number, "a payload that fits its layout")
    read = readers.unnamed if SOURCE in withheld else readers.named
    noun = read_blank(read, layout, number, fields, withheld, f"{WITHHELD}-{entry.id[:16]}")
    if withheld and (isinstance(noun, Refused) or (withheld & TELLING and not isinstance(noun, Report))):
        return _unread(number, ", ".join(sorted(withheld)))
    if isinstance(noun, Refused):
        return ReadRow(number, *said(noun), b"")
    flags = [f"{WITHHELD}_{name}" for name in names if name in withheld]
    return ReadRow(number, *said(flagged(noun, flags)), b"")


def _fit(layout: Layout, fields: Sequence[Field], count: int) -> bool:
    """The fields are those of a row of this layout: another holder may have entered anything."""
    if count == 1:
        return fields[0][0] == RAW
    try:
        lengths = [len(_cells(content)) for _, content in fields]
    except ValueError:
        return False
    wanted = [(name, len(positions)) for name, positions in layout.groups]
    return count == len(wanted) and [(name, many) for (name, _), many in zip(fields, lengths, strict=True)] == wanted


def _unread(number: int, missing: str) -> ReadRow:
    reason = f"This row of another holder cannot be read without {missing}."
    return ReadRow(number, "refusal", (("", number, "", "", reason, ASK),), "", "", b"")
