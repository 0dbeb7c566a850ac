"""Degrees, minutes and seconds as decimal degrees: 36°28'36"N, 35°21'30", 36.2021N.

The hemisphere may be left out, the signs may be straight or curly, and a last quote may be missing.
Exact in integers, rounded to 1e-7 degrees (1.1 cm); minutes and seconds run from 0 to 59.
"""

import re

from truceline.vocabulary.where import E7

_DMS = re.compile(
    r"(\d{1,3})°\s?(?:(\d{1,2})['′’]\s?(?:(\d{1,2})(?:\.(\d{1,7}))?(?:[\"″”]|'')?)?)?\s?([NSEWnsew]?)", re.ASCII
)
_LETTERED = re.compile(r"(\d{1,3}(?:\.\d{1,17})?)\s?([NSEWnsew])", re.ASCII)
_SIGNS = {"latitude": ("", "n", "s"), "longitude": ("", "e", "w")}


def decimal_text(text: str, which: str) -> str:
    """The text in decimal degrees where it is in one of these forms; any other text as it stands.

    `which`: "latitude" or "longitude"; a letter of the other one leaves the text as it stands.
    """
    lettered = _LETTERED.fullmatch(text)
    if lettered and lettered[2].lower() in _SIGNS[which]:
        return ("-" if lettered[2].lower() in "sw" else "") + lettered[1]
    match = _DMS.fullmatch(text)
    if not match or match[5].lower() not in _SIGNS[which]:
        return text
    degrees, minutes, seconds, part, letter = match.groups()
    if int(minutes or 0) > 59 or int(seconds or 0) > 59:
        return text
    fine = (int(minutes or 0) * 60 + int(seconds or 0)) * E7 + int((part or "0").ljust(7, "0"))
    e7 = int(degrees) * E7 + (fine + 1_800) // 3_600
    return f"{'-' if letter and letter.lower() in 'sw' else ''}{e7 // E7}.{e7 % E7:07}"
