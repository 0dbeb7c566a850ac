"""Who may sign in to the room of a mission: a small SQLite file beside it, readable by its owner only (0600).

Names of people, hashes of passwords and secrets of codes stay here. They are no part of the record: other holders never
see them, and a copy of the mission that is given away does not have them. Tokens are kept as their SHA-256 alone.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from truceline.errors import MissionError

SUFFIX = ".people"
FORMAT, WITHOUT_TOKENS = 2, 1
_TABLES = """
CREATE TABLE account(name TEXT PRIMARY KEY, role TEXT NOT NULL, body TEXT NOT NULL, audience TEXT NOT NULL,
  key TEXT NOT NULL, password TEXT NOT NULL, code_secret BLOB NOT NULL, last_step INTEGER NOT NULL,
  failed INTEGER NOT NULL, wait_until_us INTEGER NOT NULL, invited_by TEXT NOT NULL, made_us INTEGER NOT NULL,
  ended_us INTEGER) STRICT;
CREATE TABLE invitation(token BLOB PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, body TEXT NOT NULL,
  audience TEXT NOT NULL, code_secret BLOB NOT NULL, invited_by TEXT NOT NULL, made_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL, used_us INTEGER) STRICT;
CREATE TABLE session(token BLOB PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL, made_us INTEGER NOT NULL,
  seen_us INTEGER NOT NULL, ended_us INTEGER) STRICT;
"""
_TOKENS = """
CREATE TABLE IF NOT EXISTS token(token BLOB PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL,
  label TEXT NOT NULL, writes INTEGER NOT NULL, made_us INTEGER NOT NULL, until_us INTEGER NOT NULL,
  ended_us INTEGER) STRICT
"""
Row = dict[str, Any]


def path_of(mission: Path) -> Path:
    """Where the accounts of a mission lie."""
    return mission.with_name(mission.name + SUFFIX)


class Accounts:
    """The accounts of one mission, open. Every change is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def one(self, question: str, **values: object) -> Row | None:
        """The first row of an answer, by column."""
        return next(self.all(question, **values), None)

    def all(self, question: str, **values: object) -> Iterator[Row]:
        """Every row of an answer, by column."""
        asked = self._connection.execute(question, values)
        names = [one[0] for one in asked.description or ()]
        return (dict(zip(names, row, strict=True)) for row in asked.fetchall())

    def say(self, statement: str, **values: object) -> int:
        """Carry out a statement; how many rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def insert(self, table: str, **values: object) -> None:
        """Put a row into `account`, `invitation`, `session` or `token`."""
        assert table in ("account", "invitation", "session", "token"), table
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        self._connection.execute(f"INSERT INTO {table}({names}) VALUES({places})", values)


@contextmanager
def accounts_of(mission: Path) -> Iterator[Accounts]:
    """The accounts of a mission, made when there are none; what is changed is kept unless an error is raised."""
    path = path_of(mission)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        _ready(connection, path)
        yield Accounts(connection)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise MissionError(
            f"{path} cannot be read as a file of accounts: {error}.", "Put a sound copy back."
        ) from error
    finally:
        connection.close()


def _ready(connection: sqlite3.Connection, path: Path) -> None:
    (held,) = connection.execute("PRAGMA user_version").fetchone()
    if held == 0:
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(_TOKENS)
        connection.execute(f"PRAGMA user_version={FORMAT}")
    elif held == WITHOUT_TOKENS:
        connection.execute(_TOKENS)
        connection.execute(f"PRAGMA user_version={FORMAT}")
    elif held != FORMAT:
        raise MissionError(f"{path} has format {held}; this version reads {FORMAT}.", "Use the version that made it.")
