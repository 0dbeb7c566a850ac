"""`python -m benchmarks NAME [--json] [--reports N | --points N]`: run one benchmark and print its table."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import (
    areas,
    arrival,
    assess,
    crash,
    exchange,
    first,
    intake,
    ledger,
    locked,
    matching,
    matching_text,
    pages,
    record,
)
from benchmarks.machine import machine

NAMES = {
    "areas": lambda asked: areas.run(asked.points),
    "arrival": lambda asked: arrival.run(asked.reports or arrival.REPORTS, asked.mission),
    "assess": lambda asked: assess.run(asked.findings),
    "crash": lambda asked: crash.run(),
    "exchange": lambda asked: exchange.run(asked.entries),
    "first": lambda asked: first.run(asked.reports or first.REPORTS),
    "intake": lambda asked: intake.run(asked.reports or intake.REPORTS),
    "ledger": lambda asked: ledger.run(asked.incidents, asked.mission),
    "locked": lambda asked: locked.run(asked.reports or locked.REPORTS),
    "matching": lambda asked: matching.run(asked.reports or matching.REPORTS),
    "matching-text": lambda asked: matching_text.run(),
    "pages": lambda asked: pages.run(asked.reports or pages.REPORTS, asked.mission, asked.duration),
    "record": lambda asked: record.run(asked.entries, asked.leaves),
}


def main() -> int:
    """Run the benchmark that was named."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("name", choices=sorted(NAMES))
    words.add_argument("--json", action="store_true", help="print JSON")
    words.add_argument("--reports", type=int, help="how many simulated reports (arrival, first, intake, ...)")
    words.add_argument("--entries", type=int, default=exchange.ENTRIES, help="how many entries (exchange, record)")
    words.add_argument("--leaves", type=int, default=record.LEAVES, help="entries that proofs are over (record)")
    words.add_argument("--points", type=int, default=areas.POINTS, help="how many points (areas)")
    words.add_argument("--incidents", type=int, default=ledger.INCIDENTS, help="how many incidents (ledger)")
    words.add_argument("--findings", type=int, default=assess.FINDINGS, help="how many findings (assess)")
    words.add_argument("--mission", type=Path, help="a mission of an earlier run, added to (arrival, ledger)")
    words.add_argument("--duration", type=int, default=pages.SECONDS, help="seconds that each crowd reads (pages)")
    asked = words.parse_args()
    found = {"benchmark": asked.name, "machine": machine(), **NAMES[asked.name](asked)}
    if asked.json:
        print(json.dumps(found, indent=2))
        return 0
    print(f"{asked.name}: {found['title']}")
    for step in found["steps"]:
        print(f"  {step['step']:<34} {step['seconds']:>8.2f} s  {step['peak_mb']:>6} MB   {step['note']}")
    print(f"  {'all, after simulating':<34} {found['seconds']:>8.2f} s   {found['peak_mb']:>4} MB at the peak")
    for step in found.get("further", []):
        print(f"  besides: {step['step']:<32} {step['seconds']:>8.3f} s  {step['peak_mb']:>6} MB   {step['note']}")
    for other in found.get("beside", []):
        name = f"{other['step']} {other['version']}"
        print(f"  beside: {name:<34} {other['seconds']:>8.2f} s  {other['peak_mb']:>6} MB   {other['note']}")
    print("machine: " + ", ".join(f"{name} {value}" for name, value in found["machine"].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
