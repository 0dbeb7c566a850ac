"""Auditing a mission file that somebody changed with another tool."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from truceline.record.audit import Fault
from truceline.store import audit, tables
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]


@pytest.fixture
def raw(filled: MissionFile, path: Path) -> Iterator[sqlite3.Connection]:
    """The file in another tool, with the triggers gone."""
    filled.close()
    connection = sqlite3.connect(path, isolation_level=None)
    for trigger in tables.guards():
        connection.execute(f"DROP TRIGGER {trigger}")
    yield connection
    connection.close()


def faults(raw: sqlite3.Connection) -> list[Fault]:
    """What the audit finds, but for the triggers."""
    return [fault for fault in audit.faults(raw, 1) if fault.what != "guard"]


def every_changed_byte(raw: sqlite3.Connection, table: str, column: str, key: str) -> Iterator[object]:
    """Change each byte of a column in turn (one bit of it, another bit for each place), then put it back."""
    for of, content in raw.execute(f"SELECT {key}, {column} FROM {table}").fetchall():
        for at in range(len(content)):
            changed = content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :]
            raw.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (changed, of))
            yield of
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (content, of))


@pytest.mark.parametrize(
    ("table", "column"), [("entry", "body"), ("entry", "leaf"), ("payload", "secret"), ("payload", "fields")]
)
def test_every_changed_byte_of_an_entry_is_named(raw: sqlite3.Connection, table: str, column: str) -> None:
    assert faults(raw) == []
    tried = 0
    for seq in every_changed_byte(raw, table, column, "seq"):
        assert seq in {fault.seq for fault in faults(raw)}
        tried += 1
    assert tried > 100
    assert faults(raw) == []


def test_every_changed_byte_of_a_head_is_named(raw: sqlite3.Connection) -> None:
    for size in every_changed_byte(raw, "head", "note", "size"):
        assert any(f"head at size {size} " in fault.sentence for fault in faults(raw))


def test_every_changed_byte_of_a_file_is_named_at_the_entry_that_keeps_it(raw: sqlite3.Connection) -> None:
    for _ in every_changed_byte(raw, "blob", "bytes", "name"):
        assert [(fault.seq, fault.what) for fault in faults(raw)] == [(3, "file")]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("DELETE FROM payload WHERE seq = 1", (1, "payload")),
        ("UPDATE payload SET seq = 77 WHERE seq = 4", (77, "payload")),
        ("UPDATE payload SET salts = secret WHERE seq = 4", (4, "payload")),
        ("UPDATE payload SET secret = NULL WHERE seq = 4", (4, "payload")),
        ("DELETE FROM entry WHERE seq = 4", (4, "missing")),
        ("DELETE FROM entry WHERE seq = 2", (2, "missing")),
        ("DELETE FROM head WHERE size = 5", (4, "head")),
        ("UPDATE head SET dated_us = dated_us + 1 WHERE size = 4", (None, "date")),
        ("UPDATE head SET dated_us = 1 WHERE size = 5", (None, "date")),
        ("DELETE FROM blob", (3, "file")),
        ("INSERT INTO blob VALUES('stray', x'00')", (None, "file")),
        ("UPDATE log SET origin = 'example.org/real'", (0, "author")),
        ("UPDATE log SET public_key = randomblob(32)", (0, "signature")),
        ("UPDATE log SET public_key = x'00'", (0, "signature")),
        ("DELETE FROM frontier", (None, "edge")),
        ("INSERT INTO entry SELECT 2, seq, body, leaf FROM entry WHERE seq = 0", (None, "log")),
    ],
)
def test_what_was_done_to_the_file_is_named(
    raw: sqlite3.Connection, change: str, named: tuple[int | None, str]
) -> None:
    raw.execute(change)
    assert named in {(fault.seq, fault.what) for fault in faults(raw)}


def test_a_missing_changed_or_added_trigger_is_named(filled: MissionFile, path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER entry_no_update")
    raw.execute("CREATE TRIGGER quiet AFTER INSERT ON entry BEGIN SELECT 1; END")
    raw.close()
    assert [fault.sentence.split()[2] for fault in filled.audit()] == ["entry_no_update,", "a"]


def test_a_list_of_faults_has_an_end(filled: MissionFile, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = sqlite3.connect(path)
    raw.execute("UPDATE log SET public_key = x'00'")
    raw.commit()
    raw.close()
    monkeypatch.setattr("truceline.store.mission_file.MOST_FAULTS", 3)
    assert len(filled.audit()) == 3
