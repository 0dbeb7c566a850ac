"""Changes to one text: a cell, a value, a whole input that is a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

ODD = (
    "", " ", "\t", "\0", "-", "--", "?", "N/K", "n/a", "null", "true", "NaN", "Infinity", "-0", "+1", "1.", ".5", "1e9",
    "1e-400", "1E+308", "0x10", "1_000", "1,000", "1 000", "٣", "１２", "²", "9" * 19, "9" * 25, "1" + "0" * 400,
    "-9223372036854775809", "9223372036854775808", "18446744073709551616", "2147483648", "9007199254740993", "12.0",
    "2016-02-27", "2016-02-30", "2016-13-45", "0000-00-00", "0001-01-01", "1900-01-01", "2200-12-31", "9999-12-31",
    "2016-02-27/..", "../2016-02-27", "../..", "2016-02-27/2016-02-26", "2016-02", "2016", "20XX", "2016-XX-XX",
    "2016-21", "2016-24", "2016-02-27?", "2016-02-27~", "2016-02-27T24:00", "2016-02-27T23:59:60", "T25:00", "24:00",
    "2016-02-27T14:05+14:00", "2016-02-27T14:05Z", "2016-03-27T02:30", "2016-W10", "2016-060", "20160227",
    "27/02/2016", "02/27/2016", "27.02.2016", "night of 26-27 February 2016", "27 février 2016", "27 февраля 2016",
    "٢٧ شباط ٢٠١٦", "15 Ramadan 1437 AH", "30 Safar 1437 AH", "١٥ رمضان ١٤٣٧ هـ", "1/1/1 AH", "42795.5", "60",
    "36.2021", "-90", "90.00000001", "180", "-180.0", "36,2021", "36°28'36\"N", "36°60'60\"N", "36.2021N", "360°S",
    "37S BA 12345 67890", "37SBA1234567890", "37N 300000 4000000", "60X", "POINT(37.15 36.2)", "POINT (nan inf)",
    "geo:36.2,37.15;u=-5", "https://maps.google.com/?q=36.2,37.15", "https://www.openstreetmap.org/#map=9/36.2/37.1",
    "8G8R6522+GR", "6522+GR", "+++", "#date", "#date+start", "#affected+killed", "=1+1", "=cmd|' /C calc'!A0",
    "@SUM(1)", "a;b;c", "a, b", ";" * 50, "," * 50, "'", '"', '""', '"a', 'a"b', "\r", "\n", "\r\n", "\u2028", "\x85",
    "\x1c", "\x0b", "\ufeff", "\u202e", "\u200f", "\u0300" * 30, "İ", "ß", "ﷺ", "𝟙", "\U0010ffff", "%s%n", "{0}",
    "${x}", "../../x", "/dev/zero", "file:///etc/hostname",
    "&lol;", "<!DOCTYPE x>", "_x0000_", "_xD800_", "x" * 3_000,
    "(" * 200, "a" * 40 + "!", "over 100 almost 100", "over " * 60, "[" * 40, "{" * 40, "%41", "\\", "\\u0000",
    "\\ud800",
)  # fmt: skip
"""Texts that readers of tables, dates, places, names and markup have stumbled over."""


@dataclass(frozen=True)
class Change:
    """flip: changes bytes, the fuzzer's own or a blind one. words: the reader's own words (columns, codes)."""

    flip: Callable[[bytes, int], bytes]
    words: Sequence[str] = ()


def blind(rng: Random) -> Callable[[bytes, int], bytes]:
    """A change of bytes without a fuzzer: for tests, and where atheris is not installed."""

    def flip(content: bytes, most: int) -> bytes:
        at, more = rng.randrange(len(content) + 1), rng.choice((0, 1, 1, 4, 20))
        into = rng.choice((b"", bytes([rng.randrange(256)]), rng.randbytes(3), content[at : at + more] * 2))
        return (content[:at] + into + content[at + more :])[:most]

    return flip


def word(rng: Random, change: Change) -> str:
    """One of the odd texts or, as often, one of the reader's own words."""
    return rng.choice(change.words) if change.words and rng.random() < 0.4 else rng.choice(ODD)


def changed_text(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """A text replaced, spliced, repeated, cut, or changed in its bytes."""
    how = rng.randrange(6)
    if how == 0:
        return word(rng, change).encode("utf-8", "surrogatepass")[:most]
    at = rng.randrange(len(content) + 1)
    if how == 1:
        return (content[:at] + word(rng, change).encode("utf-8", "surrogatepass") + content[at:])[:most]
    if how == 2:
        return content[:at] + content[at + rng.randint(1, 6) :]
    if how == 3:
        return (content[:at] + content[: rng.randrange(len(content) + 1)] + content[at:])[:most]
    if how == 4:
        return _digits(content, rng)
    return change.flip(content, most)


def changed(text: str, most: int, rng: Random, change: Change) -> str:
    """The same of a text; bytes that are no UTF-8 come back as lone surrogates."""
    content = text.encode("utf-8", "surrogateescape") if text.isascii() or not _lone(text) else b"?"
    return changed_text(content, min(most, 4_096), rng, change).decode("utf-8", "surrogateescape")


def _lone(text: str) -> bool:
    return any("\ud800" <= character < "\udc80" or "\udcff" < character <= "\udfff" for character in text)


def _digits(content: bytes, rng: Random) -> bytes:
    """One digit is another digit."""
    places = [at for at, byte in enumerate(content) if 0x30 <= byte <= 0x39]
    if not places:
        return content
    at = rng.choice(places)
    return content[:at] + bytes([0x30 + rng.randrange(10)]) + content[at + 1 :]
