"""Instants and dates as a reader says them: the day and month in words, the zone always named."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, html
from truceline.vocabulary.when import DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

MONTHS = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)


def at(us: int, zone: str = "UTC") -> datetime:
    """UTC microseconds as a local time of that zone."""
    return (EPOCH + us * MICROSECOND).astimezone(ZoneInfo(zone))


def micros(moment: datetime) -> int:
    """An aware time as UTC microseconds."""
    return (moment - EPOCH) // MICROSECOND


def utc_stamp(us: int) -> str:
    """2025-04-30T21:00:00Z."""
    return at(us).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_words(words: Words, day: date) -> str:
    """4 March 2025."""
    month = words.plain(MONTHS[day.month - 1])
    return words.plain("{day} {month} {year}", day=day.day, month=month, year=day.year)


def month_words(words: Words, day: date) -> str:
    """March 2025."""
    return f"{words.plain(MONTHS[day.month - 1])} {day.year}"


def day_words(words: Words, name: str) -> str:
    """The words of a ledger day's name (2025-03-04)."""
    return date_words(words, date.fromisoformat(name))


def offset(us: int, zone: str) -> str:
    """UTC+02:00: how far the zone is from UTC at that instant."""
    text = at(us, zone).strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"


def moment(words: Words, us: int, zone: str) -> Html:
    """30 April 2025, 23:00 (UTC+02:00), as a <time> element."""
    local = at(us, zone)
    return html(
        '<time datetime="$stamp">$day <bdi class="soft">($offset)</bdi></time>',
        stamp=utc_stamp(us),
        day=_day_and_hour(words, local),
        offset=offset(us, zone),
    )


def moment_both(words: Words, us: int, zone: str) -> Html:
    """The same, with the zone's name and the time in UTC beside it."""
    world = at(us)
    return html(
        '$local <bdi class="soft">$zone</bdi> · $day <bdi>UTC</bdi>',
        local=moment(words, us, zone),
        zone=zone,
        day=_day_and_hour(words, world),
    )


def _day_and_hour(words: Words, moment: datetime) -> Html:
    day, hour = date_words(words, moment.date()), moment.strftime("%H:%M")
    return words.markup("{day}, {hour}", day=html("<bdi>$day</bdi>", day=day), hour=html("<bdi>$hour</bdi>", hour=hour))


def span(words: Words, start: int, end: int, zone: str) -> Html:
    """[start, end) in words: whole local days as first to last day, anything else with its hours."""
    first, last = at(start, zone), at(end, zone)
    if first.strftime("%H%M%S%f") == last.strftime("%H%M%S%f") == "000000000000":
        last_day = (last - timedelta(days=1)).date()
        if last_day == first.date():
            return html("<bdi>$day</bdi>", day=date_words(words, last_day))
        return words.markup(
            "{first} to {last}",
            first=html("<bdi>$day</bdi>", day=date_words(words, first.date())),
            last=html("<bdi>$day</bdi>", day=date_words(words, last_day)),
        )
    return words.markup("{first} to {last}", first=moment(words, start, zone), last=moment(words, end, zone))


def local_days(start: int, end: int, zone: str) -> list[int]:
    """The instants at which the local days of [start, end) begin, `end` last: days of 23 to 25 hours."""
    local = at(start, zone)
    starts: list[int] = []
    reached = start
    while reached < end and len(starts) <= (end - start) // DAY + 2:
        starts.append(reached)
        naive = local.replace(tzinfo=None) + timedelta(days=len(starts))
        reached = micros(naive.replace(tzinfo=ZoneInfo(zone)))
    return [*starts, end]
