"""A desk with the command line on it: runs in process, writes tables and acts, looks into what is stored."""

import contextlib
import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from truceline.cli import run

REPORT = {"source": "patrol", "kind": "shelling", "side_a": "Northern Army", "side_b": "Front of the Plain"}
COVERAGE = {"status": "reported"}
REPORT_COLUMNS = (
    "report_id source when kind side_a side_b origin repeats lat lon radius_m place area weapon killed_low killed_best "
    "killed_high words language"
).split()
COVERAGE_COLUMNS = "coverage_id source area from to status origin stopped_by words language".split()
TALLY_COLUMNS = "tally_id source area from to of best low high method words language".split()


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, what it printed, what it said on stderr."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as JSON; it has to be done for that."""
        assert self.code in (0, 1), (self.code, self.err)
        return json.loads(self.out)


def truceline(*words: object) -> Ran:
    """Run one command in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(word) for word in words])
    return Ran(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]], **how: Any) -> bytes:
    """Rows as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, columns, restval="", **how)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


@dataclass
class Desk:
    """One mission in a folder, and everything one does with it."""

    folder: Path
    number: Iterable[int] = field(default_factory=count)

    @property
    def mission(self) -> Path:
        """The mission file."""
        return self.folder / "mission.truceline"

    def run(self, *words: object) -> Ran:
        """Run one command."""
        return truceline(*words)

    def init(self, agreement: str = "example", reading: str | None = "strict") -> "Desk":
        """Make the mission."""
        more = ["--exercise"] if agreement == "example" else []
        if reading:
            more += ["--reading", reading]
        ran = truceline("init", self.mission, "--agreement", agreement, *more)
        assert ran.code == 0, ran.err
        return self

    def file(self, name: str, content: bytes | str) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take_in(self, *files: Path, **options: str) -> Any:
        """Take files in; what `take-in --json` prints."""
        more = [word for key, value in options.items() for word in (f"--{key}", value)]
        ran = truceline("take-in", self.mission, *files, *more, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    def reports(self, *rows: Mapping[str, object]) -> Any:
        """Take in reports; what a row leaves out is a shelling between the two sides."""
        at = next(iter(self.number))
        filled = [{"report_id": f"{at}-{n}", **REPORT, **row} for n, row in enumerate(rows)]
        return self.take_in(self.file(f"reports-{at}.csv", as_csv(REPORT_COLUMNS, filled)))

    def coverage(self, *rows: Mapping[str, object]) -> Any:
        """Take in coverage; `reported` where a row does not say."""
        at = next(iter(self.number))
        filled = [{"coverage_id": f"{at}-{n}", **COVERAGE, **row} for n, row in enumerate(rows)]
        return self.take_in(self.file(f"coverage-{at}.csv", as_csv(COVERAGE_COLUMNS, filled)))

    def watched(self, first: str, last: str, area: str = "whole_theatre") -> Any:
        """Two independent sources watched all the days from first to last."""
        return self.coverage(*({"source": who, "area": area, "from": first, "to": last} for who in ("patrol", "ngo")))

    def act(self, **fields: str) -> Any:
        """Enter one act; what `enter --json` prints of it."""
        at = next(iter(self.number))
        written = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
        ran = truceline("enter", self.mission, self.file(f"act-{at}.yaml", written), "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)["acts"][0]

    def told(self, command: str, *options: object) -> Any:
        """What a command prints with --json."""
        return truceline(command, self.mission, *options, "--json").json()

    def cells(self, indicator: str, *options: object) -> dict[tuple[str, str], Any]:
        """The cells of one indicator by (area, day)."""
        told = self.told("ledger", "--indicator", indicator, *options)
        return {(cell["area"], cell["day"]): cell for cell in told["cells"]}

    def cell(self, indicator: str, area: str, day: str, *options: object) -> Any:
        """One cell."""
        return self.cells(indicator, "--area", area, "--from", day, "--to", day, *options)[area, day]

    def clock(self, clock: str, *options: object) -> Any:
        """One clock."""
        [found] = [one for one in self.told("clocks", *options)["clocks"] if one["clock"] == clock]
        return found

    def printed(self, command: str, *options: object) -> str:
        """What a command prints for people."""
        ran = truceline(command, self.mission, *options)
        assert ran.code == 0, ran.err
        return ran.out

    def bulletin(self, *options: object) -> str:
        """The bulletin's HTML."""
        out = self.folder / "bulletin.html"
        ran = truceline("bulletin", self.mission, "--out", out, "--audience", "internal", *options)
        assert ran.code == 0, ran.err
        return out.read_text(encoding="utf-8")

    def stored(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """What lies in the mission file itself."""
        with contextlib.closing(sqlite3.connect(f"{self.mission.as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(question, values).fetchall()
