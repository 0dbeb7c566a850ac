"""Totals that sources give of their own accord; nobody can derive them from the reports, and nobody should."""

from collections.abc import Mapping, Sequence
from random import Random

from truceline.theatre.setting import Setting
from truceline.theatre.world import Incident

Row = dict[str, str]


def tallies(setting: Setting, incidents: Sequence[Incident], chance: Random) -> list[Row]:
    """The relief network's killed by area and week, roughly right; Co-chair Alpha's violations, without bounds."""
    weeks: dict[tuple[str, int], list[int]] = {}
    for one in incidents:
        held = weeks.setdefault((one.spot.area, one.day // 7), [0, 0])
        held[0] += 1
        held[1] += one.killed
    return tallies_of(setting, weeks, chance)


def tallies_of(setting: Setting, weeks: Mapping[tuple[str, int], Sequence[int]], chance: Random) -> list[Row]:
    """The same of (incidents, killed) by area and week."""
    made: list[Row] = []
    for first in range(0, setting.days, 7):
        last = min(first + 6, setting.days - 1)
        for area in setting.areas:
            number, killed = weeks.get((area, first // 7), (0, 0))
            best = killed + chance.randrange(3)
            bounds = {"low": str(max(0, best - 2)), "best": str(best), "high": str(best + 3)}
            made.append(_row(setting, "ngo", area, first, last, "killed", bounds | {"method": "hospital lists"}))
            heard = {"best": str(int(number * (1 + chance.random())))}
            made.append(_row(setting, "co-chair-alpha", area, first, last, "violations", heard))
    return [{**row, "tally_id": f"t-{number:04}"} for number, row in enumerate(made, 1)]


def _row(setting: Setting, source: str, area: str, first: int, last: int, of: str, figures: Row) -> Row:
    days = {"from": setting.day(first), "to": setting.day(last)}
    return {"source": source, "area": area, "of": of, "words": "From our weekly sheet.", **days, **figures}
