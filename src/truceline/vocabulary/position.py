"""A position pasted in any form, how it was read, and the same point in every other form."""

import msgspec

from truceline.errors import ValueNotRead
from truceline.vocabulary.angles import MEND, Reading, read_angles
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.grid_reference import SQUARE_M, mgrs_of, read_grid, utm_of
from truceline.vocabulary.map_links import read_link
from truceline.vocabulary.plus_code import plus_code_of, read_plus_code
from truceline.vocabulary.where import E7, inside_box, seems_swapped

MOST_CHARACTERS = 2_000
Box = tuple[int, int, int, int]
"""South, west, north, east in 1e-7 degrees, closed."""


class Position(msgspec.Struct, frozen=True):
    """Somewhere within `radius_m` metres of a point (WGS 84, 1e-7 degrees); the radius is the form's own precision.

    `form` is one of: decimal degrees; degrees and minutes; degrees, minutes and seconds; UTM; MGRS;
    plus code; WKT; geo URI; map link. `readings` says what was taken, guessed or exchanged, in sentences;
    `words` are the words it was read from.
    """

    lat_e7: int
    lon_e7: int
    radius_m: int
    form: str
    readings: tuple[str, ...]
    words: str = ""


class Written(msgspec.Struct, frozen=True):
    """One point in every form. MGRS is as coarse as the radius; None near the poles."""

    decimal: str
    dms: str
    utm: str | None
    mgrs: str | None
    plus_code: str


def read_position(text: str, *, box: Box | None = None, near: tuple[int, int] | None = None) -> Position:
    """Read a position in any of the forms that `Position.form` lists; digits may be Eastern Arabic or Persian.

    `box` is the theatre's: a point outside it is kept and said to lie outside, also when exchanging
    latitude and longitude would bring it inside; it is not exchanged. `near` (1e-7 degrees) completes a
    short plus code. Raises `ValueNotRead`: with a question where there are two readings.
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueNotRead(f"a position of {len(text)} characters", f"Write at most {MOST_CHARACTERS}.")
    said = " ".join(ascii_digits(text).split())
    read = read_link(said) or read_plus_code(said, near) or read_grid(said) or read_angles(said)
    if read is None:
        raise ValueNotRead(f"{text[:80]!r} is no position in a form that is read here", MEND)
    return Position(read.lat_e7, read.lon_e7, read.radius_m, read.form, (*read.remarks, *_outside(read, box)), text)


def _outside(read: Reading, box: Box | None) -> tuple[str, ...]:
    if box is None or inside_box(read.lat_e7, read.lon_e7, box):
        return ()
    if seems_swapped(read.lat_e7, read.lon_e7, box):
        return ("outside the theatre, and inside it if latitude and longitude are exchanged: they were not",)
    return ("outside the theatre",)


def written(lat_e7: int, lon_e7: int, radius_m: int = 1) -> Written:
    """The point in every form, for reading back to whoever gave it."""
    digits = next((n for n, side in reversed(list(enumerate(SQUARE_M))) if side >= radius_m), 0)
    mgrs = mgrs_of(lat_e7, lon_e7, digits)
    return Written(
        decimal=f"{_decimal(lat_e7)}, {_decimal(lon_e7)}",
        dms=f"{_dms(lat_e7, 'NS')} {_dms(lon_e7, 'EW')}",
        utm=utm_of(lat_e7, lon_e7),
        mgrs=mgrs and f"{mgrs[:3]} {mgrs[3:5]} {mgrs[5 : 5 + digits]} {mgrs[5 + digits :]}".strip(),
        plus_code=plus_code_of(lat_e7, lon_e7, 11 if radius_m <= 3 else 10),
    )


def _decimal(e7: int) -> str:
    whole, rest = divmod(abs(e7), E7)
    return f"{'-' if e7 < 0 else ''}{whole}.{rest:07}"


def _dms(e7: int, letters: str) -> str:
    """To a hundredth of a second (31 cm), rounded half up."""
    hundredths = (abs(e7) * 360_000 + E7 // 2) // E7
    minutes, rest = divmod(hundredths, 6_000)
    seconds, part = divmod(rest, 100)
    return f"{minutes // 60}°{minutes % 60:02}'{seconds:02}.{part:02}\"{letters[e7 < 0]}"
