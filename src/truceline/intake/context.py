"""What a row cannot say of itself and a reader needs: the zone, the theatre, the source of the file."""

from msgspec import Struct

from truceline.vocabulary.report import MAYBE_SWAPPED, OUTSIDE_PERIOD, OUTSIDE_THEATRE
from truceline.vocabulary.where import inside_box, seems_swapped

Box = tuple[int, int, int, int]


class ReadContext(Struct, frozen=True):
    """Given by the agreement and the one who takes the file in.

    zone: IANA zone in which local times are read. box: the theatre (south, west, north, east in
    1e-7 degrees), None for no check. default_source: the source where a row names none.
    period: [start, end) in UTC microseconds, the end None where it is open; None for no check.
    """

    zone: str = "UTC"
    box: Box | None = None
    default_source: str = ""
    period: tuple[int, int | None] | None = None

    def place_flags(self, lat_e7: int | None, lon_e7: int | None) -> list[str]:
        """`outside_theatre`, and `maybe_swapped` where the exchanged point would lie inside."""
        if self.box is None or lat_e7 is None or lon_e7 is None or inside_box(lat_e7, lon_e7, self.box):
            return []
        return [OUTSIDE_THEATRE, MAYBE_SWAPPED] if seems_swapped(lat_e7, lon_e7, self.box) else [OUTSIDE_THEATRE]

    def time_flags(self, start_us: int, end_us: int) -> list[str]:
        """`outside_period` where no part of [start, end) lies in the period."""
        if self.period is None:
            return []
        first, last = self.period
        return [OUTSIDE_PERIOD] if end_us <= first or (last is not None and start_us >= last) else []
