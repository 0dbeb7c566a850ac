"""Made-up incidents as columns, and daily counts of UCDP's Syria 2016."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from truceline.statistics.asked import Asked, Coverage
from truceline.statistics.periods import local_days
from truceline.vocabulary.columns import MAYBE, NO, SURELY, UNKNOWN, IncidentColumns, Placed
from truceline.vocabulary.when import DAY, local_midnight, zone_of

ZONE = "Asia/Damascus"
FOREVER = 1 << 62


def at(day: date) -> int:
    """Local midnight."""
    return local_midnight(day, zone_of(ZONE))


def incidents_of(rows: list[dict[str, Any]], areas: int = 2) -> IncidentColumns:
    """Rows with day (date), days (length, 1), may (columns of may_be, the last elsewhere), counts, source, killed."""
    n = len(rows)
    may_be = np.zeros((n, areas + 1), np.bool_)
    for i, row in enumerate(rows):
        may_be[i, list(row.get("may", (0,)))] = True
    start = np.array([at(row["day"]) for row in rows], np.int64)
    end = start + np.array([row.get("days", 1) for row in rows], np.int64) * DAY
    answers = {"no": NO, "maybe": MAYBE, "surely": SURELY}
    counts = np.array([answers[row.get("counts", "surely")] for row in rows], np.int8)
    killed = np.array([row.get("killed", UNKNOWN) for row in rows], np.int64)
    zeros, words = np.zeros(n, np.int64), [""] * n
    given: dict[str, Any] = {
        "seq": np.arange(n), "start": start, "end": end, "placed": Placed.each(may_be), "counts": [counts],
        "has_point": zeros.astype(np.bool_), "again": zeros.astype(np.bool_),
        "source": [row.get("source", "ngo") for row in rows],
        "killed_low": killed, "killed_best": killed, "killed_high": killed,
    }  # fmt: skip
    text = {one.name for one in fields(IncidentColumns) if one.type == Sequence[str]}
    rest = {one.name: words if one.name in text else zeros for one in fields(IncidentColumns)}
    return IncidentColumns(**{**rest, **given})


def daily_rows(first: date, counts: Any, **more: Any) -> list[dict[str, Any]]:
    """One incident a row: counts[n] on the n-th day."""
    return [
        {"day": date.fromordinal(first.toordinal() + n), **more}
        for n, count in enumerate(counts)
        for _ in range(int(count))
    ]


def asked_for(baseline: tuple[date, date], window: tuple[date, date], areas: int = 2, **more: Any) -> Asked:
    """A comparison of two periods, both ends included, without coverage unless given."""
    first = min(baseline[0], window[0])
    whole = local_days(first, max(baseline[1], window[1]), ZONE, FOREVER)
    stretches = [((a - first).days, (b - first).days + 1) for a, b in (baseline, window)]
    none = np.zeros((areas, len(whole)), np.int64)
    coverage = more.pop("coverage", Coverage(none, none.astype(np.bool_)))
    places = np.ones(areas + 1, np.bool_)
    names = tuple(f"area_{n}" for n in range(areas))
    return Asked("all", whole, stretches[0], stretches[1], places, names, coverage, **more)


@pytest.fixture
def incidents() -> Callable[..., IncidentColumns]:
    return incidents_of


@pytest.fixture
def rows_of() -> Callable[..., list[dict[str, Any]]]:
    return daily_rows


@pytest.fixture
def asked() -> Callable[..., Asked]:
    return asked_for


@pytest.fixture
def syria(test_data: Path) -> Any:
    """Events a day of 2016 between the Government and insurgents (dyad 11973), known to the day, by date_start."""
    found = np.zeros(366, np.int64)
    with (test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["dyad_new_id"] == "11973" and row["date_prec"] == "1":
                found[date.fromisoformat(row["date_start"]).timetuple().tm_yday - 1] += 1
    return found
