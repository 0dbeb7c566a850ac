"""Killed at any instant while it writes and receives: no acknowledged entry is missing, and the next audit is clean."""

import os
import random
import select
import signal
import subprocess
import sys
import time

import pytest

from truceline.store.mission_file import MissionFile

WRITER = """
import io, os, pathlib, sys, time
from truceline.exchange.bundle import Bundle
from truceline.pipeline.exchanging import received
from truceline.store.mission_file import MissionFile
folder = pathlib.Path(sys.argv[1])
bundles = sorted(folder.glob("*.bundle"))
print("begun", flush=True)
with MissionFile.open(folder / "b1", write=True) as mission:
    while True:
        for bundle in bundles:
            with mission.pen(time.time_ns() // 1000, os.urandom) as pen:
                _, entry_id = pen.enter("act", [("act", b"killed")], {})
            print("entered", entry_id, flush=True)
            came = received(mission, Bundle(io.BytesIO(bundle.read_bytes()).read).logs(), now_us=1, chance=os.urandom)
            print("held", *(f"{one.name}:{one.size}" for one in came if one.name), flush=True)
"""


def told_until_killed(folder, after_s):
    """What the writer acknowledged before it was killed so long after its first word."""
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
    assert child.stdout
    assert select.select([child.stdout], [], [], 60)[0]
    time.sleep(after_s)
    child.send_signal(signal.SIGKILL)
    told = child.stdout.read().decode()
    child.wait()
    return told[: told.rfind("\n") + 1].splitlines()


def killed(crowd, tmp_path, times):
    """Kill, look, and go on in the same mission: how many entries and receipts had been acknowledged."""
    draw = random.Random(int(os.environ.get("TRUCELINE_SEED", time.time_ns() // 1_000_000)))
    for number in range(40):
        crowd.write(crowd.devices["a1"])
        (tmp_path / f"{number:03}.bundle").write_bytes(crowd.bundle(crowd.devices["a1"], None))
    crowd.devices["b1"].mission.close()
    entered, sizes = [], {}
    for _ in range(times):
        for line in told_until_killed(tmp_path, draw.random() * 0.4):
            word, *rest = line.split()
            entered += rest if word == "entered" else []
            sizes |= dict(one.split(":") for one in rest) if word == "held" else {}
        with MissionFile.open(tmp_path / "b1", write=True) as mission:
            assert mission.audit() == []
            assert not {*entered} - {*mission.ids()}
            held = {peer.name: mission.others.edge(peer.log).size for peer in mission.others.peers()}
            assert all(held[name] >= int(size) for name, size in sizes.items())
    crowd.devices["b1"].mission = MissionFile.open(tmp_path / "b1", write=True)
    return len(entered)


def test_nothing_acknowledged_is_missing_after_a_kill(crowd, tmp_path):
    print(f"killed: 4 times, {killed(crowd, tmp_path, 4)} entries acknowledged, none missing")


@pytest.mark.long
def test_nothing_acknowledged_is_missing_after_forty_kills(crowd, tmp_path):
    entered = killed(crowd, tmp_path, 40)
    print(f"killed: 40 times, {entered} entries acknowledged, none missing")
    assert entered
