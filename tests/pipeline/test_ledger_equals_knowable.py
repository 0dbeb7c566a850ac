"""The ledger equals what a perfect reader of the files could say, on theatres nobody has chosen."""

import json
from collections import Counter
from pathlib import Path
from random import SystemRandom
from typing import Any

import pytest

from truceline.pipeline.simulating import simulated, write_folder
from truceline.vocabulary.when import read_instant

SEEDS, REPORTS = 20, 400
TABLES = (
    "mission.csv", "ngo.csv", "hotline.csv", "co-chair-alpha.csv", "co-chair-beta.csv", "wire.csv", "coverage.csv",
    "restrictions.csv", "tallies.csv",
)  # fmt: skip
COMPARED = ("indicator", "area", "day", "verdict", "low", "high", "covered")
TRUTHFUL = ("mission/", "ngo/", "hotline/")
THRESHOLD = {"strict": 0, "lenient": 1, "shifted": 0}


def played(desk: Any, seed: int) -> tuple[Any, Any]:
    """A theatre taken in without a mapping; what can be known of it, and what happened."""
    files = simulated(seed, REPORTS).files()
    write_folder(desk.folder / "files", files)
    desk.init("example", "strict")
    taken = desk.take_in(*(desk.folder / "files" / name for name in TABLES))
    reported = taken["files"][: TABLES.index("coverage.csv")]
    assert sum(file["rows"] for file in reported) == REPORTS
    assert taken["totals"]["refused"] == 0
    return json.loads(files["knowable.json"]), json.loads(files["world.json"])


def told_truly(world: Any, reading: str, cell: Any) -> int:
    """Incidents of the world in this cell that surely count and of which a truthful source told."""
    start, end = (read_instant(cell[key]) for key in ("from", "to"))
    return sum(
        one["area"] == cell["area"]
        and start <= read_instant(one["when"], "Etc/GMT-2") < end
        and cell["indicator"] in one["surely_in_scope"][reading]
        and any(report.startswith(TRUTHFUL) for report in one["reported_by"])
        for one in world["incidents"]
    )


@pytest.mark.long
def test_the_ledger_equals_what_can_be_known_in_every_cell_under_every_reading(office, tmp_path: Path) -> None:
    seeds = [SystemRandom().randrange(2**31) for _ in range(SEEDS)]
    print(f"seeds: {seeds}")
    seen: Counter[str] = Counter()
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        desk = office.Desk(folder)
        known, world = played(desk, seed)
        for reading, wanted in known["readings"].items():
            cells = desk.told("ledger", "--reading", reading, "--as-of", known["as_of"])["cells"]
            found = [{key: cell[key] for key in COMPARED} for cell in cells]
            for got, want in zip(found, wanted["cells"], strict=True):
                assert got == {key: want[key] for key in COMPARED}, (seed, reading)
            seen.update(cell["verdict"] for cell in cells)
            for cell in cells:
                if cell["verdict"] == "quiet":
                    assert told_truly(world, reading, cell) <= THRESHOLD[reading], (seed, reading, cell)
    total = seen.total()
    share = seen["cannot_tell"] / total
    print(f"{SEEDS} seeds, {total} cells equal under {len(THRESHOLD)} readings: {dict(seen)}; cannot tell {share:.1%}")
    assert min(seen.values()) > 0
    assert len(seen) == 3


def test_the_order_in_which_the_files_come_changes_nothing(office, tmp_path: Path) -> None:
    files = simulated(7, 120).files()
    write_folder(tmp_path / "files", files)
    answers = []
    for name, order in (("one", TABLES), ("other", TABLES[::-1])):
        (tmp_path / name).mkdir()
        desk = office.Desk(tmp_path / name).init("example", "strict")
        for table in order:
            desk.take_in(tmp_path / "files" / table)
        answers.append(desk.told("ledger", "--as-of", "2025-05-03")["cells"])
    assert answers[0] == answers[1]


def test_a_theatre_enters_only_an_exercise(desk) -> None:
    ran = desk.run("init", desk.mission, "--agreement", "example", "--reading", "strict")
    assert ran.code == 2
    assert "--exercise" in ran.err
    assert not desk.mission.exists()
