"""ACLED's feed of deleted events: each row recalls one, by its id."""

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.vocabulary.recall import Recall

SECOND = 1_000_000
_LAST_S = 253_402_300_799
"""The last second of the year 9999."""


def read(cells: Cells, context: ReadContext) -> Recall:
    """One row as a recall by the source `acled`; faults are noted in the cells."""
    return Recall(
        source="acled",
        source_row=cells.must("event_id_cnty", "Give the event's id."),
        at_us=_deleted(cells),
        words="",
        flags=(),
    )


def _deleted(cells: Cells) -> int | None:
    """Seconds since 1970, UTC, as ACLED gives them; None where the cell is empty."""
    text = cells.text("deleted_timestamp")
    if text and not (text.isascii() and text.isdecimal() and int(text[:13]) <= _LAST_S):
        mend = "Write seconds since 1970, as 1741132800."
        cells.refuse("deleted_timestamp", ValueNotRead(f"{text!r} is no time stamp", mend))
        return None
    return int(text) * SECOND if text else None


FORMAT = Format(
    name="acled_deleted",
    version="2",
    noun="recall",
    must=("event_id_cnty", "deleted_timestamp"),
    groups_of={"event_id_cnty": "source", "deleted_timestamp": "when"},
    read=read,
)
