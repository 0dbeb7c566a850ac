"""Every cell of the day ledger, counted by enumeration: steps 3 and 5 of the rule."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from truceline.theatre.knowable.repeats import founding
from truceline.theatre.knowable.watched import Watch
from truceline.theatre.knowable.when import Span, days, span
from truceline.theatre.knowable.where import ELSEWHERE, Ground
from truceline.theatre.knowable.who import NO, SURELY, Names

Row = Mapping[str, str]
Raw = Mapping[str, Any]
Day = tuple[str, datetime, datetime]
Placed = tuple[Row, Span, frozenset[str]]
"""An incident: its founding report, its interval and the areas it may have been in."""
Cell = dict[str, str | int | bool]

CHOICES = ("day_boundary", "zone", "exclusions", "umbrella", "threshold", "counting", "coverage")


def knowable(
    agreement: Raw, geojson: Raw, reports: Sequence[Row], coverage: Sequence[Row], as_of: datetime | None = None
) -> dict[str, dict[str, list[Cell]]]:
    """The ledger of every reading that makes all choices: {reading: {"cells": [...]}}.

    `agreement` is the pack's YAML with every scalar as a string; `reports` and `coverage` are rows
    as written, in order of entry, restrictions among the coverage. Without `as_of` every day of
    the period is over. Cells come by indicator, area and day, as in `ledger --json`.
    """
    zone, ground = agreement["zone"], Ground(agreement, geojson)
    held = [row for row in reports if as_of is None or span(row["when"], zone)[0] < as_of]
    placed = []
    for position in founding(held):
        row = held[position]
        placed.append((row, span(row["when"], zone), ground.placements(row)))
    watch = Watch(coverage, ground, zone)
    return {
        reading["id"]: {"cells": _reading(agreement, reading, ground, placed, watch, as_of)}
        for reading in agreement["readings"]
        if all(choice in reading for choice in CHOICES)
    }


def _reading(
    agreement: Raw, reading: Raw, ground: Ground, placed: list[Placed], watch: Watch, as_of: datetime | None
) -> list[Cell]:
    period = agreement["period"]
    ledger_days = days(period["from"], period["to"], reading["day_boundary"], reading["zone"])
    low, high = _counts(agreement, reading, ledger_days, placed)
    covered = {
        (area, name): (as_of is None or end <= as_of) and watch.covered(area, start, end, reading["coverage"])
        for area in ground.areas
        for name, start, end in ledger_days
    }
    cells = []
    for indicator in agreement["indicators"]:
        for area in ground.areas:
            for name, _, _ in ledger_days:
                at = (indicator["id"], area, name)
                cells.append(_cell(at, low.get(at, 0), high.get(at, 0), covered[area, name], int(reading["threshold"])))
    return cells


def _counts(
    agreement: Raw, reading: Raw, ledger_days: list[Day], placed: list[Placed]
) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str, str], int]]:
    """How many incidents are surely, and may be, in each (indicator, area, day)."""
    names = Names(agreement, reading)
    low: dict[tuple[str, str, str], int] = {}
    high: dict[tuple[str, str, str], int] = {}
    for row, when, areas in placed:
        on = [name for name, start, end in ledger_days if start < when[1] and when[0] < end]
        # An interval that leaves the period on either side may be on none of its days.
        outside = when[0] < ledger_days[0][1] or when[1] > ledger_days[-1][2]
        one_place = len(areas) == 1 and len(on) == 1 and not outside
        for indicator in agreement["indicators"]:
            answer = names.counts(row, indicator, when)
            if answer == NO:
                continue
            for at in [(indicator["id"], area, name) for area in areas - {ELSEWHERE} for name in on]:
                high[at] = high.get(at, 0) + 1
                if one_place and answer == SURELY:
                    low[at] = low.get(at, 0) + 1
    return low, high


def _cell(at: tuple[str, str, str], low: int, high: int, covered: bool, threshold: int) -> Cell:
    if low > threshold:
        verdict = "not_quiet"
    elif high > threshold or not covered:
        verdict = "cannot_tell"
    else:
        verdict = "quiet"
    indicator, area, day = at
    return {
        "indicator": indicator, "area": area, "day": day,
        "verdict": verdict, "low": low, "high": high, "covered": covered,
    }  # fmt: skip
