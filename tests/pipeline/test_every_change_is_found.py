"""Two thousand changes to what is kept or given away: each is refused with the name of what is broken.

Single bits and bytes, cut and lengthened values, unused bits of base64, columns that no leaf covers; over entries,
payloads, heads, the edge and the nodes of the tree, and over exported tiles, bundles, heads, proofs and openings.
"""

import base64
import contextlib
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from truceline.errors import TrucelineError
from truceline.pipeline.auditing import audit_folder
from truceline.record.opening import checked, read_opening
from truceline.record.proof_file import read_proof_file
from truceline.record.sign import head_is_signed, read_verifier_key
from truceline.store.mission_file import MissionFile

KEPT, FILES, GIVEN = 1_200, 400, 400
COLUMNS = (
    ("entry", "body"), ("entry", "leaf"), ("entry", "seq"), ("payload", "secret"), ("payload", "fields"),
    ("payload", "seq"), ("head", "note"), ("head", "size"), ("head", "dated_us"), ("frontier", "bytes"),
    ("log", "public_key"), ("log", "origin"), ("key_entry", "seq"), ("node", "hash"), ("node", "height"),
    ("node", "number"),
)  # fmt: skip


@pytest.fixture
def held(desk):
    desk.init()
    desk.reports(*({"when": "2025-03-20", "area": "river_towns", "words": f"shells {n}"} for n in range(290)))
    desk.watched("2025-03-15", "2025-03-20")
    for n in range(5):
        desk.act(act="declaration", by="alpha", at=f"2025-03-2{n}", clock="seven_quiet_days", says="met", because="So.")
    assert desk.run("key", "new", desk.mission, "--label", "duty officer", "--no-passphrase").code == 0
    with contextlib.closing(sqlite3.connect(desk.mission)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return desk


def changed(chance: Random, content: bytes) -> bytes:
    """The same with one bit or byte changed, one byte taken out or put in, or its last quarter cut off."""
    at = chance.randrange(len(content))
    other = bytes([content[at] ^ (1 << chance.randrange(8) if chance.random() < 0.7 else chance.randrange(1, 256))])
    return chance.choice([
        content[:at] + other + content[at + 1 :],
        content[:at] + other + content[at + 1 :],
        content[:at] + content[at + 1 :],
        content[:at] + other + content[at:],
        content[: len(content) * 3 // 4],
    ])  # fmt: skip


def same_bits_apart(chance: Random, text: bytes) -> bytes:
    """One letter of base64 before padding, changed in bits that decode to nothing."""
    ends = [at for at in range(1, len(text)) if text[at : at + 1] == b"=" and text[at - 1 : at] not in (b"=", b"")]
    if not ends:
        return changed(chance, text)
    at = chance.choice(ends) - 1
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    spare = 15 if text[at + 1 : at + 3] == b"==" else 3
    other = letters[letters.index(text[at]) ^ chance.randint(1, spare)]
    assert base64.b64decode(text[max(0, at - 3) : at + 1] + b"===") is not None
    return text[:at] + bytes([other]) + text[at + 1 :]


def damage(chance: Random, copy: Path) -> str:
    """Change one value of the mission file behind its guards; what was changed."""
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        table, column = chance.choice(COLUMNS)
        rows = connection.execute(f"SELECT {column} FROM {table} WHERE {column} NOT NULL").fetchall()
        (value,) = chance.choice(rows)
        while (other := _other(chance, column, value)) == value:
            pass
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (other, value))
        for _, sql in guards:
            connection.execute(sql)
    return f"{table}.{column}"


def _other(chance: Random, column: str, value: object) -> object:
    if isinstance(value, int):
        return value + chance.choice([1_000, 10_000_000])
    if isinstance(value, str):
        return value + "x"
    assert isinstance(value, bytes)
    return (
        same_bits_apart(chance, value)
        if column in ("body", "note") and chance.random() < 0.3
        else changed(chance, value)
    )


def test_a_change_in_the_mission_file_is_named(held, tmp_path):
    chance, found = Random(20161122), Counter[str]()
    copy = tmp_path / "copy.truceline"
    for n in range(KEPT):
        shutil.copy(held.mission, copy)
        what = damage(chance, copy)
        with contextlib.suppress(TrucelineError), MissionFile.open(copy) as mission:
            faults = mission.audit()
            assert faults and all(fault.what and fault.sentence for fault in faults), (n, what)
        found[what] += 1
    assert len(found) == len(COLUMNS)
    print(f"changes in the file found: {sum(found.values())}, {dict(found)}")


def test_a_change_in_an_exported_log_is_named(held, tmp_path):
    chance = Random(20161123)
    assert held.run("log", "export", held.mission, tmp_path / "log").code == 0
    key = held.run("log", "head", held.mission, "--json").json()["key"]
    files = sorted(path for path in (tmp_path / "log").rglob("*") if path.is_file())
    for n in range(FILES):
        path = chance.choice(files)
        whole = path.read_bytes()
        apart = path.name == "checkpoint" and chance.random() < 0.5
        path.write_bytes(same_bits_apart(chance, whole) if apart else changed(chance, whole))
        with contextlib.suppress(TrucelineError):
            assert audit_folder(tmp_path / "log", key).faults, (n, path)
        path.write_bytes(whole)
    assert audit_folder(tmp_path / "log", key).faults == []
    print(f"changes in exported files found: {FILES} in {len(files)} files")


def test_a_changed_proof_or_opening_proves_nothing(held, tmp_path):
    chance = Random(20161124)
    act = held.run("acts", held.mission, "--json").json()["acts"][0]["id"]
    key = held.run("log", "head", held.mission, "--json").json()["key"]
    words = ["--field", "because", "--field", "who", "--audience", "internal"]
    assert held.run("log", "open", held.mission, act, *words, "--out", tmp_path / "o").code == 0
    assert held.run("log", "proof", held.mission, act, "--out", tmp_path / "p").code == 0
    opening, proof = (tmp_path / "o").read_bytes(), (tmp_path / "p").read_bytes()
    refused = 0
    for n in range(GIVEN):
        given = (opening, proof)[n % 2]
        other = same_bits_apart(chance, given) if chance.random() < 0.2 else changed(chance, given)
        refused += not _holds(n % 2 == 0, other, act, key, opening)
    print(f"changed proofs and openings refused: {refused} of {GIVEN}")
    assert refused == GIVEN


def _holds(is_opening: bool, content: bytes, act: str, key: str, whole: bytes) -> bool:
    """What was given still holds, and says something else or comes in other bytes."""
    _, public_key = read_verifier_key(key)
    try:
        if is_opening:
            opening = read_opening(content)
            _, proof = checked(opening)
            same = opening.form() == whole
        else:
            proof = read_proof_file(content)
            same = False
        return proof.holds(bytes.fromhex(act)) and head_is_signed(proof.head, public_key) and not same
    except ValueError:
        return False
