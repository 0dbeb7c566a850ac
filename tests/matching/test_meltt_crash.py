"""The published match of three lists of car crashes (MELTT), made again by a window match."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from truceline.matching.candidates import candidates
from truceline.matching.groups import Grouped, grouped
from truceline.matching.model import together
from truceline.matching.window import Window
from truceline.matching.windowed import fits
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import DAY, Interval

LISTS = ("crash_data1", "crash_data2", "crash_data3")
WINDOW = Window(time_us=2 * DAY, distance_m=4_000, most_span_us=30 * DAY)
PUBLISHED, UNIQUE = 34, 140


@dataclass(frozen=True)
class Crashes:
    """The rows of the three lists, episodes (of more than a day) apart from events."""

    rows: list[dict[str, str]]
    published: set[frozenset[tuple[str, str]]]
    taxonomies: list[Ints]

    def at(self, *, episodes: bool) -> Ints:
        return np.array([n for n, row in enumerate(self.rows) if (row["enddate"] > row["date"]) == episodes], np.int64)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def crashes(test_data: Path) -> Crashes:
    folder = test_data / "matching-meltt-crash"
    rows = [row for name in LISTS for row in table(folder / f"{name}.csv")]
    published = {
        frozenset((name, row[f"{name}_event"]) for name in LISTS if row[f"{name}_event"])
        for row in table(folder / "meltt_matches_4km_2days.csv")
    }
    taxonomies = []
    for name in ("model_tax", "color_tax", "damage_tax"):
        known = {}
        for row in table(folder / f"taxonomy_{name}.csv"):
            source, base, *levels = row.values()
            known[source, base] = levels
        texts = sorted({text for levels in known.values() for text in levels})
        levels = [[texts.index(text) for text in known[row["dataset"], row[name]]] for row in rows]
        taxonomies.append(np.array(levels, np.int64))
    return Crashes(rows, published, taxonomies)


def matched(made_up: SimpleNamespace, crashes: Crashes, at: Ints) -> Grouped:
    """The window match of some of the rows. A day is told by its first instant, as the published windows count days."""
    told = []
    for row in (crashes.rows[n] for n in at):
        start = Interval.from_text(row["date"]).start
        point = float(row["latitude"]), float(row["longitude"])
        told.append(made_up.told(row["dataset"], (start, start + 1), point, 0))
    reports = made_up.compared_of(told)
    fitting = together(fits(candidates(reports, WINDOW), [one[at] for one in crashes.taxonomies]))
    return grouped(reports, fitting, WINDOW)


def named(crashes: Crashes, at: Ints, of: Ints) -> set[frozenset[tuple[str, str]]]:
    groups: dict[int, set[tuple[str, str]]] = {}
    for n, group in zip(at.tolist(), of.tolist(), strict=True):
        groups.setdefault(group, set()).add((crashes.rows[n]["dataset"], crashes.rows[n]["event"]))
    return {frozenset(group) for group in groups.values()}


@pytest.mark.data
def test_the_window_match_gives_the_published_matches_and_every_difference_is_explained(
    made_up: SimpleNamespace, crashes: Crashes
) -> None:
    found: set[frozenset[tuple[str, str]]] = set()
    refused: Counter[str] = Counter()
    for episodes in (False, True):
        at = crashes.at(episodes=episodes)
        groups = matched(made_up, crashes, at)
        found |= named(crashes, at, groups.of)
        refused.update(step.why for step in groups.refused)
    matches = {group for group in found if len(group) > 1}
    print(
        f"crash: {len(matches & crashes.published)} of {PUBLISHED} published matches, {len(found)} unique of {UNIQUE}"
    )
    for group in sorted(matches ^ crashes.published, key=sorted):
        print(f"crash: {'ours' if group in matches else 'published'} only: {explained(crashes, group)}")
    print(f"crash: not joined: {dict(refused)}")
    assert len(crashes.published) == PUBLISHED
    assert len(matches & crashes.published) >= 32
    assert abs(len(found) - UNIQUE) <= 2


def explained(crashes: Crashes, group: frozenset[tuple[str, str]]) -> str:
    """The rows of a match, with what keeps each two apart or brings them together."""
    at = [n for n, row in enumerate(crashes.rows) if (row["dataset"], row["event"]) in group]
    said = [f"{row['dataset'][-1]}/{row['event']} {row['date']}" for row in (crashes.rows[n] for n in at)]
    for i, one in enumerate(at):
        for other in at[i + 1 :]:
            agree = [int((levels[one] == levels[other]).argmax()) + 1 if (levels[one] == levels[other]).any() else 0
                     for levels in crashes.taxonomies]  # fmt: skip
            said.append(f"{one}-{other} levels {agree} {kilometres(crashes, one, other):.2f} km")
    return ", ".join(said)


def kilometres(crashes: Crashes, one: int, other: int) -> float:
    """Great-circle distance (haversine)."""
    a, b = (np.radians([float(crashes.rows[n][name]) for name in ("latitude", "longitude")]) for n in (one, other))
    half = np.sin((b - a) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(half[0] + np.cos(a[0]) * np.cos(b[0]) * half[1])))
