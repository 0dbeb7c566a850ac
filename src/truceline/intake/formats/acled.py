"""ACLED's event data, 31 columns, from its export files (CSV, XLSX) and the answers of its API alike.

Armed Conflict Location and Event Data, Codebook. ACLED's terms forbid passing its rows on: nothing here
holds any. What its precision codes become is ours. The order of the two actors means nothing.
"""

from functools import cache

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells, read_interval
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.parts import WHEN, Part, Values, own, point, reading, text, words
from truceline.vocabulary.codes import crosswalk
from truceline.vocabulary.possible_kinds import kinds_text, possible_kinds
from truceline.vocabulary.when import HOUR, Interval, local_midnight, moment, zone_of

KIND_NOT_TOLD_APART = "kind_not_told_apart"
KIND_NOT_IN_LIST = "kind_not_in_list"
PLACE_PRECISION_NOT_SAID = "place_precision_not_said"
TIME_WIDENED = "time_widened"
_RADII_M = {"1": 5_000, "2": 50_000, "3": 150_000}
_WIDEST_M = 150_000
_TIME_CODES = ("1", "2", "3")
_WEEK = 6
_LONGEST_DAY = 26 * HOUR
"""A day on which the clocks are put back has 25 hours."""


def _precision(cells: Cells, context: ReadContext) -> Values:
    precision = cells.code("geo_precision", tuple(_RADII_M), "geo_precision")
    if not precision:
        cells.flag(PLACE_PRECISION_NOT_SAID)
    return (_RADII_M.get(precision, _WIDEST_M) if cells.words("latitude").strip(" ") else 0,)


def _kind_and_weapon(cells: Cells, context: ReadContext) -> Values:
    kind = _kind(cells)
    return kind, "" if len(possible_kinds(kind)) == 1 else cells.text("sub_event_type")


def _moment(cells: Cells, context: ReadContext) -> Values:
    when = _when(cells, context.zone)
    return when.start, when.end, when.words


def _deaths(cells: Cells, context: ReadContext) -> Values:
    return (cells.whole("fatalities"),)


@cache
def _kinds() -> dict[str, str]:
    """Our possible kinds for each sub-event type."""
    return {theirs: kinds_text(ours) for theirs, ours in crosswalk("incident_kinds", "acled").items()}


def _kind(cells: Cells) -> str:
    kind = _kinds().get(cells.must("sub_event_type", "Give the sub-event type."), "")
    if len(possible_kinds(kind)) != 1:
        cells.flag(KIND_NOT_TOLD_APART if kind else KIND_NOT_IN_LIST)
    return kind


def _side(cells: Cells, actor: str, associated: str) -> tuple[str, ...]:
    names = [cells.text(actor), *cells.text(associated).split(";")]
    return tuple([name for part in names if (name := part.strip(" "))])


def _when(cells: Cells, zone: str) -> Interval:
    """The day; for time_precision 2 any seven days that hold it; for 3 those, and its calendar month.

    One codebook calls 3 the month, another the middle of a week: the answer holds both.
    """
    precision = cells.code("time_precision", _TIME_CODES, "time_precision")
    when = cells.when("event_date", zone)
    if cells.refused(("event_date",)):
        return when
    if when.end - when.start > _LONGEST_DAY or ":" in when.words:
        cells.refuse("event_date", ValueNotRead(f"{when.words!r} is no day", "Write it as 2025-03-04."))
        return when
    if precision == "1":
        return when
    cells.flag(TIME_WIDENED)
    return _widened(when, zone, month=precision != "2")


def _widened(when: Interval, zone: str, *, month: bool) -> Interval:
    local = zone_of(zone)
    day = moment(when.start).astimezone(local).date()
    first = local_midnight(day.fromordinal(day.toordinal() - _WEEK), local)
    last = local_midnight(day.fromordinal(day.toordinal() + _WEEK + 1), local)
    if month:
        whole = read_interval(f"{day:%Y-%m}", zone)
        first, last = min(first, whole.start), max(last, whole.end)
    return Interval(first, last, when.words, zone)


PARTS = (
    Part(("geo_precision",), ("radius_m",), _precision, beside=("latitude",)),
    Part(("sub_event_type",), ("kind", "weapon"), _kind_and_weapon),
    own("event_id_cnty", "Give the event's id."),
    Part(("event_date", "time_precision"), WHEN, _moment),
    point("latitude", "longitude"),
    words("location", "place"),
    text("admin1", "area"),
    Part(("actor1", "assoc_actor_1"), ("side_a",), lambda cells, context: (_side(cells, "actor1", "assoc_actor_1"),)),
    Part(("actor2", "assoc_actor_2"), ("side_b",), lambda cells, context: (_side(cells, "actor2", "assoc_actor_2"),)),
    Part(("fatalities",), ("killed_best",), _deaths),
    words("notes", "words"),
)
FIXED = {"source": "acled"}
read = reading(PARTS, FIXED)
"""One row as a report of the source `acled`; faults are noted in the cells."""

_GROUPS = {
    "source": "event_id_cnty source source_scale timestamp",
    "when": "event_date year time_precision",
    "where": "iso region country admin1 admin2 admin3 location latitude longitude geo_precision",
    "who": "actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction",
    "what": "disorder_type event_type sub_event_type civilian_targeting notes fatalities tags",
}
COLUMNS = {column: group for group, columns in _GROUPS.items() for column in columns.split()}

FORMAT = Format(
    name="acled",
    version="2",
    noun="report",
    must=(
        "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2",
        "latitude", "longitude", "geo_precision", "fatalities",
    ),
    groups_of=COLUMNS,
    read=read,
    parts=PARTS,
    fixed=FIXED,
    also={column.upper(): column for column in COLUMNS},
)  # fmt: skip
