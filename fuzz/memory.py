"""How much memory and time each hostile shape takes: made in one process, read in another, whose peak is measured.

`python -m fuzz.memory [--size BYTES] [--only WORDS] [--json]`. Peak: the largest resident set of the reading process,
the interpreter and the file's own bytes included. A process that asks for more than 4 GB is stopped,
and so is one that takes more than ten minutes of processor time.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from fuzz.hostile import SHAPES
from fuzz.oracle import CONTEXTS
from truceline.errors import FileNotRead
from truceline.intake.reading import Refused, read_tables, row_reader
from truceline.pipeline.layers import bytes_or_layers

SIZE = 50_000_000
MOST_MB = 500
_MOST_ADDRESS_SPACE = 4_000_000_000
_MOST_SECONDS = 600
"""Of processor time, for one file."""


def read_one(path: Path) -> dict[str, Any]:
    """Read a file as `take-in` does, row by row, and say what came of it."""
    content, began = path.read_bytes(), time.process_time()
    read = refused = 0
    try:
        with bytes_or_layers("sent", content) as received:
            tables = read_tables("sent", received)
        for table in tables:
            reader = row_reader(table.layout, CONTEXTS[0])
            for row in table.rows:
                if isinstance(reader(row), Refused):
                    refused += 1
                else:
                    read += 1
        outcome = f"{read} rows read, {refused} refused"
    except FileNotRead as error:
        outcome = error.message
    return {"outcome": outcome, "seconds": round(time.process_time() - began, 1)}


def measure(shape: str, size: int, folder: Path) -> dict[str, Any]:
    """One shape, read in a process of its own."""
    path = folder / "sent"
    path.write_bytes(SHAPES[shape](size))
    words = [sys.executable, "-m", "fuzz.memory", "--read", str(path)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    told = (
        json.loads(ran.stdout) if ran.returncode == 0 else {"outcome": f"FAILED: {ran.returncode} {ran.stderr[-200:]}"}
    )
    bytes_sent = path.stat().st_size
    path.unlink()
    return {"shape": shape, "bytes": bytes_sent, "seconds": 0.0, "peak_mb": 0, **told}


def main() -> int:
    """Measure every shape. Exit 1 where one takes more than `MOST_MB` or fails."""
    words = argparse.ArgumentParser(prog="python -m fuzz.memory", description=__doc__)
    words.add_argument("--size", type=int, default=SIZE, help="bytes of each file (default 50,000,000)")
    words.add_argument("--only", default="", help="only the shapes whose name holds these words")
    words.add_argument("--json", action="store_true", help="print JSON")
    words.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.read:
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESS_SPACE, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, resource.RLIM_INFINITY))
        told = read_one(asked.read)
        print(json.dumps(told | {"peak_mb": _peak_mb()}), flush=True)
        os._exit(0)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for shape in [shape for shape in SHAPES if asked.only in shape]:
            rows.append(measure(shape, asked.size, Path(folder)))
            if not asked.json:
                print(_line(rows[-1]), flush=True)
    if asked.json:
        print(json.dumps(rows, indent=2))
    return 1 if any(row["peak_mb"] > MOST_MB or row["outcome"].startswith("FAILED") for row in rows) else 0


def _peak_mb() -> int:
    """The most memory this process had, in MiB. ru_maxrss counts what its parent had too, so Linux is asked itself."""
    status = Path("/proc/self/status")
    told = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else ""
    return int(told or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024


def _line(row: dict[str, Any]) -> str:
    over = "!" if row["peak_mb"] > MOST_MB else " "
    told = f"{row['bytes'] / 1e6:>6.1f} MB{row['seconds']:>7.1f} s{row['peak_mb']:>6} MB{over}"
    return f"{row['shape']:<46}{told} {row['outcome'][:150]!r}"


if __name__ == "__main__":
    sys.exit(main())
