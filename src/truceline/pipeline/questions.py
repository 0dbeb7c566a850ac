"""Asking a mission: as of when, known at which cut, under which reading; and the columns the answer rests on."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from truceline.compliance.clocks import clocks_of
from truceline.compliance.comparisons import compare
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.question import Question
from truceline.errors import ReadingError
from truceline.pipeline.held_columns import SHOWN, report_columns, shown_text, watches
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import Registered, registered
from truceline.pipeline.sealed import sealed_among
from truceline.pipeline.ties import tied_in
from truceline.publication.languages import words_for
from truceline.publication.names import names_of
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Reading
from truceline.vocabulary.assessment import ClockStanding, Compared
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.plain_yaml import read_yaml

View = Literal["own", "shared"]
__all__ = ["SHOWN", "Answer", "Asked", "Meant", "answered", "ask", "meant_by"]
__all__ += ["report_columns", "shown_text", "watches"]


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
    seen = watches(mission, asked.reader, meant.size)
    evaluated = evaluate(meant.question, reports, seen, tied_in(mission, asked.reader, meant.size, reports))
    return answered(mission, meant, evaluated)


def meant_by(mission: MissionFile, asked: Asked) -> Meant:
    """What is asked. Raises `ReadingError` without a complete reading, `ValueNotRead` for what is no cut or instant.

    None of them may be later than the cut (`AfterTheCut`).
    """
    size = mission.resolve_cut(asked.known) if asked.known else mission.size
    known = registered(mission, size)
    agreement = known.pack.agreement
    reading, exploratory = _reading(known, asked.reading)
    as_of = asked_instant(mission, agreement.zone, now_us=asked.now_us, as_of=asked.as_of, known=asked.known)
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
