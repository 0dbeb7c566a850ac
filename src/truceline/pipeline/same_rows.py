"""One row of a source in the logs of several holders: it is counted once, as soon as both can be read.

Where the holders' rows say the same, one of them stands for all. Where they differ (two editions of a data set, or an
altered copy) neither overrules the other: what counts is all that is left open between them, and the row is flagged.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.columns import UNKNOWN, Bools, Ints, ReportColumns
from truceline.vocabulary.possible_kinds import kinds_text, possible_kinds
from truceline.vocabulary.texts import Later, coded
from truceline.vocabulary.where import UNITS_A_METRE

RIVAL = "differs_between_holders"
_TOLD = ("source", "source_row", "repeats", "area", "kind", "side_a", "side_b")
_NUMBERS = ("start", "end", "has_point", "lat_e7", "lon_e7", "radius_m", "killed_low", "killed_best", "killed_high")


def counted_once(reports: ReportColumns) -> ReportColumns:
    """The reports with each row of a source counted once, in the order of their places."""
    groups = same_rows(reports)
    if not groups:
        return reports
    keep = np.ones(len(reports), np.bool_)
    opened = dict[int, list[int]]()
    for found in groups:
        first, *_ = group = sorted(found, key=reports.id.__getitem__)
        keep[group] = False
        keep[first] = True
        if len({_said(reports, at) for at in group}) > 1:
            opened[first] = group
    return (_left_open(reports, opened) if opened else reports).take(np.flatnonzero(keep))


def same_rows(reports: ReportColumns) -> list[list[int]]:
    """The positions of rows under one key of one source, where more than one log has it."""
    log = reports.seq // FIRST_PLACE
    theirs = np.flatnonzero(log > 0)
    if not len(theirs):
        return []
    keys = [(reports.source[at], reports.source_row[at]) for at in theirs.tolist()]
    named = {key for key in keys if key[1]}
    rows = {row for _, row in named}
    codes, texts = coded(reports.source_row)
    likely = np.flatnonzero(np.array([*(text in rows for text in texts), False], np.bool_)[codes])
    found: dict[tuple[str, str], list[int]] = {}
    for at in likely.tolist():
        key = (reports.source[at], reports.source_row[at])
        if key in named:
            found.setdefault(key, []).append(at)
    return [group for group in found.values() if len({int(log[at]) for at in group}) > 1]


def _said(reports: ReportColumns, at: int) -> tuple[object, ...]:
    numbers = tuple(getattr(reports, name)[at].item() for name in _NUMBERS)
    return (*numbers, *(getattr(reports, name)[at] for name in _TOLD))


def _left_open(reports: ReportColumns, opened: dict[int, list[int]]) -> ReportColumns:
    """The rows that stand for several, with all that is left open between these."""
    columns: dict[str, Any] = {name: getattr(reports, name).copy() for name in _NUMBERS}
    columns |= {name: list(getattr(reports, name)) for name in ("area", "kind", "side_a", "side_b")}
    for first, group in opened.items():
        at = np.array(group)
        for name, value in (*_when(reports, at), *_where(reports, at), *_killed(reports, at), *_who(reports, group)):
            columns[name][first] = value
    columns["flags"] = Later(len(reports), partial(_flagged, reports.flags, list(opened)))
    return replace(reports, **columns)


def _when(reports: ReportColumns, at: Ints) -> list[tuple[str, int]]:
    return [("start", int(reports.start[at].min())), ("end", int(reports.end[at].max()))]


def _where(reports: ReportColumns, at: Ints) -> list[tuple[str, Any]]:
    """A circle around the first that reaches over all of them; anywhere, if one has no point."""
    areas = {reports.area[n] for n in at.tolist()}
    area = [("area", areas.pop() if len(areas) == 1 else "")]
    if not reports.has_point[at].all():
        return [*area, ("has_point", False), ("lat_e7", 0), ("lon_e7", 0), ("radius_m", 0)]
    lat, lon = reports.lat_e7[at], reports.lon_e7[at]
    away = (np.abs(lat - lat[0]) + np.abs(lon - lon[0]) + UNITS_A_METRE - 1) // UNITS_A_METRE
    reach = int((away + reports.radius_m[at]).max())
    return [*area, ("has_point", True), ("lat_e7", int(lat[0])), ("lon_e7", int(lon[0])), ("radius_m", reach)]


def _killed(reports: ReportColumns, at: Ints) -> list[tuple[str, int]]:
    """The widest bounds; a bound that one of them leaves open is open; no best figure."""
    bounds: Sequence[tuple[str, Callable[[Ints], Any]]] = (("killed_low", np.min), ("killed_high", np.max))
    made = [(name, getattr(reports, name)[at], pick) for name, pick in bounds]
    wide = [(name, UNKNOWN if (values == UNKNOWN).any() else int(pick(values))) for name, values, pick in made]
    best: Bools = reports.killed_best[at] == reports.killed_best[at[0]]
    return [*wide, ("killed_best", int(reports.killed_best[at[0]]) if best.all() else UNKNOWN)]


def _who(reports: ReportColumns, group: Sequence[int]) -> list[tuple[str, str]]:
    """Every kind that one of them names; a side on which they differ is nobody's."""
    kinds = {reports.kind[at] for at in group}
    possible = "" if "" in kinds else kinds_text(kind for one in sorted(kinds) for kind in possible_kinds(one))
    sides = [(name, {getattr(reports, name)[at] for at in group}) for name in ("side_a", "side_b")]
    return [("kind", possible), *((name, told.pop() if len(told) == 1 else "[]") for name, told in sides)]


def _flagged(flags: Sequence[str], opened: Sequence[int]) -> list[str]:
    flagged = list(flags)
    for at in opened:
        flagged[at] = json.dumps([*json.loads(flagged[at] or "[]"), RIVAL])
    return flagged
