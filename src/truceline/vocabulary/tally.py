"""A tally: a source's own total over an area and a period. Never incidents, never summed across sources."""

from msgspec import Struct

from truceline.vocabulary.count import Count
from truceline.vocabulary.report import Value, list_text
from truceline.vocabulary.when import Interval


class Tally(Struct, frozen=True, gc=False):
    """One total. The fields are the columns of the read table, in its order.

    [start_us, end_us): UTC microseconds, the end excluded. of: what is counted. low, best, high: as
    the source gave them, None where it gave none. method: how it was counted, as said.
    """

    source: str
    source_row: str
    area: str
    start_us: int
    end_us: int
    of: str
    low: int | None
    best: int | None
    high: int | None
    method: str
    words: str
    flags: tuple[str, ...]

    def when(self) -> Interval:
        """The period, as an interval."""
        return Interval(self.start_us, self.end_us)

    def figure(self) -> Count:
        """The figure."""
        return Count(self.low, self.best, self.high, self.of)

    def row(self) -> tuple[Value, ...]:
        """The values of the read table, in the order of the fields; lists as JSON text."""
        return (
            self.source, self.source_row, self.area, self.start_us, self.end_us, self.of,
            self.low, self.best, self.high, self.method, self.words, list_text(self.flags),
        )  # fmt: skip


TALLY_COLUMNS = Tally.__struct_fields__
"""The columns of a tally row, in order."""
