"""The disk is full: one sentence says so, nothing is half there, the mission audits, and goes on when there is room."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from truceline.pipeline.serving import server

ROOM = 24 << 20
LEAST = 4 << 10
FULL = "The disk is full"


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, of 24 MiB; skipped where none can be mounted (that takes root on Linux)."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = [shutil.which("mount") or "false", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder]
    if subprocess.run(words, check=False).returncode:
        pytest.skip("no disk of its own can be mounted here: run as root on Linux")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def filled(disk):
    """Fills the disk up to so many bytes left, and gives back the room."""
    ballast = disk / "ballast"

    def fill(left):
        ballast.unlink(missing_ok=True)
        if left is None:
            return
        state = os.statvfs(disk)
        with ballast.open("wb") as file:
            file.write(bytes(max(0, state.f_bavail * state.f_frsize - left)))

    return fill


@pytest.fixture
def north(office, faults, disk, tmp_path):
    """A mission on the small disk that knows another holder, whose bundle lies elsewhere."""
    desks = []
    for folder in (disk / "north", tmp_path / "south"):
        folder.mkdir()
        desks.append(office.Desk(folder).init())
    north, south = desks
    for desk, other, name in ((north, south, "south"), (south, north, "north")):
        key = other.run("log", "head", other.mission, "--json").json()["key"]
        assert desk.run("exchange", "add", desk.mission, name, "--key", key).code == 0
    north.take_in(north.file("first.csv", faults.rows("first", 300)))
    south.take_in(south.file("much.csv", faults.rows("much", 1_000)))
    assert south.run("exchange", "bundle", south.mission, tmp_path / "much.bundle").code == 0
    return north


def commands(north, faults, disk, tmp_path, name):
    """Everything that writes, by name: the words of the command, from files that lie on another disk."""
    table, act = tmp_path / f"{name}.csv", tmp_path / f"{name}.yaml"
    table.write_text(faults.rows(name, 600))
    act.write_text(faults.declared(f"{name} {'so ' * 5_000}"))
    to = ("--audience", "internal")
    return {
        "take-in": ("take-in", north.mission, table),
        "enter": ("enter", north.mission, act),
        "accept": ("exchange", "accept", north.mission, tmp_path / "much.bundle"),
        "log export": ("log", "export", north.mission, disk / f"log-{name}"),
        "bundle": ("exchange", "bundle", north.mission, disk / f"{name}.bundle"),
        "bulletin": ("bulletin", north.mission, "--out", disk / f"{name}.html", *to),
        "export": ("export", north.mission, "--out", disk / f"{name}.out", *to),
        "init": ("init", disk / name, "--agreement", "example", "--exercise", "--reading", "strict"),
    }


NAMES = ["take-in", "enter", "accept", "log export", "bundle", "bulletin", "export", "init"]


@pytest.mark.parametrize("what", NAMES)
def test_a_full_disk_is_called_one_and_nothing_is_half_there(north, faults, filled, disk, tmp_path, what):
    before = north.run("log", "head", north.mission, "--json").json()
    there = {path for path in disk.rglob("*") if "log-" not in str(path)}
    refused = 0
    for number, left in enumerate((0, LEAST, 60_000)):
        filled(left)
        words = commands(north, faults, disk, tmp_path, f"full{number}")[what]
        ran = north.run(*words)
        if ran.code == 0:
            continue
        refused += 1
        assert (ran.code, FULL in ran.err) == (2, True), (left, ran.err)
        filled(None)
        assert north.run("log", "head", north.mission, "--json").json() == before
        assert {path for path in disk.rglob("*") if "log-" not in str(path)} == there
        assert north.run("audit", north.mission).code == 0
        ran = north.run(*words)
        assert (ran.code, "did not close" in ran.err) == (0, False), ran.err
        if what == "log export":
            assert north.run("audit", words[-1]).code == 0
        if what == "init":
            assert north.run("audit", words[1]).code == 0
        before = north.run("log", "head", north.mission, "--json").json()
        there = {path for path in disk.rglob("*") if "log-" not in str(path)}
    assert refused


def test_a_mission_on_a_full_disk_is_read_or_says_that_there_is_no_room(north, filled):
    """SQLite needs 32 KiB beside the file for its index, for readers too."""
    for left in (0, LEAST, 60_000):
        filled(left)
        for words in (("audit", north.mission), ("log", "head", north.mission), ("exchange", "list", north.mission)):
            ran = north.run(*words)
            assert ran.code == 0 or FULL in ran.err
    assert ran.code == 0


def test_no_room_for_what_is_on_its_way_is_told_to_who_sends_it(north, office, filled, disk, tmp_path, monkeypatch):
    south = office.Desk(tmp_path / "south")
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    with server(
        north.mission, "127.0.0.1", 0, now_us=lambda: time.time_ns() // 1000, now_s=time.monotonic, chance=os.urandom
    ) as running:
        answering = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        answering.start()
        address = f"http://127.0.0.1:{running.port}/"
        filled(150_000)
        sent = south.run("exchange", "push", south.mission, address)
        filled(None)
        again = south.run("exchange", "push", south.mission, address)
        running.shutdown()
        answering.join()
    assert (sent.code, FULL in sent.err) == (2, True), sent.err
    assert again.code == 0, again.err
    assert north.run("audit", north.mission).code == 0


LIMITED = """
import resource, runpy, sys
from pathlib import Path
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from truceline.cli import run
sys.exit(run(sys.argv[2:]))
"""


def test_a_file_that_may_not_grow_further_leaves_whole_commands(desk, faults):
    """Another way to run out of room, which needs no root: the system refuses larger files (EFBIG)."""
    desk.init()
    taken = 0
    for number in range(12):
        table = desk.file(f"{number}.csv", faults.rows(str(number), 600))
        words = [sys.executable, "-c", LIMITED, str(3 << 20), "take-in", str(desk.mission), str(table)]
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
        assert ran.returncode in (0, 2), ran.stderr
        assert ran.returncode != -signal.SIGXFSZ
        taken += ran.returncode == 0
        if ran.returncode:
            assert "Traceback" not in ran.stderr
            break
    assert 0 < taken < 12
    assert desk.run("audit", desk.mission).code == 0
    assert len(desk.told("sources")["sources"]) >= 1
    assert desk.take_in(table)["totals"]["reports"] == 600
    assert desk.run("audit", desk.mission).code == 0
