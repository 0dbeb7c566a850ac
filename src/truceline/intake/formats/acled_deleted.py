"""ACLED's feed of deleted events: each row withdraws one. They are kept, and refused until recalls exist."""

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.intake.formats.said import said
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval

_REASON = "ACLED withdraws this event, and a recall is not acted upon yet"
_MEND = "Look whether the event is held, and leave it out of what you rely on."


def read(cells: Cells, context: ReadContext) -> Report:
    """Always a fault: a report cannot say that another was withdrawn."""
    cells.refuse("event_id_cnty", ValueNotRead(_REASON, _MEND))
    return said(cells, context, source="acled", source_row=cells.text("event_id_cnty"), when=Interval(0, 1))


FORMAT = Format(
    name="acled_deleted",
    version="1",
    noun="report",
    must=("event_id_cnty", "deleted_timestamp"),
    groups_of={"event_id_cnty": "source", "deleted_timestamp": "when"},
    read=read,
)
