"""The SQL of every table, and the columns of the read tables, in one place.

Three groups. The *record* (meta, log, entry, payload, blob, head, frontier, node, given, destruction,
key_entry) is kept for ever;
triggers refuse to change or delete what is in it. The *local* tables (held_row, held_file) are this
holder's keyed fingerprints of what it has taken in. The *read tables* are computed from the record
and can be dropped: integers and text only (`*_us` UTC microseconds, `*_e7` ten-millionths of a
degree, `radius_m` metres; `side_a`, `side_b` and `flags` JSON arrays as text). `superseded_by` is the
seq of the entry that revises, recalls or withdraws the row, null while it is in force.

In every column that holds a seq, an entry of another log stands as its place (`place_of`). `opened` says with which
entry of the own log (`at`) the row of a place could first be read; `revision` what other logs' entries supersede.
"""

from collections.abc import Iterable

OWN_LOG = 1
"""The id, in the table `log`, of the log this mission file writes."""

RECORD = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE log(id INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, public_key BLOB NOT NULL) STRICT;
CREATE TABLE entry(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, body BLOB NOT NULL, leaf BLOB NOT NULL,
    PRIMARY KEY(log, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE payload(
    log INTEGER NOT NULL, seq INTEGER NOT NULL, secret BLOB, salts BLOB, fields BLOB NOT NULL,
    PRIMARY KEY(log, seq)) STRICT;
CREATE TABLE blob(name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE head(
    log INTEGER NOT NULL REFERENCES log, size INTEGER NOT NULL, note BLOB NOT NULL, dated_us INTEGER,
    PRIMARY KEY(log, size)) STRICT;
CREATE TABLE frontier(log INTEGER PRIMARY KEY REFERENCES log, bytes BLOB NOT NULL) STRICT;
"""

SINCE_3 = """
CREATE TABLE node(
    log INTEGER NOT NULL REFERENCES log, height INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL,
    PRIMARY KEY(log, height, number)) STRICT, WITHOUT ROWID;
CREATE TABLE given(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, part INTEGER NOT NULL, at INTEGER NOT NULL,
    commitments BLOB NOT NULL, opened BLOB NOT NULL, PRIMARY KEY(log, seq, part)) STRICT;
CREATE INDEX given_at ON given(at);
CREATE TABLE destruction(
    log INTEGER NOT NULL, seq INTEGER NOT NULL, positions BLOB NOT NULL, commitments BLOB NOT NULL,
    act INTEGER NOT NULL, PRIMARY KEY(log, seq, act)) STRICT;
CREATE TABLE key_entry(
    log INTEGER NOT NULL REFERENCES log, seq INTEGER NOT NULL, PRIMARY KEY(log, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX head_dated ON head(log, size) WHERE dated_us NOT NULL;
"""
"""What format 3 adds: the roots of full subtrees at every eighth height, payloads (or some of their fields) that
other holders opened to this one, what a recorded act destroyed, and which entries bring in and end keys."""

KEPT_FOR_EVER = ("entry", "payload", "blob", "head", "given", "destruction", "key_entry")

_UNSIGNED = "act >= (SELECT coalesce(max(size), 0) FROM head WHERE log = 1)"
"""An act that no head has signed yet: once the pen that enters it is done, nothing can be destroyed by it."""
_OF_ROW = f"EXISTS (SELECT 1 FROM destruction WHERE log = OLD.log AND seq = OLD.seq AND {_UNSIGNED})"  # noqa: S608
_NAMES_FILE = (
    "EXISTS (SELECT 1 FROM destruction AS gone JOIN payload USING(log, seq)"  # noqa: S608
    f" WHERE gone.log = 1 AND gone.{_UNSIGNED} AND instr(payload.fields, CAST(OLD.name AS BLOB)))"
)

EXCEPT_DESTROYED = {
    "payload_no_update": f"NEW.log = OLD.log AND NEW.seq = OLD.seq AND NEW.secret IS NULL AND {_OF_ROW}",
    "given_no_update": "NEW.log = OLD.log AND NEW.seq = OLD.seq AND NEW.part = OLD.part"
    f" AND NEW.at = OLD.at AND NEW.commitments = OLD.commitments AND {_OF_ROW}",
    "blob_no_delete": _NAMES_FILE,
}
"""What these triggers let pass: exactly what a recorded act destroys, while it is being entered."""

LOCAL = """
CREATE TABLE held_row(row_key BLOB PRIMARY KEY, seq INTEGER NOT NULL, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE held_file(file_key BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""

SEQ_BITS, VERSION_BITS = 34, 6
FIRST_PLACE = 1 << SEQ_BITS + VERSION_BITS
"""Where the places of other logs' rows begin: below it, a place is a seq of the own log."""


def place_of(log: int, seq: int, version: int = 0) -> int:
    """What stands in the read tables for an entry of a log: of the own log its seq; other logs follow one another.

    An entry of another log that is opened bit by bit has a row for each version of what could be read of it.
    """
    return (log - OWN_LOG) * FIRST_PLACE + (version << SEQ_BITS) + seq


def log_at(place: int) -> int:
    """The log of a place."""
    return place // FIRST_PLACE + OWN_LOG


def seq_at(place: int) -> int:
    """The seq of a place in its log."""
    return place % (1 << SEQ_BITS)


Columns = dict[str, str]

_REPORT = """
seq INTEGER NOT NULL, id TEXT, source TEXT, source_row TEXT, origin TEXT, repeats TEXT, kind TEXT, weapon TEXT,
start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, when_words TEXT, lat_e7 INTEGER, lon_e7 INTEGER,
radius_m INTEGER NOT NULL, place TEXT, area TEXT, side_a TEXT, side_b TEXT, killed_low INTEGER,
killed_best INTEGER, killed_high INTEGER, words TEXT, language TEXT, flags TEXT,
submission INTEGER NOT NULL, row INTEGER NOT NULL, superseded_by INTEGER"""

_COVERAGE = """
seq INTEGER NOT NULL, id TEXT, source TEXT, source_row TEXT, origin TEXT, area TEXT, start_us INTEGER NOT NULL,
end_us INTEGER NOT NULL, status TEXT, stopped_by TEXT, words TEXT, flags TEXT,
submission INTEGER NOT NULL, row INTEGER NOT NULL, superseded_by INTEGER"""

_TALLY = """
seq INTEGER NOT NULL, part INTEGER NOT NULL, id TEXT, source TEXT, source_row TEXT, area TEXT,
start_us INTEGER NOT NULL, end_us INTEGER NOT NULL, of TEXT, low INTEGER, best INTEGER, high INTEGER,
method TEXT, words TEXT, flags TEXT, submission INTEGER NOT NULL, row INTEGER NOT NULL, superseded_by INTEGER"""

_RECALL = """
seq INTEGER NOT NULL, id TEXT, source TEXT, source_row TEXT, at_us INTEGER, words TEXT, flags TEXT,
submission INTEGER NOT NULL, row INTEGER NOT NULL, superseded_by INTEGER"""

_REFUSAL = """
seq INTEGER NOT NULL, part INTEGER NOT NULL, submission INTEGER NOT NULL, file TEXT, sheet TEXT,
row INTEGER NOT NULL, column_name TEXT, value TEXT, reason TEXT, mend TEXT, superseded_by INTEGER"""

_SUBMISSION = """
seq INTEGER NOT NULL, id TEXT, file TEXT, sheet TEXT, format TEXT, format_version TEXT, encoding TEXT,
source TEXT, rows INTEGER NOT NULL, reports INTEGER NOT NULL, revised INTEGER NOT NULL,
refused INTEGER NOT NULL, already_held INTEGER NOT NULL, killed_low INTEGER, killed_best INTEGER,
killed_high INTEGER, blob TEXT, first INTEGER NOT NULL, count INTEGER NOT NULL"""

_ACT = """
seq INTEGER NOT NULL, id TEXT, act TEXT, by TEXT, about TEXT, at_us INTEGER, content TEXT, superseded_by INTEGER"""

_OPENED = """seq INTEGER NOT NULL, at INTEGER NOT NULL"""

_REVISION = """seq INTEGER NOT NULL, part INTEGER NOT NULL, of TEXT"""

_RELEASE = """
seq INTEGER NOT NULL, id TEXT, what TEXT, by TEXT, entries TEXT, fields TEXT, readers TEXT, because TEXT,
count INTEGER NOT NULL"""

_AGREEMENT = """seq INTEGER NOT NULL, id TEXT, name TEXT, version TEXT, digest TEXT, reading TEXT"""

_MODEL = """
seq INTEGER NOT NULL, id TEXT, by TEXT, because TEXT, reports INTEGER NOT NULL, digest TEXT"""


def _columns(described: str) -> Columns:
    """Column names in order, with their SQL type. Text is never null: absent text is the empty text."""
    columns = {}
    for column in described.replace("\n", " ").split(","):
        name, _, kind = column.strip().partition(" ")
        columns[name] = "TEXT NOT NULL" if kind == "TEXT" else kind
    return columns


READ_TABLES: dict[str, Columns] = {
    "report": _columns(_REPORT),
    "coverage": _columns(_COVERAGE),
    "tally": _columns(_TALLY),
    "recall": _columns(_RECALL),
    "refusal": _columns(_REFUSAL),
    "submission": _columns(_SUBMISSION),
    "act": _columns(_ACT),
    "agreement": _columns(_AGREEMENT),
    "release": _columns(_RELEASE),
    "opened": _columns(_OPENED),
    "revision": _columns(_REVISION),
    "model": _columns(_MODEL),
}
"""The read tables: table name to columns, in the order in which rows are inserted and dumped."""


def column_names(table: str) -> tuple[str, ...]:
    """The columns of a read table in order. An unknown table is our own mistake: `KeyError`."""
    return tuple(READ_TABLES[table])


def key_of(table: str) -> tuple[str, ...]:
    """The columns that identify a row of a read table, which are also its order."""
    return ("seq", "part") if "part" in READ_TABLES[table] else ("seq",)


def create_read_table(table: str) -> str:
    """The SQL that makes a read table. STRICT: SQLite itself refuses a float or bytes in it."""
    columns = ", ".join(f'"{name}" {kind}' for name, kind in READ_TABLES[table].items())
    return f'CREATE TABLE "{table}"({columns}, PRIMARY KEY({", ".join(key_of(table))})) STRICT;\n'


def insert_row(table: str) -> tuple[str, str]:
    """The SQL that inserts whole rows into a read table: up to VALUES, and the places of one row."""
    places = ", ".join("?" for _ in READ_TABLES[table])
    return f'INSERT INTO "{table}"', f"({places})"


def guards() -> dict[str, str]:
    """Name and SQL of the triggers that refuse to UPDATE or DELETE what is in the record."""
    return guards_over(KEPT_FOR_EVER, " Enter a correction instead.")


def guards_over(tables: Iterable[str], mend: str = "") -> dict[str, str]:
    """The same over other tables that are kept for ever; `mend` ends the sentence of a refusal."""
    return {f"{table}_no_{act.lower()}": _guard(table, act, mend) for table in tables for act in ("UPDATE", "DELETE")}


def _guard(table: str, act: str, mend: str) -> str:
    sentence = f"The record is never changed: nothing in {table} can be {act.lower()}d.{mend}"
    name = f"{table}_no_{act.lower()}"
    unless = f" WHEN NOT ({EXCEPT_DESTROYED[name]})" if name in EXCEPT_DESTROYED else ""
    return f"CREATE TRIGGER {name} BEFORE {act} ON {table}{unless} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def schema() -> str:
    """The SQL of the whole mission file."""
    triggers = "".join(f"{sql};\n" for sql in guards().values())
    return RECORD + SINCE_3 + triggers + LOCAL + "".join(create_read_table(table) for table in READ_TABLES)
