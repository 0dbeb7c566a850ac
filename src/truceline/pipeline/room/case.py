"""A case on one page: its reports in their own words, where it stands, what each body found, what may belong to it."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.pipeline.cases_told import case_told, cases_told
from truceline.pipeline.findings_table import findings
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.pairs_listed import Wanted
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.inbox import PairShown, pairs_shown
from truceline.pipeline.room.reports import ReportShown, reports_shown

Plain = dict[str, Any]
PAIRS_OF_ONE = 10


class CasePage(Struct, frozen=True):
    """One case. told: as `case show --json` tells it. reports: in the order of the case, those held here.

    columns: the co-chairs, each with what it found and determined of this case (none where it said nothing), so that
    every side has the same room; others: what other bodies said. suggestions: open pairs of its reports.
    """

    exercise: bool
    cut: Plain
    as_of: str
    told: Plain
    reports: tuple[ReportShown, ...]
    columns: tuple[tuple[str, tuple[Plain, ...]], ...]
    others: tuple[Plain, ...]
    suggestions: tuple[PairShown, ...]


def case_page(path: Path, handle: str, asked: Asked) -> CasePage:
    """The page of a case. Raises `ActError` for a handle that is none at that cut and time."""
    told = case_told(path, handle, asked)
    one = told["case"]
    refs = [row["report"] or row["named"] for row in one["reports"]]
    with open_mission(path) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        held = reports_shown(mission, asked.reader, refs, zone=zone, size=size)
    columns, others = _side_by_side(path, asked, one)
    return CasePage(
        exercise=told["exercise"], cut=told["cut"], as_of=told["as_of"], told=one,
        reports=tuple(held[ref] for ref in refs if ref in held), columns=columns, others=others,
        suggestions=tuple(
            pair for ref in refs if ref in held for pair in pairs_shown(path, Wanted("open", ref, PAIRS_OF_ONE), asked)
        ),
    )  # fmt: skip


def cases_page(path: Path, asked: Asked, *, overdue: bool = False, stage: str = "") -> Plain:
    """All cases, as `case list --json` tells them."""
    return cases_told(path, asked, overdue=overdue, stage=stage)


def _side_by_side(
    path: Path, asked: Asked, case: Plain
) -> tuple[tuple[tuple[str, tuple[Plain, ...]], ...], tuple[Plain, ...]]:
    """What co-chairs said of the case, each in its own column in the pack's order; and what others said."""
    table = findings(path, asked)
    names = {case["case"], *case["also_known_as"], *(row["report"] for row in case["reports"])}
    words = [
        {**word, "kind": matter["kind"]}
        for matter in table["matters"]
        if matter["about"] in names
        for word in matter["words"]
    ]
    chairs = table["co_chairs"]
    columns = tuple((body, tuple(word for word in words if word["by"] == body)) for body in chairs)
    return columns, tuple(word for word in words if word["by"] not in chairs)
