"""Any table with a row of HXL tags, read by its tags into reports (HXL 1.1; a tag's order of attributes is free).

Of several columns that could give one thing the first in the order below is read; of two that fit alike
the one with fewer attributes, then the one further left. What has no date cannot be a report.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import WIDEST_M, source_id
from truceline.intake.layout import group_positions
from truceline.intake.parts import WHEN, Part, Values, killed, own_or_made, point, reading, text, words
from truceline.intake.tags import Tag, is_tagged, tag_of
from truceline.vocabulary.codes import codes, crosswalk
from truceline.vocabulary.when import Interval

DATE_OF_REPORT = "date_of_the_report"
KIND_NOT_IN_LIST = "kind_not_in_list"
_WANTED = {
    "id": ("#meta+id", "#event+id", "#incident+id", "#event+code"),
    "source": ("#meta+source", "#source", "#org+source", "#org+reporting"),
    "start": ("#date+start",),
    "end": ("#date+end",),
    "date": ("#date+occurred", "#date+event", "#date+incident", "#date!"),
    "reported": ("#date+reported", "#date+published", "#date+updated"),
    "year": ("#date+year",),
    "lat": ("#geo+lat",),
    "lon": ("#geo+lon",),
    "place": ("#loc+name", "#loc!", "#loc+town", "#adm3+name", "#adm2+name"),
    "area": ("#adm1+name", "#adm1!", "#country+name", "#country!", "#adm1+code"),
    "kind": ("#event+type", "#event!", "#event+name", "#cause+type", "#cause!"),
    "side_b": ("#group+name+second", "#group+second"),
    "side_a": ("#group+name+first", "#group+first", "#group+name", "#group!"),
    "killed_low": ("#affected+killed+min", "#affected+killed+low"),
    "killed_best": ("#affected+killed!", "#affected+killed+best", "#affected+ind+killed"),
    "killed_high": ("#affected+killed+max", "#affected+killed+high"),
    "words": ("#description!", "#description+en", "#description+headline"),
}
"""The tags for each thing, the first that fits. With `!` the column has these attributes and no other; else it may
have more, so the second side stands before the first, whose `#group+name` would take it."""
_GROUP = {
    "id": "source", "source": "source", "start": "when", "end": "when", "date": "when", "reported": "when",
    "year": "when", "lat": "where", "lon": "where", "place": "where", "area": "where", "side_a": "who",
    "side_b": "who", "kind": "what", "killed_low": "what", "killed_best": "what", "killed_high": "what",
    "words": "what",
}  # fmt: skip
_DATES = ("start", "date", "reported", "year")
_ASIDE = frozenset({"f", "m", "children", "adults", "elderly", "i", "npc", "code"})
"""Attributes of parts of a figure (women, children), and of codes: never read as the whole or the name."""


class Hxl(Format):
    """A format whose columns are known by their tags."""

    def recognises(self, header: Sequence[str]) -> bool:
        """More than half of the cells that are not empty are tags."""
        return is_tagged(header)

    def column(self, cell: str) -> str:
        """The thing a cell's tag could give, or the cell."""
        fits = _fitting(tag) if (tag := tag_of(cell)) else None
        return fits[1] if fits else cell

    def positions(self, header: Sequence[str]) -> dict[str, int]:
        """For each thing the best of the columns that could give it."""
        best: dict[str, tuple[tuple[int, int], int]] = {}
        for at, cell in enumerate(header):
            fits = _fitting(tag) if (tag := tag_of(cell)) else None
            if fits and (fits[1] not in best or fits[0] < best[fits[1]][0]):
                best[fits[1]] = fits[0], at
        return {name: at for name, (_, at) in best.items()}

    def doubled(self, header: Sequence[str]) -> str:
        """Two columns of one tag are both kept, and one is read."""
        return ""

    def groups(self, header: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The payload group of every column, by its tag; those that are not read and say who or where beside them."""
        return group_positions(header, lambda cell: _GROUP.get(self.column(cell), "rest"))


@lru_cache(maxsize=4_096)
def _fitting(tag: Tag) -> tuple[tuple[int, int], str] | None:
    """How well (rank, attributes) a tag gives which thing."""
    for name, wanted in _wanted().items():
        for rank, (pattern, only) in enumerate(wanted):
            more = tag.attributes - pattern.attributes
            same = pattern.name == tag.name and pattern.attributes <= tag.attributes
            if same and not (more and only) and not more & _ASIDE:
                return (rank, len(more)), name
    return None


@cache
def _wanted() -> dict[str, list[tuple[Tag, bool]]]:
    made: dict[str, list[tuple[Tag, bool]]] = {}
    for name, patterns in _WANTED.items():
        for pattern in patterns:
            tag = tag_of(pattern.rstrip("!"))
            assert tag
            made.setdefault(name, []).append((tag, pattern.endswith("!")))
    return made


def _source(cells: Cells, context: ReadContext) -> Values:
    source = context.default_source or source_id(cells.words("source"))
    if not source:
        cells.refuse("source", ValueNotRead("Nothing says whose table this is", "Name the file's source: --source."))
    return (source,)


def _names(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _kind(cells: Cells, context: ReadContext) -> Values:
    said_kind = cells.text("kind")
    if said_kind in codes("incident_kinds"):
        return (said_kind,)
    ours = crosswalk("incident_kinds", "acled").get(said_kind, ())
    if said_kind and len(ours) != 1:
        cells.flag(KIND_NOT_IN_LIST)
    return (ours[0] if len(ours) == 1 else "",)


def _moment(cells: Cells, context: ReadContext) -> Values:
    when = _when(cells, context.zone)
    return when.start, when.end, when.words


def _radius(cells: Cells, context: ReadContext) -> Values:
    return (WIDEST_M if cells.words("lat").strip(" ") else 0,)


def _when(cells: Cells, zone: str) -> Interval:
    for column in _DATES:
        if not cells.text(column):
            continue
        if column == "reported":
            cells.flag(DATE_OF_REPORT)
        last = cells.text("end") if column == "start" else ""
        text = _day(cells.text(column))
        return cells.interval(column, f"{text}/{_day(last)}" if last and last != cells.text(column) else text, zone)
    dated = any(column in cells.columns() for column in _DATES)
    told = "The date is empty" if dated else "No column with a date (#date) says when"
    cells.refuse("date", ValueNotRead(told, "Write a day, or the year if nothing but the year is known."))
    return Interval(0, 1)


def _day(text: str) -> str:
    """A day without the midnight that some exports put behind it."""
    return text[:10] if text[10:].rstrip("0") in ("T00:00:", " 00:00:", " 00:00:00.", "T00:00:00.") else text


PARTS = (
    own_or_made("id"),
    Part(("source",), ("source",), _source),
    Part((*_DATES, "end"), WHEN, _moment),
    point("lat", "lon"),
    Part((), ("radius_m",), _radius, beside=("lat",)),
    words("place", "place"),
    text("area", "area"),
    Part(("kind",), ("kind",), _kind),
    Part(("side_a",), ("side_a",), lambda cells, context: (_names(cells.text("side_a")),)),
    Part(("side_b",), ("side_b",), lambda cells, context: (_names(cells.text("side_b")),)),
    killed("killed_low", "killed_best", "killed_high"),
    words("words", "words"),
)
read = reading(PARTS, {})
"""One row as a report; faults are noted in the cells."""

FORMAT = Hxl(name="hxl", version="1", noun="report", must=(), groups_of=_GROUP, read=read, parts=PARTS)
