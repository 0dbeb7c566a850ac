"""When something happened: a half-open interval, as wide as our knowledge, compared in UTC.

Instants are integers: microseconds since 1970-01-01T00:00Z. An `Interval` says that something
happened somewhere inside [start, end), the end excluded; the local words and the zone they were
read in are kept. Every question about it has two answers, *surely* and *maybe*.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from truceline.errors import ValueNotRead
from truceline.vocabulary import edtf, hijri
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.named_days import Named, read_named

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 3_600 * SECOND
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Interval(msgspec.Struct, frozen=True):
    """Somewhere inside [start, end), UTC microseconds, the end excluded.

    `words` are the words it was read from; `zone` is the IANA zone in which local words were read.
    """

    start: int
    end: int
    words: str = ""
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueNotRead(
                f"{self.words or 'the interval'!r} ends before it begins", "Write the earlier time first."
            )

    @classmethod
    def from_text(cls, text: str, zone: str = "UTC") -> "Interval":
        """Read ISO dates, times and ranges, months, years, EDTF, named months and "night of 26-27 February 2016".

        A date is the whole local day; a time without seconds is the whole minute. A range `a/b`
        runs from the start of a to the end of b; `..` as one of them is open (to 1900, to 2200).
        Months may be in English, French, Russian or Arabic, digits Eastern Arabic or Persian. What
        ends in AH or هـ is read as Hijri, a day wider on either side. `qualifiers_of` says what
        doubts the words carry. 03/04/2016 is refused with a question. Raises `ValueNotRead`.
        """
        start, end = _read(ascii_digits(text).strip(), zone_of(zone))
        return cls(start, end, text, zone)

    def surely_before(self, instant: int) -> bool:
        """All of it lies before the instant."""
        return self.end <= instant

    def maybe_before(self, instant: int) -> bool:
        """Some of it lies before the instant."""
        return self.start < instant

    def surely_after(self, instant: int) -> bool:
        """All of it lies at or after the instant."""
        return self.start >= instant

    def maybe_after(self, instant: int) -> bool:
        """Some of it lies at or after the instant."""
        return self.end > instant

    def surely_within(self, start: int, end: int) -> bool:
        """All of it lies inside [start, end)."""
        return start <= self.start and self.end <= end

    def maybe_within(self, start: int, end: int) -> bool:
        """Some of it lies inside [start, end)."""
        return self.start < end and start < self.end

    def surely_same_time(self, other: "Interval") -> bool:
        """Two unknown instants are surely the same only if both intervals are one microsecond wide and equal."""
        return self.start == other.start and self.end == other.end == self.start + 1

    def maybe_same_time(self, other: "Interval") -> bool:
        """The two intervals overlap."""
        return self.maybe_within(other.start, other.end)


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone of that name. Raises `ValueNotRead`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueNotRead(f"{name!r} is no time zone", "Write an IANA zone such as Asia/Damascus or UTC.") from error


def instant(moment: datetime) -> int:
    """UTC microseconds of an aware datetime."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(instant_us: int) -> datetime:
    """The aware UTC datetime of an instant."""
    return _EPOCH + timedelta(microseconds=instant_us)


def iso(instant_us: int, zone: str = "UTC") -> str:
    """The instant in ISO 8601, to the second, in the zone; 'Z' for UTC."""
    text = moment(instant_us).astimezone(zone_of(zone)).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z") if zone == "UTC" else text


def local_midnight(day: date, zone: ZoneInfo, hour: int = 0, minute: int = 0) -> int:
    """The instant of a local wall-clock time (default midnight) on that day.

    A wall time that a change of the clocks skips is read with the offset before the change, and
    one that comes twice as the first of the two (PEP 495, fold=0).
    """
    return instant(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))


def read_instant(text: str, zone: str = "UTC") -> int:
    """One instant: the start of what an ISO date or time names, local in `zone` unless it carries an offset."""
    return Interval.from_text(text, zone).start


def read_as_of(text: str, zone: str = "UTC") -> int:
    """An as-of instant: a time is its start; a date, month or year is its end, since that whole day has been."""
    named = Interval.from_text(text, zone)
    return named.end if named.end - named.start > DAY // 2 else named.start


def qualifiers_of(words: str) -> tuple[str, ...]:
    """The doubts that the words of an interval carry, in EDTF's terms (`edtf.Span`); () where they carry none.

    "uncertain" widens nothing: whoever uses the interval must say it.
    """
    sides = ascii_digits(words).strip().split("/")
    said: list[str] = []
    for side, name in zip(sides, ("start", "end"), strict=False):
        if side.strip() == ".." and len(sides) == 2:
            said.append(f"open {name}")
        elif edtf.ONE.match(side.strip()):
            said.extend(edtf.read_edtf(side.strip()).qualifiers)
        elif hijri.declared(side.strip()):
            said.append("hijri")
    return tuple(dict.fromkeys(said))


# --- the forms that are read, most exact first -------------------------------------------------

_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_DATE = re.compile(rf"^{_DAY}$", re.A)
_TIME = re.compile(
    rf"^{_DAY}[T ](\d{{2}}):(\d{{2}})(?::(\d{{2}})(?:\.(\d{{1,6}}))?)?\s*(Z|[+-]\d{{2}}:?\d{{2}})?$", re.A
)
_MONTH = re.compile(r"^(\d{4})-(\d{2})$", re.A)
_YEAR = re.compile(r"^(\d{4})$", re.A)
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$", re.A)
NIGHT_FROM_HOUR, NIGHT_TO_HOUR = 18, 6
"""What "the night of" means when a source gives no hours: 18:00 to 06:00 local. Ours, and wide on purpose."""


def _read(text: str, zone: ZoneInfo) -> tuple[int, int]:
    if match := _DATE.match(text):
        day = _date(*match.groups())
        return local_midnight(day, zone), local_midnight(day + timedelta(days=1), zone)
    if match := _TIME.match(text):
        return _time(match, zone)
    if named := read_named(text):
        return _named(named, zone)
    if "/" in text and not _SLASHED.match(text):
        return _range(text, zone)
    return _read_words(text, zone)


def _range(text: str, zone: ZoneInfo) -> tuple[int, int]:
    first, last = (side.strip() for side in text.split("/", 1))
    if "/" in last:
        raise ValueNotRead(f"{text[:80]!r} has more than two ends", "Write the first and the last, with one / between.")
    if first == last == "..":
        raise ValueNotRead(f"{text!r} has neither a beginning nor an end", "Write at least one of them.")
    if not (first and last):
        raise ValueNotRead(f"{text!r} is half a range", "Write 2016-02-27/.. if there is no end, or if it is unknown.")
    start = local_midnight(edtf.EARLIEST, zone) if first == ".." else _read(first, zone)[0]
    end = local_midnight(edtf.LATEST + timedelta(days=1), zone) if last == ".." else _read(last, zone)[1]
    if end <= start:
        raise ValueNotRead(f"{text!r} ends before it begins", "Write the earlier time first.")
    return start, end


def _read_words(text: str, zone: ZoneInfo) -> tuple[int, int]:
    if match := _MONTH.match(text):
        first = _date(match[1], match[2], "01")
        return local_midnight(first, zone), local_midnight(_next_month(first), zone)
    if match := _YEAR.match(text):
        first = _date(match[1], "01", "01")
        return local_midnight(first, zone), local_midnight(_date(str(first.year + 1), "01", "01"), zone)
    if match := _SLASHED.match(text):
        return _slashed(match, text)
    if hijri.declared(text):
        first_day, last_day = hijri.read_hijri(text)
        return local_midnight(first_day - timedelta(days=1), zone), local_midnight(last_day + timedelta(days=2), zone)
    if edtf.ONE.match(text):
        span = edtf.read_edtf(text)
        assert span.first and span.last, "one date of EDTF has both its ends"
        return local_midnight(span.first, zone), local_midnight(span.last + timedelta(days=1), zone)
    raise ValueNotRead(
        f"{text!r} is no date or time that is read here",
        "Write 2016-02-27, 2016-02-27T14:05+02:00, 2016-02-27/2016-02-29, 2016-02 or 'night of 26-27 February 2016'.",
    )


def _slashed(match: re.Match[str], text: str) -> tuple[int, int]:
    first, second, year = (int(part) for part in match.groups())
    readings = [f"{year:04}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)) if month <= 12]
    question = " or ".join(dict.fromkeys(readings)) or "a date"
    raise ValueNotRead(
        f"{text!r}: is this {question}?", "Write the date as YYYY-MM-DD; day/month order is never guessed."
    )


def _named(named: Named, zone: ZoneInfo) -> tuple[int, int]:
    if named.night:
        return local_midnight(named.first, zone, NIGHT_FROM_HOUR), local_midnight(named.last, zone, NIGHT_TO_HOUR)
    return local_midnight(named.first, zone), local_midnight(named.last + timedelta(days=1), zone)


def _time(match: re.Match[str], zone: ZoneInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    _date(year, month, day)
    try:
        start = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)
    except ValueError as error:
        raise ValueNotRead(
            f"{match[0]!r} is not a time of day", "Hours run 00-23, minutes and seconds 00-59."
        ) from error
    if offset:
        start = start.replace(tzinfo=_offset(offset, match[0]))
    begin = instant(start) + int((fraction or "0").ljust(6, "0"))
    width = 10 ** (6 - len(fraction)) if fraction else SECOND if second else 60 * SECOND
    return begin, begin + width


def _offset(text: str, whole: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise ValueNotRead(f"{whole!r} has no possible offset from UTC", "Offsets run from -12:00 to +14:00.")
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _date(year: str, month: str, day: str) -> date:
    if not 1900 <= int(year) <= 2200:
        raise ValueNotRead(f"the year {year} is outside 1900 to 2200", "Mend the year.")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueNotRead(f"{year}-{month}-{day} is not a day of the calendar", "Write YYYY-MM-DD.") from error


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
