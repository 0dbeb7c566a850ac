"""What the read tables show of entries of which an act has destroyed fields.

A report is read again as if the cells of its destroyed groups were empty, and flagged (`destroyed_where`): it may
have been anywhere, at anybody's hands; where its source is gone, that of `NOBODY`. What cannot be read like that
stands among the refusals, with the act that destroyed it, and is not counted; so does any other row that has lost
more than its source and `rest`: coverage of no area would be taken for coverage of all of them. An act of a
body whose reasons are gone stands without them; one whose matter is gone says nothing any more.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from truceline.errors import RecordBroken
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Noun
from truceline.intake.layout import RAW, Layout, row_restorer
from truceline.intake.raw import JSON, JSON_ROWS, PLACED, RawRow
from truceline.intake.reading import Read, Refused, row_reader
from truceline.pipeline.reading_rows import ReadRow, said
from truceline.record.commit import Field
from truceline.record.plain_json import read_json
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG
from truceline.vocabulary.report import Report

DESTRUCTION = "destruction"
WORDS, BECAUSE = "words", "because"
ACT_NEEDS = frozenset({"who", "matter"})
"""Without these an act says nothing."""
SOURCE = "source"
TELLING = frozenset({"when", "where", "who", "what"})
NOBODY = "destroyed"
"""The source of reports whose source was destroyed, where a row names none and none was told for the file."""
MEND = "Nothing brings it back. `truceline destructions` says who destroyed it, and why."


class FileLeft(Struct, frozen=True):
    """What is left of the counts of a submission whose file was destroyed."""

    rows: int
    already_held: int


class Matter(Struct, frozen=True):
    """What a destruction names.

    entries: (first, how many). fields: names. of: the origin of their log. files: submissions whose file went, with
    what stays of their counts. out: rows that were out of force already, with the entry that took them out.
    """

    entries: list[tuple[int, int]]
    fields: list[str]
    of: str
    files: dict[str, FileLeft] = msgspec.field(default_factory=dict)
    out: dict[str, int] = msgspec.field(default_factory=dict)


def matter_of(fields: Sequence[Field]) -> Matter:
    """What an entry of this kind says that it destroyed. Raises `RecordBroken`."""
    try:
        matter: Matter = read_json(dict(fields)["matter"], Matter)
        return matter
    except (KeyError, ValueError) as error:
        raise RecordBroken("A destruction cannot be read.", "Audit the mission; it names what was changed.") from error


@dataclass
class Left:
    """What is left in a mission. gone: by entry, the names of its destroyed fields and the act that took them."""

    gone: dict[int, tuple[frozenset[str], int]] = field(default_factory=dict)
    files: dict[int, FileLeft] = field(default_factory=dict)

    @classmethod
    def of(cls, mission: MissionFile) -> "Left":
        """What is left of the entries of a mission's own log."""
        left = cls()
        own = [one for one in mission.destroying.all() if one.log == OWN_LOG]
        for act in sorted({one.act for one in own}):
            left.files |= {int(seq): file for seq, file in matter_of(fields_of(mission, act)).files.items()}
        for one in own:
            names = [name for name, _ in fields_of(mission, one.seq)]
            gone = frozenset(names[at] for at in one.gone if at < len(names))
            left.gone[one.seq] = left.names(one.seq) | gone, one.act
        return left

    def names(self, seq: int) -> frozenset[str]:
        """The destroyed fields of an entry."""
        return self.gone[seq][0] if seq in self.gone else frozenset()


def fields_of(mission: MissionFile, seq: int) -> list[Field]:
    """The fields of an own entry; those that were destroyed are empty."""
    _, _, _, fields = next(mission.payloads(seq, seq + 1))
    return fields


def empty(layout: Layout, at: int) -> Field:
    """A group of a row with nothing in its cells."""
    name, positions = layout.groups[at]
    return name, msgspec.json.encode([""] * len(positions))


def flagged(noun: Noun, flags: Sequence[str]) -> Noun:
    """The noun with these flags besides its own."""
    if isinstance(noun, tuple):
        return tuple(msgspec.structs.replace(one, flags=(*one.flags, *flags)) for one in noun)
    return msgspec.structs.replace(noun, flags=(*noun.flags, *flags))


def read_blank(
    read: Callable[[RawRow], Read],
    layout: Layout,
    number: int,
    fields: Sequence[Field],
    gone: Collection[str],
    own: str,
) -> Read:
    """A row read as if the cells of some groups were empty; `own` stands for its own id where that is gone.

    Only where the form cannot do without: cells of the group `source` that are then refused as empty.
    """
    left = [empty(layout, at) if one[0] in gone else one for at, one in enumerate(fields)]
    row = row_restorer(layout)(number, left)
    noun = read(row)
    if not isinstance(noun, Refused) or row.cells is None:
        return noun
    may_fill = {at for name, positions in layout.groups if name == SOURCE and name in gone for at in positions}
    places = [layout.header.index(fault.column) if fault.column in layout.header else -1 for fault in noun.faults]
    if not may_fill.issuperset(places):
        return noun
    text = msgspec.json.encode(own).decode() if layout.delimiter in (JSON, JSON_ROWS, PLACED) else own
    return read(RawRow(number, tuple([text if at in places else cell for at, cell in enumerate(row.cells)])))


def reader_of_left(
    layout: Layout, context: ReadContext
) -> Callable[[int, Sequence[Field], frozenset[str], str, str], ReadRow]:
    """What reads rows of a layout from what is left: number, fields, destroyed fields, ids of the row and the act."""
    named = msgspec.structs.replace(context, default_source=context.default_source or NOBODY)
    read, read_unnamed = row_reader(layout, context), row_reader(layout, named)

    def read_left(number: int, fields: Sequence[Field], gone: frozenset[str], entry: str, act: str) -> ReadRow:
        if RAW in gone:
            return _unread(layout, number, gone, act)
        reader = read_unnamed if SOURCE in gone else read
        noun = read_blank(reader, layout, number, fields, gone, f"{NOBODY}-{entry[:16]}")
        if isinstance(noun, Refused) or (gone & TELLING and not isinstance(noun, Report)):
            return _unread(layout, number, gone, act)
        groups = [name for name, _ in layout.groups if name in gone]
        return ReadRow(number, *said(flagged(noun, [f"destroyed_{name}" for name in groups])), b"")

    return read_left


def _unread(layout: Layout, number: int, gone: frozenset[str], act: str) -> ReadRow:
    reason = f"It was destroyed by the act {act[:16]}: {', '.join(sorted(gone))}."
    return ReadRow(number, "refusal", ((layout.sheet, number, "", "", reason, MEND),), "", "", b"")


def act_left(fields: Sequence[Field], gone: frozenset[str]) -> list[Field] | None:
    """The fields of an act without its reasons; None where it says nothing any more."""
    if gone & ACT_NEEDS:
        return None
    return [(name, b'""' if name == BECAUSE and name in gone else content) for name, content in fields]


def runs(seqs: Sequence[int]) -> list[tuple[int, int]]:
    """Entries in rising order as (first, how many)."""
    made: list[tuple[int, int]] = []
    for seq in seqs:
        if made and seq == sum(made[-1]):
            made[-1] = (made[-1][0], made[-1][1] + 1)
        else:
            made.append((seq, 1))
    return made


def counts_left(counts: Mapping[str, int]) -> FileLeft:
    """What stays of a submission's counts: never the people killed, which tell a row of a short file."""
    return FileLeft(int(counts["rows"]), int(counts["already_held"]))
