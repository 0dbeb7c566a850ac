"""Opened fields, checked by us and by the file that a stranger uses."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from truceline import verify_record
from truceline.record.commit import field_salts
from truceline.record.entry import entry_of
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.opening import checked, opening_of, read_opening
from truceline.record.proof_file import proof_file
from truceline.record.proofs import inclusion_proof, nodes_of
from truceline.record.sign import LogKey, read_head, verifier_key
from truceline.record.spoken import spoken
from truceline.record.tiles import bundle, bundles_of

KEY = LogKey.from_seed("example.org/mission", bytes(range(32)))
SECRET = bytes(range(32, 64))
FIELDS = [("source", b'["hotline"]'), ("when", b'["2016-02-27"]'), ("where", '["المطحنة"]'.encode())]
BODIES = [entry_of(KEY, "note", {}, bytes([n % 256]) * 32, [("note", b"%d" % n)]) for n in range(300)]
BODIES[5] = entry_of(KEY, "act", {}, SECRET, FIELDS)
LEAVES = [leaf_hash(body) for body in BODIES]
HEAD = KEY.sign_head(300, root_of(LEAVES), dated_s=1_456_531_200)
PROOF = proof_file(5, inclusion_proof(nodes_of(LEAVES), 300, 5), HEAD)
VKEY = verifier_key(KEY.origin, KEY.public_key)
OPENING = opening_of(BODIES[5], field_salts(SECRET, 3), FIELDS, ["when"], PROOF)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    for tile in bundles_of(300):
        path = tmp_path / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle(BODIES[slice(*tile.over())]))
    (tmp_path / "checkpoint").write_bytes(HEAD)
    return tmp_path


def test_an_opened_field_is_shown_and_the_others_stay_sealed():
    header, proof = checked(read_opening(OPENING.form()))
    assert (header.kind, proof.index) == ("act", 5)
    assert OPENING.opened[0].said() == b'["2016-02-27"]'
    assert b"hotline" not in OPENING.form()
    assert SECRET.hex().encode() not in OPENING.form()
    for salt in field_salts(SECRET, 3)[::2]:
        assert salt.hex().encode() not in OPENING.form()


def test_a_stranger_checks_an_opening_a_proof_and_the_whole_log_with_one_file(exported):
    assert "opened and as committed: when" in verify_record.check_opening(OPENING.form(), VKEY)
    assert "entry 5 of 300" in verify_record.check_proof(PROOF.decode(), BODIES[5], VKEY)
    assert "300 entries" in verify_record.check_log(exported, VKEY)
    ran = subprocess.run(
        [sys.executable, "-I", verify_record.__file__, "log", exported, VKEY], capture_output=True, text=True
    )
    said = "example.org/mission: 300 entries, all under the signed head; signatures of entries: 1\n"
    assert (ran.returncode, ran.stdout) == (0, said)


def test_the_stranger_sees_a_changed_log(exported):
    bundle_file = exported / "tile/entries/000"
    content = bytearray(bundle_file.read_bytes())
    content[40] ^= 1
    bundle_file.write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-I", verify_record.__file__, "log", exported], capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "not those the head signs" in ran.stderr


@pytest.mark.parametrize(
    "other", [LogKey.from_seed("example.org/mission", b"x" * 32), LogKey.from_seed("b", b"x" * 32)]
)
def test_the_stranger_refuses_another_key(exported, other):
    with pytest.raises(ValueError):
        verify_record.check_log(exported, verifier_key(other.origin, other.public_key))


def changed(**fields):
    plain = json.loads(OPENING.form())
    plain.update(fields)
    return msgspec.json.format(json.dumps(plain).encode()) + b"\n"


@pytest.mark.parametrize(
    "content",
    [
        changed(opened=[{"position": 1, "name": "when", "salt": OPENING.opened[0].salt,
                         "content": base64.b64encode(b'["2016-02-28"]').decode()}]),
        changed(opened=[{"position": 0, "name": "when", "salt": OPENING.opened[0].salt,
                         "content": OPENING.opened[0].content}]),
        changed(opened=[{"position": 7, "name": "when", "salt": OPENING.opened[0].salt,
                         "content": OPENING.opened[0].content}]),
        changed(commitments=list(OPENING.commitments[::-1])),
        changed(commitments=list(OPENING.commitments[:2])),
        changed(entry=base64.b64encode(BODIES[6]).decode()),
        changed(proof=proof_file(6, inclusion_proof(nodes_of(LEAVES), 300, 6), HEAD).decode()),
    ],
)  # fmt: skip
def test_an_opening_that_was_changed_in_any_part_is_refused_by_both(content):
    with pytest.raises(ValueError):
        checked(read_opening(content))
    with pytest.raises((ValueError, IndexError, KeyError)):
        verify_record.check_opening(content, VKEY)


def test_a_field_the_entry_does_not_have_cannot_be_opened():
    with pytest.raises(ValueError, match="no field colour"):
        opening_of(BODIES[5], field_salts(SECRET, 3), FIELDS, ["colour"], PROOF)


def test_two_duty_officers_read_out_ten_groups_of_digits():
    said = spoken(read_head(HEAD))
    assert [len(group) for group in said] == [5] * 10
    assert all(group.isdigit() for group in said)
    assert said != spoken(read_head(KEY.sign_head(300, root_of(LEAVES[::-1]))))
    assert said == spoken(read_head(KEY.sign_head(300, root_of(LEAVES))))
