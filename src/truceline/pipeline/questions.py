"""Asking a mission: as of when, known at which cut, under which reading; and the columns the answer rests on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np

from truceline.compliance.clocks import clocks_of
from truceline.compliance.comparisons import compare
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.question import Question
from truceline.errors import ReadingError
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import Registered, registered
from truceline.pipeline.same_rows import counted_once
from truceline.pipeline.sealed import sealed_among
from truceline.publication.languages import words_for
from truceline.publication.names import names_of
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Reading
from truceline.vocabulary.assessment import ClockStanding, Compared
from truceline.vocabulary.columns import UNKNOWN, ReportColumns, Watch
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.texts import Later, Texts
from truceline.vocabulary.when import read_as_of

_NUMBERS = {
    "seq": "seq", "start_us": "start", "end_us": "end", "lat_e7": "lat_e7", "lon_e7": "lon_e7", "radius_m": "radius_m",
    "killed_low": "killed_low", "killed_best": "killed_best", "killed_high": "killed_high",
    "submission": "submission", "row": "row",
}  # fmt: skip
_ASKED = ("source", "source_row", "repeats", "area", "kind", "side_a", "side_b")
"""Texts that a rule asks for."""
SHOWN = ("id", "when_words", "place", "flags")
"""Texts that are only shown."""
View = Literal["own", "shared"]
Shown = Callable[[str], Texts]
"""Reads one of them, by name."""


@dataclass(frozen=True)
class Asked:
    """How a mission is asked. None: now, all that is known, the registered reading.

    view: `own` (what this holder can read) or `shared` (what every holder can).
    """

    reader: Reader
    now_us: int
    as_of: str | None = None
    known: str | None = None
    reading: str | None = None
    view: View = "own"


@dataclass(frozen=True)
class Answer:
    """An evaluated mission: the ledger with its clocks and comparisons, and what it was asked at.

    sealed: incidents that rest on a report of which nothing was released to all holders.
    """

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
    view: View = "own"
    sealed: int = 0

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids of areas, bodies and the like to their names in English, for sentences on the terminal."""
        return dict(names_of(self.evaluated.question.agreement, words_for("en")))


@dataclass(frozen=True)
class Meant:
    """What a mission is asked, worked out: the question, the size of the cut, and whether the reading is registered."""

    asked: Asked
    size: int
    registered: Registered
    exploratory: bool
    question: Question


def ask(mission: MissionFile, asked: Asked) -> Answer:
    """Evaluate a mission as asked.

    1. the cut   2. the agreement and reading then in force   3. the rows then in force
    4. the ledger as of the instant asked   5. clocks and comparisons
    """
    meant = meant_by(mission, asked)
    reports = report_columns(mission, asked.reader, meant.size)
    evaluated = evaluate(meant.question, reports, watches(mission, asked.reader, meant.size))
    return answered(mission, meant, evaluated)


def meant_by(mission: MissionFile, asked: Asked) -> Meant:
    """What is asked. Raises `ReadingError` without a complete reading, `ValueNotRead` for what is no cut or instant."""
    size = mission.resolve_cut(asked.known) if asked.known else mission.size
    known = registered(mission, size)
    agreement = known.pack.agreement
    reading, exploratory = _reading(known, asked.reading)
    as_of = read_as_of(asked.as_of, agreement.zone) if asked.as_of else asked.now_us
    return Meant(asked, size, known, exploratory, Question.of(agreement, known.pack.geometry, reading, as_of))


def answered(mission: MissionFile, meant: Meant, evaluated: Evaluated) -> Answer:
    """An evaluated question with clocks and comparisons."""
    said = tuple(acts_that_count(mission, meant.asked.reader, meant.size))
    return Answer(
        mission.path, mission.exercise, meant.asked.reader, meant.size, mission.cut(meant.size), meant.registered,
        meant.question.reading, meant.exploratory, evaluated, said, clocks_of(evaluated, said), compare(evaluated),
        meant.asked.view, sealed_among(mission, evaluated.incidents.seq),
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


def report_columns(
    mission: MissionFile, reader: Reader, size: int, since: int = 0, shown: Shown | None = None
) -> ReportColumns:
    """The reports in force at that size from entry `since` on, as columns.

    Texts that are only shown are read when they are looked at: from the mission, if it is open then, or by `shown`.
    """
    found = mission.numbers("report", list(_NUMBERS), reader, size=size, since=since, absent=UNKNOWN)
    columns: dict[str, Any] = {ours: found[theirs] for theirs, ours in _NUMBERS.items()}
    columns["has_point"] = has_point = columns["lat_e7"] != UNKNOWN
    for name in ("lat_e7", "lon_e7"):
        columns[name] = np.where(has_point, columns[name], 0)
    columns |= mission.texts("report", _ASKED, reader, size=size, since=since)
    read = shown or partial(shown_text, mission, reader, size, since)
    for name in SHOWN:
        columns[name] = Later(len(has_point), partial(read, name))
    return counted_once(ReportColumns(**columns))


def shown_text(mission: MissionFile, reader: Reader, size: int, since: int, name: str) -> Texts:
    """One column of text of the reports in force."""
    return mission.texts("report", (name,), reader, size=size, since=since)[name]


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
