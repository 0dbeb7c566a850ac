"""A file's rows against what is held: which are new, revised, refused or already there; and entering them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from truceline.intake.context import ReadContext
from truceline.intake.pieces import TextRows
from truceline.intake.raw import runs_of
from truceline.intake.reading import RawTable
from truceline.pipeline.many_rows import REFUSAL, Asked, ManyRead
from truceline.pipeline.progress import Progress
from truceline.pipeline.reading_rows import KILLED, TABLES, ReadRow, TableRows, place
from truceline.pipeline.recalls import Recalls
from truceline.pipeline.sharing import Readers
from truceline.record.canonical import canonical
from truceline.record.commit import Committed, Field
from truceline.store.pen import Pen

LAYOUT, READER = "layout", "reader"
Equals = Counter[tuple[str, str, bytes]]
Identify = Callable[[ReadRow], tuple[bytes, bytes]]
Keyed = tuple[ReadRow, bytes, bytes]
"""A row with its two fingerprints: of its source and own id, and of these with the content."""


@dataclass
class Received:
    """A file being received into one submission. `first` is the seq of its first row; rows follow one another.

    submission: the seq the submission will have if every row is entered; set right at the end if not.
    all_new: no row of the last chunk was held before, so that of the next one none may be.
    """

    file: str
    layout_id: str
    first: int
    submission: int
    recalls: Recalls
    all_new: bool = True
    rows: int = 0
    new: int = 0
    revised: int = 0
    refused: int = 0
    held: int = 0
    numbers: list[int] = field(default_factory=list)
    killed: list[int] = field(default_factory=lambda: [0, 0, 0])
    faults: list[ReadRow] = field(default_factory=list)


@dataclass(frozen=True)
class Taking:
    """What the files of one command share. `told`: the encoding that was asked for, "" where it is found.

    sheet: the sheet that was asked for, "" for all.
    """

    pen: Pen
    readers: Readers
    context: ReadContext
    told: str
    tell: Progress
    sheet: str = ""


def receive(taking: Taking, table: RawTable, blob: tuple[str, bytes]) -> tuple[int, Received]:
    """Read every row, enter those that are new or changed, then the submission that signs them; its seq.

    1. what is held under each row's key     2. new, revised, refused or held, in the order of the file
    3. entries, read tables, fingerprints    4. the submission over all of them
    """
    pen, context = taking.pen, taking.context
    layout_id = declared(pen, LAYOUT, canonical(table.layout.plain()))
    reader_id = declared(pen, READER, table.layout.reader.encode())
    expected = table.rows.expected if isinstance(table.rows, TextRows) else len(table.rows)
    received = Received(table.name, layout_id, pen.size, pen.size + expected, Recalls(pen))
    identify = identities(pen, Counter())
    asked = Asked(table.layout, context, pen.fingerprints.secret, pen.row_forms(layout_id))
    for many in taking.readers.read(asked, table.rows):
        _take_many(pen, received, many, identify)
        taking.tell(f"taking in {table.name}", received.rows, expected)
    links = {"layout": layout_id, "reader": reader_id}
    seq, entry_id = pen.submission(received.first, submission_fields(table, received, taking, blob), links)
    if seq != received.submission:
        pen.name_submission(TABLES, received.first, seq)
    pen.insert("submission", [submission_row(seq, entry_id, table, received, context, blob[0])])
    return seq, received


def _take_many(pen: Pen, received: Received, many: ManyRead, identify: Identify) -> None:
    """Enter rows that are all new at once; where one is held, or a recall is in force, look at each."""
    for at in sorted(many.loose):
        many.keys[at], many.contents[at] = identify(many.row(at))
    count = len(many.numbers)
    plain = received.all_new and received.recalls.none and many.table != "recall"
    if plain and pen.hold_new(list(zip(many.keys, range(pen.size, pen.size + count), many.contents, strict=True))):
        _enter_many(pen, received, many)
        return
    before = received.held + received.revised
    _take_chunk(pen, received, [(many.row(at), many.keys[at], many.contents[at]) for at in range(count)])
    received.all_new = received.held + received.revised == before


def _enter_many(pen: Pen, received: Received, many: ManyRead) -> None:
    """Enter new rows and fill the read tables."""
    first = pen.prepared_rows(many.bodies, many.leaves, many.secrets, many.packed)
    ids = [leaf.hex() for leaf in many.leaves]
    if not many.apart:
        seqs = range(first, first + len(ids))
        pen.insert_columns(many.table, [seqs, ids, *many.columns, [received.submission], many.numbers, [None]])
    else:
        rows: TableRows = {table: [] for table in TABLES}
        for at, entry_id in enumerate(ids):
            place(rows, many.row(at), first + at, entry_id, received.submission, received.file)
        for table, found in rows.items():
            pen.insert(table, found)
    refused = [at for at, table in many.others.items() if table == REFUSAL]
    received.faults += [many.row(at) for at in refused]
    received.refused += len(refused)
    received.new += len(many.numbers) - len(refused)
    received.rows += len(many.numbers)
    received.numbers += many.numbers
    received.killed = [before + more for before, more in zip(received.killed, many.killed, strict=True)]


def _take_chunk(pen: Pen, received: Received, keyed: Sequence[Keyed]) -> None:
    """Sort the rows of a chunk and enter them, in runs in which none revises another of the same run."""
    in_force = {key: (content, seq) for key, (seq, content) in pen.held([key for _, key, _ in keyed]).items()}
    run: list[tuple[Keyed, int | None]] = []
    for row, key, content in keyed:
        received.rows += 1
        _count_killed(received, row)
        before = in_force.get(key)
        if before is not None and before[0] == content:
            received.held += 1
            continue
        if before is not None and before[1] >= pen.size:
            _enter_run(pen, received, run)
            run = []
        in_force[key] = (content, pen.size + len(run))
        run.append(((row, key, content), None if before is None else before[1]))
    _enter_run(pen, received, run)


def _enter_run(pen: Pen, received: Received, run: Sequence[tuple[Keyed, int | None]]) -> None:
    """Enter rows with what each revises, fill the read tables, and remember the rows as held."""
    if not run:
        return
    older = [None if old is None else pen.ids([old])[0] for _, old in run]
    entered = pen.committed_rows([_ready(row) for (row, _, _), _ in run], received.layout_id, older)
    rows: TableRows = {table: [] for table in TABLES}
    for ((row, _, _), old), (seq, entry_id) in zip(run, entered, strict=True):
        place(rows, row, seq, entry_id, received.submission, received.file)
        _count(received, row, revises=old is not None)
    for table, made in rows.items():
        pen.insert(table, made)
    for ((row, _, _), old), (seq, _) in zip(run, entered, strict=True):
        if old is not None:
            pen.supersede(row.table, [old], seq)
    received.recalls.entered((row, seq) for ((row, _, _), _), (seq, _) in zip(run, entered, strict=True))
    pen.hold((key, seq, content) for ((_, key, content), _), (seq, _) in zip(run, entered, strict=True))


def _ready(row: ReadRow) -> Committed:
    assert row.committed is not None, "a row to be entered is read with its secret"
    return row.committed


def _count(received: Received, row: ReadRow, *, revises: bool) -> None:
    received.numbers.append(row.number)
    if row.table == "refusal":
        received.refused += 1
        received.faults.append(row)
    elif revises:
        received.revised += 1
    else:
        received.new += 1


def _count_killed(received: Received, row: ReadRow) -> None:
    if row.table == "report":
        for k, at in enumerate(KILLED):
            received.killed[k] += row.values[0][at] or 0  # type: ignore[operator]


def identities(pen: Pen, equals: Equals) -> Identify:
    """What gives a row its two fingerprints: of its source and own id, and of these with the content.

    A row without an id of its own, and a refused one, is known by its content and by which of its
    equals it is: in a file when it is taken in, in the whole record when that is rebuilt.
    """

    def identify(row: ReadRow) -> tuple[bytes, bytes]:
        if row.own:
            key = pen.row_key(row.source, f"{row.table}/{row.own}")
            return key, pen.content_key(row.source, row.own, row.digest)
        among = (row.source, row.table, row.digest)
        equals[among] += 1
        key = pen.content_key(f"{row.source}/{row.table}", str(equals[among]), row.digest)
        return key, key

    return identify


def declared(pen: Pen, kind: str, content: bytes) -> str:
    """The id of the entry that declares this layout or reader: the one there is, or a new one."""
    key = pen.content_key(kind, "", content)
    if (held := pen.held([key]).get(key)) is not None:
        return pen.ids([held[0]])[0]
    seq, entry_id = pen.enter(kind, [(kind, content)], {})
    pen.hold([(key, seq, key)])
    return entry_id


def file_key(pen: Pen, content: bytes, source: str, told: str, mapping: str, only: str = "") -> bytes:
    """The fingerprint of a file as it was taken in: with this default source, encoding told, mapping and sheet."""
    asked = (source, told, mapping, only) if only else (source, told, mapping)
    return pen.file_key("\0".join(asked).encode() + b"\0" + content)


def submission_fields(table: RawTable, received: Received, taking: Taking, blob: tuple[str, bytes]) -> list[Field]:
    """What a submission commits to: the file, how it was read, what was found held, and the rows' numbers."""
    about = {
        "file": table.name, "sheet": table.sheet, "format": table.format, "version": table.version,
        "encoding": table.encoding, "told": taking.told, "source": taking.context.default_source,
    }  # fmt: skip
    if taking.sheet:
        about["only"] = taking.sheet
    counts = {"rows": received.rows, "already_held": received.held, "killed": received.killed}
    encode = msgspec.json.Encoder(order="sorted").encode
    name, salt = blob
    return [
        ("about", encode(about)), ("counts", encode(counts)), ("numbers", encode(runs_of(received.numbers))),
        ("blob", name.encode()), ("blob_salt", salt),
    ]  # fmt: skip


def submission_row(
    seq: int, entry_id: str, table: RawTable, received: Received, context: ReadContext, blob: str
) -> tuple[object, ...]:
    """The submission's row of the read table."""
    return (
        seq, entry_id, table.name, table.sheet, table.format, table.version, table.encoding,
        context.default_source, received.rows, received.new, received.revised, received.refused, received.held,
        *received.killed, blob, received.first, len(received.numbers),
    )  # fmt: skip
