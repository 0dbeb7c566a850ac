"""Latitude and longitude as people paste them: decimal degrees, degrees and minutes, degrees, minutes and seconds.

In integers throughout. The radius is half of the last place that was written (a value is taken as
rounded), to the corner of that cell, at least 1 m.
"""

import re
from math import isqrt
from typing import NamedTuple

from truceline.errors import ValueNotRead
from truceline.vocabulary.where import COS_PERMILLE, E7

MOST_M_PER_DEGREE = 111_700
"""Metres in a degree, rounded up: of latitude at the poles (111,694 m on WGS 84), of longitude at the equator."""


class Reading(NamedTuple):
    """How a text was read: the point, its radius in metres, the form, and what was taken, guessed or exchanged."""

    lat_e7: int
    lon_e7: int
    radius_m: int
    form: str
    remarks: tuple[str, ...] = ()


class Angle(NamedTuple):
    """An angle in 1e-7 degrees, the place of its last digit in the same unit (at least 1), and N, S, E, W or ""."""

    e7: int
    step_e7: int
    letter: str


_SIGNS = str.maketrans({"º": "°", "˚": "°", "−": "-", "–": "-", "،": ",", "؛": ";"} | dict.fromkeys("′’‘´`ʹ", "'")
                       | dict.fromkeys("″“”ʺ", '"'))  # fmt: skip
_LABELS = re.compile(r"\b(?:latitude|longitude|lat|long|lon|lng|широта|долгота|خط العرض|خط الطول)\b\.? ?[:=]? ?", re.I)
_ALONE = r"(?<![^\W\d_]){}(?![^\W\d_])"
"""A letter with no letter on either side."""
_LETTERS = tuple(
    (letter, re.compile(pattern, re.I))
    for letter, pattern in (
        ("N", r"شمال(?:اً|ًا|ا)?|с\. ?ш\.?|\bсш\b|\bnorth\b|\bnord\b"),
        ("S", r"جنوب(?:اً|ًا|ا)?|ю\. ?ш\.?|\bюш\b|\bsouth\b|\bsud\b"),
        ("E", r"شرق(?:اً|ًا|ا)?|в\. ?д\.?|\bвд\b|\beast\b|\best\b"),
        ("W", r"غرب(?:اً|ًا|ا)?|з\. ?д\.?|\bзд\b|\bwest\b|\bouest\b"),
        ("S", _ALONE.format("ج")), ("E", _ALONE.format("ق")), ("W", _ALONE.format("غ")), ("N", _ALONE.format("ش")),
    )
)  # fmt: skip
_ALLOWED = re.compile(r"^[\d.,;/°'\"+\-NSEWOnsewo\s()\[\]]+$", re.A)
_NUMBER = r"(?P<number>[+-]?\d{1,4}(?:\.\d{1,17})?)(?![\d.])"
_TOKEN = re.compile(_NUMBER + r""" ?(?P<unit>°|''|'|")?|(?P<letter>[NSEWnsew])|(?P<gap>[\s,;/()\[\]]+)""")
_COMPACT = re.compile(
    r"(\d{2})(\d{2})(\d{2}(?:\.\d+)?)? ?([NS])[ ,;/]*(\d{3})(\d{2})(\d{2}(?:\.\d+)?)? ?([EW])", re.I | re.A
)
"""As in aviation: 361207N 0370803E, 3612N 03708E."""
NORTH_SOUTH, EAST_WEST = ("N", "S"), ("E", "W")
_FORMS = ("decimal degrees", "degrees and minutes", "degrees, minutes and seconds")
MEND = (
    "Write it like 36.2021, 37.1343 (latitude first), 36°12'07.6\"N 37°08'03.5\"E, 37S CA 32269 07977, "
    "37S 332269 4007977 or 8G8V642M+RP."
)


def read_angles(text: str) -> Reading | None:
    """The point that two angles name; None where the text is nothing of the kind.

    Latitude comes first unless letters or the numbers say otherwise. Raises `ValueNotRead` with a
    question where two readings are possible: 36,37; four numbers with commas; O (Ost or ouest); ش twice.
    """
    said = _with_letters(_LABELS.sub("", text.translate(_SIGNS)).strip(), text)
    if not _ALLOWED.match(said) or not re.search(r"\d", said):
        return None
    if "O" in said.upper():
        raise ValueNotRead(f"{text!r}: is O west (ouest, oeste) or east (Ost)?", "Write W or E.")
    if compact := _COMPACT.fullmatch(said):
        said = " ".join(part for part in compact.groups() if part)
    elif re.search("[NSEW]", said, re.I):
        said = re.sub(r"(?<=\d)-(?=\d)", " ", said)
    points, remarks = _decimal_points(said, text)
    halves = _halves(points)
    if halves is None:
        return None
    angles = [_angle(half, text) for half in halves]
    deepest = max(sum(1 for token in half if token[0] == "number") for half in halves)
    return _placed(angles[0], angles[1], _FORMS[deepest - 1], remarks, text)


def read_angle(text: str, which: str) -> int:
    """One angle with a degree sign or a letter (36°12'07.6"N, 36.2021 N) as 1e-7 degrees.

    `which`: "latitude" or "longitude". Bare numbers, and commas, are not read: "36 12" may as well be
    a damaged 3612. Raises `ValueNotRead`.
    """
    said = _with_letters(text.translate(_SIGNS), text).strip()
    tokens = _tokens(said) if _ALLOWED.match(said) and "," not in said else None
    if not tokens or all(kind == "number" for kind, _ in tokens) or "letter" in [kind for kind, _ in tokens[1:-1]]:
        mend = "Write it in decimal degrees like 36.2021, or like 36°12'07.6\"N."
        raise ValueNotRead(f"{text!r} is no {which} in decimal degrees", mend)
    angle = _angle(tokens, text)
    letters, most = (NORTH_SOUTH, 90) if which == "latitude" else (EAST_WEST, 180)
    if abs(angle.e7) > most * E7 or angle.letter not in ("", *letters):
        raise ValueNotRead(f"{text!r} is no {which}", "Are latitude and longitude exchanged? Latitude comes first.")
    return angle.e7


def _with_letters(said: str, text: str) -> str:
    """Words and letters of other languages as N, S, E, W: ش is north, ق east, since شرق too begins with ش."""
    if len(re.findall(_ALONE.format("ش"), said)) > 1:
        raise ValueNotRead(f"{text!r}: ش stands twice; which is north and which is east (شرق)?", "Write N and E.")
    for letter, pattern in _LETTERS:
        said = pattern.sub(f" {letter} ", said)
    return said


def _decimal_points(said: str, text: str) -> tuple[str, list[str]]:
    """Commas inside numbers as points, where that is the only way to read them."""
    inside = re.findall(r"\d+,\d+", said)
    if not inside or re.search(r"\d\.\d", said):
        return said, []
    pointed = re.sub(r"(\d),(\d)", r"\1.\2", said)
    pair = re.fullmatch(r"\s*[(\[]?([+-]?\d+),([+-]?\d+)[)\]]?\s*", said)
    if pair and len(pair[2].lstrip("+-")) > 3:
        raise ValueNotRead(f"{text!r} is one number", MEND)
    if pair:
        one = f"{pair[1]}.{pair[2]}"
        question = f"is this latitude {pair[1]} and longitude {pair[2]}, or the one number {one}?"
        raise ValueNotRead(f"{text!r}: {question}", MEND)
    if re.search(r"\d,\d+,\d", said):
        raise ValueNotRead(f"{text!r}: which commas part the numbers, and which are decimal?", MEND)
    after = [part.partition(",")[2] for part in inside]
    if len(after) == 2 and "°" not in said and all(len(digits) <= 2 and int(digits) < 60 for digits in after):
        raise ValueNotRead(f"{text!r}: are these decimals ({pointed}), or degrees and minutes?", MEND)
    return pointed, ["the commas were read as decimal points"]


def _halves(said: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]] | None:
    """The tokens of the first and of the second angle; None where they are not two angles."""
    tokens = _tokens(said)
    cut = None if tokens is None else _cut(tokens)
    return None if tokens is None or cut is None else (tokens[:cut], tokens[cut:])


def _tokens(said: str) -> list[tuple[str, str]] | None:
    """Numbers, units and letters in their order; None where something else stands between them."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(said):
        match = _TOKEN.match(said, at)
        if not match or (match["number"] and tokens and tokens[-1] == ("number", "") and said[at] not in "+-"):
            return None
        if match["number"]:
            tokens += [("number", match["number"])] + ([("unit", match["unit"])] if match["unit"] else [])
        elif match["letter"]:
            tokens.append(("letter", match["letter"].upper()))
        at = match.end()
    return tokens


def _cut(tokens: list[tuple[str, str]]) -> int | None:
    """Where the second angle begins: at its letter, at the number before its degree sign, or in the middle."""
    numbers = [n for n, (kind, _) in enumerate(tokens) if kind == "number"]
    letters = [n for n, (kind, _) in enumerate(tokens) if kind == "letter"]
    degrees = [n for n, token in enumerate(tokens) if token == ("unit", "°")]
    if not 2 <= len(numbers) <= 6 or len(letters) > 2 or len(degrees) > 2:
        return None
    if len(letters) == 2:
        return letters[1] if letters[0] == 0 else letters[0] + 1
    if len(degrees) == 2:
        return degrees[1] - 1
    if len(numbers) % 2:
        return None
    return numbers[len(numbers) // 2]


def _angle(tokens: list[tuple[str, str]], text: str) -> Angle:
    numbers = [value for kind, value in tokens if kind == "number"]
    units = [value.replace("''", '"') for kind, value in tokens if kind == "unit"]
    letter = "".join(value for kind, value in tokens if kind == "letter")
    if not 1 <= len(numbers) <= 3 or units != [*"°'\""][: len(units)] or len(letter) > 1:
        raise ValueNotRead(f"{text!r} is no pair of angles", MEND)
    if any("." in number for number in numbers[:-1]) or any(number[0] in "+-" for number in numbers[1:]):
        raise ValueNotRead(f"{text!r}: only the last part of an angle has decimals, only the first a sign", MEND)
    if letter and numbers[0][0] == "-":
        raise ValueNotRead(f"{text!r} has a minus and the letter {letter}: which of them holds?", "Leave out one.")
    if any(int(number.partition(".")[0]) > 59 for number in numbers[1:]):
        raise ValueNotRead(f"{text!r}: minutes and seconds run from 0 to 59", MEND)
    return _sum(numbers, letter)


def _sum(numbers: list[str], letter: str) -> Angle:
    """Degrees, minutes, seconds added up and rounded to 1e-7 degrees, half away from zero."""
    places = len(numbers[-1].partition(".")[2])
    scale = 60 ** (len(numbers) - 1) * 10**places
    total = 0
    for number in numbers:
        total = total * 60 + int(number.lstrip("+-").partition(".")[0])
    total = total * 10**places + int(numbers[-1].partition(".")[2] or 0)
    e7 = (2 * total * E7 + scale) // (2 * scale)
    sign = -1 if numbers[0].startswith("-") or letter in ("S", "W") else 1
    return Angle(sign * e7, max(1, -(-E7 // scale)), letter)


def _placed(first: Angle, second: Angle, form: str, remarks: list[str], text: str) -> Reading:
    exchanged = first.letter in EAST_WEST or second.letter in NORTH_SOUTH
    if first.letter and second.letter and (first.letter in EAST_WEST) == (second.letter in EAST_WEST):
        raise ValueNotRead(f"{text!r} has two latitudes or two longitudes: which is which?", MEND)
    if exchanged:
        remarks.append("longitude stood first, as its letter says")
    elif not first.letter and not second.letter:
        exchanged = abs(first.e7) > 90 * E7 >= abs(second.e7)
        why = "longitude was taken first: the first number cannot be a latitude"
        remarks.append(why if exchanged else "latitude was taken first")
    if bool(first.letter) != bool(second.letter):
        remarks.append("only one number has a letter; the other was taken for the other coordinate")
    lat, lon = (second, first) if exchanged else (first, second)
    if abs(lat.e7) > 90 * E7 or abs(lon.e7) > 180 * E7:
        raise ValueNotRead(f"{text!r} lies outside -90 to 90 and -180 to 180 degrees", MEND)
    return Reading(lat.e7, lon.e7, reach_m(lat.step_e7, lon.step_e7, lat.e7), form, tuple(remarks))


def reach_m(high_e7: int, wide_e7: int, lat_e7: int) -> int:
    """Metres, rounded up, from the middle of a cell so high and so wide (1e-7 degrees) to its corner; at least 1."""
    nearest = max(0, abs(lat_e7) - high_e7) // E7
    high = high_e7 * MOST_M_PER_DEGREE
    wide = wide_e7 * MOST_M_PER_DEGREE * (COS_PERMILLE[nearest] + 1) // 1_000
    return isqrt(high * high + wide * wide) // (2 * E7) + 1
