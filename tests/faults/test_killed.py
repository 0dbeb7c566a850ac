"""Killed at any instant: nothing acknowledged is missing, nothing is half there, and the next command says so."""

import contextlib
import json
import os
import random
import shutil
import socket
import threading
import time
from collections import Counter

import pytest

from truceline.pipeline.serving import server
from truceline.store.mission_file import MissionFile

IN_ONE_MISSION = 50


class Rounds:
    """Kills in one pair of missions: what was acknowledged so far, and what must hold after every kill."""

    def __init__(self, faults, victims, desks, draw):
        self.faults, self.victims, self.draw = faults, victims, draw
        self.north, self.south = desks
        self.roots = {}
        self.acts, self.files, self.keys, self.gone = set(), set(), set(), set()
        self.told = 0
        self.entries = 0
        self.made = 0

    def grow(self):
        """The other holder enters something, and a bundle of it lies at the victim's."""
        self.made += 1
        name = f"n{self.made}"
        taken = self.north.take_in(self.north.file(f"{name}.csv", self.faults.rows(name, self.draw.randrange(1, 300))))
        assert taken["totals"]["reports"]
        if self.draw.random() < 0.2:
            self.back()
        if self.draw.random() < 0.3:
            assert self.north.run("release", self.north.mission, "--all", "--to", "all", "--because", name).code == 0
        stick = self.south.folder / f"{self.made:04}.bundle"
        assert self.north.run("exchange", "bundle", self.north.mission, stick, "--for", "south").code == 0

    def back(self):
        """What the victim wrote goes to the other holder, with the key under which openings are sealed for it."""
        stick = self.south.folder / "back"
        assert self.south.run("exchange", "bundle", self.south.mission, stick, "--for", "north").code == 0
        taken = self.north.run("exchange", "accept", self.north.mission, stick)
        assert taken.code == 0, taken.out + taken.err

    def kill(self, work):
        """One kill; whether it left a command unfinished."""
        self.grow()
        longest = self.draw.choice([0.1, 0.5, 1.5])
        told = getattr(self, work)(self.draw.random() * longest)
        self.note(told)
        unfinished = [*self.south.folder.glob("*-writer-*[0-9]")]
        self.check()
        again = self.goes_on()
        assert ("did not close" in again.err) == bool(unfinished), (unfinished, again.err)
        return bool(unfinished)

    def entering(self, after_s):
        return self._ended("entering", after_s)

    def accepting(self, after_s):
        return self._ended("accepting", after_s)

    def pulling(self, after_s):
        with server(
            self.north.mission, "127.0.0.1", 0, now_us=clock, now_s=time.monotonic, chance=os.urandom
        ) as running:
            answering = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
            answering.start()
            told = self._ended("pulling", after_s, url=f"http://127.0.0.1:{running.port}/")
            running.shutdown()
            answering.join()
        return told

    def serving(self, after_s):
        """The one who answers is killed; what it had acknowledged stands in the answers to whoever pushed."""
        port = free_port()
        began = time.monotonic()
        self.victims.begin("serving", self.south.folder, seed=0, port=port)
        wait_for(port)
        told, stop = [], threading.Event()

        def pushing():
            while not stop.is_set():
                ran = self.north.run("exchange", "push", self.north.mission, f"http://127.0.0.1:{port}/", "--json")
                if ran.code == 0:
                    told.extend([one["name"], str(one["size"]), ""] for one in ran.json()["there"] if one["name"])

        hand = threading.Thread(target=pushing)
        hand.start()
        time.sleep(max(0.0, after_s - (time.monotonic() - began)))
        within(self.south.folder, "*-writer-*", self.draw.random() * 0.05)
        written = self.victims.kill()
        stop.set()
        hand.join()
        return written + told

    def _ended(self, work, after_s, **given):
        self.victims.begin(work, self.south.folder, seed=self.draw.randrange(1 << 30), **given)
        time.sleep(after_s)
        if self.draw.random() < 0.6:  # else whatever it is doing then: most of that is reading
            within(self.south.folder, "*-writer-*", self.draw.random() * 0.05)
        return self.victims.kill()

    def note(self, told):
        self.told += len(told)
        for word, *rest in told:
            if word == "act":
                self.acts.add(rest[0])
            elif word in ("file", "key", "gone"):
                {"file": self.files, "key": self.keys, "gone": self.gone}[word].add(rest[0])
            else:
                self.roots.setdefault(word, {})[int(rest[0])] = rest[1]

    def check(self):
        """The audit is clean; every log acknowledged is held at least so far, and the same; every act can be read."""
        audited = self.south.run("audit", self.south.mission, "--json")
        assert audited.code == 0, audited.out + audited.err
        with MissionFile.open(self.south.mission) as mission:
            others = mission.others
            logs = {"own": 1} | {peer.name: peer.log for peer in others.peers()}
            self.entries = sum(others.edge(log).size for log in logs.values())
            for name, known in self.roots.items():
                size = others.edge(logs[name]).size
                assert size >= max(known), f"{name} is held up to {size}, and {max(known)} was acknowledged"
                there = others.roots(logs[name], [*known])
                wrong = [at for at, root in known.items() if root and there[at].hex() != root]
                assert not wrong, f"{name}: another history at {wrong}"
        read = {act["id"] for act in self.south.told("acts")["acts"]}
        assert not self.acts - read
        listed = self.south.run("key", "list", self.south.mission, "--json").json()["keys"]
        assert not self.keys - {key["key"] for key in listed if key["file"] == "open"}
        there = self.south.run("destructions", self.south.mission, "--json").json()["destructions"]
        assert len(there) >= len(self.gone)

    def goes_on(self):
        """The next command: an acknowledged table adds nothing; where there is none, a new one adds all its rows."""
        if self.files:
            name = self.draw.choice(sorted(self.files))
            again = self.south.run("take-in", self.south.mission, self.south.folder / name, "--json")
            totals = again.json()["totals"]
            assert (totals["reports"], totals["already_held"]) == (0, totals["rows"])
            return again
        new = self.south.file("first.csv", self.faults.rows("first", 3))
        return self.south.run("take-in", self.south.mission, new, "--json")

    def end(self):
        """The tables are those of the entries; what was exported is sound; both holders end with the same log."""
        assert self.south.run("rebuild", self.south.mission, "--json").json()["same"] is True
        exported = self.south.folder / "log"
        assert self.south.run("log", "export", self.south.mission, exported).code == 0
        assert self.south.run("audit", exported).code == 0
        self.back()
        assert self.north.run("audit", self.north.mission).code == 0


def within(folder, pattern, after_s):
    """Wait until a file of that name is there, and so long after that."""
    until = time.monotonic() + 2
    while not any(folder.glob(pattern)) and time.monotonic() < until:
        pass
    time.sleep(after_s)


def clock():
    return time.time_ns() // 1000


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(port):
    for _ in range(1_000):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.01)
    raise AssertionError("nobody answers")


def killed(faults, victims, pair, folder, seed, times):
    draw = random.Random(seed)
    kinds = ["entering", "accepting", "pulling", "serving"]
    count, unfinished, told, entries = dict.fromkeys(kinds, 0), 0, 0, 0
    for start in range(0, times, IN_ONE_MISSION):
        rounds = Rounds(faults, victims, pair(folder / str(start)), draw)
        for number in range(start, min(times, start + IN_ONE_MISSION)):
            work = kinds[number % len(kinds)]
            unfinished += rounds.kill(work)
            count[work] += 1
        rounds.end()
        told, entries = told + rounds.told, entries + rounds.entries
        shutil.rmtree(folder / str(start))
    by_kind = ", ".join(f"{number} {work}" for work, number in count.items())
    print(
        f"killed: {times} times ({by_kind}), {unfinished} of them within a command; {told} acknowledgements over "
        f"{entries} entries, none missing; every audit clean"
    )


def test_nothing_acknowledged_is_missing_after_a_kill(faults, victims, pair, tmp_path, seed):
    killed(faults, victims, pair, tmp_path, seed, 8)


@pytest.mark.long
def test_nothing_acknowledged_is_missing_after_many_kills(faults, victims, pair, tmp_path, seed):
    """Twenty-four in every run of the suite; as many as $TRUCELINE_KILLS says."""
    killed(faults, victims, pair, tmp_path, seed, int(os.environ.get("TRUCELINE_KILLS", "24")))


def test_a_mission_killed_in_the_making_stands_or_the_next_command_says_how_to_go_on(
    faults, victims, office, tmp_path, seed
):
    """Killed within `init`: what was acknowledged stands; else a sentence says what to remove, and that is enough."""
    draw, seen = random.Random(seed), Counter()
    for number in range(16):
        desk = office.Desk(tmp_path / str(number))
        desk.folder.mkdir()
        victims.begin("making", desk.folder, seed=0)
        within(desk.folder, "mission*", draw.random() * 0.03)
        told = victims.kill()
        taken = desk.run("take-in", desk.mission, desk.file("t.csv", faults.rows("t", 1)))
        seen[taken.err.partition(desk.mission.name)[2].partition("\n")[0] or " stands"] += 1
        if taken.code:
            assert not told, taken.err
            assert "interrupted" in taken.err or "is not there" in taken.err
            for end in ("", ".key"):
                desk.mission.with_name(desk.mission.name + end).unlink(missing_ok=True)
            desk.init()
        assert desk.run("audit", desk.mission).code == 0
        for _, cut in told[:1]:
            assert (
                desk.run("evaluate", desk.mission, "--known", "1:" + next(iter(json.loads(cut).values()))[1]).code == 0
            )
    print(f"making: {dict(seen)}")


def test_a_key_file_without_its_mission_is_said_to_be_one(desk):
    """What a kill between the two files of a mission leaves; or a mission that was moved without its key."""
    desk.init()
    desk.mission.unlink()
    ran = desk.run("init", desk.mission, "--agreement", "example", "--exercise", "--reading", "strict")
    assert (ran.code, "and no mission: its making was interrupted, or the mission was moved" in ran.err) == (2, True)
