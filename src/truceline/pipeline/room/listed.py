"""Reports as a table, a page at a time, in the order in which their entries came."""

from pathlib import Path

import msgspec
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.gated import GROUP_OF, gate_of
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import known
from truceline.pipeline.room.reports import ReportShown, reports_at
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.store.report_pages import Chosen
from truceline.vocabulary.when import read_instant

AT_ONCE, MOST = 100, 1_000
MORE = 50
"""Reports that are looked through at a time for more, where some of a page are withheld from the reader."""


class Filter(Struct, frozen=True):
    """Which reports are wanted; "" for all. first, last: instants or days, [first, last)."""

    source: str = ""
    kind: str = ""
    area: str = ""
    side: str = ""
    first: str = ""
    last: str = ""


class ReportsPage(Struct, frozen=True):
    """A page. after: where the next page begins, -1 where this is the last; zone: of all times."""

    exercise: bool
    cut: dict[str, list[int | str]]
    zone: str
    reports: tuple[ReportShown, ...]
    after: int


def reports_page(path: Path, asked: Asked, wanted: Filter, after: int = -1, limit: int = AT_ONCE) -> ReportsPage:
    """Reports in force at the cut. Raises `ValueNotRead` for a limit outside 1 to 1,000 and for what is no instant.

    Where something is chosen by a field that a marking keeps from the reader, the report is not among what is found.
    """
    if not 1 <= limit <= MOST:
        raise ValueNotRead(f"{limit} is no number of reports.", f"Ask for 1 to {MOST:,}.")
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        seqs = _found(mission, asked, wanted, zone, size, after, limit + 1)
        shown = reports_at(mission, asked.reader, seqs[:limit], zone=zone, size=size)
        return ReportsPage(
            mission.exercise, mission.cut(size), zone, tuple(shown), seqs[limit - 1] if len(seqs) > limit else -1
        )


def one_report(path: Path, asked: Asked, ref: str) -> ReportShown:
    """One report by the beginning of its id or as SOURCE/REPORT_ID. Raises `ValueNotRead` for none or several."""
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        held = known(mission, asked.reader, [ref], size).get(ref)
        shown = [] if held is None else reports_at(mission, asked.reader, [held.seq], zone=zone, size=size)
        if not shown or ("/" in ref and "source" in shown[0].withheld):
            raise ValueNotRead("There is no such report.", "Take an id from the list of reports.")
        return shown[0]


def _found(
    mission: MissionFile, asked: Asked, wanted: Filter, zone: str, size: int, after: int, most: int
) -> list[int]:  # fmt: skip
    chosen = Chosen(
        wanted.source, wanted.kind, wanted.area, wanted.side,
        read_instant(wanted.first, zone) if wanted.first else None,
        read_instant(wanted.last, zone) if wanted.last else None,
    )  # fmt: skip
    hidden = _hidden(mission, asked, wanted)
    found: list[int] = []
    while len(found) < most:
        more = mission.reports_after(chosen, asked.reader, size=size, after=after, most=most + MORE)
        found += [seq for seq in more if seq not in hidden]
        if len(more) < most + MORE:
            break
        after = more[-1]
    return found[:most]


def _hidden(mission: MissionFile, asked: Asked, wanted: Filter) -> set[int]:
    """Places of reports with a field withheld by which is chosen: who may not see it must not find by it."""
    columns = {"first": "start_us", "last": "start_us", "side": "side_a"}
    used = {GROUP_OF[columns.get(name, name)] for name, value in msgspec.structs.asdict(wanted).items() if value}
    gate = gate_of(mission, asked.reader)
    return {gate.places[one] for one, groups in gate.narrowed.items() if groups & used}
