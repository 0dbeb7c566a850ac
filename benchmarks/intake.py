"""Intake: simulated reports in five formats taken in, as a person would: one command, one mission.

Validated, entered in the record (entries, commitments, payloads, fingerprints, submissions, signed head) and
in the read tables. The rate counts the command from its start to its end. A second mission takes in 10,000
reports, and a third one report, which is what starting costs. Memory is that of all processes together, as
the kernel tells it every tenth of a second (shared pages counted once; Linux).
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.first import step

REPORTS = 1_000_000
FEW = 10_000
SEED = 5
FORMATS = "five"
SAMPLED_EVERY_S = 0.1


def run(reports: int = REPORTS) -> dict[str, Any]:
    """Simulate (not counted), then take in all, few and one."""
    with tempfile.TemporaryDirectory() as folder:
        all_, few, one = (_taken(Path(folder) / str(number), number) for number in (reports, FEW, 1))
        mission = Path(folder) / str(reports) / "mission.truceline"
        audit = step(["audit", str(mission)])
        per_row = {str(taken["rows"]): round(1e6 * taken["seconds"] / taken["rows"], 2) for taken in (all_, few)}
        size = mission.stat().st_size
    rate = round(all_["rows"] / all_["seconds"])
    all_["note"] = f"{rate:,} rows a second, {all_['processor']:.1f} s of processor time; {size / 1e6:,.0f} MB mission"
    times = per_row[str(all_["rows"])] / per_row[str(few["rows"])]
    few["note"] = f"{few['rows'] / few['seconds']:,.0f} rows a second; a row of the many costs {times:.2f} of one here"
    one["note"] = "one report: what starting costs"
    audit["note"] = "every entry of the largest recomputed; not in the sum"
    return {
        "title": f"{all_['rows']:,} simulated reports in five formats taken in",
        "rows": all_["rows"],
        "rows_per_second": rate,
        "share_by_format": all_["shares"],
        "microseconds_a_row": per_row,
        "all_to_few": round(times, 2),
        "without_starting": _ratio(all_, few, one["seconds"]),
        "refused": all_["refused"],
        "steps": [all_, few, one],
        "further": [audit],
        "seconds": all_["seconds"],
        "peak_mb": all_["peak_mb"],
    }


def _ratio(many: dict[str, Any], few: dict[str, Any], start: float) -> float | None:
    """Cost a row of many to that of few, what starting costs taken off both; None where nothing is left of few."""
    rest = few["seconds"] - start
    return round((many["seconds"] - start) / many["rows"] / (rest / few["rows"]), 2) if rest > 0 else None


def _taken(folder: Path, reports: int) -> dict[str, Any]:
    """One mission: rows, shares by format, seconds of the command, processor time, peak memory."""
    made, mission = folder / "theatre", folder / "mission.truceline"
    # The theatre has no smaller one than this; of one report, a table of one row is made.
    words = ["--seed", str(SEED), "--reports", str(max(reports, FEW)), "--formats", FORMATS, "--no-knowable"]
    step(["simulate", *words, "--out", str(made)])
    tables = json.loads((made / "manifest.json").read_text())["tables"]
    files = [made / table["file"] for table in tables]
    if reports == 1:
        files = [_first_row(files[0])]
    step(["init", str(mission), "--agreement", "example", "--reading", "strict", "--exercise"])
    told, used = _measured(["take-in", "--json", str(mission), *map(str, files)])
    rows = {table["file"]: table["rows"] for table in tables}
    total = told["totals"]["rows"]
    shares: dict[str, float] = {}
    for table in tables:
        shares[table["format"]] = round(shares.get(table["format"], 0) + rows[table["file"]] / sum(rows.values()), 4)
    return {
        "step": f"take-in of {total:,}", "rows": total, "refused": told["totals"]["refused"], "shares": shares, **used,
    }  # fmt: skip


def _first_row(table: Path) -> Path:
    one = table.with_name("one.csv")
    one.write_bytes(b"".join(table.read_bytes().splitlines(keepends=True)[:2]))
    return one


def _measured(words: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a command prints as JSON; its seconds, processor time, and the peak of all its processes in MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "truceline", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:  # fmt: skip
        watch = _Watch(process.pid)
        watch.start()
        told, _ = process.communicate()
        seconds = time.perf_counter() - began
        watch.ended.set()
    if process.returncode:
        raise SystemExit(f"truceline {words[0]} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(told), {
        "seconds": round(seconds, 2), "processor": round(spent, 2), "peak_mb": watch.peak_kb // 1024,
    }  # fmt: skip


class _Watch(threading.Thread):
    """The most memory that the processes of a session had together."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session, self.peak_kb, self.ended = session, 0, threading.Event()

    def run(self) -> None:
        """Until `ended` is set."""
        while not self.ended.wait(SAMPLED_EVERY_S):
            self.peak_kb = max(self.peak_kb, sum(map(_kept_kb, self._processes())))

    def _processes(self) -> list[int]:
        found = []
        for entry in os.scandir("/proc") if os.path.isdir("/proc") else ():
            if entry.name.isdigit():
                try:
                    if os.getsid(int(entry.name)) == self._session:
                        found.append(int(entry.name))
                except ProcessLookupError:
                    continue  # It has ended since the folder was read.
        return found


def _kept_kb(process: int) -> int:
    """Its proportional share of memory (Pss), in kB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
