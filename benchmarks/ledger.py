"""The whole ledger of a million incidents, and one more report: the path of `truceline ledger`, in its own process.

A year of an invented theatre of 300 areas is drawn, entered in a mission and asked. The steps that count
are reading the mission and making the ledger: verdict, low, high and covered of every cell. Then a ledger is
held open while reports are taken in one by one, each committed and followed. Beside it DuckDB, where it can be
imported, counts the same low and high from the same columns.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import year
from benchmarks.counted import SAMPLE, check, peer
from benchmarks.timing import peak, timed
from truceline.compliance.ledger import evaluate
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.open_ledger import OpenLedger
from truceline.pipeline.questions import Asked, answered, meant_by, report_columns, watches
from truceline.pipeline.take_in import take_in
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_instant

INCIDENTS, SEED, MORE = 1_000_000, 7, 21
AS_OF = read_instant("2026-02-01", "Etc/GMT-2")
ASKED = Asked(INTERNAL, AS_OF)


def run(incidents: int = INCIDENTS, mission: Path | None = None) -> dict[str, Any]:
    """Make the mission, unless one is given, and measure in a process of its own. Reports are entered into it."""
    if mission is not None:
        return _measured(mission)
    with tempfile.TemporaryDirectory() as folder:
        _child("make", Path(folder) / "year", incidents)
        return _measured(Path(folder) / "year" / "mission.truceline")


def _measured(mission: Path) -> dict[str, Any]:
    """Each part in a process of its own, so that each shows its own memory."""
    found = _child("measure", mission)
    found["further"] += _child("more", mission)["steps"]
    found["peak_mb"] = max(step["peak_mb"] for step in found["steps"] + found["further"])
    for step in (*found["steps"], *found["further"], *found["beside"]):
        step["note"] = f"{step['processor']:.2f} s of the processor; {step['note']}"
    return found


def _child(*words: object) -> dict[str, Any]:
    asked = [sys.executable, "-m", "benchmarks.ledger", *map(str, words)]
    told: dict[str, Any] = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE).stdout)
    return told


def make(folder: Path, incidents: int) -> dict[str, Any]:
    """A mission that holds the year: `folder`/mission.truceline."""
    pack, tables = year.write(folder, SEED, incidents, incidents // 10)
    path = folder / "mission.truceline"
    now, chance = time.time_ns() // 1_000, secrets.token_bytes
    init(path, str(pack), reading="strict", exercise=True, now_us=now, chance=chance).close()
    return take_in(path, tables, now_us=now, chance=chance).plain()


def measure(path: Path) -> dict[str, Any]:
    """The ledger, its check, the peer, and one more report."""
    with open_mission(path) as mission:
        meant = meant_by(mission, ASKED)
        size = meant.size
        (reports, seen), read = timed(
            "reports and coverage read",
            lambda: (report_columns(mission, INTERNAL, size), watches(mission, INTERNAL, size)),
        )
        evaluated, made = timed("ledger made", lambda: evaluate(meant.question, reports, seen))
        _, clocks = timed("clocks and comparisons", lambda: answered(mission, meant, evaluated))
    cells = [one.cells for one in evaluated.ledger.indicators]
    _, said = timed("every cell with its reasons", lambda: [len(list(one)) for one in cells])
    check(evaluated)
    n, days, areas = len(evaluated.incidents), len(evaluated.days), len(evaluated.ledger.areas)
    read["note"] = f"{len(reports):,} reports, {len(seen):,} coverage rows"
    made["note"] = f"{n:,} incidents, {len(cells) * days * areas:,} cells, as the slow rule on {SAMPLE} cells"
    clocks["note"], said["note"] = f"not in the sum; {len(meant.question.agreement.clocks)} clocks", "not in the sum"
    beside = peer(evaluated)
    return {
        "title": f"{n:,} incidents, {days} days, {areas} areas, {len(cells)} indicators; then one more report",
        "incidents": n,
        "steps": [read, made],
        "further": [clocks, said],
        "seconds": round(read["seconds"] + made["seconds"], 2),
        "load": os.getloadavg()[0],
        "beside": beside,
    }


def one_more(path: Path) -> dict[str, Any]:
    """A ledger held open while reports come one by one, every third a revision: taken in, committed, followed."""
    with open_mission(path) as mission:
        held, opened = timed("a ledger held open, once", lambda: OpenLedger(mission, ASKED))
    steps = [timed("one more", lambda number=number: _one(path, held, number))[1] for number in range(MORE)]  # type: ignore[misc]
    most = peak()
    with open_mission(path) as mission:
        assert held.ledger == meant_ledger(mission), "the followed ledger is not the ledger made anew"
    wall, processor = ([step[name] for step in steps] for name in ("seconds", "processor"))
    middle = {
        "step": "one more report, in the middle", "seconds": round(statistics.median(wall), 3),
        "processor": round(statistics.median(processor), 3), "peak_mb": most,
        "note": f"taken in, committed, ledger right; worst of {MORE}: {max(wall) * 1000:.0f} ms; as made anew",
    }  # fmt: skip
    return {"steps": [opened, middle]}


def _one(path: Path, held: OpenLedger, number: int) -> None:
    told = ("kept", "") if number % 3 == 0 else (str(time.time_ns()), "ngo/R7" if number % 2 else "")
    when, lat = f"2025-06-{1 + number:02d}T10:00", 12 + time.time_ns() % 10**6 / 10**7  # no file is like an earlier one
    row = (told[0], "ngo", told[1], when, "shelling", "Northern Army", "Plain Front", lat, -48.2, 1_000, "", number)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"one-{time.time_ns()}.csv"
        file.write_text(",".join(year.HEADER) + "\n" + ",".join(map(str, row)) + "\n")
        take_in(path, [file], now_us=time.time_ns() // 1_000, chance=secrets.token_bytes)
    with open_mission(path) as mission:
        assert held.follow(mission) == "what_changed"


def meant_ledger(mission: Any) -> Any:
    """The ledger made anew."""
    meant = meant_by(mission, ASKED)
    reports = report_columns(mission, INTERNAL, meant.size)
    return evaluate(meant.question, reports, watches(mission, INTERNAL, meant.size)).ledger


if __name__ == "__main__":
    todo, place, *rest = sys.argv[1:]
    done = (
        make(Path(place), int(rest[0])) if todo == "make" else {"measure": measure, "more": one_more}[todo](Path(place))
    )
    print(json.dumps(done))
