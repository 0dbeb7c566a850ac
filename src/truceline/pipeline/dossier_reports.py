"""The reports of an incident for a dossier, where they place it, and who watched there and then."""

import json
from collections.abc import Mapping, Sequence

import numpy as np

from truceline.compliance.areas import Names, placed_in
from truceline.compliance.pack import Pack
from truceline.compliance.terrain import Terrain
from truceline.pipeline.gradings import gradings
from truceline.pipeline.incident_meant import Incident
from truceline.pipeline.questions import watches
from truceline.store.mission_file import MissionFile
from truceline.verification.corroboration import Testimony
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns
from truceline.vocabulary.dossier import Told, Watched
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import chosen

_MORE = ("weapon", "words", "language")
"""Texts that a report has beside its columns."""
Gradings = Mapping[str, Sequence[tuple[str, str, str]]]


def told_of(
    mission: MissionFile, reader: Reader, size: int, incident: Incident, told: Sequence[Testimony]
) -> list[Told]:
    """The reports in force, with what they count as, and what bodies hold of them and of their sources."""
    columns, rows = incident.known.reports, incident.at
    every = mission.numbers("report", ["seq"], reader, size=size, absent=0)["seq"]
    texts = mission.texts("report", _MORE, reader, size=size)
    at = np.searchsorted(every, columns.seq[rows])
    more = [list(chosen(texts[name], at)) for name in _MORE]
    witness = {one.report: one for one in told}
    graded = {
        one.of: [(str(one.what), held.by, held.grade) for held in one.held if held.grade]
        for one in gradings(mission, reader, size)
    }
    return [
        _told(columns, row, [texts[n] or "" for texts in more], witness[incident.known.keys[row]], graded)
        for n, row in enumerate(rows)
    ]


def _told(columns: ReportColumns, row: int, more: Sequence[str], seen: Testimony, graded: Gradings) -> Told:
    weapon, words, language = more
    pointed = bool(columns.has_point[row])
    source = columns.source[row]
    return Told(
        report=seen.report, id=columns.id[row], source=source, when=columns.when_words[row],
        start=int(columns.start[row]), end=int(columns.end[row]), kind=columns.kind[row], weapon=weapon,
        place=columns.place[row] or "", area=columns.area[row] or "",
        lat_e7=int(columns.lat_e7[row]) if pointed else None, lon_e7=int(columns.lon_e7[row]) if pointed else None,
        radius_m=int(columns.radius_m[row]), side_a=_sides(columns.side_a[row]), side_b=_sides(columns.side_b[row]),
        killed=(
            _given(columns.killed_low, row), _given(columns.killed_best, row), _given(columns.killed_high, row),
        ),
        words=words, language=language, origin=seen.origin, maybe=seen.maybe, access=seen.access, doubted=seen.doubted,
        gradings=tuple(sorted([*graded.get(source, ()), *graded.get(seen.report, ())])),
    )  # fmt: skip


def _given(column: Ints, row: int) -> int | None:
    number = int(column[row])
    return None if number == UNKNOWN else number


def _sides(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written or "[]"))


def areas_of(pack: Pack, incident: Incident) -> tuple[list[str], bool]:
    """Ids of the areas in which some report may place it, and whether one may place it in none."""
    if not incident.at:
        return [], False
    agreement = pack.agreement
    terrain = Terrain([pack.geometry[area.id] for area in agreement.areas])
    reports = incident.known.reports.take(np.array(incident.at, np.int64))
    placed, _ = placed_in(reports, Names.of(agreement), terrain)
    may_be = [bool(one) for one in np.any(placed.sets[placed.of], axis=0).tolist()]
    return [area.id for area, one in zip(agreement.areas, may_be, strict=False) if one], may_be[-1]


def watched_near(
    mission: MissionFile, reader: Reader, size: int, pack: Pack, reports: Sequence[Told], areas: Sequence[str]
) -> list[Watched]:
    """Rows of coverage of an area where it may have been, at a time when it may have been."""
    names = Names.of(pack.agreement)
    near = np.array([area.id in areas for area in pack.agreement.areas], np.bool_)
    told = {name for one in reports for name in (one.source, one.origin)}
    made = []
    for row in watches(mission, reader, size):
        area = names.row(row.area)
        beside = any(row.start < one.end and one.start < row.end for one in reports)
        if beside and area is not None and bool((area & near).any()):
            itself = row.source in told or bool(row.origin and row.origin in told)
            made.append(Watched(row.source, row.origin, row.area, row.start, row.end, row.status, itself))
    return sorted(made, key=lambda one: (one.start, one.end, one.source, one.area))
