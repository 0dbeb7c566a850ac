"""The files that come last: coverage, totals, what can be known, the list of all files."""

import json
from collections.abc import Iterator, Mapping, Sequence
from random import Random

import msgspec

from truceline.theatre.benchmark import truth
from truceline.theatre.benchmark.difficulty import Difficulty
from truceline.theatre.benchmark.stage import Stage
from truceline.theatre.knowable import knowable
from truceline.theatre.knowable.watched import Watch
from truceline.theatre.knowable.when import days, instant
from truceline.theatre.tables import coverage_files, tally_file
from truceline.theatre.tallies import tallies_of

Row = Mapping[str, str]
Listed = tuple[str, str, int, int]
"""A file, its format, its rows, and how many of these must be refused."""
MANIFEST = "manifest.json"


class Ending:
    """What is written when every report is."""

    def __init__(self, stage: Stage, difficulty: Difficulty, watched: Sequence[Row], chance: Random) -> None:
        self.stage, self.difficulty, self.watched, self.chance = stage, difficulty, watched, chance
        setting = stage.setting
        self.as_of = instant(setting.day(setting.days + 2), setting.zone)

    def files(
        self, weeks: Mapping[tuple[str, int], Sequence[int]], known: Sequence[Row] | None
    ) -> Iterator[tuple[str, bytes]]:
        """Coverage, restrictions, totals, the truth of coverage and, where asked for, what can be known."""
        yield from coverage_files(self.watched).items()
        yield from tally_file(tallies_of(self.stage.setting, weeks, self.chance)).items()
        yield truth.COVERAGE, truth.lines(self._covered())
        if known is not None:
            yield "knowable.json", self._knowable(known)

    def readme(self, tables: Sequence[Listed]) -> Iterator[tuple[str, bytes]]:
        """manifest.json for programs, README.md for people."""
        rows = sum(table[2] for table in tables)
        named = [dict(zip(("file", "format", "rows", "refused"), table, strict=True)) for table in tables]
        manifest = {
            "theatre": 1, "seed": self.stage.draws.seed, "reports": rows, "as_of": self._as_of(),
            "difficulty": msgspec.to_builtins(self.difficulty), "tables": named,
            "coverage": ["coverage.csv", "restrictions.csv"],
        }  # fmt: skip
        yield MANIFEST, json.dumps(manifest, indent=2).encode() + b"\n"
        lines = [
            "# A simulated theatre (exercise)", "",
            f"Everything here is invented. Seed {self.stage.draws.seed}, {rows} reports.",
            "Take the tables in in this order, coverage after them, then enter the acts by number.",
            "`truth/` and `knowable.json` are for scoring; see the reference page of the theatre.", "",
            "| file | format | rows | to be refused |", "|---|---|---|---|",
            *[f"| `{file}` | {form} | {number} | {refused} |" for file, form, number, refused in tables],
        ]  # fmt: skip
        yield "README.md", ("\n".join(lines) + "\n").encode()

    def _as_of(self) -> str:
        return f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}"

    def _covered(self) -> Iterator[Sequence[object]]:
        """Whether each area was watched well enough on each day, by the rule of each reading."""
        setting = self.stage.setting
        watch, period = Watch(self.watched, self.stage.ground, setting.zone), setting.agreement["period"]
        yield truth.COVERAGE_COLUMNS
        for reading in setting.agreement["readings"]:
            if not {"coverage", "day_boundary", "zone"} <= set(reading):
                continue
            for area in setting.areas:
                for name, start, end in days(period["from"], period["to"], reading["day_boundary"], reading["zone"]):
                    covered = watch.covered(area, start, end, reading["coverage"])
                    yield reading["id"], area, name, "yes" if covered else "no"

    def _knowable(self, known: Sequence[Row]) -> bytes:
        setting = self.stage.setting
        readings = knowable(setting.agreement, setting.geojson, known, self.watched, self.as_of)
        made = {"seed": self.stage.draws.seed, "as_of": self._as_of(), "readings": readings}
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
