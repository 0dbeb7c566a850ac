"""Plus codes (Open Location Code), in integers.

Google, Open Location Code specification 1.0 (Apache-2.0), after its text and its published test
vectors. The one Python package (openlocationcode 1.0.1) has had no release since 2019.
"""

import re

from truceline.errors import ValueNotRead
from truceline.vocabulary.angles import Reading, reach_m
from truceline.vocabulary.where import E7

_ALPHABET = "23456789CFGHJMPQRVWX"
_LAT_UNITS, _LON_UNITS = 8_000 * 3_125, 8_000 * 1_024
"""Units to a degree at 15 digits: 20^-3 degrees a pair, then five digits that cut it by 5 north and by 4 east."""
_FULL = re.compile(rf"^((?:[{_ALPHABET}]{{2}}){{1,4}}0{{0,6}})\+([{_ALPHABET}]{{2,20}})?$")
_SHORT = re.compile(rf"^((?:[{_ALPHABET}]{{2}}){{0,3}})\+([{_ALPHABET}]{{2,20}})$")
_PAIR_LEVELS = 5


def read_plus_code(text: str, near: tuple[int, int] | None = None) -> Reading | None:
    """The middle of a plus code's cell, with a radius to its corner; None where the text is none.

    A short code (642M+RP Aleppo) means the nearest such cell, so it needs `near`, a latitude and a
    longitude in 1e-7 degrees; without it it is refused with the question where. Raises `ValueNotRead`.
    """
    code, _, place = text.strip().partition(" ")
    code = code.upper()
    if _FULL.match(code) and len(code.partition("+")[0]) == 8:
        if place:
            return None
        lat, lon, high, wide = cell(code)
        return _reading(lat, lon, high, wide, ())
    if not _SHORT.match(code):
        return None
    if near is None:
        asked = f"near {place.strip(' ,')}" if place else "near which place"
        raise ValueNotRead(f"{text!r} is a short plus code: where is it, {asked}?", "Write the full code, 8G8V642M+RP.")
    full = recovered(code, *near)
    return _reading(*cell(full), (f"the short code was completed to {full}, the nearest to the place given",))


def _reading(lat: int, lon: int, high: int, wide: int, remarks: tuple[str, ...]) -> Reading:
    """South-western corner and size in units, as a point and a radius."""
    middle = (2 * lat + high) * E7 // (2 * _LAT_UNITS), (2 * lon + wide) * E7 // (2 * _LON_UNITS)
    size = -(-high * E7 // _LAT_UNITS), -(-wide * E7 // _LON_UNITS)
    return Reading(*middle, reach_m(*size, middle[0]), "plus code", remarks)


def cell(code: str) -> tuple[int, int, int, int]:
    """Southern and western edge (units of `_LAT_UNITS` and `_LON_UNITS` to a degree), height and width of a full code.

    Digits after the fifteenth do not count. Raises `ValueNotRead` where it begins outside the Earth.
    """
    digits = code.replace("+", "").rstrip("0")[:15]
    lat, lon, high, wide = -90 * _LAT_UNITS, -180 * _LON_UNITS, 400 * _LAT_UNITS, 400 * _LON_UNITS
    for at in range(0, min(len(digits), 2 * _PAIR_LEVELS), 2):
        high, wide = high // 20, wide // 20
        lat += _ALPHABET.index(digits[at]) * high
        lon += _ALPHABET.index(digits[at + 1]) * wide
    for digit in digits[2 * _PAIR_LEVELS :]:
        high, wide = high // 5, wide // 4
        row, column = divmod(_ALPHABET.index(digit), 4)
        lat, lon = lat + row * high, lon + column * wide
    if lat >= 90 * _LAT_UNITS or lon >= 180 * _LON_UNITS:
        raise ValueNotRead(f"{code!r} lies outside the Earth", "Mend the first two letters.")
    return lat, lon, high, wide


def plus_code_of(lat_e7: int, lon_e7: int, length: int = 10) -> str:
    """The full code of the cell that holds the point: 10 digits are 14 m by 14 m at the equator, 11 are 3 m."""
    lat = min(max(lat_e7 + 90 * E7, 0) * _LAT_UNITS // E7, 180 * _LAT_UNITS - 1)
    lon = (lon_e7 + 180 * E7) * _LON_UNITS // E7 % (360 * _LON_UNITS)
    digits = ""
    for _ in range(5):
        digits = _ALPHABET[lat % 5 * 4 + lon % 4] + digits
        lat, lon = lat // 5, lon // 4
    for _ in range(_PAIR_LEVELS):
        digits = _ALPHABET[lat % 20] + _ALPHABET[lon % 20] + digits
        lat, lon = lat // 20, lon // 20
    kept = digits[: max(length, 8)] if length >= 8 else digits[:length].ljust(8, "0")
    return f"{kept[:8]}+{kept[8:]}"


def recovered(short: str, lat_e7: int, lon_e7: int) -> str:
    """The full code that a short one means near a point: of the cells of that name, the one whose middle is nearest."""
    missing = 8 - short.index("+")
    step = 20 ** (2 - missing // 2) if missing <= 4 else 1 / 20 ** (missing // 2 - 2)
    code = plus_code_of(lat_e7, lon_e7)[:missing] + short
    lat, lon, high, wide = cell(code)
    near_lat, near_lon = lat_e7 * _LAT_UNITS // E7, lon_e7 * _LON_UNITS // E7
    lat_step, lon_step = int(step * _LAT_UNITS), int(step * _LON_UNITS)
    lat += _toward(2 * lat + high, 2 * near_lat, lat_step, (-90 * _LAT_UNITS, 90 * _LAT_UNITS))
    lon += _toward(2 * lon + wide, 2 * near_lon, lon_step, (-540 * _LON_UNITS, 540 * _LON_UNITS))
    middle = (2 * lat + high) * E7 // (2 * _LAT_UNITS), (2 * lon + wide) * E7 // (2 * _LON_UNITS)
    return plus_code_of(*middle, len(code) - 1)


def _toward(middle_2: int, near_2: int, step: int, within: tuple[int, int]) -> int:
    """One step back or forth, where the middle (doubled) is more than half a step from the point."""
    low, high = within
    if near_2 + step < middle_2 and middle_2 - 2 * step >= 2 * low:
        return -step
    return step if near_2 - step > middle_2 and middle_2 + 2 * step <= 2 * high else 0
