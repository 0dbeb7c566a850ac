"""One new report against many held: taken in, committed, matched and explained, in one process.

The reports are those of the benchmark of matching (`towns`), written as a table and taken in by a mission; a model is
estimated from them and entered. Then the matching is held open, and reports come one by one, each by another telling of
an incident that is held already. At the end what is held open is compared with matching the mission anew.
"""

import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import towns
from benchmarks.timing import peak, timed
from truceline.pipeline.arrived import Arrived
from truceline.pipeline.matching import Wanted, match
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.open_matching import OpenMatching
from truceline.pipeline.proposals import open_proposals
from truceline.pipeline.take_in import take_in
from truceline.vocabulary.columns import ReportColumns
from truceline.vocabulary.marking import INTERNAL

REPORTS, SEED, MORE = 1_000_000, 1, 100
FIRST = np.datetime64("2025-01-01T00:00", "us")
HEADER = "report_id,source,when,kind,side_a,side_b,lat,lon,radius_m"


def run(reports: int = REPORTS, mission: Path | None = None) -> dict[str, Any]:
    """Make the mission, unless one is given, and measure in a process of its own. Reports are entered into it."""
    if mission is not None:
        return _child("measure", mission)
    with tempfile.TemporaryDirectory() as folder:
        _child("make", Path(folder), reports)
        return _child("measure", Path(folder) / "mission.truceline")


def _child(*words: object) -> dict[str, Any]:
    asked = [sys.executable, "-m", "benchmarks.arrival", *map(str, words)]
    told: dict[str, Any] = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE).stdout)
    return told


def make(folder: Path, count: int) -> dict[str, Any]:
    """A mission that holds so many reports, with a model: `folder`/mission.truceline."""
    told = towns.told(SEED, count).columns
    table, path = folder / "towns.csv", folder / "mission.truceline"
    with table.open("w") as file:
        file.write(HEADER + "\n")
        file.writelines(line + "\n" for line in _lines(told, range(count)))
    now, chance = time.time_ns() // 1_000, secrets.token_bytes
    init(path, "example", reading="strict", exercise=True, now_us=now, chance=chance).close()
    taken, took = timed("taken in", lambda: take_in(path, [table], now_us=now, chance=chance))
    wanted = Wanted(distance_m=2_000, because="For the benchmark.")
    found, matched = timed(
        "model estimated and entered, all matched", lambda: match(path, wanted, INTERNAL, now_us=now, chance=chance)
    )
    return {"rows": taken.plain()["totals"], "steps": [took, matched], "pairs": len(found.proposals.weight)}


def _lines(told: ReportColumns, rows: Any, named: str = "t") -> Any:
    times = [(FIRST + one.astype("timedelta64[us]")).astype("datetime64[m]") for one in (told.start, told.end)]
    for n in rows:
        when = f"{times[0][n]}Z/{times[1][n]}Z"
        lat, lon = (f"{int(column[n]) / 1e7:.7f}" for column in (told.lat_e7, told.lon_e7))
        sides = json.loads(told.side_a[n])
        fields = (f"{named}-{n}", told.source[n], when, told.kind[n], sides[0] if sides else "", "", lat, lon)
        yield ",".join(map(str, (*fields, int(told.radius_m[n]))))


def measure(path: Path) -> dict[str, Any]:
    """The matching held open, then reports one by one."""
    with open_mission(path) as mission:
        count = len(mission.numbers("report", ("seq",), INTERNAL, size=mission.size)["seq"])
        made = int(mission.numbers("submission", ("reports",), INTERNAL, size=mission.size)["reports"][0])
        held, opened = timed("a matching held open, once", lambda: OpenMatching(mission))
    told = towns.told(SEED, made).columns
    chosen = np.random.default_rng(SEED + 1).permutation(made)[:MORE].tolist()
    new = [one.replace("source-", "other-") for one in _lines(told, chosen, f"n{time.time_ns()}")]
    steps, came = [], list[Arrived]()
    for line in new:
        one, step = timed("one more", lambda line=line: _one(path, held, line))  # type: ignore[misc]
        steps.append(step)
        came.append(one)
    most = peak()
    with open_mission(path) as mission:
        found, anew = timed("all matched anew", lambda: open_proposals(mission, INTERNAL))
    assert found is not None
    assert held.groups() == found.members(), "what is held open is not what is matched anew"
    return {
        "title": f"one new report against {count:,} held, {MORE} times",
        "reports": count, "steps": [_middle(steps, came, most)], "further": [opened, anew],
        "seconds": steps[len(steps) // 2]["seconds"], "peak_mb": most,
        "worst": max(step["seconds"] for step in steps),
    }  # fmt: skip


def _middle(steps: list[dict[str, Any]], came: list[Arrived], most: int) -> dict[str, Any]:
    wall, processor = ([step[name] for step in steps] for name in ("seconds", "processor"))
    candidates = [one.candidates for one in came]
    proposed = sum(len(one.proposals) for one in came)
    return {
        "step": "one more report, in the middle", "seconds": round(statistics.median(wall), 3),
        "processor": round(statistics.median(processor), 3), "peak_mb": most,
        "note": f"taken in, committed, matched, explained; {statistics.median(processor) * 1000:.0f} ms of the "
        f"processor; worst {max(wall) * 1000:.0f} ms; {statistics.median(candidates):.0f} candidates in the middle, "
        f"{max(candidates)} at most; {proposed} proposed; groups as matched anew",
    }  # fmt: skip


def _one(path: Path, held: OpenMatching, line: str) -> Arrived:
    """A table of one row: what a form or a hotline sends."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.csv"
        file.write_text(f"{HEADER}\n{line}\n")
        take_in(path, [file], now_us=time.time_ns() // 1_000, chance=secrets.token_bytes)
    with open_mission(path) as mission:
        followed = held.follow(mission)
    [came] = followed.arrived
    return came


if __name__ == "__main__":
    todo, place, *rest = sys.argv[1:]
    print(json.dumps(make(Path(place), int(rest[0])) if todo == "make" else measure(Path(place))))
