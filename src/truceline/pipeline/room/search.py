"""Search: reports, cases, acts and terms of the agreement that have all the words asked for, past the gate.

What a marking keeps from the reader is not searched for them: a report that is narrowed is compared as it is shown to
them, and leaves no other trace in what is found, in numbers, or in the order, which is that of entry, newest first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from truceline.pipeline.cases_held import cases_held
from truceline.pipeline.gate import Gate
from truceline.pipeline.gated import gate_of
from truceline.pipeline.missions import acts
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import candidates
from truceline.pipeline.room.heading import Asking, Heading, Told, asked_anew, heading, told_of
from truceline.pipeline.room.reports import ReportShown, reports_at
from truceline.pipeline.word_search import Reach, held_of
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import kind_of
from truceline.vocabulary.searching import Piece, Term, fits, pieces, terms_of

AT_ONCE = 20
MOST = 10_000
"""So many reports are found at most; the page says where there are more."""
MOST_OTHERS = 20
LONGEST = 400


class FoundReport(Struct, frozen=True):
    """A report that was found, and where in it, if its words or its place have it."""

    report: ReportShown
    words: tuple[Piece, ...]
    place: tuple[Piece, ...]


class FoundOther(Struct, frozen=True):
    """A case, an act or a term. kind: `case`, an act's kind, or `term`; id: its handle, entry or id in the pack."""

    kind: str
    id: str
    by: str
    words: tuple[Piece, ...]


class SearchPage(Struct, frozen=True):
    """What was found. number: of reports, at most `MOST`; more: there are others. reach: how far was looked.

    named: reports of exactly that id or name. others: the first of cases, acts and terms, of so many in all.
    """

    heading: Heading
    asked: str
    number: int
    more: bool
    reach: Reach
    named: tuple[FoundReport, ...]
    reports: tuple[FoundReport, ...]
    others: tuple[FoundOther, ...]
    of_others: int


def search_page(
    path: Path, asked: Asked, words: str, skip: int = 0, language: str = "en", asking: Asking = asked_anew
) -> SearchPage:  # fmt: skip
    """Twenty reports, those before them skipped, and what else has the words. Raises `ValueNotRead` for too many words.

    Of the own view alone: what the holders share is told by its pages.
    """
    asked, words = replace(asked, view="own"), words.strip()
    terms = terms_of(words)
    with told_of(path, asked, language, asking=asking) as (mission, told):
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone, gate = told.answer.evaluated.question.zone, gate_of(mission, asked.reader)
        found, more, reach = _places(mission, asked, terms, gate, zone, size)
        shown = reports_at(mission, asked.reader, found[skip : skip + AT_ONCE], zone=zone, size=size)
        named = [] if skip or not terms else [*_named(mission, asked, words, zone, size)]
        others = [] if skip or not terms else [*_others(mission, asked, told, terms, size)]
        return SearchPage(
            heading(told), words, len(found), more, reach,
            tuple(_found(one, terms) for one in named),
            tuple(_found(one, terms) for one in reversed(shown)), tuple(others[:MOST_OTHERS]), len(others),
        )  # fmt: skip


def _places(
    mission: MissionFile, asked: Asked, terms: tuple[Term, ...], gate: Gate, zone: str, size: int
) -> tuple[list[int], bool, Reach]:
    """Places of reports in force, falling; whether there are more; how far was looked."""
    if not terms:
        return [], False, "all"
    narrowed = {gate.places[one] for one in gate.narrowed}
    places, reach = held_of(mission.path).places(mission, terms, MOST + len(narrowed) + 1)
    if reach == "stopped":
        return [], False, reach
    open_ = mission.searched.in_force(asked.reader, [one for one in places if one not in narrowed], size)
    kept = sorted(mission.searched.in_force(asked.reader, sorted(narrowed), size))
    shown = zip(kept, reports_at(mission, asked.reader, kept, zone=zone, size=size), strict=True)
    open_ += [seq for seq, one in shown if fits(terms, texts_of(one))]
    found = sorted(open_, reverse=True)
    return found[:MOST], len(found) > MOST, reach


def texts_of(one: ReportShown) -> tuple[str, ...]:
    """What is searched of a report that has passed the gate."""
    sides = (", ".join(one.side_a), ", ".join(one.side_b))
    return (
        one.source, one.origin, one.repeats, one.place, one.area, *sides, one.kind, one.weapon, one.words,
        one.when_words,
    )  # fmt: skip


def _named(mission: MissionFile, asked: Asked, words: str, zone: str, size: int) -> Iterator[ReportShown]:
    """Reports of that id or name, or of which that is the source's own id, where the reader may see the source."""
    ever = mission.reports_named((), [words], asked.reader, size=size) if " " not in words else []
    refs = [words, *(f"{one.source}/{one.source_row}" for one in ever[:MOST_OTHERS])]
    named = candidates(mission, asked.reader, refs if len(words) >= len("a/b") else refs[1:], size)
    seqs = sorted({one.seq for found in named.values() for one in found})[:MOST_OTHERS]
    for one in reports_at(mission, asked.reader, seqs, zone=zone, size=size):
        if "source" not in one.withheld or one.id.startswith(words):
            yield one


def _found(one: ReportShown, terms: Sequence[Term]) -> FoundReport:
    return FoundReport(one, pieces(one.words, terms), pieces(one.place or one.area, terms))


def _others(
    mission: MissionFile, asked: Asked, told: Told, terms: Sequence[Term], size: int
) -> Iterator[FoundOther]:  # fmt: skip
    """Cases by handle and words, terms by id and name, acts by what a body said in them."""
    for handle, course in cases_held(mission, asked.reader, size, told.answer.evaluated.question.as_of).courses.items():
        text = f"{course.act.title}. {course.act.because}"
        if fits(terms, (handle, course.act.title, course.act.because)):
            yield FoundOther("case", handle, course.act.by, pieces(text, terms))
    for name, title in _terms(told):
        if fits(terms, (name, title)):
            yield FoundOther("term", name, "", pieces(title, terms))
    for held in acts(mission, asked.reader, size):
        said = [text for field in ("what", "title", "because") if isinstance(text := getattr(held.act, field, ""), str)]
        if fits(terms, (held.act.by, *said)):
            yield FoundOther(kind_of(held.act), held.id, held.act.by, pieces(" · ".join(filter(None, said)), terms))


def _terms(told: Told) -> Iterator[tuple[str, str]]:
    """Areas, bodies, parties and indicators of the agreement, as the pack names them."""
    yield from told.names.items()
    for one in told.answer.evaluated.question.agreement.indicators:
        yield one.id, told.words.text(one.title)
