"""Making, opening and asking a mission file."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.errors import MissionError, RecordBroken
from truceline.store.key_file import key_path
from truceline.store.mission_file import MissionFile
from truceline.store.opening import FORMAT_VERSION
from truceline.vocabulary.marking import INTERNAL

Chance = Callable[[int], bytes]
NEW = {"origin": "example.org/north", "seed": b"s" * 32, "fingerprint_secret": b"f" * 32}


def test_a_mission_is_one_file_and_its_key_file(mission: MissionFile, path: Path) -> None:
    mission.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["north.truce", "north.truce.key"]
    assert stat.S_IMODE(key_path(path).stat().st_mode) == 0o600
    assert b"TRUC" in path.read_bytes()[:100]
    assert (b"f" * 32).hex().encode() not in path.read_bytes()


def test_an_exercise_says_so_in_everything_it_signs(filled: MissionFile, path: Path) -> None:
    assert filled.exercise
    assert filled.origin == "exercise/example.org/north"
    with sqlite3.connect(path) as raw:
        assert all(b'"log":"exercise/example.org/north"' in body for (body,) in raw.execute("SELECT body FROM entry"))
        assert all(note.startswith(b"exercise/example") for (note,) in raw.execute("SELECT note FROM head"))


def test_a_real_mission_cannot_be_named_like_an_exercise(path: Path) -> None:
    with MissionFile.create(path, exercise=False, **NEW) as mission:
        assert not mission.exercise
        assert mission.origin == "example.org/north"
    with pytest.raises(MissionError, match="names an exercise"):
        MissionFile.create(path.with_name("b"), exercise=False, **{**NEW, "origin": "exercise/b"})


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "a\nb"])
def test_an_unusable_origin_is_refused_and_leaves_no_file(path: Path, origin: str) -> None:
    with pytest.raises(MissionError, match="cannot be made"):
        MissionFile.create(path, exercise=False, **{**NEW, "origin": origin})
    assert list(path.parent.iterdir()) == []


def test_a_mission_is_never_overwritten(mission: MissionFile, path: Path) -> None:
    mission.close()
    before = path.read_bytes(), key_path(path).read_bytes()
    with pytest.raises(MissionError, match="already a key file"):
        MissionFile.create(path, exercise=False, **NEW)
    key_path(path).rename(path.with_name("moved"))
    with pytest.raises(MissionError, match="already there"):
        MissionFile.create(path, exercise=False, **NEW)
    assert (path.read_bytes(), path.with_name("moved").read_bytes()) == before
    assert not key_path(path).exists()


def test_a_folder_that_cannot_take_the_file_is_said_so_and_stays_as_it_was(tmp_path: Path) -> None:
    """A file in the place of the folder: the suite may run as root, whom permissions do not stop."""
    (tmp_path / "file").write_text("")
    with pytest.raises(MissionError, match="cannot be written"):
        MissionFile.create(tmp_path / "file" / "north.truce", exercise=False, **NEW)
    (tmp_path / "north.truce").mkdir()
    with pytest.raises(MissionError, match="already there"):
        MissionFile.create(tmp_path / "north.truce", exercise=False, **NEW)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "north.truce"]


def test_an_init_that_fails_can_be_abandoned_but_a_record_cannot(
    mission: MissionFile, path: Path, chance: Chance
) -> None:
    with mission.pen(0, chance) as pen:
        pen.enter("note", [], {})
    with pytest.raises(MissionError, match="holds 1 entries"):
        mission.abandon()
    other = MissionFile.create(path.with_name("other"), exercise=False, **NEW)
    other.abandon()
    assert sorted(file.name for file in path.parent.glob("other*")) == []
    assert mission.size == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "is not there"), (b"", "making was interrupted"), (b"not a database, " * 99, "is not a mission file")],
)
def test_what_is_no_mission_file_is_refused(path: Path, content: bytes | None, sentence: str) -> None:
    if content is not None:
        path.write_bytes(content)
    for write in (False, True):
        with pytest.raises(MissionError, match=sentence):
            MissionFile.open(path, write=write)


def test_another_program_s_database_and_a_folder_are_refused(path: Path, tmp_path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE entry(a)")
    raw.close()
    with pytest.raises(MissionError, match="is not a mission file"):
        MissionFile.open(path)
    with pytest.raises(MissionError, match="a folder"):
        MissionFile.open(tmp_path)


def test_a_mission_of_a_newer_truceline_is_not_touched(mission: MissionFile, path: Path) -> None:
    mission.close()
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version=7")
    raw.close()
    wanted = rf"written by a newer Truceline \(format 7, this one reads {FORMAT_VERSION}\)"
    with pytest.raises(MissionError, match=wanted):
        MissionFile.open(path, write=True)


def test_without_its_key_file_a_mission_can_be_read_but_not_written(filled: MissionFile, path: Path) -> None:
    filled.close()
    key_path(path).unlink()
    with MissionFile.open(path) as mission:
        assert mission.size == 5
        assert mission.audit() == []
    with pytest.raises(MissionError, match="cannot be read"):
        MissionFile.open(path, write=True)


def test_the_key_file_of_another_mission_is_refused(filled: MissionFile, path: Path) -> None:
    filled.close()
    whole = key_path(path).read_text()
    for content, sentence in (
        (whole.replace("north", "south"), "is the key file of exercise/example.org/south"),
        (whole.replace("73", "74"), "is the key of another mission"),
        ("{}", "is not a key file"),
        (whole.replace('"seed": "', '"seed": "zz'), "is not a key file"),
        (whole.replace('"seed": "', '"seed": "00'), "is not a key file"),
    ):
        key_path(path).write_text(content)
        with pytest.raises(MissionError, match=sentence):
            MissionFile.open(path, write=True)


def test_a_mission_opened_for_reading_takes_no_pen_and_sees_one_state(
    filled: MissionFile, path: Path, chance: Chance
) -> None:
    with MissionFile.open(path) as reading:
        assert reading.size == 5
        with filled.pen(0, chance) as pen:
            pen.enter("note", [], {})
        assert (reading.size, filled.size) == (5, 6)
        with pytest.raises(MissionError, match="opened for reading"), reading.pen(0, chance):
            pass


def test_a_folder_without_room_for_the_wal_can_still_be_read(filled: MissionFile, path: Path) -> None:
    """SQLite cannot make its index beside the file: here because a folder stands in its place."""
    filled.close()
    path.with_name(path.name + "-shm").mkdir()
    with MissionFile.open(path) as mission:
        assert mission.size == 5
        assert mission.rows("report", INTERNAL) == []


def test_a_second_writer_is_told_that_another_process_is_writing(
    filled: MissionFile, path: Path, chance: Chance, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = (
        "import sqlite3, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('BEGIN IMMEDIATE')\n"
        "print('writing', flush=True)\n"
        "sys.stdin.read()\n"
    )
    monkeypatch.setattr("truceline.store.opening.WAIT_S", 0.2)
    other = subprocess.Popen([sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"writing\n"
    with (
        MissionFile.open(path, write=True) as mission,
        pytest.raises(MissionError, match="being written by another process"),
        mission.pen(0, chance),
    ):
        pass
    other.communicate()
    with filled.pen(0, chance) as pen:
        pen.enter("note", [], {})
    assert filled.size == 6


def test_two_writers_who_take_turns_both_get_in(filled: MissionFile, path: Path, chance: Chance) -> None:
    with MissionFile.open(path, write=True) as other:
        for writer in (filled, other, filled, other):
            with writer.pen(0, chance) as pen:
                pen.enter("note", [], {})
    assert filled.size == 9
    assert filled.audit() == []


def test_nothing_is_added_to_a_record_that_does_not_fit_its_last_head(
    filled: MissionFile, path: Path, chance: Chance
) -> None:
    raw = sqlite3.connect(path)
    edge = raw.execute("SELECT bytes FROM frontier").fetchone()[0]
    for broken in (edge[:-1] + bytes([edge[-1] ^ 1]), edge[:8], bytes(8)):
        raw.execute("UPDATE frontier SET bytes = ?", (broken,))
        raw.commit()
        with pytest.raises(RecordBroken), filled.pen(0, chance) as pen:
            pen.enter("note", [], {})
        assert "edge" in {fault.what for fault in filled.audit()}
    raw.execute("UPDATE frontier SET bytes = ?", (edge,))
    raw.execute("INSERT INTO entry VALUES(1, 5, x'00', x'00')")
    raw.commit()
    with pytest.raises(RecordBroken), filled.pen(0, chance):
        pass
    raw.close()
