"""Every reader has seeds that it reads, and holds under changes made without a fuzzer: repeatable, and short."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from fuzz.findings import Findings  # noqa: E402
from fuzz.mutate import mutate  # noqa: E402
from fuzz.mutate.text import Change, blind  # noqa: E402
from fuzz.readers import READERS  # noqa: E402

from truceline.intake.formats import FORMATS  # noqa: E402

CHANGES = 60


@pytest.mark.parametrize("name", READERS)
def test_no_change_of_a_seed_does_more_than_be_refused(name):
    reader, rng = READERS[name], Random(name)
    change = Change(blind(rng), reader.words())
    seeds = reader.seeds()
    for content in seeds[:40]:
        reader.take(content)
    for at in range(CHANGES):
        content = rng.choice(seeds)
        for _ in range(1 + at % 4):
            content = mutate(content, reader.most, rng, change)
        reader.take(content)


def test_every_format_is_a_reader_that_is_fuzzed():
    assert {form.name for form in FORMATS} <= set(READERS)


@pytest.mark.parametrize("name", [form.name for form in FORMATS])
def test_the_seeds_of_a_format_get_past_the_door(name):
    reader = READERS[name]
    assert sum(bool(reader.take(content)) for content in reader.seeds()) >= 4


def test_the_same_seed_makes_the_same_changes():
    content = READERS["shape_workbook"].seeds()[0]
    made = [mutate(content, 24_576, Random(7), Change(blind(Random(7)))) for _ in range(2)]
    assert made[0] == made[1] != content


def test_one_cause_is_one_finding_however_often_it_is_met(tmp_path):
    findings = Findings(tmp_path / "findings")
    for at in range(5):
        try:
            raise KeyError(at)
        except KeyError as error:
            findings.note(error, b"x")
    assert list(findings.seen.values()) == [5]
    assert len(list((tmp_path / "findings").glob("*.bin"))) == 3


def test_the_command_names_its_readers_and_says_what_it_needs():
    ran = subprocess.run(
        [sys.executable, "-m", "fuzz", "--list"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert [line.split()[0] for line in ran.stdout.splitlines()] == list(READERS)


@pytest.mark.long
def test_the_worst_files_of_every_shape_take_little_memory():
    size = 1_500_000
    ran = subprocess.run(
        [sys.executable, "-m", "fuzz.memory", "--size", str(size), "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    shapes = json.loads(ran.stdout)
    assert [row["shape"] for row in shapes if "FAILED" in row["outcome"] or row["peak_mb"] > 300] == []
