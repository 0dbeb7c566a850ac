"""Rules for columns of plain times and degrees, many cells at once. Other than the plainest forms are not read here."""

import re
from collections.abc import Sequence

from truceline.errors import ValueNotRead
from truceline.intake.context import ReadContext
from truceline.vocabulary.when import SECOND, Interval
from truceline.vocabulary.where import E7

_DEGREES = re.compile(r"(?:[+-]?\d{1,3}(?:\.\d{1,7})?)?", re.ASCII)
_ALL_DEGREES = re.compile(r"(?:(?:[+-]?\d{1,3}(?:\.\d{1,7})?)?\n)*", re.ASCII)
_HOUR = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}", re.ASCII)
ODD = -(1 << 40)
"""Stands for degrees that are not plainly written, or not on Earth."""
_MINUTES = {f"{minute:02}": minute * 60 * SECOND for minute in range(60)}
_MINUTE = len("2025-03-04T14:05")
_MOST_HOURS = 100_000


def degrees(column: Sequence[str], limit: int) -> list[int | None]:
    """Decimal degrees of at most seven decimals in 1e-7 degrees; None for an empty cell, `ODD` for any other.

    A float has some nine digits more than these numbers: its nearest whole number is exact.
    """
    scale = float(E7)
    joined = "\n".join(column) + "\n"
    if _ALL_DEGREES.fullmatch(joined) and joined.count("\n") == len(column):
        found = [round(float(cell) * scale) if cell else None for cell in column]
    else:
        plain = _DEGREES.fullmatch
        found = [(round(float(cell) * scale) if cell else None) if plain(cell) else ODD for cell in column]
    most = limit * E7
    given = [value for value in found if value is not None]
    if given and not -most <= min(given) <= max(given) <= most:
        return [value if value is None or -most <= value <= most else ODD for value in found]
    return found


class Moments:
    """Local times to the minute, and ranges of two of them, in one zone."""

    def __init__(self, zone: str) -> None:
        self._zone = zone
        self._hours: dict[str, int | None] = {}

    def of(self, text: str) -> tuple[int, int, str, tuple[()]] | None:
        """Start, end and words, as `Interval.from_text` reads them; None for a text of any other form."""
        if len(text) == _MINUTE:
            start = self._minute(text)
            return None if start is None else (start, start + 60 * SECOND, text, ())
        if len(text) == 2 * _MINUTE + 1 and text[_MINUTE] == "/":
            start, last = self._minute(text[:_MINUTE]), self._minute(text[_MINUTE + 1 :])
            if start is not None and last is not None and start <= last:
                return start, last + 60 * SECOND, text, ()
        return None

    def _minute(self, text: str) -> int | None:
        minute = _MINUTES.get(text[14:])
        if minute is None or text[13] != ":":
            return None
        hour = text[:13]
        if hour not in self._hours:
            if len(self._hours) >= _MOST_HOURS:
                self._hours.clear()
            self._hours[hour] = self._hour(hour)
        start = self._hours[hour]
        return None if start is None else start + minute

    def _hour(self, hour: str) -> int | None:
        """The start of an hour whose minutes follow one another; None where the clocks change in it."""
        if not _HOUR.fullmatch(hour):
            return None
        try:
            first, last = (Interval.from_text(f"{hour}:{minute}", self._zone) for minute in ("00", "59"))
        except ValueNotRead:
            return None
        return first.start if last.start - first.start == _MINUTES["59"] else None


def outside(
    context: ReadContext,
    lat: Sequence[int | None],
    lon: Sequence[int | None],
    start: Sequence[int],
    end: Sequence[int],
) -> list[tuple[str, ...]] | None:
    """The flags of the place and the time of each row; None where no row has any.

    A time that was not read is None: the row is read by itself.
    """
    box, period = context.box, context.period
    flags: list[tuple[str, ...]] | None = None
    if box is not None:
        south, west, north, east = box
        out = [
            a is not None and b is not None and not (south <= a <= north and west <= b <= east)
            for a, b in zip(lat, lon, strict=True)
        ]
        if any(out):
            flags = [tuple(context.place_flags(a, b)) if o else () for o, a, b in zip(out, lat, lon, strict=True)]
    if period is not None:
        first, last = period
        late = 1 << 62 if last is None else last
        before = [s is not None and (e <= first or s >= late) for s, e in zip(start, end, strict=True)]
        if any(before):
            times = [tuple(context.time_flags(s, e)) if b else () for b, s, e in zip(before, start, end, strict=True)]
            flags = times if flags is None else [one + other for one, other in zip(flags, times, strict=True)]
    return flags
