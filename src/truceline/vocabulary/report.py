"""A report: what one source said at one time, as one row of the read table of the same name."""

from functools import lru_cache

import msgspec
from msgspec import Struct

from truceline.vocabulary.count import Count
from truceline.vocabulary.when import Interval
from truceline.vocabulary.where import Place

OUTSIDE_THEATRE = "outside_theatre"
"""The point lies outside the theatre's bounding box."""
MAYBE_SWAPPED = "maybe_swapped"
"""The point lies outside the theatre, and inside it with latitude and longitude exchanged."""
OUTSIDE_PERIOD = "outside_period"
"""The time lies wholly outside the agreement's period."""
SPACES_TRIMMED = "spaces_trimmed"
"""A cell was read without the spaces around it; the record keeps them."""
DIGITS_CONVERTED = "digits_converted"
"""A number, a time or a place was written in Eastern Arabic or Persian digits; the record keeps them."""
POSITION_CONVERTED = "position_converted"
"""The point was given in another form than decimal degrees; the record keeps its words."""

Value = str | int | None
"""A value of a row of a read table."""


class Report(Struct, frozen=True, gc=False):
    """What one source said. The fields are the columns of the read table, in its order.

    source_row: the source's own id of the row. origin: the independent source, "" where it is
    `source` itself. repeats: SOURCE/REPORT_ID or "". [start_us, end_us): UTC microseconds, the end
    excluded. lat_e7, lon_e7: 1e-7 degrees (WGS 84), None without a point; radius_m: metres.
    killed_*: as the source gave them, None where it gave none. flags: what is impossible or doubtful.
    """

    source: str
    source_row: str
    origin: str
    repeats: str
    kind: str
    weapon: str
    start_us: int
    end_us: int
    when_words: str
    lat_e7: int | None
    lon_e7: int | None
    radius_m: int
    place: str
    area: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    words: str
    language: str
    flags: tuple[str, ...]

    def when(self) -> Interval:
        """When it happened, as an interval."""
        return Interval(self.start_us, self.end_us, self.when_words)

    def where(self) -> Place:
        """Where it happened, as a point with a radius and the names that were said."""
        return Place(self.lat_e7, self.lon_e7, self.radius_m, self.place, self.area)

    def killed(self) -> Count:
        """People killed."""
        return Count(self.killed_low, self.killed_best, self.killed_high)

    def row(self) -> tuple[Value, ...]:
        """The values of the read table, in the order of the fields; lists as JSON text."""
        return (
            self.source, self.source_row, self.origin, self.repeats, self.kind, self.weapon,
            self.start_us, self.end_us, self.when_words, self.lat_e7, self.lon_e7, self.radius_m,
            self.place, self.area, list_text(self.side_a), list_text(self.side_b),
            self.killed_low, self.killed_best, self.killed_high, self.words, self.language,
            list_text(self.flags),
        )  # fmt: skip


REPORT_COLUMNS = Report.__struct_fields__
"""The columns of a report row, in order."""


@lru_cache(maxsize=4096)
def list_text(parts: tuple[str, ...]) -> str:
    """A list of words as JSON text without white space: how lists stand in a read table."""
    return msgspec.json.encode(parts).decode()
