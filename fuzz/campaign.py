"""Readers fuzzed one after another, each in a process of its own, and the figures of each."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from fuzz.findings import Findings
from fuzz.readers import READERS

_COVERED = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")
ABSENT = (
    "atheris is not installed, and coverage-guided fuzzing needs it (Apache-2.0; wheels for Linux).\n"
    "Install it in an environment of its own: pip install atheris"
)


def installed() -> bool:
    """Whether atheris can be used here."""
    return importlib.util.find_spec("atheris") is not None


def fuzz_reader(name: str, out: Path, minutes: float, seed: int) -> dict[str, Any]:
    """Fuzz one reader for so many minutes; the corpus and the findings stay in `out`.

    Figures: executions, minutes (pauses left out), processor minutes, code edges at the start and the end,
    inputs in the corpus, the slowest reading, the peak memory, the findings by cause.
    """
    out.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "fuzz.child", name, str(out), str(int(minutes * 60)), str(seed)]
    with (out / "log").open("wb") as log:
        ended = subprocess.run(words, stdout=log, stderr=log, check=False).returncode  # noqa: S603
    return figures(name, out) | {"ended": ended}


def replay(name: str, out: Path) -> dict[str, Any]:
    """Read every input of a reader's corpus and findings once more, without a fuzzer: is what was found mended?"""
    findings, read = Findings(out / "still"), 0
    for path in sorted([*(out / "corpus").glob("*"), *(out / "findings").glob("*.bin")]):
        content, read = path.read_bytes(), read + 1
        try:
            READERS[name].take(content)
        except Exception as error:  # noqa: BLE001  Finding what is raised is the purpose.
            findings.note(error, content)
    return {"reader": name, "what": READERS[name].what, "executions": read, "corpus": read, "findings": findings.seen}


def figures(name: str, out: Path) -> dict[str, Any]:
    """The figures of a reader as far as it is."""
    if not (out / "status.json").exists():
        return {"reader": name, "what": READERS[name].what, "executions": 0}
    status: dict[str, Any] = json.loads((out / "status.json").read_text())
    covered = _COVERED.findall((out / "log").read_text(errors="replace"))
    if covered:
        status |= {"edges_at_start": int(covered[0][0]), "edges": int(covered[-1][0]), "corpus": int(covered[-1][2])}
    return {"reader": name, "what": READERS[name].what} | status


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as a table of text."""
    head = f"{'reader':<24}{'min':>7}{'cpu min':>9}{'executions':>12}{'edges':>14}{'corpus':>8}{'slowest':>9}{'MB':>6}"
    lines = [f"{head}  findings"]
    for row in rows:
        edges = f"{row.get('edges_at_start', 0)} > {row.get('edges', 0)}"
        lines.append(
            f"{row['reader']:<24}{row.get('minutes', 0):>7.1f}{row.get('cpu_minutes', 0):>9.1f}{row['executions']:>12}"
            f"{edges:>14}{row.get('corpus', 0):>8}{row.get('slowest_s', 0):>8.2f}s{row.get('peak_mb', 0):>6}  "
            f"{'; '.join(row.get('findings', {})) or 'none'}"
        )
    return "\n".join(lines)
