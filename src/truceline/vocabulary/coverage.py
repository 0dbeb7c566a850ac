"""Coverage and restrictions: who could see which area, from when to when, and whether they reported."""

from msgspec import Struct

from truceline.vocabulary.report import Value, list_text
from truceline.vocabulary.when import Interval


class Coverage(Struct, frozen=True, gc=False):
    """One watch over one area. The fields are the columns of the read table, in its order.

    [start_us, end_us): UTC microseconds, the end excluded. status: a code of `coverage_status`
    (`reported`, `silent`, `stopped`); a *restriction* is a row with `stopped`, and `stopped_by` says by whom.
    """

    source: str
    source_row: str
    origin: str
    area: str
    start_us: int
    end_us: int
    status: str
    stopped_by: str
    words: str
    flags: tuple[str, ...]

    def when(self) -> Interval:
        """From when to when, as an interval."""
        return Interval(self.start_us, self.end_us)

    def row(self) -> tuple[Value, ...]:
        """The values of the read table, in the order of the fields; lists as JSON text."""
        return (
            self.source, self.source_row, self.origin, self.area, self.start_us, self.end_us,
            self.status, self.stopped_by, self.words, list_text(self.flags),
        )  # fmt: skip


COVERAGE_COLUMNS = Coverage.__struct_fields__
"""The columns of a coverage row, in order."""
