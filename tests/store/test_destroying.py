"""Destroying in the store: commitments stay, salts and words go, and only while the act is being entered."""

import sqlite3
from collections.abc import Callable

import pytest

from truceline.record.commit import DESTROYED, field_commitment, payload_commitment
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]
NOON_US = 1_456_574_400_000_000
ACT: list[tuple[str, bytes]] = [
    ("who", b'{"by":"x","what":"destroyed"}'),
    ("matter", b'{"entries":[[1,1]],"fields":["what"],"files":{},"of":"exercise/example.org/north","out":{}}'),
    ("because", b"So."),
]


def destroyed(mission: MissionFile, chance: Chance, *names: str, seq: int = 1) -> int:
    with mission.pen(NOON_US, chance) as pen:
        act, _ = pen.enter("destruction", ACT, {})
        return mission.destroying.destroy(seq, names, act)


def test_the_other_fields_keep_their_salts_and_the_entry_recomputes(filled: MissionFile, chance: Chance) -> None:
    before, fields = filled.sealed(1)
    assert destroyed(filled, chance, "what") == 1
    salts, left = filled.sealed(1)
    assert salts == [before[0], DESTROYED]
    assert left == [fields[0], ("what", b"")]
    [gone] = filled.destroying.of_own(1).values()
    assert gone == {1: field_commitment(before[1], 1, *fields[1])}
    whole = [field_commitment(salt, at, *field) for at, (salt, field) in enumerate(zip(before, fields, strict=True))]
    assert payload_commitment(whole).hex().encode() in filled.bodies(1, 2)[0]
    assert filled.audit() == []


def test_nothing_is_destroyed_once_the_act_is_signed(filled: MissionFile, chance: Chance) -> None:
    destroyed(filled, chance, "what")
    [one] = filled.destroying.all()
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), filled.pen(NOON_US, chance):
        filled.destroying.destroy(2, {"what"}, one.act)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), filled.pen(NOON_US, chance):
        filled.destroying.drop_file(_file(filled))
    assert filled.audit() == []


def _file(mission: MissionFile) -> str:
    _, fields = mission.sealed(3)
    return dict(fields)["blob"].decode()


def test_what_is_interrupted_is_not_destroyed(filled: MissionFile, chance: Chance) -> None:
    before = filled.sealed(1)
    with pytest.raises(KeyboardInterrupt), filled.pen(NOON_US, chance) as pen:  # noqa: PT012
        act, _ = pen.enter("destruction", ACT, {})
        filled.destroying.destroy(1, {"what"}, act)
        raise KeyboardInterrupt
    assert filled.sealed(1) == before
    assert filled.audit() == []


def test_a_file_goes_only_with_fields_of_an_entry_that_names_it(filled: MissionFile, chance: Chance) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"), filled.pen(NOON_US, chance) as pen:  # noqa: PT012
        act, _ = pen.enter("destruction", ACT, {})
        filled.destroying.destroy(1, {"what"}, act)
        filled.destroying.drop_file(_file(filled))
    with filled.pen(NOON_US, chance) as pen:
        act, _ = pen.enter("destruction", ACT, {})
        filled.destroying.destroy(3, {"blob_salt"}, act)
        assert filled.destroying.drop_file(_file(filled))
    assert {(fault.seq, fault.what) for fault in filled.audit()} == {(3, "destruction"), (1, "destruction")}


def test_an_act_that_says_it_destroyed_what_is_there_is_a_fault(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(NOON_US, chance) as pen:
        pen.enter("destruction", ACT, {})
    assert [(fault.seq, fault.what) for fault in filled.audit()] == [(1, "destruction")]


@pytest.mark.parametrize(
    "matter",
    [b"", b"{", b"[]", b'{"entries":[[0,99999999999]],"fields":["what"],"files":{},"of":"exercise/example.org/north"}',
     b'{"entries":[[-1,1]],"fields":[],"files":{},"of":"x"}', b'{"entries":[["a",1]],"fields":[],"files":{},"of":""}',
     b'{"entries":[],"fields":[],"files":{"x":{},"-1":{},"7":{}},"of":"exercise/example.org/north"}'],
)  # fmt: skip
def test_a_hostile_act_is_a_fault_or_nothing_and_soon_read(filled: MissionFile, chance: Chance, matter: bytes) -> None:
    with filled.pen(NOON_US, chance) as pen:
        pen.enter("destruction", [ACT[0], ("matter", matter), ACT[2]], {})
    assert {fault.what for fault in filled.audit()} <= {"destruction"}


def test_sweeping_leaves_no_free_page(filled: MissionFile, chance: Chance) -> None:
    destroyed(filled, chance, "what")
    assert filled.destroying.sweep()
    wal = filled.path.with_name(filled.path.name + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    raw = sqlite3.connect(filled.path)
    assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)
    raw.close()
