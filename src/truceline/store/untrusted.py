"""Somebody else's SQLite file, opened in memory and fenced in: it is read, and none of it is run.

SQLite, "Defense Against The Dark Arts" (sqlite.org/security.html). The file is never opened where it lies,
no function of its schema is trusted, and once the fence stands nothing but reading named tables is allowed:
no view, trigger, virtual table, function, recursion, attached file or extension.
"""

import re
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from truceline.errors import FileNotRead
from truceline.store.schema_size import schema_bytes
from truceline.vocabulary.refusal import shown

SIGN = b"SQLite format 3\0"
MOST_VALUE = 4_194_304
"""The longest value, and row, in bytes."""
MOST_STATEMENT = 65_536
"""The longest statement of a schema, in bytes."""
MOST_SCHEMA = 4_194_304
"""The longest schema, in bytes: some thousands of tables, indexes, triggers and views."""
MOST_STEPS = 500_000_000
_EACH = 1_000
_WAL = slice(18, 20)
"""The two bytes that say whether changes are written ahead into a second file, which is not here."""
_TABLE = re.compile(r"CREATE\s+TABLE\b", re.ASCII | re.IGNORECASE)
_NEVER = re.compile("[\0\ud800-\udfff]")
_SCHEMA = frozenset({"sqlite_master", "sqlite_schema"})
_MEND = "Open it in the program that wrote it and export it anew, or as CSV (UTF-8)."


class Steps:
    """How many steps of SQLite's machine are still granted; it stops where there are none."""

    def __init__(self, most: int) -> None:
        self.left = most

    def __call__(self) -> bool:
        """Called by SQLite every `_EACH` steps; True stops it."""
        self.left -= _EACH
        return self.left < 0


def opened_untrusted(name: str, content: bytes) -> sqlite3.Connection:
    """The database in memory, its schema parsed and nothing allowed yet but to ask for it: see `fence`.

    Raises `FileNotRead` where it is damaged, or has a schema out of all proportion.
    """
    size = schema_bytes(content, MOST_SCHEMA)
    if size is None or size > MOST_SCHEMA:
        told = "that is damaged" if size is None else f"with a schema of more than {MOST_SCHEMA} bytes"
        raise FileNotRead(f"{name} is a database {told}.", _MEND)
    with refused(name), ExitStack() as undo:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        undo.callback(connection.close)
        connection.deserialize(content[: _WAL.start] + b"\1\1" + content[_WAL.stop :])
        _harden(connection)
        connection.set_progress_handler(Steps(MOST_STEPS), _EACH)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        fence(connection, ())
        undo.pop_all()
    return connection


def _harden(connection: sqlite3.Connection) -> None:
    for category, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE), (sqlite3.SQLITE_LIMIT_SQL_LENGTH, MOST_STATEMENT),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0), (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ):  # fmt: skip
        connection.setlimit(category, most)
    connection.text_factory = _text
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)


def fence(connection: sqlite3.Connection, tables: Collection[str]) -> None:
    """From now on the schema and these tables can be read, `PRAGMA table_xinfo` asked, and nothing else done."""
    connection.set_authorizer(_allowing(_SCHEMA | {table.lower() for table in tables}))


def _allowing(tables: Collection[str]) -> Callable[..., int]:
    def allowed(action: int, first: str | None, _: str | None, __: str | None, inside: str | None) -> int:
        """`inside`: the view or trigger that asks."""
        may = inside is None and (
            action == sqlite3.SQLITE_SELECT
            or (action == sqlite3.SQLITE_READ and str(first).lower() in tables)
            or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
        )
        return sqlite3.SQLITE_OK if may else sqlite3.SQLITE_DENY

    return allowed


def stored_tables(connection: sqlite3.Connection) -> dict[str, str]:
    """The plain tables by their name in small letters: what is written down as a view or a virtual table is none."""
    rows = connection.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchall()
    return {
        name.lower(): name
        for kind, name, root, sql in rows
        if kind == "table" and isinstance(root, int) and root > 0 and usable(name) and _TABLE.match(str(sql))
    }


def plain_columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table. Raises `ValueError` with the name of one that is computed, or has no usable name."""
    columns = []
    for _, name, _, _, _, _, hidden in connection.execute(f"PRAGMA table_xinfo({quoted(table)})"):
        if hidden in (1, 2) or not usable(name):
            raise ValueError(shown(str(name)))
        columns.append(name)
    return columns


def rows_of(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The rows of a table in the order of their keys: no index is used, for it could hold something else."""
    named = ", ".join(map(quoted, columns))
    query = f"SELECT {named} FROM {quoted(table)} NOT INDEXED"  # noqa: S608 (names of the schema, quoted)
    yield from connection.execute(query)


def usable(name: object) -> bool:
    """A text that can stand in a statement."""
    return isinstance(name, str) and 0 < len(name) <= 1_000 and not _NEVER.search(name)


def quoted(name: str) -> str:
    """A name of the schema as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Turn what SQLite says of a file into `FileNotRead`; what it says may itself be no text."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise FileNotRead(f"{name} is a database with names that are no text (UTF-8).", _MEND) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_INTERRUPT:
            told = f"{name} is a database that asks for far more work than its size, and was left."
        elif code == sqlite3.SQLITE_TOOBIG or isinstance(error, sqlite3.DataError):
            told = f"{name} has a value or a row of more than {MOST_VALUE} bytes."
        else:
            told = f"{name} is a database that is damaged, or not readable as one: {shown(str(error))}."
        raise FileNotRead(told, _MEND) from error


def _text(raw: bytes) -> str:
    """Bytes that are no UTF-8 as lone surrogates: their row is refused, and kept."""
    return raw.decode("utf-8", "surrogateescape")
