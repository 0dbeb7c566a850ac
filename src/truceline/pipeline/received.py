"""A file's rows against what is held: which are new, revised, refused or already there; and entering them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout, payload_writer
from truceline.intake.raw import RawRow, runs_of
from truceline.intake.reading import RawTable, Read, Refused, row_reader
from truceline.pipeline.progress import Progress
from truceline.pipeline.reading_rows import TableRows, noun_name, place
from truceline.record.canonical import canonical
from truceline.record.commit import Field
from truceline.store.pen import Pen
from truceline.vocabulary.refusal import Refusal
from truceline.vocabulary.report import Report

CHUNK = 10_000
LAYOUT, READER = "layout", "reader"
NOUNS = ("report", "coverage", "tally", "refusal")
Equals = Counter[tuple[str, str, bytes]]
Identify = Callable[[RawRow, Read], tuple[bytes, bytes]]
Supersedes = tuple[str, int]
"""What a row revises: ("seq", entry held before) or ("new", position among the rows entered now)."""


@dataclass
class Received:
    """A file's rows sorted. Only those of `entering` go into the record; `held` are there already."""

    rows: int = 0
    new: int = 0
    revised: int = 0
    refused: int = 0
    held: int = 0
    entering: list[tuple[RawRow, Read, bytes, bytes]] = field(default_factory=list)
    supersedes: dict[int, Supersedes] = field(default_factory=dict)
    killed: list[int] = field(default_factory=lambda: [0, 0, 0])

    def first_faults(self, most: int) -> list[Refusal]:
        """The first faults of the rows refused now."""
        faults = (fault for _, read, _, _ in self.entering if isinstance(read, Refused) for fault in read.faults[:1])
        return [fault for fault, _ in zip(faults, range(most), strict=False)]


def killed_of(received: Received) -> tuple[int, int, int]:
    """Low, best and high over all rows of the file that are reports, those already held included."""
    low, best, high = received.killed
    return low, best, high


def classified(pen: Pen, table: RawTable, context: ReadContext, tell: Progress) -> Received:
    """Read every row and say what it is, against what is held and against the rows before it in the file."""
    read, identify = row_reader(table.layout, context), identities(pen, table.layout, Counter())
    received = Received(rows=len(table.rows))
    inside: dict[bytes, tuple[bytes, Supersedes]] = {}
    for start in range(0, len(table.rows), CHUNK):
        some = [(row, read(row)) for row in table.rows[start : start + CHUNK]]
        keyed = [(row, noun, *identify(row, noun)) for row, noun in some]
        held = pen.held([key for _, _, key, _ in keyed])
        for row, noun, key, content in keyed:
            if key not in inside and key in held:
                inside[key] = (held[key][1], ("seq", held[key][0]))
            _sort(received, row, noun, key, content, inside)
        tell(f"reading {table.name}", start + len(some), len(table.rows))
    return received


def _sort(
    received: Received,
    row: RawRow,
    noun: Read,
    key: bytes,
    content: bytes,
    inside: dict[bytes, tuple[bytes, Supersedes]],
) -> None:
    if isinstance(noun, Report):
        for k, number in enumerate((noun.killed_low, noun.killed_best, noun.killed_high)):
            received.killed[k] += number or 0
    before = inside.get(key)
    if before is not None and before[0] == content:
        received.held += 1
        return
    position = len(received.entering)
    received.entering.append((row, noun, key, content))
    inside[key] = (content, ("new", position))
    if before is not None:
        received.supersedes[position] = before[1]
        received.revised += 1
    elif isinstance(noun, Refused):
        received.refused += 1
    else:
        received.new += 1


def identities(pen: Pen, layout: Layout, equals: Equals) -> Identify:
    """What gives a row its two fingerprints: of its source and own id, and of these with the content.

    A row without an id of its own, and a refused one, is known by its content and by which of its
    equals it is: in a file when it is taken in, in the whole record when that is rebuilt. Content is
    compared column by column, whatever their order.
    """
    order = sorted(range(len(layout.header)), key=layout.header.__getitem__)
    head = sha256("\x1f".join(layout.header[at] for at in order).encode("utf-8", "surrogateescape")).digest()

    def identify(row: RawRow, noun: Read) -> tuple[bytes, bytes]:
        content = _content(row, order, head)
        source, own, name = "", "", noun_name(noun)
        if not isinstance(noun, Refused):
            first = noun if not isinstance(noun, tuple) else noun[0]
            source, own = first.source, first.source_row
        if own:
            return pen.row_key(source, f"{name}/{own}"), pen.content_key(source, own, content)
        among = (source, name, sha256(content).digest())
        equals[among] += 1
        key = pen.content_key(f"{source}/{name}", str(equals[among]), content)
        return key, key

    return identify


def _content(row: RawRow, order: Sequence[int], head: bytes) -> bytes:
    if row.cells is None:
        assert row.raw is not None
        return row.raw
    return head + "\x1f".join([row.cells[at] for at in order]).encode()


def enter_received(
    pen: Pen, table: RawTable, received: Received, context: ReadContext, blob: tuple[str, bytes], tell: Progress
) -> int:
    """Enter the rows and their submission, and fill the read tables; the submission's seq."""
    layout_id = declared(pen, LAYOUT, canonical(table.layout.plain()))
    reader_id = declared(pen, READER, table.layout.reader.encode())
    first = pen.size
    submission = first + len(received.entering)
    ids: list[str] = []
    write = payload_writer(table.layout)
    for start, stop in _chunks(received):
        some = received.entering[start:stop]
        older = [_older(pen, received.supersedes.get(at), ids) for at in range(start, stop)]
        entered = pen.rows([write(row) for row, _, _, _ in some], layout_id, older)
        ids += [entry_id for _, entry_id in entered]
        _fill(pen, table.name, some, entered, submission, received, start, first)
        tell(f"entering {table.name}", stop, len(received.entering))
    links = {"layout": layout_id, "reader": reader_id}
    seq, entry_id = pen.submission(first, submission_fields(table, received, context, blob), links)
    assert seq == submission
    pen.insert("submission", [submission_row(seq, entry_id, table, received, context, blob[0], first)])
    return seq


def declared(pen: Pen, kind: str, content: bytes) -> str:
    """The id of the entry that declares this layout or reader: the one there is, or a new one."""
    key = pen.content_key(kind, "", content)
    if (held := pen.held([key]).get(key)) is not None:
        return pen.ids([held[0]])[0]
    seq, entry_id = pen.enter(kind, [(kind, content)], {})
    pen.hold([(key, seq, key)])
    return entry_id


def _chunks(received: Received) -> Iterator[tuple[int, int]]:
    """Runs of rows in which none revises another of the same run, so that its id is known."""
    start, total = 0, len(received.entering)
    revising = sorted(at for at, (where, _) in received.supersedes.items() if where == "new")
    while start < total:
        stop = min(start + CHUNK, total)
        while revising and revising[0] < start:
            revising.pop(0)
        for at in revising:
            if at >= stop:
                break
            if received.supersedes[at][1] >= start:
                stop = at
                break
        yield start, stop
        start = stop


def _older(pen: Pen, supersedes: Supersedes | None, ids: Sequence[str]) -> str | None:
    if supersedes is None:
        return None
    where, at = supersedes
    return ids[at] if where == "new" else pen.ids([at])[0]


def _fill(
    pen: Pen,
    file: str,
    some: Sequence[tuple[RawRow, Read, bytes, bytes]],
    entered: Sequence[tuple[int, str]],
    submission: int,
    received: Received,
    start: int,
    first: int,
) -> None:
    """The read tables and the held rows of one chunk."""
    rows: TableRows = {noun: [] for noun in NOUNS}
    for (row, read, _, _), (seq, entry_id) in zip(some, entered, strict=True):
        place(rows, read, seq, entry_id, submission, row.number, file)
    for noun, made in rows.items():
        pen.insert(noun, made)
    pen.hold((key, seq, content) for (_, _, key, content), (seq, _) in zip(some, entered, strict=True))
    old, by, nouns = [], [], []
    for at in range(start, start + len(some)):
        if at in received.supersedes:
            where, value = received.supersedes[at]
            old.append(value if where == "seq" else first + value)
            by.append(first + at)
            nouns.append(noun_name(received.entering[at][1]))
    for noun in set(nouns):
        at_noun = [k for k, name in enumerate(nouns) if name == noun]
        pen.supersede(noun, [old[k] for k in at_noun], [by[k] for k in at_noun])


def submission_fields(
    table: RawTable, received: Received, context: ReadContext, blob: tuple[str, bytes]
) -> list[Field]:
    """What a submission commits to: the file, how it was read, what was found held, and the rows' numbers."""
    about = {
        "file": table.name, "sheet": table.sheet, "format": table.format, "version": table.version,
        "encoding": table.encoding, "source": context.default_source,
    }  # fmt: skip
    counts = {"rows": received.rows, "already_held": received.held, "killed": list(received.killed)}
    numbers = runs_of(row.number for row, _, _, _ in received.entering)
    encode = msgspec.json.Encoder(order="sorted").encode
    name, salt = blob
    return [
        ("about", encode(about)), ("counts", encode(counts)), ("numbers", encode(numbers)),
        ("blob", name.encode()), ("blob_salt", salt),
    ]  # fmt: skip


def submission_row(
    seq: int, entry_id: str, table: RawTable, received: Received, context: ReadContext, blob: str, first: int
) -> tuple[object, ...]:
    """The submission's row of the read table."""
    return (
        seq, entry_id, table.name, table.sheet, table.format, table.version, table.encoding,
        context.default_source, received.rows, received.new, received.revised, received.refused, received.held,
        *received.killed, blob, first, len(received.entering),
    )  # fmt: skip
