"""Truceline's own table of reports (docs: reference/native-tables.md)."""

import re
from functools import lru_cache

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.parts import POINT, How, Part, Values, killed, own, reading, text, when, words
from truceline.vocabulary.codes import codes
from truceline.vocabulary.position import read_position
from truceline.vocabulary.possible_kinds import kinds_text
from truceline.vocabulary.source import read_repeats

RADIUS_M = 1_000
"""The radius of a point whose row gives none."""
HALF_EARTH_M = 20_037_508
"""No two points on Earth lie farther apart (half the equator of WGS 84): what an impossible radius is widened to."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _source(cells: Cells, context: ReadContext) -> Values:
    return (cells.source("source", context.default_source),)


def _language(cells: Cells, context: ReadContext) -> Values:
    language = cells.text("language")
    if language and not _LANGUAGE.fullmatch(language):
        cells.flag("language_not_bcp47")
    return (language,)


def _origin(cells: Cells, context: ReadContext) -> Values:
    return (cells.source("origin", "") if cells.text("origin") else "",)


def _repeats(cells: Cells, context: ReadContext) -> Values:
    return (read_repeats(cells.text("repeats"), cells.text("source") or context.default_source),)


def _kind(cells: Cells, context: ReadContext) -> Values:
    """One kind, or several possible ones between semicolons."""
    if ";" not in cells.text("kind"):
        return (cells.code("kind", codes("incident_kinds"), "incident kinds"),)
    possible = [kind.strip(" ") for kind in cells.text("kind").split(";")]
    for kind in possible:
        if kind not in codes("incident_kinds"):
            mend = "Write codes of the list, with ; between them."
            cells.refuse("kind", ValueNotRead(f"{kind!r} is not in the list of incident kinds", mend))
            return ("",)
    return (kinds_text(possible),)


@lru_cache(maxsize=4_096)
def side(text: str, separator: str) -> tuple[str, ...]:
    """The actors of one side as the source names them, empty names left out."""
    if not text:
        return ()
    return tuple([name for part in text.split(separator) if (name := part.strip(" "))])


def _point(cells: Cells, context: ReadContext) -> Values:
    """`position` is read where `lat` and `lon` are empty."""
    lat, lon = cells.point("lat", "lon")
    position = cells.position("position") if lat is None and lon is None else None
    return (lat, lon) if position is None else (position.lat_e7, position.lon_e7)


def sides(column: str, field: str, separator: str) -> Part:
    """The actors of one side."""
    return Part((column,), (field,), lambda cells, context: (side(cells.text(column), separator),))


def _radius(cells: Cells, context: ReadContext) -> Values:
    """Of a `position`, no smaller than its form allows."""
    radius = cells.whole("radius_m")
    given = cells.words("lat").strip(" ")
    least = 0 if given else _radius_of(cells.words("position").strip(" "))
    if radius is None:
        return (max(RADIUS_M, least) if given or least else 0,)
    if 0 <= radius <= HALF_EARTH_M:
        return (max(radius, least),)
    cells.flag("impossible_radius")
    return (HALF_EARTH_M,)


def _radius_of(position: str) -> int:
    """The precision of the form of a position; at least a metre, 0 for none, or one that cannot be read."""
    try:
        return max(read_position(position).radius_m, 1) if position else 0
    except ValueNotRead:
        return 0


PARTS = (
    Part(("source",), ("source",), _source),
    when("when"),
    Part(("lat", "lon"), POINT, _point, how=How.POINT, aside=(("position", None),)),
    killed("killed_low", "killed_best", "killed_high"),
    Part(("language",), ("language",), _language),
    Part(("radius_m",), ("radius_m",), _radius, beside=("lat", "position")),
    own("report_id", "Number the rows, so that a changed row can be told from a new one."),
    Part(("origin",), ("origin",), _origin),
    Part(("repeats", "source"), ("repeats",), _repeats),
    Part(("kind",), ("kind",), _kind),
    text("weapon", "weapon"),
    words("place", "place"),
    text("area", "area"),
    sides("side_a", "side_a", ";"),
    sides("side_b", "side_b", ";"),
    words("words", "words"),
)

read = reading(PARTS, {})
"""One row as a report; faults are noted in the cells."""

FORMAT = Format(
    name="truceline_reports",
    version="2",
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
    parts=PARTS,
)  # fmt: skip
