"""From reports to incidents, and where each may have been: columns in, columns out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from truceline.compliance.areas import Names, placed_in
from truceline.compliance.days import touched
from truceline.compliance.gathering import NOT_TIED, Positions, Tied, gathered
from truceline.compliance.merged import merged_counts, merged_places, merged_rows
from truceline.compliance.open_groups import left_open
from truceline.compliance.question import Question
from truceline.compliance.scope import counts_for
from truceline.compliance.standing import Standing, names_of
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Bools, IncidentColumns, Ints, ReportColumns
from truceline.vocabulary.texts import Later, coded

CONTRADICTS = "place_contradicts_area"


@dataclass(frozen=True)
class Unresolved:
    """What the pack does not know: names and areas with their number of reports, and repeats of nothing held."""

    names: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    repeats: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Frame:
    """What places reports in one question: its agreement and areas, who is who, and the edges of its days."""

    agreement: Agreement
    names: Names
    terrain: Terrain
    standing: Standing
    edges: Ints

    @classmethod
    def of(cls, question: Question, edges: Ints) -> "Frame":
        """The frame of a question whose days have these edges."""
        agreement = question.agreement
        terrain = Terrain([question.geometry[area.id] for area in agreement.areas])
        return cls(agreement, Names.of(agreement), terrain, Standing(agreement, question.reading), edges)


def incidents_of(reports: ReportColumns, frame: Frame, tied: Tied = NOT_TIED) -> tuple[IncidentColumns, Ints]:
    """(incidents, dangling): each report its own incident unless it repeats another in force, or is judged the same.

    dangling: the positions of reports that repeat nothing in force.
    """
    found = gathered(reports, tied)
    founds = found.founding == np.arange(len(reports))
    founds[[one for group in found.several for one in group]] = False
    own = np.flatnonzero(founds)
    incidents = framed(reports.take(own) if len(own) < len(reports) else reports, frame)
    if found.several:
        both = incidents.join(_merged(reports, found.several, frame))
        incidents = both.take(np.argsort(both.seq))
    if found.unsettled:
        groups = [tuple(np.searchsorted(incidents.seq, reports.seq[list(group)]).tolist()) for group in found.unsettled]
        made = framed(merged_rows(incidents, groups), frame)
        at = np.array([one for group in groups for one in group], np.int64)
        together = merged_counts([column[at] for column in incidents.counts], made.counts, groups)
        incidents = left_open(incidents, groups, together)
    return incidents, found.dangling


def _merged(reports: ReportColumns, several: Positions, frame: Frame) -> IncidentColumns:
    """The incidents that several reports found: framed as what they say together, placed where all of them may be."""
    rows = framed(reports.take(np.array([one for group in several for one in group], np.int64)), frame)
    made = framed(merged_rows(reports, several), frame)
    counts = merged_counts(rows.counts, made.counts, several)
    return replace(made, placed=merged_places(rows.placed, several), counts=counts)


def framed(kept: ReportColumns, frame: Frame) -> IncidentColumns:
    """These reports, each an incident, with days, areas and what each counts for. Each is answered by itself."""
    placed, contradicts = placed_in(kept, frame.names, frame.terrain)
    first, last = touched(kept.start, kept.end, frame.edges)
    columns = {one.name: getattr(kept, one.name) for one in fields(kept)}
    columns["flags"] = Later(len(kept), partial(_flagged, kept.flags, contradicts))
    counts = [counts_for(indicator, kept, frame.standing) for indicator in frame.agreement.indicators]
    again = np.zeros(len(kept), np.bool_)
    return IncidentColumns(**columns, first_day=first, last_day=last, placed=placed, counts=counts, again=again)


def _flagged(flags: Sequence[str], contradicts: Bools) -> list[str]:
    flagged = list(flags)
    for i in np.flatnonzero(contradicts).tolist():
        flagged[i] = json.dumps([*json.loads(flagged[i] or "[]"), CONTRADICTS])
    return flagged


def unresolved_in(reports: ReportColumns, dangling: Ints, frame: Frame) -> Unresolved:
    """What of these reports the pack does not know. Most often said first, and then by the alphabet."""
    found: dict[str, int] = {}
    for side, number in (*_tally(reports.side_a), *_tally(reports.side_b)):
        for name in names_of(side):
            if not frame.standing.resolves(name):
                found[name] = found.get(name, 0) + number
    areas = {area: number for area, number in _tally(reports.area) if area and frame.names.row(area) is None}
    keys = ((reports.source[i], reports.source_row[i], reports.repeats[i]) for i in dangling.tolist())
    repeats = tuple((f"{source}/{row}", of) for source, row, of in keys)
    return Unresolved(_by_number(found), _by_number(areas), repeats)


def _by_number(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _tally(words: Sequence[str]) -> list[tuple[str, int]]:
    """Each text that occurs, and how often."""
    codes, texts = coded(words)
    numbers: dict[str, int] = {}
    for text, number in zip(texts, np.bincount(codes, minlength=len(texts)).tolist(), strict=True):
        if number:
            numbers[text] = numbers.get(text, 0) + number
    return list(numbers.items())
