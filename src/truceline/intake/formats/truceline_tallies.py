"""Truceline's own table of tallies (docs: reference/native-tables.md)."""

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.vocabulary.tally import Tally


def read(cells: Cells, context: ReadContext) -> tuple[Tally, ...]:
    """One row as one tally; faults are noted in the cells."""
    start, end = cells.span("from", "to", context.zone)
    figure = cells.count("low", "best", "high")
    tally = Tally(
        source=cells.source("source", context.default_source),
        source_row=cells.must("tally_id", "Number the rows, so that a changed row can be told from a new one."),
        area=cells.text("area"),
        start_us=start,
        end_us=end,
        of=cells.text("of"),
        low=figure.low,
        best=figure.best,
        high=figure.high,
        method=cells.words("method"),
        words=cells.words("words"),
        flags=(*cells.flags, *context.time_flags(start, end)),
    )
    return (tally,)


FORMAT = Format(
    name="truceline_tallies",
    version="1",
    noun="tally",
    must=("tally_id", "source", "area", "from", "to", "of", "best"),
    groups_of={
        "tally_id": "source", "source": "source",
        "from": "when", "to": "when",
        "area": "where",
        "of": "what", "low": "what", "best": "what", "high": "what", "method": "what", "words": "what",
        "language": "what",
    },
    read=read,
)  # fmt: skip
