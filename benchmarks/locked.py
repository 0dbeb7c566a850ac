"""What encryption at rest costs: the same commands over a mission in clear and one enciphered as a whole, in pairs.

Each command is a process of its own, as a person would run it; the passphrase comes from a file, and stretching it
(once a command) is in the figures. Of every pair one mission comes first in turn; what is shown is the median.
"""

import os
import resource
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.first import step

REPORTS = 50_000
PAIRS = 3
SEED = 5
KINDS = ("in clear", "enciphered")
Figures = dict[tuple[str, str], list[dict[str, Any]]]


def run(reports: int = REPORTS, pairs: int = PAIRS) -> dict[str, Any]:
    """Simulate (not counted), then take in, evaluate and audit, each as often in clear as enciphered."""
    found: Figures = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        made, passphrase = Path(folder) / "theatre", Path(folder) / "passphrase"
        passphrase.touch(mode=0o600)
        passphrase.write_text("words drawn by lot for a benchmark\n")
        os.environ["TRUCELINE_PASSPHRASE_FILE"] = str(passphrase)
        step(["simulate", "--seed", str(SEED), "--reports", str(reports), "--out", str(made), "--no-knowable"])
        files = sorted(str(path) for path in made.iterdir() if path.suffix in (".csv", ".tsv"))
        for pair in range(pairs):
            missions = {kind: Path(folder) / f"{pair} {kind}" for kind in KINDS}
            for command, words in (("init", []), ("take-in", files), ("evaluate", []), ("audit", [])):
                for kind in KINDS[:: 1 if pair % 2 else -1]:
                    found[command, kind].append(_ran(command, missions[kind], words, kind))
            sizes = {kind: path.stat().st_size for kind, path in missions.items()}
        del os.environ["TRUCELINE_PASSPHRASE_FILE"]
    steps = [_of(found, command, kind) for command in ("take-in", "evaluate", "audit", "init") for kind in KINDS]
    steps[0]["note"] += f"; {sizes['in clear'] / 1e6:.1f} MB mission"
    steps[1]["note"] += f"; {sizes['enciphered'] / 1e6:.1f} MB mission"
    return {
        "title": f"{reports:,} simulated reports, in clear and enciphered, medians of {pairs} pairs",
        "reports": reports,
        "times": {one["step"].partition(",")[0]: one["times"] for one in steps if "times" in one},
        "steps": steps,
        "seconds": round(sum(one["seconds"] for one in steps), 2),
        "peak_mb": max(one["peak_mb"] for one in steps),
    }


def _ran(command: str, mission: Path, words: list[str], kind: str) -> dict[str, Any]:
    if command == "init":
        words = ["--agreement", "example", "--reading", "strict", "--exercise"]
        words += ["--whole"] if kind == "enciphered" else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    one = step([command, str(mission), *words])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**one, "processor": round(spent, 2)}


def _of(found: Figures, command: str, kind: str) -> dict[str, Any]:
    """The medians of one command over one kind of mission; of an enciphered one, times those in clear."""
    ran = found[command, kind]
    seconds, processor = (statistics.median(one[name] for one in ran) for name in ("seconds", "processor"))
    told = {
        "step": f"{command}, {kind}", "seconds": seconds, "processor": processor,
        "peak_mb": max(one["peak_mb"] for one in ran), "note": f"processor {processor:.2f} s",
    }  # fmt: skip
    if kind == "enciphered":
        beside = [one["processor"] for one in found[command, "in clear"]]
        told["times"] = round(processor / statistics.median(beside), 2)
        told["note"] += f", {told['times']:.2f} times in clear"
    return told
