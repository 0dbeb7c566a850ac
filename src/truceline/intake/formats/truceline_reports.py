"""Truceline's own table of reports (docs: reference/native-tables.md)."""

import re
from functools import lru_cache

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.vocabulary.codes import codes
from truceline.vocabulary.report import Report
from truceline.vocabulary.source import read_repeats

RADIUS_M = 1_000
"""The radius of a point whose row gives none."""
HALF_EARTH_M = 20_037_508
"""No two points on Earth lie farther apart (half the equator of WGS 84): what an impossible radius is widened to."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def read(cells: Cells, context: ReadContext) -> Report:
    """One row as a report; faults are noted in the cells."""
    source = cells.source("source", context.default_source)
    when = cells.when("when", context.zone)
    lat, lon, least = _point(cells)
    killed = cells.count("killed_low", "killed_best", "killed_high")
    language = cells.text("language")
    if language and not _LANGUAGE.fullmatch(language):
        cells.flag("language_not_bcp47")
    radius = _radius(cells, lat is not None, least)
    flags = context.place_flags(lat, lon) + context.time_flags(when.start, when.end)
    return Report(
        source=source,
        source_row=cells.must("report_id", "Number the rows, so that a changed row can be told from a new one."),
        origin=cells.source("origin", "") if cells.text("origin") else "",
        repeats=read_repeats(cells.text("repeats"), source),
        kind=cells.code("kind", codes("incident_kinds"), "incident kinds"),
        weapon=cells.text("weapon"),
        start_us=when.start,
        end_us=when.end,
        when_words=when.words,
        lat_e7=lat,
        lon_e7=lon,
        radius_m=radius,
        place=cells.words("place"),
        area=cells.text("area"),
        side_a=side(cells.text("side_a"), ";"),
        side_b=side(cells.text("side_b"), ";"),
        killed_low=killed.low,
        killed_best=killed.best,
        killed_high=killed.high,
        words=cells.words("words"),
        language=language,
        flags=(*cells.flags, *flags),
    )


@lru_cache(maxsize=4_096)
def side(text: str, separator: str) -> tuple[str, ...]:
    """The actors of one side as the source names them, empty names left out."""
    if not text:
        return ()
    return tuple([name for part in text.split(separator) if (name := part.strip(" "))])


def _point(cells: Cells) -> tuple[int | None, int | None, int]:
    """The point, and the least radius in metres that the form of `position` allows (0 for lat and lon).

    `position` is read where `lat` and `lon` are empty.
    """
    lat, lon = cells.point("lat", "lon")
    position = cells.position("position") if lat is None and lon is None else None
    return (lat, lon, 0) if position is None else (position.lat_e7, position.lon_e7, position.radius_m)


def _radius(cells: Cells, has_point: bool, least: int) -> int:
    radius = cells.whole("radius_m")
    if radius is None:
        return max(RADIUS_M, least) if has_point else 0
    if 0 <= radius <= HALF_EARTH_M:
        return max(radius, least)
    cells.flag("impossible_radius")
    return HALF_EARTH_M


FORMAT = Format(
    name="truceline_reports",
    version="1",
    noun="report",
    must=("report_id", "source", "when", "kind", "side_a", "side_b"),
    groups_of={
        "report_id": "source", "source": "source", "origin": "source", "repeats": "source",
        "when": "when",
        "lat": "where", "lon": "where", "position": "where", "radius_m": "where", "place": "where", "area": "where",
        "side_a": "who", "side_b": "who",
        "kind": "what", "weapon": "what", "killed_low": "what", "killed_best": "what", "killed_high": "what",
        "words": "what", "language": "what",
    },
    read=read,
)  # fmt: skip
