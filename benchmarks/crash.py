"""The published match of three lists of car crashes, made again: how many of its matches, and every difference.

MELTT's own example (Donnay, Dunford, McGrath, Backer and Cunningham 2019, Journal of Conflict Resolution
63:1337-1364), with the published windows of 4 km and 2 days. The lists are read from the folder that
`TRUCELINE_TEST_DATA` names, and are not kept here. Episodes (of more than a day) are matched apart from events.
"""

import csv
import os
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.timing import timed
from truceline.matching.candidates import candidates
from truceline.matching.compared import compared
from truceline.matching.groups import Grouped, grouped
from truceline.matching.model import together
from truceline.matching.window import Window
from truceline.matching.windowed import fits
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns
from truceline.vocabulary.when import DAY, Interval
from truceline.vocabulary.where import E7

LISTS = ("crash_data1", "crash_data2", "crash_data3")
TAXONOMIES = ("model_tax", "color_tax", "damage_tax")
WINDOW = Window(time_us=2 * DAY, distance_m=4_000, most_span_us=30 * DAY)
POINT = ("latitude", "longitude")
UNIQUE = 140
Match = frozenset[tuple[str, str]]


class Lists(NamedTuple):
    """The rows of all lists, and for each taxonomy the categories of each row, from fine to coarse."""

    rows: list[dict[str, str]]
    taxonomies: list[Ints]
    published: set[Match]


def run() -> dict[str, Any]:
    """The match, and beside it every difference from the published one."""
    folder = Path(os.environ.get("TRUCELINE_TEST_DATA", "")) / "matching-meltt-crash"
    if not folder.is_dir():
        return {"title": "not run: TRUCELINE_TEST_DATA names no folder with matching-meltt-crash", "steps": [],
                "seconds": 0.0, "peak_mb": 0}  # fmt: skip
    lists, reading = timed("lists read", lambda: _read(folder))
    (found, refused), step = timed("window match", lambda: _matched(lists))
    matches = {match for match in found if len(match) > 1}
    same = len(matches & lists.published)
    step["note"] = f"{same} of {len(lists.published)} published matches, {len(found)} unique events of {UNIQUE}"
    return {
        "title": f"{len(lists.rows)} rows of {len(LISTS)} lists, windows of 4 km and 2 days",
        "published": len(lists.published), "same": same, "unique": len(found), "refused": dict(refused),
        "steps": [reading, step], "seconds": reading["seconds"] + step["seconds"], "peak_mb": step["peak_mb"],
        "further": [_difference(lists, one, one in matches) for one in sorted(matches ^ lists.published, key=sorted)],
    }  # fmt: skip


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _read(folder: Path) -> Lists:
    rows = [row for name in LISTS for row in _table(folder / f"{name}.csv")]
    published = {
        frozenset((name, row[f"{name}_event"]) for name in LISTS if row[f"{name}_event"])
        for row in _table(folder / "meltt_matches_4km_2days.csv")
    }
    taxonomies = []
    for name in TAXONOMIES:
        known = {}
        for row in _table(folder / f"taxonomy_{name}.csv"):
            source, base, *levels = row.values()
            known[source, base] = levels
        texts = {text: n for n, text in enumerate(sorted({text for levels in known.values() for text in levels}))}
        of = [[texts[text] for text in known[row["dataset"], row[name]]] for row in rows]
        taxonomies.append(np.array(of, np.int64))
    return Lists(rows, taxonomies, published)


def _matched(lists: Lists) -> tuple[set[Match], Counter[str]]:
    found: set[Match] = set()
    refused: Counter[str] = Counter()
    for episodes in (False, True):
        at = [n for n, row in enumerate(lists.rows) if (row["enddate"] > row["date"]) == episodes]
        groups = _grouped(lists, np.array(at, np.int64))
        named: dict[int, set[tuple[str, str]]] = {}
        for n, group in zip(at, groups.of.tolist(), strict=True):
            named.setdefault(group, set()).add((lists.rows[n]["dataset"], lists.rows[n]["event"]))
        found |= {frozenset(group) for group in named.values()}
        refused.update(step.why for step in groups.refused)
    return found, refused


def _grouped(lists: Lists, at: Ints) -> Grouped:
    """A day is told by its first instant, as the published windows count days."""
    rows = [lists.rows[n] for n in at]
    start = np.array([Interval.from_text(row["date"]).start for row in rows], np.int64)
    lat, lon = (np.array([round(float(row[name]) * E7) for row in rows], np.int64) for name in POINT)
    zeros, none, empty = np.zeros(len(rows), np.int64), np.full(len(rows), UNKNOWN), [""] * len(rows)
    reports = compared(ReportColumns(
        seq=np.arange(len(rows)), start=start, end=start + 1, has_point=np.ones(len(rows), np.bool_), lat_e7=lat,
        lon_e7=lon, radius_m=zeros, killed_low=none, killed_best=none, killed_high=none, submission=zeros, row=zeros,
        id=empty, source=[row["dataset"] for row in rows], source_row=empty, repeats=empty, when_words=empty,
        place=empty, area=empty, kind=empty, side_a=["[]"] * len(rows), side_b=["[]"] * len(rows),
        flags=["[]"] * len(rows),
    ))  # fmt: skip
    return grouped(reports, together(fits(candidates(reports, WINDOW), [one[at] for one in lists.taxonomies])), WINDOW)


def _difference(lists: Lists, match: Match, ours: bool) -> dict[str, Any]:
    """The rows of a match that only one of the two has, and how each two of them fit."""
    at = [n for n, row in enumerate(lists.rows) if (row["dataset"], row["event"]) in match]
    said = [f"{lists.rows[n]['dataset'][-1]}/{lists.rows[n]['event']} {lists.rows[n]['date']}" for n in at]
    for i, one in enumerate(at):
        for other in at[i + 1 :]:
            agree = [levels[one] == levels[other] for levels in lists.taxonomies]
            levels = [int(found.argmax()) + 1 if found.any() else 0 for found in agree]
            said.append(f"taxonomies agree at levels {levels}, {_kilometres(lists, one, other):.2f} km apart")
    return {"step": "ours only" if ours else "published only", "seconds": 0.0, "peak_mb": 0, "note": "; ".join(said)}


def _kilometres(lists: Lists, one: int, other: int) -> float:
    """Great-circle distance (haversine)."""
    a, b = (np.radians([float(lists.rows[n][name]) for name in POINT]) for n in (one, other))
    half = np.sin((b - a) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(half[0] + np.cos(a[0]) * np.cos(b[0]) * half[1])))
