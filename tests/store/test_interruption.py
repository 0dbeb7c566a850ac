"""A process that is killed in the middle leaves a record that audits clean."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from truceline.store.mission_file import MissionFile

PROGRAM = """
import os, sys
from pathlib import Path
from truceline.store.mission_file import MissionFile

with MissionFile.open(Path(sys.argv[1]), write=True) as mission:
    while True:
        with mission.pen(0, os.urandom) as pen:
            rows = pen.rows([[("what", b"shelling"), ("where", b"Aleppo")]] * 500, "ab" * 32)
            pen.submission(rows[0][0], [], {})
            pen.insert("agreement", [(rows[0][0], "id", "a", "1", "", "")])
        print(mission.size, flush=True)
"""


@pytest.mark.parametrize("delay_ms", [3, 11, 29, 47, 71])
def test_a_mission_killed_while_it_is_written_holds_whole_commands_only(
    mission: MissionFile, path: Path, delay_ms: int
) -> None:
    mission.close()
    writer = subprocess.Popen([sys.executable, "-c", PROGRAM, path], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    said = int(writer.stdout.readline())
    time.sleep(delay_ms / 1000)
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()
    with MissionFile.open(path) as reading:
        assert reading.size >= said
        assert reading.audit() == []
    with MissionFile.open(path, write=True) as after:
        assert after.size >= said
        assert after.size % 501 == 0
        assert after.audit() == []
        assert after.dump_tables().count(b'"id","a","1"') == after.size // 501
        with after.pen(0, os.urandom) as pen:
            pen.enter("note", [], {})
        assert after.audit() == []
