"""Positions and times made coarser before they are released: fixed cells, each within one of the next size.

Cells lie fast on the globe and are nested, so that two releases in cells of different sizes give no more than the
finer of them alone. Integers only: the same position gives the same cell everywhere.
"""

from typing import NamedTuple

from truceline.vocabulary.clearance import CELLS_M

KM_E7 = 90_500
"""1e-7 degrees of latitude in a kilometre, rounded up: a degree of latitude has at least 110,574 m (WGS 84)."""
EAST_TIMES = 2
"""A cell has so many times as many degrees of longitude: at 60 degrees of latitude it is as wide as high."""
CIRCLE_E7, QUARTER_E7 = 3_600_000_000, 900_000_000
DAY_US = 86_400_000_000


class Coarse(NamedTuple):
    """The middle of a cell, and a radius in metres within which the position surely lies."""

    lat_e7: int
    lon_e7: int
    radius_m: int


def coarse(lat_e7: int, lon_e7: int, radius_m: int, cell_m: int) -> Coarse:
    """A position (1e-7 degrees, WGS 84) as the middle of the cell that holds it; cell_m 0: as it is.

    The radius grows by the way to the cell's corner at the equator, rounded up to whole cells, so that an exact radius
    tells nothing. Raises `ValueError` for a cell that is not among `CELLS_M`: the sizes must be nested.
    """
    if cell_m not in CELLS_M:
        raise ValueError(f"{cell_m} m is no size of a cell")
    if cell_m == 0:
        return Coarse(lat_e7, lon_e7, radius_m)
    high = KM_E7 * cell_m // 1_000
    wide = high * EAST_TIMES
    row, column = lat_e7 // high, (lon_e7 + CIRCLE_E7 // 2) // wide
    lat = min(row * high + high // 2, QUARTER_E7)
    lon = column * wide + wide // 2 - CIRCLE_E7 // 2
    # Half of a diagonal of 1 by 2 cells is 1.12 cells.
    cells = -(-(radius_m * 100 + 112 * cell_m) // (100 * cell_m))
    return Coarse(max(lat, -QUARTER_E7), min(lon, CIRCLE_E7 // 2), cells * cell_m)


def whole_days(start_us: int, end_us: int, midnight_us: int) -> tuple[int, int]:
    """[start, end) as whole days of 24 hours counted from some midnight (UTC microseconds), the end excluded."""
    first = (start_us - midnight_us) // DAY_US
    last = -(-(max(end_us, start_us + 1) - midnight_us) // DAY_US)
    return midnight_us + first * DAY_US, midnight_us + last * DAY_US
