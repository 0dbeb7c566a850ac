"""A case on one page: its reports in their own words, where it stands, what each body found, what may belong to it."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.pipeline.cases_told import case_told, cases_told
from truceline.pipeline.findings_table import findings
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.pairs_listed import Wanted
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.case_exhibits import ExhibitShown, exhibits_shown
from truceline.pipeline.room.case_history import ActShown, history
from truceline.pipeline.room.inbox import PairShown, pairs_shown
from truceline.pipeline.room.reports import ReportShown, reports_shown
from truceline.vocabulary.when import read_instant

Plain = dict[str, Any]
PAIRS_OF_ONE = 10


class CasePage(Struct, frozen=True):
    """One case. told: as `case show --json` tells it. reports: in the order of the case, those held here.

    columns: the co-chairs, each with what it found and determined of this case (none where it said nothing), so that
    every side has the same room; others: what other bodies said. suggestions: open pairs of its reports. history: all
    that was said until then, what was replaced or taken back among it. Neither that nor exhibits in the shared view.
    """

    exercise: bool
    cut: Plain
    as_of: str
    told: Plain
    reports: tuple[ReportShown, ...]
    columns: tuple[tuple[str, tuple[Plain, ...]], ...]
    others: tuple[Plain, ...]
    suggestions: tuple[PairShown, ...]
    history: tuple[ActShown, ...]
    exhibits: tuple[ExhibitShown, ...]


def case_page(path: Path, handle: str, asked: Asked) -> CasePage:
    """The page of a case. Raises `ActError` for a handle that is none at that cut and time."""
    told = case_told(path, handle, asked)
    one = told["case"]
    refs = [row["report"] or row["named"] for row in one["reports"]]
    with open_mission(path) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        held = reports_shown(mission, asked.reader, refs, zone=zone, size=size)
        until = read_instant(told["as_of"], zone)
        # The shared view holds only what every holder can read: the acts of this one's own record are not told there.
        own = asked.view == "own"
        said = history(mission, asked.reader, size, one, held, zone=zone, until=until) if own else ()
        files = exhibits_shown(mission, asked.reader, size, one, held, zone=zone, until=until) if own else ()
    columns, others = _side_by_side(path, asked, one)
    one = {**one, "reports": [_named(row, held) for row in one["reports"]]}
    return CasePage(
        exercise=told["exercise"], cut=told["cut"], as_of=told["as_of"], told=one,
        reports=tuple(held[ref] for ref in refs if ref in held), columns=columns, others=others,
        history=said, exhibits=files,
        suggestions=tuple(
            pair for ref in refs if ref in held for pair in pairs_shown(path, Wanted("open", ref, PAIRS_OF_ONE), asked)
        ),
    )  # fmt: skip


def _named(row: Plain, held: dict[str, ReportShown]) -> Plain:
    """A report of a case by its id, under the name that passed the gate; one not held here as the case names it."""
    shown = held.get(row["report"] or row["named"])
    return row if shown is None else {**row, "report": shown.id, "named": shown.name}


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
