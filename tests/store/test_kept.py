"""Reading the record back when somebody changed it."""

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.errors import RecordBroken
from truceline.store import tables
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]


def change(path: Path, statement: str) -> None:
    """Change the file with another tool."""
    raw = sqlite3.connect(path)
    for trigger in tables.guards():
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM entry WHERE seq = 2", "Entries between 0 and 5 are missing"),
        ("DELETE FROM payload WHERE seq = 2", "payload of entry 2 is missing"),
        ("UPDATE payload SET fields = x'9192a161c401' WHERE seq = 2", "Entry 2 cannot be read"),
        ("UPDATE payload SET fields = x'9192a1ffc40100' WHERE seq = 2", "Entry 2 cannot be read"),
        ("UPDATE entry SET body = x'7b7d' WHERE seq = 2", "Entry 2 cannot be read"),
    ],
)
def test_a_rebuild_stops_at_an_entry_that_cannot_be_read(
    filled: MissionFile, path: Path, statement: str, sentence: str
) -> None:
    change(path, statement)
    with pytest.raises(RecordBroken, match=sentence):
        list(filled.payloads())


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM blob", "UPDATE blob SET bytes = x'00'", "UPDATE blob SET bytes = CAST(bytes || x'00' AS BLOB)"],
)
def test_a_file_that_is_gone_or_changed_is_not_given_out(filled: MissionFile, path: Path, statement: str) -> None:
    fields = dict(list(filled.payloads())[3][3])
    name, salt = fields["blob"].decode(), fields["blob_salt"]
    assert filled.blob(name, salt).startswith(b"source,what")
    with pytest.raises(RecordBroken, match="not the one"):
        filled.blob(name, b"another salt")
    change(path, statement)
    with pytest.raises(RecordBroken):
        filled.blob(name, salt)


def test_a_file_that_unpacks_to_more_than_a_mission_keeps_is_not_unpacked(
    filled: MissionFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = dict(list(filled.payloads())[3][3])
    packed = zlib.compress(bytes(10_000_000))
    change(path, f"UPDATE blob SET bytes = x'{packed.hex()}'")
    monkeypatch.setattr("truceline.store.kept.MOST_BLOB_BYTES", 1000)
    with pytest.raises(RecordBroken, match="not the one"):
        filled.blob(fields["blob"].decode(), fields["blob_salt"])
