"""`bursts`: sources and sides of which far more is told than before, and texts that come in mass. Flags alone."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from truceline.pipeline.missions import registered
from truceline.pipeline.origins import Sourced, sourced
from truceline.pipeline.questions import Asked
from truceline.pipeline.views import opened_for
from truceline.verification.bursts import Burst, Echoed, bursts, masses
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.texts import coded
from truceline.vocabulary.when import DAY, SECOND, moment, zone_of

Plain = dict[str, Any]
QUARTER = 900 * SECOND
"""Offsets of time zones are whole quarters of an hour."""


def bursts_told(path: Path, asked: Asked, *, source: str = "") -> Plain:
    """All flags at a cut, or those of one source, as plain values; the latest day first."""
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        agreement = registered(mission, size).pack.agreement
        found = sourced(mission, asked.reader, size)
        days = _days(found.reports.start, agreement.zone)
        flags = [*_bursts(found, days, agreement), *_masses(found, days)]
        kept = [one for one in flags if not source or one.who == source or source in map(found.source, one.reports)]
        kept.sort(key=lambda one: (-one.day, one.kind, one.who))
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
            "view": asked.view, "cut": mission.cut(size), "source": source, "flags": [_plain(one) for one in kept],
        }  # fmt: skip


def _days(start: Ints, zone: str) -> Ints:
    """The local day of each instant, as a whole number that rises by one a day."""
    quarters, of = np.unique(start // QUARTER, return_inverse=True)
    rules = zone_of(zone)
    local = [moment(quarter * QUARTER).astimezone(rules).date().toordinal() for quarter in quarters.tolist()]
    return np.array(local, np.int64)[of] if len(local) else np.zeros(0, np.int64)


def _bursts(found: Sourced, days: Ints, agreement: Agreement) -> Iterable[Burst]:
    """By source, and by side; of reports that are dated to a day, since a month's report is of no day."""
    reports = found.reports
    dated = np.flatnonzero(reports.end - reports.start <= DAY)
    yield from bursts("source", _by(reports.source, dated, days))
    sides = _sides(agreement)
    told: dict[str, list[int]] = {}
    for column in (reports.side_a, reports.side_b):
        for names, when in _by(column, dated, days).items():
            for side in {sides.get(name.strip().casefold(), name.strip()) for name in json.loads(names or "[]")}:
                told.setdefault(side, []).extend(when)
    yield from bursts("side", told)


def _by(column: Any, rows: Ints, days: Ints) -> dict[str, list[int]]:
    """The days of these rows by the text of a column."""
    codes, texts = coded(column)
    order = rows[np.argsort(codes[rows], kind="stable")]
    named, first = np.unique(codes[order], return_index=True)
    parts = np.split(days[order], first[1:])
    told: dict[str, list[int]] = {}
    for code, part in zip(named.tolist(), parts, strict=False):
        told.setdefault(texts[code], []).extend(part.tolist())
    return told


def _sides(agreement: Agreement) -> dict[str, str]:
    """Every name of an actor to its party, or to itself where it has none."""
    return {
        named.name.strip().casefold(): actor.party or actor.id for actor in agreement.actors for named in actor.names
    }


def _masses(found: Sourced, days: Ints) -> Iterable[Burst]:
    """Reports that nearly repeat one another, by the one that was received first."""
    leaders, of, count = np.unique(found.first, return_inverse=True, return_counts=True)
    order = np.argsort(of, kind="stable")
    ends = np.cumsum(count)
    first_days = {source: min(told) for source, told in _by(found.reports.source, np.arange(len(days)), days).items()}
    echoed = []
    for group in np.flatnonzero(count > 1).tolist():
        rows = order[ends[group] - count[group] : ends[group]].tolist()
        rows.sort(key=lambda at, leader=int(leaders[group]): (at != leader, at))
        keys, sources = tuple(found.keys[at] for at in rows), tuple(found.reports.source[at] for at in rows)
        echoed.append(Echoed(keys, sources, tuple(int(days[at]) for at in rows)))
    return masses(echoed, first_days)


def _plain(one: Burst) -> Plain:
    return {
        "kind": one.kind, "of": one.of, "who": one.who, "day": date.fromordinal(one.day).isoformat(),
        "number": one.number, "limit": one.limit, "median": one.median, "deviation": one.deviation,
        "sources": one.sources, "fresh": one.fresh, "reports": list(one.reports), "says": says(one),
    }  # fmt: skip


def says(one: Burst) -> str:
    """A flag in words."""
    if one.kind == "burst":
        what = f"{one.who} sent {one.number}" if one.of == "source" else f"{one.number} reports name {one.who}"
        return (
            f"{what}; beyond {one.limit}, which is the median of the days before ({one.median}) and nine times their "
            f"median deviation ({one.deviation}, taken as 1 at least)."
        )
    if one.kind == "one_text":
        return f"{one.who} told nearly the same words {one.number} times."
    return (
        f"{one.sources} sources told nearly the same words in {one.number} reports, from {one.who} on; {one.fresh} of "
        "them had told nothing before."
    )
