"""From reports to incidents, and where each may have been: columns in, columns out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from truceline.compliance.areas import Geometry, Names, may_be_in
from truceline.compliance.days import touched
from truceline.compliance.echoes import founders
from truceline.compliance.scope import counts_for
from truceline.compliance.standing import Standing, names_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import IncidentColumns, Ints, ReportColumns

CONTRADICTS = "place_contradicts_area"


@dataclass(frozen=True)
class Unresolved:
    """What the pack does not know: names and areas with their number of reports, and repeats of nothing held."""

    names: tuple[tuple[str, int], ...]
    areas: tuple[tuple[str, int], ...]
    repeats: tuple[tuple[str, str], ...]


def incidents_of(
    reports: ReportColumns, agreement: Agreement, standing: Standing, geometry: Geometry, edges: Ints
) -> tuple[IncidentColumns, Unresolved]:
    """Each report its own incident unless it repeats another in force; with days, areas and what each counts for."""
    keys = [f"{source}/{row}" for source, row in zip(reports.source, reports.source_row, strict=True)]
    founding, dangling = founders(keys, reports.repeats)
    own = np.flatnonzero(np.array(founding, np.int64) == np.arange(len(reports)))
    kept = take(reports, own)
    names = Names.of(agreement)
    may_be, contradicts = may_be_in(kept, names, geometry, [area.id for area in agreement.areas])
    first, last = touched(kept.start, kept.end, edges)
    columns = vars(kept) | {"flags": _flagged(kept.flags, contradicts)}
    counts = [counts_for(indicator, kept, standing) for indicator in agreement.indicators]
    incidents = IncidentColumns(**columns, first_day=first, last_day=last, may_be=may_be, counts=counts)
    repeats = tuple((keys[i], reports.repeats[i]) for i in dangling)
    return incidents, Unresolved(_names(reports, standing), _areas(reports, names), repeats)


def take(reports: ReportColumns, at: Ints) -> ReportColumns:
    """The reports at these positions, which rise."""
    if len(at) == len(reports):
        return reports
    places = at.tolist()
    columns: dict[str, Any] = {
        name: column[at] if isinstance(column, np.ndarray) else [column[i] for i in places]
        for name, column in vars(reports).items()
    }
    return ReportColumns(**columns)


def _flagged(flags: list[str], contradicts: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    flagged = list(flags)
    for i in np.flatnonzero(contradicts).tolist():
        flagged[i] = json.dumps([*json.loads(flags[i] or "[]"), CONTRADICTS])
    return flagged


def _names(reports: ReportColumns, standing: Standing) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for side, number in _tally([*reports.side_a, *reports.side_b]):
        for name in names_of(side):
            if not standing.resolves(name):
                found[name] = found.get(name, 0) + number
    return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _areas(reports: ReportColumns, names: Names) -> tuple[tuple[str, int], ...]:
    unknown = [(area, number) for area, number in _tally(reports.area) if area and names.row(area) is None]
    return tuple(sorted(unknown, key=lambda pair: (-pair[1], pair[0])))


def _tally(words: Sequence[str]) -> list[tuple[str, int]]:
    number: dict[str, int] = {}
    for word in words:
        number[word] = number.get(word, 0) + 1
    return list(number.items())
