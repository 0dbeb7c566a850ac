"""Which lines of the readers a corpus reaches: how deep the fuzzing went, file by file.

`python -m fuzz.lines --corpus DIR [--json]`. Every input of every reader's corpus is read once more, under a trace
of the package's own lines. Lines that run when a module is imported count as reached.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import truceline

_ROOT = str(Path(truceline.__file__).parent)
_FOLDERS = ("intake", "vocabulary", "record", "compliance")
Reached = dict[str, set[int]]


class Tracing:
    """Collects the lines of the package that run."""

    def __init__(self) -> None:
        self.reached: Reached = {}

    def __enter__(self) -> "Tracing":
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _call(self, frame: FrameType, event: str, argument: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_ROOT):
            return None
        lines = self.reached.setdefault(frame.f_code.co_filename, set())
        lines.add(frame.f_lineno)

        def line(frame: FrameType, event: str, argument: Any) -> Any:
            lines.add(frame.f_lineno)
            return line

        return line


def lines_of(path: Path) -> set[int]:
    """The lines of a module inside its functions: what could run when something is read."""
    return set(_inside(compile(path.read_bytes(), str(path), "exec")))


def _inside(code: CodeType) -> Iterator[int]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_flags & 0x2:  # CO_NEWLOCALS: a function; the body of a class runs at import.
                yield from (line for _, _, line in inner.co_lines() if line and line > inner.co_firstlineno)
            yield from _inside(inner)


def reached_by(name: str, corpus: Path) -> Reached:
    """The lines that a reader's corpus reaches."""
    from fuzz.readers import READERS

    with Tracing() as tracing:
        for path in sorted(corpus.iterdir()):
            # A fuzzer that is still running replaces inputs by smaller ones; what a finding raises is told elsewhere.
            with suppress(Exception):
                READERS[name].take(path.read_bytes())
    return tracing.reached


def main() -> int:
    """Print, for each file that reads, how many of its lines all corpora together reach, and which they do not."""
    words = argparse.ArgumentParser(prog="python -m fuzz.lines", description=__doc__)
    words.add_argument("--corpus", type=Path, required=True, help="the folder that `python -m fuzz` was given")
    words.add_argument("--json", action="store_true", help="print JSON")
    asked = words.parse_args()
    whole: Reached = {}
    for folder in sorted(asked.corpus.iterdir()):
        for file, lines in reached_by(folder.name, folder / "corpus").items():
            whole.setdefault(file, set()).update(lines)
    rows = [_row(Path(file), lines) for file, lines in sorted(whole.items()) if _reads(file)]
    if asked.json:
        print(json.dumps(rows, indent=2))
        return 0
    for row in rows:
        share = 100 * row["reached"] // max(1, row["lines"])
        print(f"{row['file']:<48}{row['reached']:>5} of {row['lines']:>4}{share:>5} %  not: {row['not_reached']}")
    return 0


def _reads(file: str) -> bool:
    return Path(file).relative_to(_ROOT).parts[0] in _FOLDERS


def _row(path: Path, reached: set[int]) -> dict[str, Any]:
    lines = lines_of(path)
    missing = sorted(lines - reached)
    return {
        "file": str(path.relative_to(_ROOT)),
        "lines": len(lines),
        "reached": len(lines & reached),
        "not_reached": ", ".join(map(str, missing[:40])),
    }


if __name__ == "__main__":
    sys.exit(main())
