"""UCDP's Georeferenced Event Dataset, by column name, in its older and newer generations.

Högbladh 2019, UCDP GED Codebook Version 19.1; Sundberg and Melander 2013, Journal of Peace Research
50(4). A row is an event with at least one direct death, so nothing here tells of what did not kill.
What its precision codes become is ours: see `ucdp_precision`.
"""

from datetime import timedelta

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.truceline_reports import sides
from truceline.intake.formats.ucdp_precision import COUNTRY_ONLY, SAID_AREA, days_of, radius_m, widened
from truceline.intake.parts import KILLED, POINT, WHEN, How, Part, Values, own, reading, words
from truceline.vocabulary.codes import crosswalk
from truceline.vocabulary.when import local_midnight, zone_of

AGGREGATED = "aggregated_event"
PARTS_DO_NOT_SUM = "parts_do_not_sum"
PLACE_PRECISION_NOT_SAID = "place_precision_not_said"
RANGE_NARROWER = "range_narrower_than_precision"
RANGE_WIDER = "range_wider_than_precision"
_PLACE_CODES = tuple("1234567")
_DATE_CODES = tuple("12345")
_PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def _precision(cells: Cells, context: ReadContext) -> Values:
    precision = cells.code("where_prec", _PLACE_CODES, "where_prec")
    if not precision:
        cells.flag(PLACE_PRECISION_NOT_SAID)
    somewhere = cells.words("latitude").strip(" ") and precision != COUNTRY_ONLY
    return (radius_m(precision) if somewhere else 0,)


def _point(cells: Cells, context: ReadContext) -> Values:
    lat, lon = cells.point("latitude", "longitude")
    # The point stands for the country and is no place: a circle around it would leave parts of the country out.
    return (None, None) if cells.text("where_prec") == COUNTRY_ONLY else (lat, lon)


def _killed(cells: Cells, context: ReadContext) -> Values:
    killed = cells.count("low", "best", "high")
    _check(cells, killed.best)
    return killed.low, killed.best, killed.high


def _area(cells: Cells, context: ReadContext) -> Values:
    said = SAID_AREA.get(cells.text("where_prec"))
    return (cells.text(said) if said else "",)


def _kind(cells: Cells, context: ReadContext) -> Values:
    kinds = crosswalk("incident_kinds", "ucdp")
    violence = cells.code("type_of_violence", kinds, "type_of_violence")
    return (kinds[violence][0] if violence in kinds else "",)


def _when(cells: Cells, context: ReadContext) -> Values:
    precision = cells.code("date_prec", _DATE_CODES, "date_prec")
    first, last = cells.day("date_start"), cells.day("date_end")
    if first is None or last is None:
        return 0, 1, ""
    if last < first:
        cells.refuse("date_end", ValueNotRead(f"{last} lies before date_start, {first}", "Exchange them."))
        return 0, 1, ""
    words = f"{first}" if first == last else f"{first}/{last}"
    fewest, most = days_of(precision)
    number = (last - first).days + 1
    if number > most:
        cells.flag(RANGE_WIDER)
    if number < fewest:
        cells.flag(RANGE_NARROWER)
        first, last = widened(precision, first, last)
    local = zone_of(context.zone)
    return local_midnight(first, local), local_midnight(last + timedelta(days=1), local), words


def _check(cells: Cells, best: int | None) -> None:
    """Flag what UCDP's own columns say against one another."""
    if cells.code("event_clarity", ("1", "2"), "event_clarity") == "2":
        cells.flag(AGGREGATED)
    parts = [cells.whole(part) for part in _PARTS]
    given = [part for part in parts if part is not None]
    if best is not None and len(given) == len(parts) and sum(given) != best:
        cells.flag(PARTS_DO_NOT_SUM)


PARTS = (
    Part(("date_prec", "date_start", "date_end"), WHEN, _when),
    Part(("where_prec",), ("radius_m",), _precision, beside=("latitude",)),
    Part(("latitude", "longitude"), POINT, _point, how=How.POINT, aside=(("where_prec", COUNTRY_ONLY),)),
    Part(("low", "best", "high", "event_clarity", *_PARTS), KILLED, _killed),
    own("id", "Give the event's id."),
    Part(("type_of_violence",), ("kind",), _kind),
    words("where_coordinates", "place"),
    Part(("where_prec", "adm_1", "country"), ("area",), _area),
    sides("side_a", "side_a", ", "),
    sides("side_b", "side_b", ", "),
    words("source_article", "words"),
)
FIXED = {"source": "ucdp"}
read = reading(PARTS, FIXED)
"""One row as a report of the source `ucdp`; faults are noted in the cells."""

_GROUPS = {
    "source": "id relid code_status number_of_sources source_article source_office source_date source_headline "
    "source_original",
    "when": "year date_prec date_start date_end",
    "where": "where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid "
    "country iso3 country_id region",
    "who": "conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id "
    "side_a_new_id side_a side_b_dset_id side_b_new_id side_b gwnoa gwnob",
    "what": "active_year type_of_violence event_clarity low best high " + " ".join(_PARTS),
}

FORMAT = Format(
    name="ucdp_ged",
    version="1",
    noun="report",
    must=(
        "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_prec",
        "date_start", "date_end", "low", "best", "high",
    ),
    groups_of={column: group for group, columns in _GROUPS.items() for column in columns.split()},
    read=read,
    parts=PARTS,
    fixed=FIXED,
    also={
        "low_est": "low", "best_est": "best", "high_est": "high", "conflict_id": "conflict_new_id",
        "dyad_id": "dyad_new_id", "side_a_id": "side_a_new_id", "side_b_id": "side_b_new_id",
    },
)  # fmt: skip
