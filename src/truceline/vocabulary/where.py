"""Where something happened: a point with a radius, and the names that were said.

Coordinates are integers in 1e-7 degrees (WGS 84, latitude first), the radius in whole metres: the
thing happened somewhere within `radius_m` of the point. No float decides anything.
"""

import re
from math import isqrt

import msgspec

from truceline.errors import ValueNotRead

E7 = 10_000_000
MIN_CM_PER_DEGREE = 11_057_400
"""Centimetres in one degree of latitude at the equator on WGS 84, the shortest anywhere: distances computed
with it are never too long (NIMA TR8350.2, 3rd ed., 2000)."""

UNITS_A_METRE = 89
"""Ten-millionths of a degree of latitude in a metre, rounded down: distances come out too large, never too small."""

COS_PERMILLE = (
    1000, 999, 999, 998, 997, 996, 994, 992, 990, 987, 984, 981, 978, 974, 970, 965, 961, 956, 951, 945, 939, 933, 927,
    920, 913, 906, 898, 891, 882, 874, 866, 857, 848, 838, 829, 819, 809, 798, 788, 777, 766, 754, 743, 731, 719, 707,
    694, 681, 669, 656, 642, 629, 615, 601, 587, 573, 559, 544, 529, 515, 500, 484, 469, 453, 438, 422, 406, 390, 374,
    358, 342, 325, 309, 292, 275, 258, 241, 224, 207, 190, 173, 156, 139, 121, 104, 87, 69, 52, 34, 17, 0,
)  # fmt: skip
"""floor(1000 cos d) for d = 0 to 90 whole degrees: a table, because cosines differ between processors."""

_DEGREES = re.compile(r"^[+-]?\d{1,3}(?:\.\d{1,40})?\Z", re.A)


class Place(msgspec.Struct, frozen=True):
    """A point and a radius in metres; `words` is the place name as it was said, `area` the area name as it was said.

    A place may have no point (`lat_e7` None), only an area name, or nothing at all.
    """

    lat_e7: int | None = None
    lon_e7: int | None = None
    radius_m: int = 0
    words: str = ""
    area: str = ""


def is_decimal(text: str) -> bool:
    """The text is written as decimal degrees, whether or not it lies on Earth."""
    return _DEGREES.match(text) is not None


def read_degrees(text: str, which: str) -> int:
    """Decimal degrees as 1e-7 degrees. `which` is "latitude" or "longitude". Raises `ValueNotRead`."""
    if not _DEGREES.match(text):
        raise ValueNotRead(f"{text!r} is no {which} in decimal degrees", "Write it like 36.2021, with a point.")
    sign = -1 if text.startswith("-") else 1
    whole, _, fraction = text.lstrip("+-").partition(".")
    value = sign * (int(whole) * E7 + _rounded(fraction))
    limit = 90 if which == "latitude" else 180
    if abs(value) > limit * E7:
        raise ValueNotRead(
            f"{text!r} is no {which}: it lies outside -{limit} to {limit}",
            "Are latitude and longitude swapped? Latitude comes first." if which == "latitude" else "Mend the number.",
        )
    return value


def _rounded(fraction: str) -> int:
    digits = (fraction + "0" * 8)[:8]
    return (int(digits) + 5) // 10


def seems_swapped(lat_e7: int, lon_e7: int, box: tuple[int, int, int, int]) -> bool:
    """The point lies outside the theatre's box (south, west, north, east in 1e-7 degrees), and inside it if swapped."""
    return not inside_box(lat_e7, lon_e7, box) and inside_box(lon_e7, lat_e7, box)


def inside_box(lat_e7: int, lon_e7: int, box: tuple[int, int, int, int]) -> bool:
    """The point lies in the closed box (south, west, north, east)."""
    south, west, north, east = box
    return south <= lat_e7 <= north and west <= lon_e7 <= east


def apart_at_least_m(a: Place, b: Place, lon_permille: int) -> int:
    """A lower bound, in metres, of the distance between two points that have one.

    Plane approximation in integers: a degree of longitude counts `lon_permille` thousandths of
    `MIN_CM_PER_DEGREE` (take the smallest cosine in the theatre). Too short by at most 1.1 % in
    latitude, and in longitude by how far the cosine differs across the theatre.
    """
    assert a.lat_e7 is not None and a.lon_e7 is not None and b.lat_e7 is not None and b.lon_e7 is not None
    north_cm = abs(a.lat_e7 - b.lat_e7) * MIN_CM_PER_DEGREE // E7
    east_cm = abs(a.lon_e7 - b.lon_e7) * MIN_CM_PER_DEGREE * lon_permille // (1000 * E7)
    return isqrt(north_cm * north_cm + east_cm * east_cm) // 100


def lon_permille(lat_e7: int) -> int:
    """Thousandths of a degree of latitude that a degree of longitude is at least worth, up to that latitude."""
    return COS_PERMILLE[-(-abs(lat_e7) // E7)]
