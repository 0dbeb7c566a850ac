"""A number of people as tables write it in one cell: 12, 12.0, 1,200, 3-5, 5+, at least 5, up to 5, about 5."""

import re

from truceline.errors import ValueNotRead
from truceline.vocabulary.digits import ascii_digits

Said = tuple[str, str, str]
"""Low, best and high as digits, "" where nothing is said."""
_NUMBER = r"(\d{1,3}(?:[, ]\d{3})+|\d{1,12})(?:[.,]0{1,6})?"
_PLAIN = re.compile(rf"{_NUMBER}", re.ASCII)
_RANGE = re.compile(rf"{_NUMBER} ?(?:-|–|—|to|à|до|إلى) ?{_NUMBER}", re.ASCII)
_AT_LEAST = re.compile(
    rf"(?:at least|more than|over|min\.?|>=?|≥|не менее|более|свыше|au moins|plus de|على الأقل|أكثر من) ?{_NUMBER}"
    rf"|{_NUMBER} ?(?:\+|or more|и более|ou plus|على الأقل|أو أكثر)"
)
_UP_TO = re.compile(rf"(?:up to|at most|max\.?|<=|≤|до|не более|jusqu'à|au plus|حتى|على الأكثر) ?{_NUMBER}")
_ABOUT = re.compile(rf"(?:about|around|some|approx\.?|ca\.?|c\.|~|≈|около|примерно|environ|حوالي|نحو) ?{_NUMBER}")
_NOT_KNOWN = frozenset({"", "-", "n/k", "n/a", "unknown", "not known", "غير معروف", "неизвестно", "inconnu"})
MEND = "Write 12, 3-5, 'at least 3', 'up to 5' or 'about 5', or leave it empty."


def read_said(text: str) -> Said:
    """Low, best and high of a count in one cell. "More than 5" is read as at least 5. Raises `ValueNotRead`.

    A comma or a space before three digits groups thousands: people are not counted in thousandths.
    """
    said = " ".join(ascii_digits(text).casefold().split())
    if said in _NOT_KNOWN:
        return "", "", ""
    if match := _RANGE.fullmatch(said):
        return _digits(match[1]), "", _digits(match[2])
    for pattern, place in ((_PLAIN, 1), (_AT_LEAST, 0), (_UP_TO, 2), (_ABOUT, 1)):
        if match := pattern.fullmatch(said):
            number = _digits(next(part for part in match.groups() if part))
            return tuple(number if at == place else "" for at in range(3))  # type: ignore[return-value]
    raise ValueNotRead(f"{text!r} is no number of people", MEND)


def _digits(text: str) -> str:
    return text.replace(",", "").replace(" ", "")
