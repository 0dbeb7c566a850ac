"""The power fails: what was acknowledged had been synced; of what was not, any part may be there, torn or not at all.

Played on copies of the file and its write-ahead log, taken between the commands of a process that keeps both open. From
one copy to the next SQLite has either committed (the log alone changed) or carried the log over into the file (the
file alone changed). A cut between the two leaves, sector by sector, the old bytes, the new ones, or neither.
"""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise

import pytest

from truceline.store.mission_file import MissionFile

SECTOR = 512


@dataclass
class Copy:
    """The bytes of the file and of its log after a step, and the head that was acknowledged by then."""

    file: bytes
    log: bytes
    size: int
    root: str
    held: int


class Power:
    """A mission that is written, copied after every step, and put down again as a cut would have left it."""

    def __init__(self, north, south, faults, draw):
        self.north, self.south, self.faults, self.draw = north, south, faults, draw
        self.log = south.mission.with_name(south.mission.name + "-wal")
        self.number = 0

    def copy(self):
        head = self.south.run("log", "head", self.south.mission, "--json").json()
        logs = self.south.run("exchange", "list", self.south.mission, "--json").json()["logs"]
        held = next(log["size"] for log in logs if log["name"] == "north")
        return Copy(self.south.mission.read_bytes(), self.log.read_bytes(), head["size"], head["root"], held)

    def step(self, kept_open, least=0.0):
        """One command, or the log carried over into the file."""
        self.number += 1
        luck = max(least, self.draw.random())
        if luck < 0.25:
            kept_open.execute("PRAGMA wal_checkpoint(PASSIVE)")
        elif luck < 0.5:
            act = self.south.file("act.yaml", self.faults.declared(str(self.number)))
            assert self.south.run("enter", self.south.mission, act).code == 0
        elif luck < 0.8:
            name = f"t{self.number}"
            table = self.south.file(f"{name}.csv", self.faults.rows(name, self.draw.randrange(1, 120)))
            assert self.south.run("take-in", self.south.mission, table).code == 0
        else:
            name, stick = f"n{self.number}", self.south.folder / "stick"
            self.north.take_in(self.north.file(f"{name}.csv", self.faults.rows(name, 50)))
            assert self.north.run("exchange", "bundle", self.north.mission, stick).code == 0
            assert self.south.run("exchange", "accept", self.south.mission, stick).code == 0

    def copies(self, steps, least=0.0):
        """The copies after each step; another connection keeps the log from being taken away on closing."""
        with closing(sqlite3.connect(self.south.mission, isolation_level=None)) as kept_open:
            kept_open.execute("SELECT count(*) FROM entry").fetchone()
            self.step(kept_open)
            yield self.copy()
            for _ in range(steps):
                self.step(kept_open, least)
                yield self.copy()

    def cut(self, old, new):
        """What a cut between two copies leaves: the file and the log."""
        if old.file != new.file:
            assert old.log == new.log
            return self.torn(old.file, new.file), new.log
        if self.draw.random() < 0.3 and new.log.startswith(old.log):
            return new.file, new.log[: self.draw.randrange(len(old.log), len(new.log) + 1)]
        return new.file, self.torn(old.log, new.log)

    def torn(self, old, new):
        """Sector by sector the old or the new bytes; of those that change, now and then neither. Any length between."""
        length = self.draw.randrange(min(len(old), len(new)), max(len(old), len(new)) + 1) if old != new else len(new)
        likely = self.draw.choice([0.1, 0.5, 0.9, 0.99])
        edge = len(old) // SECTOR * SECTOR if self.draw.random() < 0.3 else -1
        found = bytearray()
        for at in range(0, length, SECTOR):
            was, will = old[at : at + SECTOR].ljust(SECTOR, b"\0"), new[at : at + SECTOR].ljust(SECTOR, b"\0")
            luck = self.draw.random()
            sector = will if luck < likely else was
            if was != will and (at == edge or 0.45 < luck < 0.46):
                sector = self.draw.randbytes(SECTOR)
            found += sector
        return bytes(found[:length])

    def put_down(self, folder, file, log):
        """The mission as it lies after the cut, with its key; the index of the log is gone."""
        folder.mkdir()
        mission = folder / self.south.mission.name
        mission.write_bytes(file)
        mission.with_name(mission.name + "-wal").write_bytes(log)
        shutil.copy(self.south.mission.with_name(mission.name + ".key"), folder)
        return mission


def stands(mission, run, old, new):
    """It opens, audits, has what was acknowledged, and nothing that is neither before nor after; then it goes on."""
    audited = run("audit", mission)
    assert audited.code == 0, audited.out + audited.err
    logs = {log["side"]: log for log in run("exchange", "list", mission, "--json").json()["logs"]}
    assert (logs["own"]["size"], logs["north"]["size"]) in {(old.size, old.held), (new.size, new.held)}
    with MissionFile.open(mission, write=True) as opened:
        assert opened.cut(old.size)[opened.origin] == [old.size, old.root]


def cuts(power, folder, run, steps, times):
    """So many steps, each with so many cuts in it; how many were within a commit."""
    number = commits = 0
    for old, new in pairwise(power.copies(steps)):
        for _ in range(times if old.file != new.file or old.log != new.log else 0):
            mission = power.put_down(folder / f"cut-{number}", *power.cut(old, new))
            stands(mission, run, old, new)
            shutil.rmtree(mission.parent)
            number, commits = number + 1, commits + (old.log != new.log)
    print(f"power: {number} cuts, {commits} of them within a commit; nothing acknowledged missing, every audit clean")
    return number


@pytest.fixture
def power(faults, pair, tmp_path, seed):
    return Power(*pair(tmp_path / "two"), faults, random.Random(seed))


def test_what_was_acknowledged_stands_after_the_power_failed(power, office, tmp_path):
    assert cuts(power, tmp_path, office.truceline, 8, 4)


@pytest.mark.long
def test_what_was_acknowledged_stands_after_many_power_cuts(power, office, tmp_path):
    """A hundred in every run of the suite; as many as $TRUCELINE_CUTS says."""
    wanted = int(os.environ.get("TRUCELINE_CUTS", "100"))
    assert cuts(power, tmp_path, office.truceline, max(2, wanted // 10), 10) >= wanted // 2


def test_what_had_been_synced_and_is_gone_would_be_noticed(power, office, tmp_path):
    """The same check refuses a state in which something acknowledged is missing: half of the log is gone."""
    _, one = power.copies(1, least=0.25)
    mission = power.put_down(tmp_path / "cut", one.file, one.log[: len(one.log) // 2])
    with pytest.raises(AssertionError):
        stands(mission, office.truceline, one, one)


def test_every_commit_waits_for_the_disk(power):
    """Synchronous FULL on a write-ahead log: the log is synced before a commit returns."""
    for write in (True, False):
        with MissionFile.open(power.south.mission, write=write) as mission:
            assert mission._connection.execute("PRAGMA synchronous").fetchone() == (2,)
            assert mission._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
