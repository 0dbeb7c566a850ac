"""Who watched where and when, and who was stopped: good days, thin days, and days on the very edge of enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from truceline.theatre.setting import Setting
from truceline.theatre.told import minute_text
from truceline.theatre.weather import Weather

Row = dict[str, str]
DAY_MINUTES = 1440
PATTERNS = {"good": 50, "one": 14, "twins": 7, "exact": 7, "short": 6, "stopped": 8, "silent": 4, "group": 4}
"""How often in a hundred each way of watching an area on a day comes."""
BLIND_DAYS = 7
WELL_WATCHED_DAYS = 8


@dataclass(frozen=True)
class _Window:
    """The day of one reading: where it begins, in minutes of the local day, and how long must be watched."""

    begins: int
    minimum: int


def coverage(setting: Setting, weather: Weather, chance: Random) -> list[Row]:
    """Coverage rows and, with status `stopped`, restrictions. The first calm days are well watched everywhere."""
    watching = _Watching(setting, chance)
    watching.calm_days(weather.calm[0])
    blind = {area: _blind_week(setting, weather, order) for order, area in enumerate(setting.areas)}
    for area in setting.areas:
        for day in range(setting.days):
            if weather.calm[0] <= day < weather.calm[1] or day in blind[area]:
                continue
            pattern = chance.choices(list(PATTERNS), list(PATTERNS.values()))[0]
            if pattern == "group" and any(day in week for week in blind.values()):
                pattern = "one"
            getattr(watching, pattern)(area, day)
    return watching.rows


def _blind_week(setting: Setting, weather: Weather, order: int) -> range:
    """The days of the week in which nobody watches an area; each area has its own."""
    starts = (setting.truce + 4, 2, weather.calm[1] + 1)
    first = starts[order % len(starts)] + order // len(starts)
    return range(first, first + BLIND_DAYS)


class _Watching:
    """Writes the rows, one method for each pattern."""

    def __init__(self, setting: Setting, chance: Random) -> None:
        self.setting, self.chance, self.rows = setting, chance, list[Row]()
        self.windows = [_window(reading) for reading in setting.agreement["readings"] if "coverage" in reading]
        self.turn = 0

    def calm_days(self, first: int) -> None:
        """Eight days watched by everyone, then two on which little is enough and little is not."""
        last = first + WELL_WATCHED_DAYS - 1
        for area in self.setting.areas:
            self._dates("mission", area, first, last)
        self._dates("ngo", self.setting.group, first, last)
        patterns = (self.exact, self.short, self.stopped, self.twins, self.one, self.silent)
        for order, pattern in enumerate(patterns):
            pattern(self.setting.areas[order % len(self.setting.areas)], last + 1 + order // 3)

    def good(self, area: str, day: int) -> None:
        """The mission by the clock or by the date, the relief network by the date, now and then the satellite."""
        if self.chance.random() < 0.5:
            self._dates("mission", area, day, day)
        else:
            self._times("mission", area, day, 240, 1320)
        self._dates("ngo", area, day, day)
        if self.chance.random() < 0.2:
            self._dates("satellite", area, day, day, origin="mission")

    def one(self, area: str, day: int) -> None:
        """The mission alone, in two shifts that overlap."""
        self._times("mission", area, day, 300, 780)
        self._times("mission", area, day, 720, 1200)

    def twins(self, area: str, day: int) -> None:
        """Two sources of one origin: they count as one."""
        self._dates("mission", area, day, day)
        self._dates("satellite", area, day, day, origin="mission")

    def exact(self, area: str, day: int) -> None:
        """Two sources, each exactly as long as a reading asks; the second in two pieces."""
        window = self._next_window()
        start, end = window.begins, window.begins + window.minimum
        self._times("mission", area, day, start, end)
        self._times("ngo", area, day, start, start + 90)
        self._times("ngo", area, day, start + 60, end)

    def short(self, area: str, day: int) -> None:
        """Two sources, each one minute shorter than a reading asks."""
        window = self._next_window()
        for source in ("mission", "ngo"):
            self._times(source, area, day, window.begins, window.begins + window.minimum - 1)

    def stopped(self, area: str, day: int) -> None:
        """A whole day of two sources; the mission was stopped until just enough, or one minute less, was left."""
        window = self._next_window()
        end = window.begins + DAY_MINUTES
        for source in ("mission", "ngo"):
            self._times(source, area, day, window.begins, end)
        too_long = self.chance.randrange(2)
        row = self._times("mission", area, day, window.begins, end - window.minimum + too_long, status="stopped")
        row |= {"stopped_by": self.chance.choice(("armed men", "a unit at the bridge")), "words": "Patrol turned back."}

    def silent(self, area: str, day: int) -> None:
        """The hotline could have heard, and said nothing; the relief network watched."""
        self._dates("hotline", area, day, day, status="silent")
        self._dates("ngo", area, day, day)

    def group(self, area: str, day: int) -> None:
        """The relief network, by the name of all areas together; the mission in this one."""
        self._dates("ngo", self.setting.group, day, day)
        self._times("mission", area, day, 0, 900)

    def _next_window(self) -> _Window:
        self.turn += 1
        return self.windows[self.turn % len(self.windows)]

    def _dates(self, source: str, place: str, first: int, last: int, status: str = "reported", origin: str = "") -> Row:
        return self._row(source, place, self.setting.day(first), self.setting.day(last), status, origin)

    def _times(self, source: str, place: str, day: int, since: int, until: int, status: str = "reported") -> Row:
        edges = [
            minute_text(self.setting, day + minute // DAY_MINUTES, minute % DAY_MINUTES) for minute in (since, until)
        ]
        return self._row(source, place, edges[0], edges[1], status, "")

    def _row(self, source: str, place: str, first: str, last: str, status: str, origin: str) -> Row:
        name = self.chance.choice(self.setting.place_names(place, "en"))
        row = {"source": source, "area": name, "from": first, "to": last, "status": status, "origin": origin}
        row["coverage_id"] = f"{source}-{len(self.rows) + 1:05}"
        self.rows.append(row)
        return row


def _window(reading: Mapping[str, Any]) -> _Window:
    hours, minutes = reading.get("day_boundary", "00:00").split(":")
    return _Window(int(hours) * 60 + int(minutes), int(reading["coverage"]["hours"]) * 60)
