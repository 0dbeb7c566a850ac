"""`python -m benchmarks NAME [--json]`: run one benchmark and print its table."""

import argparse
import json
import sys

from benchmarks import first
from benchmarks.machine import machine

NAMES = {"first": first.run}


def main() -> int:
    """Run the benchmark that was named."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("name", choices=sorted(NAMES))
    words.add_argument("--json", action="store_true", help="print JSON")
    words.add_argument("--reports", type=int, default=first.REPORTS, help="how many simulated reports")
    asked = words.parse_args()
    found = {"benchmark": asked.name, "machine": machine(), **NAMES[asked.name](asked.reports)}
    if asked.json:
        print(json.dumps(found, indent=2))
        return 0
    print(f"{asked.name}: {found['title']}")
    for step in found["steps"]:
        print(f"  {step['step']:<34} {step['seconds']:>8.2f} s  {step['peak_mb']:>6} MB   {step['note']}")
    print(f"  {'all, after simulating':<34} {found['seconds']:>8.2f} s   {found['peak_mb']:>4} MB at the peak")
    print("machine: " + ", ".join(f"{name} {value}" for name, value in found["machine"].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
