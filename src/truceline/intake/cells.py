"""One row's cells by column name, read with every fault noted.

A value that cannot be read is noted and a stand-in given back, so that one pass finds all faults of
a row; a row with a fault is refused, and the stand-ins never leave intake. Only the ASCII spaces
around a cell are set aside for reading (flag `spaces_trimmed`), and Eastern Arabic and Persian digits are
read as what they are (flag `digits_converted`); nothing else is mended.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

from truceline.errors import ValueNotRead
from truceline.vocabulary.angles import read_angle
from truceline.vocabulary.count import Count, read_whole
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.named_days import read_named
from truceline.vocabulary.position import Box, Position, read_position
from truceline.vocabulary.refusal import Refusal, shown
from truceline.vocabulary.report import DIGITS_CONVERTED, POSITION_CONVERTED, SPACES_TRIMMED
from truceline.vocabulary.source import read_source_id
from truceline.vocabulary.when import Interval, qualifiers_of
from truceline.vocabulary.where import is_decimal, read_degrees

_STAND_IN = Interval(0, 1)
_FOREIGN = re.compile(r"[^\S ]|[^\D0-9]")
"""White space other than the space, and digits of scripts that are not read: in no number and no time."""
_DAY = re.compile(r"([1-9]\d{3})-(\d{2})-(\d{2})(?:[ T]00:00:00(?:\.0{1,6})?)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years of `vocabulary.when`."""


class Columns:
    """Where the columns that a format reads stand in one file, worked out once for all its rows."""

    __slots__ = ("at", "header", "names", "pick")

    def __init__(self, header: Sequence[str], at: Mapping[str, int]) -> None:
        self.header, self.at, self.names = header, at, tuple(at)
        self.pick = picker(tuple(at.values()))


def picker(positions: tuple[int, ...]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What takes the cells at these positions out of a row."""
    if not positions:
        return lambda cells: ()
    if len(positions) == 1:
        only = positions[0]
        return lambda cells: (cells[only],)
    return itemgetter(*positions)


class Cells:
    """The cells of one row, by the names under which the format reads their columns."""

    __slots__ = ("_cells", "_columns", "_number", "_spaced", "_texts", "faults", "flags")

    def __init__(self, number: int, columns: Columns, cells: Sequence[str]) -> None:
        self._number, self._columns, self._cells = number, columns, cells
        picked = columns.pick(cells)
        texts = tuple([cell.strip(" ") for cell in picked])
        self._texts = dict(zip(columns.names, texts, strict=True))
        self._spaced = texts != picked
        self.faults: list[Refusal] = []
        self.flags: list[str] = []

    def all(self) -> Sequence[str]:
        """All cells as they stand, in the order of the header."""
        return self._cells

    def by_column(self) -> list[tuple[str, str]]:
        """All cells that say something, under their headers and in their order: what an id is made of."""
        return sorted((name, cell) for name, cell in zip(self._columns.header, self._cells, strict=True) if cell)

    def columns(self) -> tuple[str, ...]:
        """The names of the columns that are read and that the file has."""
        return self._columns.names

    def words(self, column: str) -> str:
        """The cell exactly as it stands; "" where the file has no such column."""
        at = self._columns.at.get(column)
        return "" if at is None else self._cells[at]

    def text(self, column: str) -> str:
        """The cell without the ASCII spaces around it; "" where the file has no such column."""
        text = self._texts.get(column, "")
        if self._spaced and text != self.words(column):
            self.flag(SPACES_TRIMMED)
        return text

    def whole(self, column: str) -> int | None:
        """A whole number, None for an empty cell."""
        try:
            return read_whole(self._plain(self.text(column)))
        except ValueNotRead as error:
            self.refuse(column, error)
            return None

    def count(self, low: str, best: str, high: str) -> Count:
        """Three columns as one count; what is impossible about it is flagged, not mended."""
        try:
            count, flags = _counted(*[self._plain(self.text(column)) for column in (low, best, high)])
        except ValueNotRead:
            return Count(self.whole(low), self.whole(best), self.whole(high))
        for flag in flags:
            self.flag(flag)
        return count

    def when(self, column: str, zone: str) -> Interval:
        """A time or a range of times; local words are read in the zone."""
        return self.interval(column, self.text(column), zone)

    def interval(self, column: str, text: str, zone: str) -> Interval:
        """The same of a text that was made of several cells; a fault is one of this column.

        What its words doubt (2016-02?, 2016~, ../2016-03) is flagged: time_uncertain, time_approximate, ...
        """
        try:
            when, doubts = _dated(text, zone)
        except ValueNotRead as error:
            self.refuse(column, error)
            return _STAND_IN
        for doubt in doubts:
            self.flag(doubt)
        return when

    def day(self, column: str) -> date | None:
        """A day as UCDP writes it: 2014-01-22, with or without a midnight (00:00:00.000) behind it."""
        text = self.text(column)
        match = _DAY.fullmatch(text)
        try:
            if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass  # A day that no month has, as 2014-02-30: refused with the rest.
        mend = f"Write it as 2014-01-22; years run from {FIRST_YEAR} to {LAST_YEAR}."
        self.refuse(column, ValueNotRead(f"{text!r} is no day of the calendar", mend))
        return None

    def span(self, first: str, last: str, zone: str) -> tuple[int, int]:
        """[start, end) of two columns. A date in `first` is its local midnight, a date in `last` the day's end."""
        faults = len(self.faults)
        start, end = self._moment(first, zone), self._moment(last, zone, end=True)
        if len(self.faults) == faults and end <= start:
            self.refuse(last, ValueNotRead(f"{self.text(last)!r} is not after {self.text(first)!r}", "Exchange them."))
        return start, end

    def point(self, lat: str, lon: str) -> tuple[int | None, int | None]:
        """Latitude and longitude in 1e-7 degrees; None, None where both cells are empty.

        Each in decimal degrees or, flagged `position_converted`, in any other form of one angle
        (36°28'36"N, 36.4767 N).
        """
        north, east = self.text(lat), self.text(lon)
        if not north and not east:
            return None, None
        return self._degrees(lat, north, lon, "latitude"), self._degrees(lon, east, lat, "longitude")

    def position(self, column: str, box: Box | None = None) -> Position | None:
        """A whole position in one cell, in any form; None where it is empty. Flagged `position_converted`."""
        text = self.text(column)
        if not text:
            return None
        try:
            position = read_position(text, box=box)
        except ValueNotRead as error:
            self.refuse(column, error)
            return None
        self.flag(POSITION_CONVERTED)
        return position

    def code(self, column: str, allowed: Collection[str], what: str) -> str:
        """A code of a list, or ""."""
        text = self.text(column)
        if text and text not in allowed:
            mend = f"Write one of: {', '.join(list(allowed)[:40])}."
            self.refuse(column, ValueNotRead(f"{text!r} is not in the list of {what}", mend))
        return text

    def must(self, column: str, mend: str) -> str:
        """The cell's text, which may not be empty."""
        text = self.text(column)
        if not text:
            self.refuse(column, ValueNotRead(f"The column {column} is empty", mend))
        return text

    def source(self, column: str, default: str) -> str:
        """The id of a source, or the default where the cell is empty; one of the two has to be there."""
        text = self.text(column) or default
        try:
            return _source_id(text) if text else self.must(column, "Fill it, or name the file's source: --source.")
        except ValueNotRead as error:
            self.refuse(column, error)
            return ""

    def flag(self, flag: str) -> None:
        """Note something impossible or doubtful about the row, once."""
        if flag not in self.flags:
            self.flags.append(flag)

    def refused(self, columns: Collection[str]) -> bool:
        """A fault of one of these columns has been noted."""
        at, header = self._columns.at, self._columns.header
        headers = {header[at[column]] for column in columns if column in at}
        return any(fault.column in headers for fault in self.faults)

    def refuse(self, column: str, error: ValueNotRead) -> None:
        """Note a fault. `column` is the name the format reads it by; the refusal names the file's own header."""
        at = self._columns.at.get(column)
        header, value = (column, "") if at is None else (self._columns.header[at], self._cells[at])
        self.faults.append(Refusal(self._number, header, shown(value), _short(error.message), error.mend))

    def _moment(self, column: str, zone: str, *, end: bool = False) -> int:
        text = self.text(column)
        if _is_range(text):
            mend = "Write one date or time: 2025-03-04 or 2025-03-04T14:05."
            self.refuse(column, ValueNotRead(f"{text!r} is a range, where one date or time is expected", mend))
            return 0
        named = self.when(column, zone)
        # A time names an instant, a date a whole day: the end of "14:05" is 14:05, the end of a day is midnight.
        return named.end if end and ":" not in text else named.start

    def _degrees(self, column: str, text: str, other: str, which: str) -> int | None:
        if not text:
            mend = "Give both, or leave both empty."
            self.refuse(column, ValueNotRead(f"The {which} is missing where {other} is given", mend))
            return None
        try:
            plain = self._plain(text)
            if is_decimal(plain):
                return read_degrees(plain, which)
            angle = read_angle(plain, which)
        except ValueNotRead as error:
            self.refuse(column, error)
            return None
        self.flag(POSITION_CONVERTED)
        return angle

    def _plain(self, text: str) -> str:
        """The text in ASCII digits. Raises `ValueNotRead`."""
        if text.isascii() and text.isprintable():
            return text
        plain = _plain(text)
        if plain != text:
            self.flag(DIGITS_CONVERTED)
        return plain


def _short(sentence: str) -> str:
    """A sentence that repeats a long value, without its middle."""
    return sentence if len(sentence) <= 400 else f"{sentence[:200]} … {sentence[-190:]}"


def read_interval(text: str, zone: str) -> Interval:
    """`Interval.from_text` of a cell's text. Raises `ValueNotRead`."""
    return _dated(text, zone)[0]


@lru_cache(maxsize=65_536)
def _dated(text: str, zone: str) -> tuple[Interval, tuple[str, ...]]:
    """With the flags of what its words doubt; remembered, since files name the same days over and over."""
    if not text:
        raise ValueNotRead("The time is empty", "Write a day or a range, or 2016 if nothing but the year is known.")
    plain = _plain(text)
    doubts = tuple([f"time_{doubt.replace(' ', '_')}" for doubt in qualifiers_of(plain)])
    return Interval.from_text(text, zone), doubts if plain == text else (DIGITS_CONVERTED, *doubts)


def _is_range(text: str) -> bool:
    if text.count("/") == 1:
        return True
    try:
        named = read_named(ascii_digits(text))
    except ValueNotRead:
        return False  # Its fault is found where it is read.
    return named is not None and (named.night or named.first != named.last)


_source_id = lru_cache(maxsize=1_024)(read_source_id)


@lru_cache(maxsize=16_384)
def _counted(low: str, best: str, high: str) -> tuple[Count, tuple[str, ...]]:
    count = Count(read_whole(low), read_whole(best), read_whole(high))
    return count, tuple(count.flags())


def _plain(text: str) -> str:
    plain = ascii_digits(text).strip(" ")
    if foreign := _FOREIGN.search(plain):
        raise ValueNotRead(f"{text!r} holds {foreign[0]!r}", "Write digits 0-9, and no tabs or line breaks.")
    return plain
