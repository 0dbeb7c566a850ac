"""Reports made up for matching: `told(...)` a row, `columns_of(rows)` the read table, `drawn(draw)` any of them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import strategies as st

from truceline.matching.compared import Compared, compared
from truceline.vocabulary.columns import UNKNOWN, ReportColumns
from truceline.vocabulary.when import HOUR, Interval

FIRST = Interval.from_text("2016-02-27").start
PLACES = ("", "", "Salma", "سلمى", "Hirbinifsah", "حربنفسه", "Kafr Nabl", "al-Kafr")
KINDS = ("", "shelling", "air_strike", "protest", "shelling;air_strike", "hmg_fire")
ACTORS = ((), ("North",), ("South",), ("North", "South"), ("Valley Guard",))
WORDS = ("", "Shells fell on Salma", "shells fell on the town of Salma", "قصف على سلمى", "Обстрел города", "bread")
WEAPONS = ("", "mortar", "rpg")
SIZES = (1, 50, 400, 2_000, 9_000, 45_000, 70_000)


def told(
    source: str = "mission",
    when: str | tuple[int, int] = "2016-02-27T10:00Z",
    at: tuple[float, float] | None = (35.9, 36.2),
    radius_m: int = 500,
    **said: Any,
) -> dict[str, Any]:
    """One report; `said`: any other column of the table."""
    start, end = (Interval.from_text(when).start, Interval.from_text(when).end) if isinstance(when, str) else when
    point = (0, 0) if at is None else (round(at[0] * 1e7), round(at[1] * 1e7))
    empty = {"repeats": "", "place": "", "area": "", "kind": "", "side_a": (), "side_b": (), "weapon": "", "words": ""}
    return empty | {
        "source": source, "start": start, "end": end, "has_point": at is not None, "lat_e7": point[0],
        "lon_e7": point[1], "radius_m": radius_m, "killed_low": UNKNOWN, "killed_best": UNKNOWN,
        "killed_high": UNKNOWN, "origin": "",
    } | said  # fmt: skip


def columns_of(rows: Sequence[dict[str, Any]]) -> ReportColumns:
    """The read table of these rows."""
    numbers = ("start", "end", "lat_e7", "lon_e7", "radius_m", "killed_low", "killed_best", "killed_high")
    zeros = np.zeros(len(rows), np.int64)
    return ReportColumns(
        seq=np.arange(len(rows)), has_point=np.array([row["has_point"] for row in rows], np.bool_), submission=zeros,
        row=zeros, id=[f"r{n}" for n in range(len(rows))], when_words=[""] * len(rows), flags=["[]"] * len(rows),
        source_row=[row.get("source_row", str(n)) for n, row in enumerate(rows)],
        **{name: np.array([row[name] for row in rows], np.int64) for name in numbers},
        **{name: [row[name] for row in rows] for name in ("source", "repeats", "place", "area", "kind")},
        **{name: [msgspec.json.encode(list(row[name])).decode() for row in rows] for name in ("side_a", "side_b")},
    )  # fmt: skip


def compared_of(rows: Sequence[dict[str, Any]]) -> Compared:
    """The same as they are compared."""
    more = {name: [row[name] for row in rows] for name in ("weapon", "words", "origin")}
    return compared(columns_of(rows), **more)


@st.composite
def any_report(draw: st.DrawFn) -> dict[str, Any]:
    """Any report: near enough to others that many pairs are within a window, and odd enough to be at its edges."""
    hour = draw(st.integers(0, 60))
    start = FIRST + hour * HOUR + draw(st.sampled_from((0, 0, 1, -1, HOUR // 2)))
    span = draw(st.sampled_from((1, HOUR, HOUR + 1, 24 * HOUR, 72 * HOUR, 600 * HOUR)))
    at = (35.5 + draw(st.integers(0, 40)) / 100, 36 + draw(st.integers(0, 40)) / 100)
    figures = draw(st.tuples(*[st.sampled_from((UNKNOWN, UNKNOWN, 0, 2, 5, 30))] * 3))
    one = told(
        draw(st.sampled_from("abcd")), (start, start + span), at if draw(st.integers(0, 4)) else None,
        draw(st.sampled_from(SIZES)), origin=draw(st.sampled_from(("", "", "a", "agency"))),
        **dict(zip(("killed_low", "killed_best", "killed_high"), figures, strict=True)),
    )  # fmt: skip
    choices = {
        "place": PLACES, "area": ("", "Idlib"), "kind": KINDS, "side_a": ACTORS, "side_b": ACTORS,
        "words": WORDS, "weapon": WEAPONS, "repeats": ("", "", "", "a/0", "b/1", "c/nothing"),
    }  # fmt: skip
    return one | {name: draw(st.sampled_from(values)) for name, values in choices.items()}


@pytest.fixture(scope="session")
def made_up() -> SimpleNamespace:
    """What makes reports."""
    return SimpleNamespace(told=told, columns_of=columns_of, compared_of=compared_of, any_report=any_report)
