"""Instants and dates as a reader says them: the day and month in words, the zone always named."""

from datetime import date, datetime, timedelta

from truceline.publication.languages import Words, mark
from truceline.publication.markup import Html, html
from truceline.vocabulary.when import local_midnight, zone_of
from truceline.vocabulary.when import moment as moment_of

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
    return moment_of(us).astimezone(zone_of(zone))


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
    if local_midnight(first.date(), zone_of(zone)) == start and local_midnight(last.date(), zone_of(zone)) == end:
        last_day = last.date() - timedelta(days=1)
        if last_day == first.date():
            return html("<bdi>$day</bdi>", day=date_words(words, last_day))
        return words.markup(
            "{first} to {last}",
            first=html("<bdi>$day</bdi>", day=date_words(words, first.date())),
            last=html("<bdi>$day</bdi>", day=date_words(words, last_day)),
        )
    return words.markup("{first} to {last}", first=moment(words, start, zone), last=moment(words, end, zone))


def edges(first: str, last: str, zone: str) -> list[int]:
    """The instants at which the local days from first to last (YYYY-MM-DD, both included) begin, and the last ends."""
    one, rules = date.fromisoformat(first), zone_of(zone)
    return [local_midnight(one + timedelta(days=n), rules) for n in range((date.fromisoformat(last) - one).days + 2)]


def local_days(start: int, end: int, zone: str) -> list[int]:
    """The instants at which the local days of [start, end) begin, `end` last: days of 23 to 25 hours."""
    first, last = at(start, zone).date(), at(end - 1, zone).date()
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [*(local_midnight(day, zone_of(zone)) for day in dates), end]
