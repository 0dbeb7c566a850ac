"""The mark of a writer: left by one that did not close, and by nobody else."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from truceline.remarks import listener
from truceline.store import recovery
from truceline.store.mission_file import MissionFile

WRITER = """
import os, sys
from pathlib import Path
from truceline.store.mission_file import MissionFile
mission = MissionFile.open(Path(sys.argv[1]), write=True)
with mission.pen(0, os.urandom) as pen:
    pen.enter("note", [], {})
print("entered", flush=True)
if sys.argv[2] == "stays":
    sys.stdin.readline()
"""


@pytest.fixture
def told() -> list[str]:
    """What was told on opening."""
    heard: list[str] = []
    token = listener.set(lambda sentence, mend: heard.append(f"{sentence} {mend}"))
    yield heard
    listener.reset(token)


@pytest.fixture
def writer(path: Path) -> Callable[[str], subprocess.Popen[bytes]]:
    """A process that enters one note, and `stays` with the file open, or `ends` without closing it by hand."""

    def start(how: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", WRITER, str(path), how]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"entered\n"
        return process

    return start


def marks(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.glob("*-writer-*"))


def test_a_writer_that_was_killed_is_told_of_once(filled: MissionFile, path: Path, told: list[str], writer) -> None:
    filled.close()
    killed = writer("stays")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with MissionFile.open(path):
        assert not told, "who only reads needs no such sentence"
    with MissionFile.open(path, write=True):
        [sentence] = told
    assert f"did not close {path}: its 6 entries stand under a signed head" in sentence
    with MissionFile.open(path, write=True):
        assert len(told) == 1
    assert marks(path) == []


def test_nothing_is_told_of_a_writer_that_is_at_work_or_ended_in_order(
    filled: MissionFile, path: Path, told: list[str], writer
) -> None:
    filled.close()
    at_work = writer("stays")
    for _ in range(2):
        with MissionFile.open(path, write=True) as second, second.pen(0, os.urandom) as pen:
            pen.enter("note", [], {})
    assert len(marks(path)) == 1
    at_work.communicate(b"\n")
    assert marks(path) == []
    writer("ends").communicate()
    with MissionFile.open(path, write=True):
        pass
    assert told == []


def test_nothing_is_told_where_a_reader_outlived_the_writer_and_the_log_could_not_be_taken_away(
    filled: MissionFile, path: Path, told: list[str]
) -> None:
    with MissionFile.open(path):
        filled.close()
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    with MissionFile.open(path, write=True):
        assert told == []


def test_two_writers_in_one_process_have_a_mark_each(filled: MissionFile, path: Path, told: list[str]) -> None:
    with MissionFile.open(path, write=True):
        assert len(marks(path)) == 2
    assert len(marks(path)) == 1
    filled.close()
    filled.close()
    assert (marks(path), told) == ([], [])


def test_a_mission_that_nobody_has_any_more_leaves_no_mark(mission: MissionFile, path: Path, told: list[str]) -> None:
    mission.close()
    MissionFile.open(path, write=True)
    gc.collect()
    assert (marks(path), told) == ([], [])


def test_a_writer_killed_before_anything_was_entered_is_told_as_a_making_that_broke_off(
    mission: MissionFile, path: Path, told: list[str]
) -> None:
    mission.close()
    path.with_name(path.name + "-writer-1-0").touch()
    with MissionFile.open(path, write=True):
        pass
    assert "The making of" in told[0] and "nothing was entered yet" in told[0]


def test_a_record_that_does_not_fit_is_told_as_one(filled: MissionFile, path: Path, told: list[str]) -> None:
    filled._connection.execute("UPDATE frontier SET bytes = ?", (bytes(8),))
    filled.close()
    path.with_name(path.name + "-writer-1-0").touch()
    with MissionFile.open(path, write=True):
        pass
    assert "Audit it" in told[0] and "stand under" not in told[0]


def test_a_mark_that_was_being_made_is_taken_away_and_not_told(
    filled: MissionFile, path: Path, told: list[str]
) -> None:
    filled.close()
    path.with_name(path.name + "-writer-1-0.new").touch()
    with MissionFile.open(path, write=True):
        pass
    assert (marks(path), told) == ([], [])


def test_where_no_lock_can_be_had_a_mission_is_written_as_ever(
    filled: MissionFile, path: Path, told: list[str], chance, now_us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()

    def refuse(descriptor: int) -> None:
        raise OSError("no locks")

    monkeypatch.setattr(recovery, "_lock", refuse)
    for _ in range(2):
        with MissionFile.open(path, write=True) as opened, opened.pen(now_us, chance) as pen:
            pen.enter("note", [], {})
    assert (marks(path), told) == ([], [])
    with MissionFile.open(path) as reading:
        assert reading.size == 7


def test_a_mission_with_a_strange_name_finds_its_own_marks_only(
    mission: MissionFile, path: Path, told: list[str]
) -> None:
    mission.close()
    for name in ("north", "north.truce2", "[n]orth.truce"):
        path.with_name(f"{name}-writer-1-0").touch()
    with MissionFile.open(path, write=True):
        pass
    assert told == [] and len(marks(path)) == 3
