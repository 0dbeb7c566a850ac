"""The wire and the ticker: they saw nothing, and echo others, mostly saying so."""

from random import Random

from truceline.theatre.setting import Setting
from truceline.theatre.told import Report

CARRIED = ("side_a", "side_b", "kind", "area", "place", "killed_best", "killed_high")


def echo(setting: Setting, told: Report, chance: Random) -> Report:
    """A report that repeats another, by date only; the ticker takes from the wire, the wire from everyone."""
    source = "ticker" if told.source == "wire" else "wire"
    return Report(source, told.day, _copied(setting, told, chance), repeats=told)


def unmarked_echo(setting: Setting, told: Report, chance: Random) -> Report:
    """The same without saying whom it repeats: to the rule it is an incident of its own (a near miss)."""
    return Report("wire", told.day, _copied(setting, told, chance))


def chain(setting: Setting, told: Report, chance: Random) -> list[Report]:
    """The wire echoes a report, the ticker the wire, and the wire, some hours on, the ticker."""
    first = echo(setting, told, chance)
    second = echo(setting, first, chance)
    return [first, second, echo(setting, second, chance)]


def ring(setting: Setting, days: tuple[int, int, int], area: str) -> list[Report]:
    """Three reports of different days that repeat one another in a ring, and a fourth that hangs on it."""
    links = [Report("wire", day, _plain(setting, day, area)) for day in days]
    for one, other in zip(links, [*links[1:], links[0]], strict=True):
        one.repeats = other
    return [*links, Report("ticker", days[1], _plain(setting, days[1], area), repeats=links[1])]


def _copied(setting: Setting, told: Report, chance: Random) -> dict[str, str]:
    cells = {column: told.cells[column] for column in CARRIED if told.cells.get(column)}
    cells |= {"when": setting.day(told.day), "language": "en"}
    cells["words"] = f"{chance.choice(('Sources say', 'It is reported'))}: fighting near {told.cells.get('place', '')}."
    return cells


def _plain(setting: Setting, day: int, area: str) -> dict[str, str]:
    return {
        "when": setting.day(day),
        "side_a": setting.actor_names(setting.south[0], day, "en")[0],
        "side_b": setting.actor_names(setting.north[0], day, "en")[0],
        "kind": "shelling",
        "area": area,
        "killed_best": "1",
        "words": "As we said before.",
        "language": "en",
    }
