"""A report before it is written, and the plain parts that every source's reports are made of."""

from dataclasses import dataclass, field
from random import Random

from truceline.theatre.ground import degrees
from truceline.theatre.knowable.when import MONTHS
from truceline.theatre.knowable.where import Ground, Point
from truceline.theatre.setting import Setting


@dataclass(slots=True, eq=False)
class Report:
    """One row of a report file: `cells` by column. `day` is the day it is filed under, `id` given when it is written.

    `repeats` is the report it echoes, or words that name none. `incident` is the position of what it
    tells of at first hand; `truthful`: everything it says of that incident is so, however vague. `how` is what it
    is to the incident `of`, at first hand or not: see `benchmark.truth.HOWS`.
    """

    source: str
    day: int
    cells: dict[str, str]
    repeats: "Report | str | None" = None
    incident: int | None = None
    truthful: bool = False
    id: str = field(default="")
    how: str = "oddity"
    of: int | None = None

    def reference(self) -> str:
        """What is written in the column `repeats`: a bare id for a report of the same source."""
        named = self.repeats
        if not isinstance(named, Report):
            return named or ""
        return named.id if named.source == self.source else f"{named.source}/{named.id}"


def minute_text(setting: Setting, day: int, minute: int) -> str:
    """A local minute, 2025-03-04T14:05."""
    return f"{setting.day(day)}T{minute // 60:02}:{minute % 60:02}"


def night_text(setting: Setting, last: int) -> str:
    """The night that ends on the morning of a day, night of 4-5 March 2025."""
    (_, _, before), (year, month, after) = setting.day(last - 1).split("-"), setting.day(last).split("-")
    month_before = setting.day(last - 1)[5:7]
    evening = f"{int(before)}" if month_before == month else f"{int(before)} {MONTHS[int(month_before) - 1]}"
    return f"night of {evening}-{int(after)} {MONTHS[int(month) - 1]} {year}"


def at_point(point: Point, radius_m: int) -> dict[str, str]:
    """The columns of a point; the default radius is left out."""
    radius = "" if radius_m == 1000 else str(radius_m)
    return {"lat": degrees(point[0]), "lon": degrees(point[1]), "radius_m": radius}


def killed(low: int | None, best: int | None, high: int | None) -> dict[str, str]:
    """The columns of people killed; None is left empty."""
    figures = {"killed_low": low, "killed_best": best, "killed_high": high}
    return {column: str(number) for column, number in figures.items() if number is not None}


def misspelt(name: str, ground: Ground, chance: Random) -> str:
    """The name with one letter doubled, so that no area or group bears it."""
    while True:
        at = chance.randrange(1, len(name) - 1)
        wrong = name[:at] + name[at] + name[at:]
        if name[at] != " " and not ground.said(wrong):
            return wrong
