"""The exhibits of a case and of its reports: what each is said to show, its fingerprint, and who held it.

The files themselves lie with their holders and are never kept here. Whoever has a copy can look at it in the browser:
it is held against the fingerprint there, and sent nowhere.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from truceline.pipeline.exhibits import ExhibitHeld, exhibits_of
from truceline.pipeline.room.reports import ReportShown
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso


class StepShown(Struct, frozen=True):
    """Who did what to an exhibit."""

    at: str
    holder: str
    did: str
    to: str
    because: str


class ExhibitShown(Struct, frozen=True):
    """One exhibit. shows: for, against, neither. salted: the fingerprint is over a salt too, so no copy is held against
    it here. holder: who has it by its chain, "" where nobody says so; state: of the chain; breaks: where it has gaps.
    """

    id: str
    title: str
    because: str
    by: str
    at: str
    shows: str
    sha256: str
    salted: bool
    media_type: str
    report: str
    holder: str
    state: str
    breaks: tuple[str, ...]
    steps: tuple[StepShown, ...]


def exhibits_shown(
    mission: MissionFile, reader: Reader, size: int, case: dict[str, Any], held: Mapping[str, ReportShown], *,
    zone: str, until: int,
) -> tuple[ExhibitShown, ...]:  # fmt: skip
    """Those in force at a size, entered by `until`. Of a report of which anything is withheld none is shown: its words
    and its maker may say it. held: the reports of the case by the names that it gives them."""
    names = names_of(case, held)
    return tuple(
        _shown(one, names, zone)
        for one in exhibits_of(mission, reader, size)
        if one.held.at <= until and _of(one.act, case["case"], names)
    )


def names_of(case: dict[str, Any], held: Mapping[str, ReportShown]) -> dict[str, ReportShown]:
    """By every name that acts may give a report of the case, the report as the gate shows it."""
    found: dict[str, ReportShown] = {}
    for row in case["reports"]:
        shown = held.get(row["report"] or row["named"])
        if shown is not None:
            found |= {name: shown for name in (row["named"], row["report"], shown.id) if name}
    return found


def kept_back(held: ActHeld, names: Mapping[str, ReportShown]) -> bool:
    """Whether an act is an exhibit of a report of which something is withheld."""
    report = names.get(held.act.report or "") if isinstance(held.act, ExhibitEntered) else None
    return report is not None and bool(report.withheld)


def _of(act: ExhibitEntered, case: str, names: Mapping[str, ReportShown]) -> bool:
    report = names.get(act.report or "")
    return (act.case == case or report is not None) and not (report is not None and report.withheld)


def _shown(one: ExhibitHeld, names: Mapping[str, ReportShown], zone: str) -> ExhibitShown:
    act, chain = one.act, one.chain
    report = names.get(act.report or "")
    return ExhibitShown(
        one.held.id, act.title, act.because, act.by, iso(one.held.at, zone), act.shows, act.sha256,
        act.salted is True, act.media_type or "", report.name if report else "", chain.holder, chain.state,
        chain.breaks,
        tuple(
            StepShown(iso(step.at, zone), step.act.holder, step.act.did, step.act.to or "", step.act.because)
            for step in one.steps
        ),
    )  # fmt: skip
