"""Asking a mission: as of when, known at which cut, under which reading; and the columns the answer rests on."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from truceline.compliance.clocks import clocks_of
from truceline.compliance.comparisons import compare
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.question import Question
from truceline.errors import ReadingError
from truceline.pipeline.missions import Registered, acts, registered
from truceline.publication.languages import words_for
from truceline.publication.names import names_of
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Reading
from truceline.vocabulary.assessment import ClockStanding, Compared
from truceline.vocabulary.columns import UNKNOWN, ReportColumns, Watch
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_as_of

_NUMBERS = {
    "seq": "seq", "start_us": "start", "end_us": "end", "radius_m": "radius_m",
    "submission": "submission", "row": "row",
}  # fmt: skip
_KILLED = ("killed_low", "killed_best", "killed_high")
_WORDS = (
    "id", "source", "source_row", "repeats", "when_words", "place", "area", "kind", "side_a", "side_b", "flags",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """How a mission is asked. None: now, all that is known, the registered reading."""

    reader: Reader
    now_us: int
    as_of: str | None = None
    known: str | None = None
    reading: str | None = None


@dataclass(frozen=True)
class Answer:
    """An evaluated mission: the ledger with its clocks and comparisons, and what it was asked at."""

    mission: Path
    exercise: bool
    reader: Reader
    size: int
    cut: dict[str, list[int | str]]
    registered: Registered
    reading: Reading
    exploratory: bool
    evaluated: Evaluated
    acts: tuple[ActHeld, ...]
    clocks: tuple[ClockStanding, ...]
    compared: tuple[Compared, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids of areas, bodies and the like to their names in English, for sentences on the terminal."""
        return dict(names_of(self.evaluated.question.agreement, words_for("en")))


def ask(mission: MissionFile, asked: Asked) -> Answer:
    """Evaluate a mission as asked.

    1. the cut   2. the agreement and reading then in force   3. the rows then in force
    4. the ledger as of the instant asked   5. clocks and comparisons
    """
    size = mission.resolve_cut(asked.known) if asked.known else mission.size
    known = registered(mission, size)
    agreement = known.pack.agreement
    reading, exploratory = _reading(known, asked.reading)
    as_of = read_as_of(asked.as_of, agreement.zone) if asked.as_of else asked.now_us
    question = Question.of(agreement, known.pack.geometry, reading, as_of)
    reports = report_columns(mission, asked.reader, size)
    evaluated = evaluate(question, reports, watches(mission, asked.reader, size))
    said = tuple(acts(mission, asked.reader, size))
    assert reading is not None
    return Answer(
        mission.path, mission.exercise, asked.reader, size, mission.cut(size), known, reading, exploratory,
        evaluated, said, clocks_of(evaluated, said), compare(evaluated),
    )  # fmt: skip


def _reading(known: Registered, wanted: str | None) -> tuple[Reading | None, bool]:
    """The reading asked for (an id, or a YAML file) or registered; exploratory if it is not the registered one."""
    agreement = known.pack.agreement
    if wanted is None:
        return (agreement.reading(known.reading) if known.reading else None), False
    if re.search(r"[./\\]", wanted):
        return _reading_file(Path(wanted)), True
    reading = agreement.reading(wanted)
    if reading is None:
        names = ", ".join(one.id for one in agreement.readings)
        raise ReadingError(f"The pack {agreement.pack!r} has no reading {wanted!r}.", f"It has: {names}.")
    return reading, wanted != known.reading


def _reading_file(path: Path) -> Reading:
    try:
        return msgspec.convert(read_yaml(path.read_bytes()).value, Reading)
    except OSError as error:
        raise ReadingError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except msgspec.ValidationError as error:
        raise ReadingError(f"{path} is no reading: {error}.", "See docs/how-to/write-a-reading.md.") from error


def report_columns(mission: MissionFile, reader: Reader, size: int) -> ReportColumns:
    """The reports in force at that size, as columns."""
    found = mission.columns("report", (*_NUMBERS, *_KILLED, *_WORDS, "lat_e7", "lon_e7"), reader, size=size)
    columns: dict[str, Any] = {ours: np.asarray(found[theirs], np.int64) for theirs, ours in _NUMBERS.items()}
    columns |= {name: _known(found[name]) for name in _KILLED}
    columns |= {name: list(found[name]) for name in _WORDS}
    latitude, longitude = _known(found["lat_e7"]), _known(found["lon_e7"])
    columns["has_point"] = latitude != UNKNOWN
    columns["lat_e7"] = np.where(columns["has_point"], latitude, 0)
    columns["lon_e7"] = np.where(columns["has_point"], longitude, 0)
    return ReportColumns(**columns)


def _known(column: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.fromiter((UNKNOWN if value is None else value for value in column), np.int64, len(column))


def watches(mission: MissionFile, reader: Reader, size: int) -> list[Watch]:
    """The coverage rows in force at that size."""
    names = ("source", "origin", "area", "start_us", "end_us", "status")
    found = mission.columns("coverage", names, reader, size=size)
    starts, ends = (np.asarray(found[name], np.int64).tolist() for name in ("start_us", "end_us"))
    return [
        Watch(source, origin, area, start, end, status)
        for source, origin, area, start, end, status in zip(
            found["source"], found["origin"], found["area"], starts, ends, found["status"], strict=True
        )
    ]
