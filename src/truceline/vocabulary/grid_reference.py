"""UTM and MGRS, both ways, through the package mgrs (MIT; NGA's GEOTRANS inside). WGS 84.

An MGRS reference names a square: digits are cut off, never rounded (NGA.STND.0037, 2014). It is read
as the middle of its square with a radius to the corner. UTM is read and written in whole metres,
cut off likewise. The polar squares (UPS, south of 80°S and north of 84°N) are not read.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from truceline.errors import ValueNotRead
from truceline.vocabulary.angles import Reading
from truceline.vocabulary.where import E7

if TYPE_CHECKING:
    from mgrs import MGRS  # type: ignore[import-untyped]

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_ZONE = rf"(?:ZONE )?(\d{{1,2}}) ?([{_BANDS}])"
_METRES = r"E?(\d{6,7}(?:\.\d{1,9})?)(?: ?M)? ?E?[ ,;]+N?(\d{1,8}(?:\.\d{1,9})?)(?: ?M)? ?N?"
_MGRS = re.compile(
    rf"^(\d{{1,2}}) ?([{_BANDS}]) ?([A-HJ-NP-Z][A-HJ-NP-V])(?: ?(\d{{1,5}}) (\d{{1,5}})| ?(\d{{0,10}}))$", re.A
)
_UTM = re.compile(rf"^(?:UTM )?{_ZONE}[ ,;:]+{_METRES}$", re.A)
_ZONE_LAST = re.compile(rf"^(?:UTM )?{_METRES}[ ,;]+{_ZONE}$", re.A)
_NO_ZONE = re.compile(r"^[A-HJ-NP-Z][A-HJ-NP-V] ?(\d{2,5}) ?(\d{2,5})$", re.A)
SQUARE_M = (100_000, 10_000, 1_000, 100, 10, 1)
"""The side of the square for 0 to 5 digits a coordinate, in metres."""


@cache
def _grid() -> "MGRS":
    from mgrs import MGRS  # late: compiled, and most runs need no grid

    return MGRS()


def read_grid(text: str) -> Reading | None:
    """A UTM or MGRS reference; None where the text is neither. Raises `ValueNotRead`, with a question if it can."""
    said = " ".join(text.upper().removeprefix("MGRS").strip(" :").split())
    if match := _MGRS.match(said):
        return _read_mgrs(match, text)
    if match := _UTM.match(said):
        return _read_utm(int(match[1]), match[2], match[3], match[4], text)
    if match := _ZONE_LAST.match(said):
        return _read_utm(int(match[3]), match[4], match[1], match[2], text)
    if _NO_ZONE.match(said):
        raise ValueNotRead(f"{text!r}: in which grid zone is this square?", "Write it whole, like 37S CA 322 079.")
    return None


def _read_mgrs(match: re.Match[str], text: str) -> Reading:
    zone, band, square, east, north, joined = match.groups()
    if east is None:
        half, odd = divmod(len(joined), 2)
        if odd:
            raise ValueNotRead(f"{text!r} has an odd number of digits", "Write as many for east as for north.")
        east, north = joined[:half], joined[half:]
    if len(east) != len(north):
        raise ValueNotRead(f"{text!r} has {len(east)} digits for east and {len(north)} for north", "Write as many.")
    name = f"{int(zone):02}{band}{square}{east}{north}"
    lat, lon = _middle(name, text)
    side = SQUARE_M[len(east)]
    # Half the diagonal, with 0.1 % for the scale of the projection (0.9996 to 1.001); 1 m for the whole metre.
    radius = side * 7_080 // 10_000 + 1
    remarks = [f"the middle of a square of {_metres(side)}"]
    usual = mgrs_of(lat, lon, len(east))
    if usual is not None and usual != name:
        remarks.append(f"beyond the edge of its zone; the same point is usually written {usual}")
    return Reading(lat, lon, radius, "MGRS", tuple(remarks))


def _middle(name: str, text: str) -> tuple[int, int]:
    from mgrs.core import MGRSError  # type: ignore[import-untyped]

    try:
        lat, lon = _grid().toLatLon(name)
    except MGRSError as error:
        mend = "Mend the zone, the band or the two letters."
        raise ValueNotRead(f"{text!r} names no square of MGRS", mend) from error
    if not _fits_band(lat, name[2], 8.0 if len(name) == 5 else 1.0):
        raise ValueNotRead(f"{text!r}: no such square in zone {name[:3]}", "Mend the band or the two letters.")
    return round(lat * E7), round(lon * E7)


def _fits_band(lat: float, band: str, slack: float) -> bool:
    south, north = band_of(band)
    return south - slack <= lat <= north + slack


def band_of(letter: str) -> tuple[int, int]:
    """Southern and northern latitude of a band, whole degrees: C begins at 80°S, X ends at 84°N."""
    south = -80 + 8 * _BANDS.index(letter)
    return south, 84 if letter == "X" else south + 8


def _read_utm(zone: int, letter: str, first: str, second: str, text: str) -> Reading:
    easting, northing, remarks = int(float(first)), int(float(second)), []
    if easting >= 1_000_000 and 100_000 <= northing < 1_000_000:
        easting, northing = northing, easting
        remarks.append("northing stood first: an easting has at most six digits")
    if not (1 <= zone <= 60 and 100_000 <= easting < 1_000_000 and northing < 10_000_000):
        raise ValueNotRead(f"{text!r} lies outside UTM", "Zones run from 1 to 60, eastings from 100000 to 999999.")
    hemisphere, why = _hemisphere(zone, letter, easting, northing, text)
    lat, lon = _utm_point(zone, hemisphere, easting, northing, text)
    return Reading(lat, lon, 1, "UTM", (*remarks, *why))


def _hemisphere(zone: int, letter: str, easting: int, northing: int, text: str) -> tuple[str, list[str]]:
    """N and S may be a band or a hemisphere; any other letter is a band, and the northing must fit it."""
    side = "N" if letter >= "N" else "S"
    try:
        fits = _fits_band(_utm_point(zone, side, easting, northing, text)[0] / E7, letter, 0.01)
    except ValueNotRead:
        fits = False
    if fits and letter == "S":
        return side, _s_is_a_band(zone, easting, northing, text)
    if fits:
        return side, []
    if letter in "NS":
        return letter, [f"{letter} was read as the hemisphere: the northing does not fit band {letter}"]
    raise ValueNotRead(f"{text!r}: the northing does not lie in band {letter}", "Mend the letter or the northing.")


def _s_is_a_band(zone: int, easting: int, northing: int, text: str) -> list[str]:
    south = abs(_utm_point(zone, "S", easting, northing, text)[0]) // E7
    if 18 <= zone <= 25:
        question = f"is S the band (32 to 40 north) or the southern hemisphere ({south} south)?"
        raise ValueNotRead(f"{text!r}: {question}", "Write the position in another form.")
    return [f"S was read as the band (32 to 40 north), which the northing fits; in the south it would be {south} south"]


def _utm_point(zone: int, hemisphere: str, easting: int, northing: int, text: str) -> tuple[int, int]:
    from mgrs.core import MGRSError

    try:
        lat, lon = _grid().toLatLon(_grid().UTMToMGRS(zone, hemisphere, easting, northing, 5))
    except MGRSError as error:
        raise ValueNotRead(f"{text!r} lies outside UTM", "Mend the zone, the letter or the numbers.") from error
    return round(lat * E7), round(lon * E7)


def mgrs_of(lat_e7: int, lon_e7: int, digits: int = 5) -> str | None:
    """The square that holds the point, with 0 to 5 digits a coordinate: 37SCA3226907977. None in the polar squares.

    Cut off from the metre, so that a coarser reference is always the beginning of a finer one.
    """
    if not -80 * E7 <= lat_e7 < 84 * E7:
        return None
    name = str(_grid().toMGRS(lat_e7 / E7, lon_e7 / E7, MGRSPrecision=5))
    return name[:5] + name[5 : 5 + digits] + name[10 : 10 + digits]


def utm_of(lat_e7: int, lon_e7: int) -> str | None:
    """Zone with band, easting and northing in whole metres, cut off: 37S 332269 4007977. None in the polar squares."""
    name = mgrs_of(lat_e7, lon_e7)
    if name is None:
        return None
    zone, _, easting, northing = _grid().MGRSToUTM(name)
    return f"{zone}{name[2]} {int(easting)} {int(northing)}"


def _metres(side: int) -> str:
    return f"{side // 1000} km" if side >= 1000 else f"{side} m"
