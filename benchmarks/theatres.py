"""A simulated theatre taken in as a mission, and its reports as they are compared, with the truth beside."""

import secrets
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from truceline.matching.compared import Compared, compared
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.simulating import PACK, benchmark, difficulty_of, write_pieces
from truceline.pipeline.take_in import take_in
from truceline.theatre.scoring import read_truth
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns
from truceline.vocabulary.marking import INTERNAL

NOW_US = 1_767_225_600_000_000
NUMBERS = {
    "start": "start_us", "end": "end_us", "lat_e7": "lat_e7", "lon_e7": "lon_e7", "radius_m": "radius_m",
    "killed_low": "killed_low", "killed_best": "killed_best", "killed_high": "killed_high",
}  # fmt: skip
TEXTS = ("source", "source_row", "repeats", "when_words", "place", "area", "kind", "side_a", "side_b", "flags")
MORE = ("weapon", "words", "origin")


class Staged(NamedTuple):
    """Reports to match, and the number of each one's incident; -1 for what tells of nothing that happened."""

    reports: Compared
    truth: Ints


def staged(difficulty: str, count: int, seed: int) -> Staged:
    """A theatre in truceline's own tables."""
    with tempfile.TemporaryDirectory() as aside:
        folder, path = Path(aside) / "theatre", Path(aside) / "mission.truceline"
        write_pieces(folder, benchmark(seed, count, ("truceline",), difficulty_of(difficulty)).pieces())
        init(path, PACK, reading="strict", exercise=True, now_us=NOW_US, chance=secrets.token_bytes).close()
        files = sorted(one for one in folder.iterdir() if one.suffix in (".csv", ".tsv"))
        take_in(path, files, now_us=NOW_US, chance=secrets.token_bytes)
        with open_mission(path) as mission:
            held: dict[str, Any] = dict(mission.columns("report", (*NUMBERS.values(), *TEXTS, *MORE), INTERNAL))
        truth = read_truth((folder / "truth" / "reports.csv").read_bytes()).groups
    return _staged({name: list(column) for name, column in held.items()}, truth)


def _staged(held: dict[str, list[Any]], truth: Any) -> Staged:
    count = len(held["source"])
    numbers: dict[str, Any] = {
        name: np.array([UNKNOWN if value is None else value for value in held[column]], np.int64)
        for name, column in NUMBERS.items()
    }
    zeros, pointed = np.zeros(count, np.int64), numbers["lat_e7"] != UNKNOWN
    texts: dict[str, Any] = {name: held[name] for name in TEXTS}
    columns = ReportColumns(
        seq=np.arange(count), has_point=pointed, submission=zeros, row=zeros, id=[""] * count, **numbers, **texts
    )  # fmt: skip
    names = [f"{source}/{row}" for source, row in zip(held["source"], held["source_row"], strict=True)]
    told = [truth.get(name, "") for name in names]
    numbered = {incident: n for n, incident in enumerate(sorted({one for one in told if one.startswith("x")}))}
    more = {name: held[name] for name in MORE}
    return Staged(compared(columns, **more), np.array([numbered.get(one, -1) for one in told], np.int64))
