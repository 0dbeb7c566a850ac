"""What most forms have in common: a report of one source, with what it says filled in and the rest empty."""

import re
from functools import lru_cache

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.vocabulary.count import Count
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval

WIDEST_M = 10_000
"""The radius of a named place whose source does not say how exact its point is."""


def said(
    cells: Cells,
    context: ReadContext,
    *,
    source: str,
    source_row: str,
    when: Interval,
    point: tuple[int | None, int | None] = (None, None),
    radius_m: int = 0,
    place: str = "",
    area: str = "",
    kind: str = "",
    weapon: str = "",
    sides: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    killed: Count = Count(),  # noqa: B008 (frozen)
    origin: str = "",
    words: str = "",
    language: str = "",
) -> Report:
    """A report with the flags of its cells, its place and its time; no radius without a point."""
    lat, lon = point
    flags = context.place_flags(lat, lon) + context.time_flags(when.start, when.end)
    return Report(
        source, source_row, origin, "", kind, weapon, when.start, when.end, when.words, lat, lon,
        radius_m if lat is not None else 0, place, area, *sides, killed.low, killed.best, killed.high, words,
        language, (*cells.flags, *flags),
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def source_id(name: str) -> str:
    """A source's name as an id: "OSCE SMM" is "osce-smm"; "" where it has no ASCII letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-")
