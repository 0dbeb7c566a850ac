"""The first benchmark: simulated reports taken in, evaluated and in a bulletin, each step a process of its own.

A process a step, as a person would run them: start-up is in the figures. Peak memory is that of a
step's largest process, counted twice where two run at once (the reading of a large file is shared).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

REPORTS = 200_000
SEED = 5


def run(reports: int = REPORTS) -> dict[str, Any]:
    """Simulate (not counted), then init, take in, evaluate and write the bulletin."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "theatre"
        mission = Path(folder) / "mission.truceline"
        step(["simulate", "--seed", str(SEED), "--reports", str(reports), "--out", str(made), "--no-knowable"])
        files = sorted(str(path) for path in made.iterdir() if path.suffix in (".csv", ".tsv"))
        page = Path(folder) / "bulletin.html"
        steps = []
        for name, words in (
            ("init", ["--agreement", "example", "--reading", "strict", "--exercise"]),
            ("take-in", files),
            ("evaluate", []),
            ("bulletin", ["--out", str(page), "--audience", "internal"]),
        ):
            steps.append(step([name, str(mission), *words]))
        steps[1]["note"] = f"{reports:,} reports, two processes"
        steps[1]["peak_mb"] *= 2
        steps[3]["note"] = f"{page.stat().st_size / 1e6:.1f} MB"
    return {
        "title": f"{reports:,} simulated reports taken in, evaluated and in a bulletin",
        "reports": reports,
        "steps": steps,
        "seconds": round(sum(one["seconds"] for one in steps), 2),
        "peak_mb": max(one["peak_mb"] for one in steps),
    }


def step(words: list[str]) -> dict[str, Any]:
    """Run one command to its end: seconds by the wall clock, peak memory of its largest process in MB.

    A command that fails ends the benchmark.
    """
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "truceline", *words], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"truceline {words[0]} ended with {process.returncode}")
    seconds = round(time.perf_counter() - began, 2)
    return {"step": words[0], "seconds": seconds, "peak_mb": used.ru_maxrss // 1024, "note": ""}
