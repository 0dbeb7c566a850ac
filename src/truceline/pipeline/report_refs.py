"""Finding the report that somebody names: by the beginning of its entry's id, or as SOURCE/REPORT_ID.

Either way the report is meant and not one wording of it: where the source revised the row since, the row in force
stands for it; where it was recalled, the last that was held.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from truceline.errors import ValueNotRead
from truceline.pipeline.missions import open_mission
from truceline.store.mission_file import MissionFile
from truceline.store.named_reports import ID_LENGTH, ReportNamed
from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.marking import Reader


class ReportHeld(NamedTuple):
    """A report as it stands: the place and id of its row, and what it is called. in_force: it counts."""

    seq: int
    id: str
    source: str
    source_row: str
    in_force: bool

    @property
    def key(self) -> str:
        """SOURCE/REPORT_ID; where its source gave no id, the beginning of its entry's id stands for one."""
        return f"{self.source}/{self.source_row or self.id[:16]}"


def resolve(
    mission: MissionFile, reader: Reader, refs: Iterable[str], size: int | None = None
) -> dict[str, ReportHeld]:
    """By name as given, the reports. Raises `ValueNotRead` for a name of none, or of several."""
    wanted = list(dict.fromkeys(refs))
    found = candidates(mission, reader, wanted, size)
    for ref in wanted:
        if not found[ref]:
            mend = "Write SOURCE/REPORT_ID, or at least twelve characters of the id of its entry."
            raise ValueNotRead(f"{ref!r} is no report of this mission.", mend)
        if len(found[ref]) > 1:
            raise ValueNotRead(f"{ref!r} names {len(found[ref])} reports.", "Give more of the id of its entry.")
    return {ref: found[ref][0] for ref in wanted}


def known(mission: MissionFile, reader: Reader, refs: Iterable[str], size: int | None = None) -> dict[str, ReportHeld]:
    """The same for those names that mean one report held here; the others are left out."""
    found = candidates(mission, reader, list(dict.fromkeys(refs)), size)
    return {ref: held[0] for ref, held in found.items() if len(held) == 1}


def candidates(
    mission: MissionFile, reader: Reader, refs: Sequence[str], size: int | None = None
) -> dict[str, list[ReportHeld]]:
    """By name as given, every report that it may mean."""
    at = mission.size if size is None else size
    ids = {ref[:ID_LENGTH] for ref in refs if "/" not in ref}
    first = mission.reports_named(ids, _own_ids(refs), reader, size=at)
    named = {ref: [one for one in first if _names(ref, one)] for ref in refs}
    # An id may be that of a row which the source has revised since: all rows of the same name are one report.
    revised = {one.source_row for ref, rows in named.items() if "/" not in ref for one in rows if one.source_row}
    by_key = _by_key([*first, *mission.reports_named((), revised, reader, size=at)])
    return {ref: _as_they_stand(rows, by_key) for ref, rows in named.items()}


def hold_names(path: Path) -> None:
    """Read the names of a mission's reports once, for a process that will look many up: a second or two a million."""
    with open_mission(path) as mission:
        mission.hold_names()


def _own_ids(refs: Iterable[str]) -> set[str]:
    """A source's name may itself hold a slash, and so may its own ids: any end of a key may be the id."""
    return {ref[at + 1 :] for ref in refs for at, letter in enumerate(ref) if letter == "/"}


def _names(ref: str, row: ReportNamed) -> bool:
    if "/" in ref:
        return ref == f"{row.source}/{row.source_row}" or (not row.source_row and ref == f"{row.source}/{row.id[:16]}")
    return row.id.startswith(ref)


def _by_key(rows: Iterable[ReportNamed]) -> dict[tuple[str, str], ReportNamed]:
    """The row that stands for each report: one in force, one of the own log, the last."""
    found: dict[tuple[str, str], ReportNamed] = {}
    for row in sorted(rows, key=lambda one: (one.superseded_by is None, one.seq < FIRST_PLACE, one.seq)):
        found[row.source, row.source_row or row.id] = row
    return found


def _as_they_stand(rows: Iterable[ReportNamed], by_key: Mapping[tuple[str, str], ReportNamed]) -> list[ReportHeld]:
    standing = {by_key[row.source, row.source_row or row.id] for row in rows}
    return [
        ReportHeld(one.seq, one.id, one.source, one.source_row, one.superseded_by is None) for one in sorted(standing)
    ]
