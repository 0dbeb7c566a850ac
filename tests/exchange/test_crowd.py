"""Random runs: whatever is lost, doubled, late or cut short, honest holders end alike, and a fork is proved."""

import io
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from truceline.errors import ExchangeRefused
from truceline.exchange.bundle import Bundle
from truceline.exchange.judging import Judgement
from truceline.pipeline.exchanging import received
from truceline.store.mission_file import MissionFile


def runs(crowds, folder: Path, number: int) -> Iterator[int]:
    first = int(os.environ.get("TRUCELINE_SEED", time.time_ns() // 1_000_000))
    print(f"crowd: {number} runs, seeds from {first}")
    for seed in range(first, first + number):
        crowd = crowds.played(folder / str(seed), seed)
        try:
            yield crowds.judged_whole(crowd)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}") from error
        finally:
            crowd.close()
            shutil.rmtree(folder / str(seed))


def test_honest_holders_end_with_the_same_logs_and_every_fork_is_proved(crowds, tmp_path):
    proved = list(runs(crowds, tmp_path, 12))
    print(f"crowd: forks proved in {sum(proved)} of {len(proved)} runs")


@pytest.mark.long
def test_many_runs_end_the_same(crowds, tmp_path):
    """Thirty in every run of the suite; as many as $TRUCELINE_CROWDS says."""
    proved = list(runs(crowds, tmp_path, int(os.environ.get("TRUCELINE_CROWDS", "30"))))
    print(f"crowd: forks proved in {sum(proved)} of {len(proved)} runs")
    assert sum(proved) > len(proved) // 25


def test_a_mission_that_was_copied_is_told_so(crowds, tmp_path):
    crowd = crowds.Crowd(tmp_path, random.Random(7)).begin()
    device = crowd.devices["a1"]
    crowd.back_up(device)
    crowd.write(device)
    crowd.accept(crowd.devices["b1"], crowd.bundle(device, None))
    back = crowd.bundle(crowd.devices["b1"], None)
    copy, _ = crowd.copies["a1"]
    (tmp_path / "old").write_bytes(copy)
    (tmp_path / "old.key").write_bytes((tmp_path / "a1.key").read_bytes())
    with MissionFile.open(tmp_path / "old", write=True) as old:
        size = old.size
        judged = received(old, Bundle(io.BytesIO(back).read).logs(), now_us=crowd.tick(), chance=crowd.chance)
        assert [one.judgement for one in judged if one.origin == device.origin] == [Judgement.AHEAD]
        assert old.size == size and old.audit() == []
    crowd.close()


def test_a_file_of_a_database_is_whole_after_a_bundle_that_breaks_off(crowds, tmp_path):
    crowd = crowds.Crowd(tmp_path, random.Random(8)).begin()
    crowd.write(crowd.devices["a1"])
    content = crowd.bundle(crowd.devices["a1"], None)
    taker = crowd.devices["b1"]
    before = taker.mission._connection.execute("SELECT count(*) FROM entry").fetchone()
    for cut in range(0, len(content), max(1, len(content) // 60)):
        with pytest.raises(ExchangeRefused):
            received(taker.mission, Bundle(io.BytesIO(content[:cut]).read).logs(), now_us=1, chance=crowd.chance)
        assert taker.mission._connection.execute("SELECT count(*) FROM entry").fetchone() == before
    crowd.close()
