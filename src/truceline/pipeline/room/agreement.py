"""The agreement on a page: its text beside what it obliges to, the state per party, steps, registers, instruments."""

from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.pipeline.assessed_told import assessed_told, why_told
from truceline.pipeline.assessing import Wanted
from truceline.pipeline.excluded import excluded
from truceline.pipeline.instruments import instruments
from truceline.pipeline.questions import Asked
from truceline.pipeline.registers import registers
from truceline.pipeline.room.heading import Asking, Choice, Heading, asked_anew, heading, readings_of, told_of
from truceline.pipeline.steps_drawn import drawn
from truceline.pipeline.steps_told import steps_standing, steps_told
from truceline.pipeline.views import opened_for
from truceline.publication.languages import SPOKEN, words_for
from truceline.publication.steps_picture import foot, picture
from truceline.publication.traces import OUTCOMES
from truceline.vocabulary.marking import TLP
from truceline.vocabulary.when import iso

Plain = dict[str, Any]


class StateHere(Struct, frozen=True):
    """Where one party stands with one obligation. by: each body's own outcome; name: what `why` is asked."""

    party: str
    party_name: str
    start: str
    end: str
    outcome: str
    by: tuple[tuple[str, str], ...]
    name: str


class Obliged(Struct, frozen=True):
    """One obligation with the text it comes from. clauses: (term, its words or a paraphrase, is it the words)."""

    id: str
    title: str
    kind: str
    clauses: tuple[tuple[str, str, bool], ...]
    source: str
    tag: str
    states: tuple[StateHere, ...]


class TermHere(Struct, frozen=True):
    """A term of the text from which no obligation is executed."""

    id: str
    says: str
    quoted: bool
    source: str
    tag: str


class AgreementPage(Struct, frozen=True):
    """The page. steps as `steps --json` tells them, registers and instruments as their commands do."""

    heading: Heading
    title: str
    readings: tuple[Choice, ...]
    obliged: tuple[Obliged, ...]
    other_terms: tuple[TermHere, ...]
    outcomes: tuple[str, ...]
    steps: tuple[Plain, ...]
    registers: Plain
    instruments: tuple[Plain, ...]
    names: dict[str, str]


def agreement_page(path: Path, asked: Asked, language: str = "en", asking: Asking = asked_anew) -> AgreementPage:
    """The page as asked. Raises `ReadingError`, `AfterTheCut`."""
    told_outcomes = assessed_told(path, asked, Wanted())["assessments"]
    with told_of(path, asked, language, asking=asking) as (_, told):
        agreement = told.answer.registered.pack.agreement
        names = {**told.names, **{one.id: told.words.text(one.name) for one in agreement.parties}}
        terms = {one.id: (one.words or told.words.text(one.paraphrase), bool(one.words)) for one in agreement.terms}
        rows = {of: list(some) for of, some in groupby(told_outcomes, key=lambda row: row["obligation"])}
        obliged = tuple(
            Obliged(
                one.id, told.words.text(one.title), one.kind, tuple((term, *terms[term]) for term in one.terms),
                one.cited.source, one.cited.tag, tuple(_state(row, names) for row in rows.get(one.id, ())),
            )
            for one in agreement.obligations
        )  # fmt: skip
        used = {term for one in agreement.obligations for term in one.terms}
        return AgreementPage(
            heading=heading(told), title=told.words.text(agreement.title), readings=readings_of(told), obliged=obliged,
            other_terms=tuple(
                TermHere(one.id, *terms[one.id], one.cited.source, one.cited.tag)
                for one in agreement.terms if one.id not in used
            ),
            outcomes=OUTCOMES, steps=tuple(steps_told(path, asked)["steps"]),
            registers=registers(path, asked.reader, now_us=asked.now_us, as_of=asked.as_of, known=asked.known),
            instruments=tuple(
                instruments(path, asked.reader, now_us=asked.now_us, as_of=asked.as_of, known=asked.known)[
                    "instruments"
                ]
            ),
            names=names,
        )  # fmt: skip


def why_page(path: Path, asked: Asked, name: str, language: str = "en") -> Plain:
    """The reasons for one outcome, as `why --json` tells them. Raises `ValueNotRead`."""
    return why_told(path, asked, name, language if language in SPOKEN else "en")


def excluded_page(path: Path, asked: Asked, actor: str, on: str) -> Plain:
    """Whether each instrument excludes the one so named. Of nobody else, and no list. Raises `ValueNotRead`."""
    return excluded(path, asked.reader, actor, now_us=asked.now_us, on=on or None, as_of=asked.as_of, known=asked.known)


def steps_svg(path: Path, asked: Asked, language: str = "en") -> bytes:
    """What waits for what, as a picture. The table of steps on the page says the same in words."""
    words = words_for(language if language in SPOKEN else "en")
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known and asked.view == "own" else mission.size
        at = steps_standing(mission, asked, size)
        cut = ", ".join(f"{origin} {entries}:{str(root)[:16]}" for origin, (entries, root) in mission.cut(size).items())
        tlp, as_of = TLP[asked.reader.audience], iso(at.as_of, at.agreement.zone)
        below = foot(as_of, cut, tlp, words, exercise=mission.exercise)
        return picture(drawn(at), words, at.agreement.title, below).encode()


def _state(row: Plain, names: dict[str, str]) -> StateHere:
    return StateHere(
        row["party"], names.get(str(row["party"]), ""), row["from"], row["to"], row["outcome"],
        tuple(row["by"].items()), row["assessment"],
    )  # fmt: skip
