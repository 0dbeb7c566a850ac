"""The Yemen Data Project's air raids: one row an incident of one raid or several, places by name only.

Dates are dd/mm/yyyy, which the form declares. The file names no party: all raids are those of the
Saudi-led coalition, as the project says of the whole. How many raids a row stands for lies between two
figures, of which the higher is often open ("10+") or not known ("-"): flagged, and never mended.
"""

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells, read_interval
from truceline.intake.context import ReadContext
from truceline.intake.dates import iso_of
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import said
from truceline.vocabulary.count import Count
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval

RAIDS_NOT_A_NUMBER = "raids_not_a_number"
RAIDS_IMPOSSIBLE = "raids_out_of_order"
_NOT_KNOWN = ("", "-")


def read(cells: Cells, context: ReadContext) -> Report:
    """One row as a report of the source `yemen-data-project`; faults are noted in the cells."""
    raids = raids_of(cells)
    if None in (raids.low, raids.high):
        cells.flag(RAIDS_NOT_A_NUMBER)
    elif raids.flags():
        cells.flag(RAIDS_IMPOSSIBLE)
    area = cells.words("Area") if cells.text("Area") not in _NOT_KNOWN else ""
    return said(
        cells,
        context,
        source="yemen-data-project",
        source_row=cells.must("Incident ID", "Number the rows."),
        when=_when(cells, context.zone),
        place=", ".join(part for part in (area, cells.words("District")) if part.strip(" ") not in _NOT_KNOWN),
        area=cells.text("Governorate"),
        kind="air_strike",
        sides=(("Saudi-led coalition",), ()),
        killed=Count(best=cells.whole("Fatalities")),
        words=cells.words("Target"),
    )


def raids_of(cells: Cells) -> Count:
    """How many raids the row stands for; None where the cell is no plain number."""
    low, high = (_plain_number(cells.text(column)) for column in ("Min Air Raids", "Max Air Raids"))
    return Count(low=low, high=high, of="air raids")


def _plain_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _when(cells: Cells, zone: str) -> Interval:
    try:
        return read_interval(iso_of(cells.text("Date"), ("DD/MM/YYYY",)), zone)
    except ValueNotRead as error:
        cells.refuse("Date", error)
        return Interval(0, 1)


FORMAT = Format(
    name="yemen_air_raids",
    version="1",
    noun="report",
    must=(
        "Incident ID", "Date", "Governorate", "District", "Area", "Target", "Min Air Raids", "Max Air Raids",
        "Fatalities",
    ),
    groups_of={
        "Incident ID": "source",
        "Date": "when", "Confirmed Time": "when", "Time of Day": "when",
        "Governorate": "where", "District": "where", "Area": "where",
        "Target": "what", "Main category": "what", "Sub-category": "what", "Min Air Raids": "what",
        "Max Air Raids": "what", "Civilian Casualties": "what", "Fatalities": "what",
        "Woman fatalities": "what", "Child fatalities": "what", "Injured": "what", "Woman injured": "what",
        "Child injured": "what",
    },
    read=read,
)  # fmt: skip
