"""What every page of the room says of itself, and the answer it rests on.

A reading is asked for by its id: a path would open a file of this machine, and is refused here. A day boundary or a
reading other than the registered one makes the answer exploratory, and the page says so.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from msgspec import Struct

from truceline.compliance.ledger import evaluate
from truceline.compliance.question import Question
from truceline.errors import ReadingError, ValueNotRead
from truceline.pipeline.gated import gated_answer
from truceline.pipeline.held_columns import report_columns, shown_later, some_shown, watches
from truceline.pipeline.questions import Answer, Asked, Meant, answered, meant_by
from truceline.pipeline.ties import tied_in
from truceline.pipeline.views import opened_for
from truceline.publication.languages import SPOKEN, Words, words_for
from truceline.publication.names import names_of
from truceline.publication.times import at, date_words
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.marking import INTERNAL, TLP
from truceline.vocabulary.when import iso

_ID = re.compile(r"[\w-]{1,80}")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Moment(Struct, frozen=True):
    """An instant: the month in words, local to the page's zone; and ISO 8601 with the offset."""

    words: str
    iso: str


class Choice(Struct, frozen=True):
    """One of several to choose from: its id, its name, and whether it is the chosen one."""

    id: str
    name: str
    chosen: bool


class Heading(Struct, frozen=True):
    """Foot of every page: of which mission, for whom, known at which cut, as of when, under which reading.

    cut: origin to size and root (hexadecimal). sealed: incidents that rest on reports not released to all holders.
    exploratory: the reading or the day boundary is not the registered one. agreement: its title.
    """

    mission: str
    exercise: bool
    audience: str
    agreement: str
    pack: str
    version: str
    cut: dict[str, list[int | str]]
    as_of: Moment
    zone: str
    boundary: str
    reading: str
    exploratory: bool
    view: str
    sealed: int


@dataclass(frozen=True)
class Told:
    """An answer with the words it is told in."""

    answer: Answer
    words: Words
    names: dict[str, str]

    def say(self, reasons: tuple[Reason, ...]) -> tuple[str, ...]:
        """Reasons as sentences."""
        from truceline.publication.sentences import said

        return tuple(str(said(one, self.words, self.names)) for one in reasons)

    def name(self, one: str) -> str:
        """The name of an area, a body or a condition; its id where it has none."""
        return self.names.get(one, one)

    def moment(self, us: int) -> Moment:
        """An instant, local to the question's zone."""
        return moment_of(self.words, us, self.answer.evaluated.question.zone)


Asking = Callable[[MissionFile, Asked, str], Answer]
"""How a mission is asked: it, what, and a day boundary ("" for the reading's own)."""


def asked_anew(mission: MissionFile, asked: Asked, boundary: str = "") -> Answer:
    """Evaluate a mission as asked, its days beginning at `boundary` (HH:MM) where one is given.

    The answer outlives the open mission, but for one of the shared view. Raises `ReadingError` for a reading that is
    no id of the pack, `ValueNotRead` for what is no time of day.
    """
    meant = with_boundary(meant_by(mission, by_id(asked)), boundary)
    reader, size = asked.reader, meant.size
    shown = some = None
    if asked.view != "shared":
        shown = partial(shown_later, mission.path, reader, size, 0)
        some = some_shown(mission.path, reader, size)
    reports = report_columns(mission, reader, size, shown=shown, some=some)
    tied = tied_in(mission, reader, size, reports)
    return answered(mission, meant, evaluate(meant.question, reports, watches(mission, reader, size), tied))


@contextmanager
def told_of(
    path: Path, asked: Asked, language: str = "en", boundary: str = "", asking: Asking = asked_anew
) -> Iterator[tuple[MissionFile, Told]]:
    """The mission, open, and its answer in that language (in English where it has no words in it), past the gate.

    Raises `NotReleased` for a reader outside: figures rest on reports that were not cleared.
    """
    with opened_for(path, asked) as mission:
        answer = gated_answer(mission, asking(mission, _evaluated_as(asked), boundary), asked.reader)
        words = words_in(language)
        yield mission, Told(answer, words, dict(names_of(answer.evaluated.question.agreement, words)))


def _evaluated_as(asked: Asked) -> Asked:
    """Evaluated once for all who work inside: the gate comes after. A reader outside stays who they are."""
    inside = asked.reader.audience is INTERNAL.audience
    return replace(asked, reader=INTERNAL) if inside else asked


def words_in(language: str) -> Words:
    """The words of reasons and verdicts in a language; English where there are none yet."""
    return words_for(language if language in SPOKEN else "en")


def moment_of(words: Words, us: int, zone: str) -> Moment:
    """4 March 2025, 18:00, and the same as ISO 8601."""
    local = at(us, zone)
    return Moment(f"{date_words(words, local.date())}, {local:%H:%M}", iso(us, zone))


def by_id(asked: Asked) -> Asked:
    """The same question. Raises `ReadingError` where its reading is no id."""
    if asked.reading is not None and not _ID.fullmatch(asked.reading):
        raise ReadingError(f"{asked.reading[:80]!r} is no reading of this agreement.", "Choose one from the list.")
    return asked


def with_boundary(meant: Meant, boundary: str) -> Meant:
    """The same question with days that begin at another hour; exploratory where that is not the reading's."""
    if boundary in ("", meant.question.boundary):
        return meant
    if not _HOUR.fullmatch(boundary):
        raise ValueNotRead(f"{boundary[:80]!r} is no time of day.", "Write HH:MM, as 18:00.")
    question: Question = replace(meant.question, boundary=boundary)
    return replace(meant, question=question, exploratory=True)


def heading(told: Told) -> Heading:
    """What the page says of itself."""
    answer = told.answer
    question = answer.evaluated.question
    return Heading(
        mission=answer.mission.name, exercise=answer.exercise, audience=TLP[answer.reader.audience],
        agreement=told.words.text(question.agreement.title), pack=question.agreement.pack,
        version=question.agreement.version, cut=answer.cut, as_of=told.moment(question.as_of), zone=question.zone,
        boundary=question.boundary, reading=answer.reading.id, exploratory=answer.exploratory, view=answer.view,
        sealed=answer.sealed,
    )  # fmt: skip


def indicators_of(told: Told, chosen: str) -> tuple[int, tuple[Choice, ...]]:
    """The position of the indicator chosen ("": the first), and all to choose from. Raises `ValueNotRead`."""
    ids = [one.indicator for one in told.answer.evaluated.ledger.indicators]
    k = position_in(ids, chosen, "indicator") if chosen else 0
    titles = {one.id: told.words.text(one.title) for one in told.answer.evaluated.question.agreement.indicators}
    return k, tuple(Choice(one, titles[one], n == k) for n, one in enumerate(ids))


def readings_of(told: Told) -> tuple[Choice, ...]:
    """The pack's readings, the one asked under chosen."""
    answer = told.answer
    readings = answer.registered.pack.agreement.readings
    return tuple(Choice(one.id, told.words.text(one.title), one.id == answer.reading.id) for one in readings)


def position_in(ids: list[str], wanted: str, what: str) -> int:
    """Where an id stands. Raises `ValueNotRead`."""
    if wanted not in ids:
        raise ValueNotRead(f"The ledger has no {what} {wanted[:80]!r}.", "Choose one from the page's list.")
    return ids.index(wanted)
