"""Truceline's own table of coverage and restrictions (docs: reference/native-tables.md)."""

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.vocabulary.codes import codes
from truceline.vocabulary.coverage import Coverage


def read(cells: Cells, context: ReadContext) -> Coverage:
    """One row as a coverage; faults are noted in the cells."""
    start, end = cells.span("from", "to", context.zone)
    cells.must("status", f"Write one of: {', '.join(codes('coverage_status'))}.")
    return Coverage(
        source=cells.source("source", context.default_source),
        source_row=cells.must("coverage_id", "Number the rows, so that a changed row can be told from a new one."),
        origin=cells.source("origin", "") if cells.text("origin") else "",
        area=cells.text("area"),
        start_us=start,
        end_us=end,
        status=cells.code("status", codes("coverage_status"), "coverage status"),
        stopped_by=cells.words("stopped_by"),
        words=cells.words("words"),
        flags=(*cells.flags, *context.time_flags(start, end)),
    )


FORMAT = Format(
    name="truceline_coverage",
    version="1",
    noun="coverage",
    must=("coverage_id", "source", "area", "from", "to", "status"),
    groups_of={
        "coverage_id": "source", "source": "source", "origin": "source",
        "from": "when", "to": "when",
        "area": "where",
        "stopped_by": "who",
        "status": "what", "words": "what", "language": "what",
    },
    read=read,
)  # fmt: skip
