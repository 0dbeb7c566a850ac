"""A report on a page: its fields in its own words, every wording, what it counts for, its pairs, its cases."""

from pathlib import Path

import numpy as np
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.cases_held import cases_held
from truceline.pipeline.pairs_listed import Wanted
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import ReportHeld, known
from truceline.pipeline.room.heading import Asking, Heading, Told, asked_anew, heading, told_of
from truceline.pipeline.room.inbox import PairShown, pairs_shown
from truceline.pipeline.room.map_rows import Listed, listed_of
from truceline.pipeline.room.reports import ReportShown, reports_at
from truceline.store.mission_file import MissionFile

PAIRS = 10
"""So many pairs of a report at most, the heaviest."""


class CaseNamed(Struct, frozen=True):
    """A case that names the report."""

    handle: str
    title: str
    stage: str


class ReportPage(Struct, frozen=True):
    """One report. wordings: every one ever held, oldest first, the one that stands among them.

    incident: what the ledger counts of it, where it founds an incident; day: the first it may be on, "" outside the
    ledger. names: of areas and indicators, by id.
    """

    heading: Heading
    report: ReportShown
    wordings: tuple[ReportShown, ...]
    incident: Listed | None
    day: str
    names: dict[str, str]
    cases: tuple[CaseNamed, ...]
    pairs: tuple[PairShown, ...]


def report_page(
    path: Path, asked: Asked, ref: str, language: str = "en", asking: Asking = asked_anew
) -> ReportPage:  # fmt: skip
    """The page of a report, by the beginning of its id (twelve letters at least) or as SOURCE/REPORT_ID.

    Raises `ValueNotRead` for no report or several. Who may not see its source finds it by its id alone.
    """
    with told_of(path, asked, language, asking=asking) as (mission, told):
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        held = known(mission, asked.reader, [ref], size).get(ref)
        zone = told.answer.evaluated.question.zone
        shown = [] if held is None else reports_at(mission, asked.reader, [held.seq], zone=zone, size=size)
        if held is None or not shown or ("/" in ref and "source" in shown[0].withheld):
            raise ValueNotRead("There is no such report.", "Take an id from the list of reports.")
        seqs = _wordings(mission, asked, held, size)
        incident = _incident(told, held.seq)
        return ReportPage(
            heading(told), shown[0], tuple(reports_at(mission, asked.reader, seqs, zone=zone, size=size)),
            incident, _day(told, incident), {**told.names, **_indicators(told)},
            _cases(mission, asked, told, held, size),
            pairs_shown(path, Wanted("all", held.id, PAIRS), asked) if asked.view == "own" else (),
        )  # fmt: skip


def _wordings(mission: MissionFile, asked: Asked, held: ReportHeld, size: int) -> list[int]:
    if not held.source_row:
        return [held.seq]
    ever = mission.reports_named((), [held.source_row], asked.reader, size=size)
    return [one.seq for one in ever if one.source == held.source and one.source_row == held.source_row]


def _incident(told: Told, seq: int) -> Listed | None:
    """The incident that this report founds, from the answer that passed the gate."""
    rows = told.answer.evaluated.incidents
    at = np.flatnonzero(rows.seq == seq)
    return next(listed_of(told, rows.take(at)), None) if len(at) else None


def _day(told: Told, incident: Listed | None) -> str:
    days = told.answer.evaluated.ledger.days
    return days[incident.one.first].name if incident and 0 <= incident.one.first < len(days) else ""


def _indicators(told: Told) -> dict[str, str]:
    return {one.id: told.words.text(one.title) for one in told.answer.evaluated.question.agreement.indicators}


def _cases(mission: MissionFile, asked: Asked, told: Told, held: ReportHeld, size: int) -> tuple[CaseNamed, ...]:
    courses = cases_held(mission, asked.reader, size, told.answer.evaluated.question.as_of).courses
    found = known(mission, asked.reader, [ref for one in courses.values() for ref in one.act.reports], size)
    mine = {ref for ref, one in found.items() if one.seq == held.seq}
    return tuple(
        CaseNamed(handle, one.act.title, told.words.text(one.here.stage.title))
        for handle, one in courses.items() if mine & {*one.act.reports}
    )  # fmt: skip
