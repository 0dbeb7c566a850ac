"""Two processes on one file: one waits and then enters, or is told; nothing of the two is mixed."""

import os
import subprocess
import sys
import time

import pytest

from truceline.store.mission_file import MissionFile

HOLDER = """
import os, sys
from pathlib import Path
from truceline.store.mission_file import MissionFile
with MissionFile.open(Path(sys.argv[1]), write=True) as mission:
    if sys.argv[2] == "entering":
        with mission.pen(0, os.urandom) as pen:
            pen.enter("note", [], {})
            print("entering", flush=True)
            sys.stdin.readline()
    else:
        print("open", flush=True)
        sys.stdin.readline()
print("done", flush=True)
"""


@pytest.fixture
def holder(desk):
    """Another process that has the mission open, or is within a command, until it is let go."""
    started = []

    def start(how):
        words = [sys.executable, "-c", HOLDER, str(desk.mission), how]
        other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(other)
        assert other.stdout.readline().strip() in ("entering", "open")
        return other

    yield start
    for other in started:
        other.kill()
        other.communicate()


def commands(desk, words, number):
    """The same command so many times at once, in processes of their own; what each left."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "truceline", *(str(word) for word in words(n))],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(number)
    ]  # fmt: skip
    return [(*one.communicate(), one.returncode) for one in running]


def submissions(mission):
    """The kinds of all entries in order, each run of rows as one word."""
    found = []
    for _, kind, _, _ in mission.payloads():
        if not (kind == "row" and found and found[-1] == "row"):
            found.append(kind)
    return found


def test_two_take_ins_at_once_both_enter_one_after_the_other(desk, faults):
    desk.init()
    for n in range(3):
        desk.file(f"{n}.csv", faults.rows(f"t{n}", 700))
    ran = commands(desk, lambda n: ("take-in", desk.mission, desk.folder / f"{n}.csv", "--json"), 3)
    refused = [err for _, err, code in ran if code]
    assert all("is being written by another process" in err for err in refused), refused
    assert not [err for _, err, _ in ran if "did not close" in err]
    with MissionFile.open(desk.mission) as mission:
        assert mission.audit() == []
        runs = submissions(mission)
        assert runs.count("row") == runs.count("submission") == 3 - len(refused)
        assert all(runs[at + 1] == "submission" for at, kind in enumerate(runs) if kind == "row")
    assert desk.told("rebuild")["same"] is True
    print(f"two writers: {3 - len(refused)} of 3 at once entered, {len(refused)} refused")


def test_the_same_table_twice_at_once_is_entered_once(desk, faults):
    desk.init()
    table = desk.file("one.csv", faults.rows("one", 700))
    ran = commands(desk, lambda n: ("take-in", desk.mission, table, "--json"), 2)
    assert [code for _, _, code in ran].count(0) >= 1
    assert desk.take_in(table)["totals"]["already_held"] == 700
    with MissionFile.open(desk.mission) as mission:
        assert sum(kind == "row" for _, kind, _, _ in mission.payloads()) == 700
        assert mission.audit() == []


def test_who_waits_for_too_long_is_told_and_nothing_is_entered(desk, faults, holder, monkeypatch):
    desk.init()
    monkeypatch.setattr("truceline.store.opening.WAIT_S", 0.2)
    other = holder("entering")
    table = desk.file("one.csv", faults.rows("one", 5))
    ran = desk.run("take-in", desk.mission, table)
    assert (ran.code, "is being written by another process" in ran.err) == (2, True)
    assert "did not close" not in ran.err
    assert desk.run("audit", desk.mission).code == 0
    other.communicate("\n")
    again = desk.run("take-in", desk.mission, table)
    assert (again.code, again.err) == (0, "")
    assert desk.run("audit", desk.mission).code == 0


def test_a_writer_at_work_is_never_taken_for_one_that_was_killed(desk, faults, holder):
    desk.init()
    other = holder("open")
    for n in range(3):
        ran = desk.run("take-in", desk.mission, desk.file(f"{n}.csv", faults.rows(f"n{n}", 5)))
        assert (ran.code, ran.err) == (0, "")
    other.kill()
    other.wait()
    ran = desk.run("take-in", desk.mission, desk.file("after.csv", faults.rows("after", 5)))
    assert (ran.code, "did not close" in ran.err) == (0, True)
    assert "entries stand under a signed head" in ran.err
    again = desk.run("take-in", desk.mission, desk.file("later.csv", faults.rows("later", 5)))
    assert (again.code, again.err) == (0, "")
    assert sorted(path.name for path in desk.folder.iterdir() if path.suffix not in (".csv", ".key")) == [
        desk.mission.name
    ]


def test_a_large_table_killed_while_two_processes_read_it_leaves_nothing_running(desk, faults, victims):
    """The second process, which reads ahead, ends with the first; nothing of the table was entered."""
    desk.init()
    desk.file("much.csv", faults.rows("much", 60_000))
    pid = victims.begin("taking_much", desk.folder, seed=0)
    until = time.monotonic() + 30
    while not (ahead := children(pid)) and time.monotonic() < until:
        time.sleep(0.01)
    assert ahead, "no second process was started"
    time.sleep(0.7)
    victims.kill()
    until = time.monotonic() + 20
    while (left := [one for one in ahead if alive(one)]) and time.monotonic() < until:
        time.sleep(0.05)
    for one in left:
        os.kill(one, 9)
    assert not left, "the second process outlived the first"
    assert desk.run("audit", desk.mission).code == 0
    with MissionFile.open(desk.mission) as mission:
        assert mission.size == 1


def children(pid):
    """The processes that a process has started, and theirs."""
    path = f"/proc/{pid}/task/{pid}/children"
    if not os.path.exists(path):
        pytest.skip("the children of a process cannot be listed here")
    with open(path) as listed:
        found = [int(word) for word in listed.read().split()]
    return found + [one for child in found for one in children_of(child)]


def children_of(pid):
    try:
        return children(pid)
    except (FileNotFoundError, ProcessLookupError):
        return []


def alive(pid):
    """It is there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as state:
            return state.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
