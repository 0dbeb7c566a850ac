"""What goes wrong in real tables, at least once each: written first, so that even a small theatre has it.

None of it tells of anything that happened, and none of it touches the calm days.
"""

from collections.abc import Callable
from random import Random

from truceline.theatre import wire
from truceline.theatre.ground import Spot
from truceline.theatre.setting import Setting
from truceline.theatre.told import Report, at_point, killed, minute_text

Spots = dict[str, list[Spot]]
Oddity = Callable[[Setting, Spots, Random], list[Report]]


def oddities(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """All of them, in order."""
    return [report for oddity in ODDITIES for report in oddity(setting, spots, chance)]


def boundary_minutes(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """The last minute of a day, the first of the next, and an interval over both, at each reading's boundary."""
    made = []
    for reading in setting.agreement["readings"]:
        hours, minutes = reading.get("day_boundary", "00:00").split(":")
        at = int(hours) * 60 + int(minutes)
        day, before = 3, (3, at - 1) if at else (2, 1439)
        last, first = minute_text(setting, *before), minute_text(setting, day, at)
        for when in (last, first, f"{last}/{first}"):
            made.append(_report(setting, "co-chair-beta", day, when=when, area=setting.areas[0]))
    return made


def renamed(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """Either name on either side of the renaming, and over it: only two of the six name anybody."""
    before, after = setting.day(setting.rename - 1), setting.day(setting.rename)
    names = setting.all_names(setting.renamed)
    return [
        _report(setting, "co-chair-alpha", setting.rename, when=when, side_a=name, area=setting.areas[-1])
        for name in (names[0], names[-1])
        for when in (before, after, f"{before}/{after}")
    ]


def excluded(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """The excluded group under each of its names, before the truce, over its start and after it."""
    start = setting.truce
    whens = {start - 8: setting.day(start - 8), start: f"{setting.day(start - 1)}/{setting.day(start)}"}
    return [
        _report(setting, "co-chair-beta", day, when=when, side_a=name, area=setting.areas[1])
        for day, when in whens.items()
        for name in setting.all_names(setting.excluded)[:2]
    ]


def nobody(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """Names that resolve to nobody, names in other letters, an empty side, both sides empty, no kind."""
    day, area = 4, setting.areas[0]
    name = setting.actor_names(setting.south[0], day, "en")[0]
    return [
        _report(setting, "co-chair-beta", day, side_a="Riders of the Dawn", area=area),
        _report(setting, "co-chair-beta", day, side_a=f"  {name.upper()} ", area=area),
        _report(setting, "co-chair-beta", day, side_a=f"{name}; Riders of the Dawn", area=area),
        _report(setting, "co-chair-beta", day, side_a="", area=area),
        _report(setting, "co-chair-beta", day, side_a="", side_b="", area=area),
        _report(setting, "co-chair-beta", day, kind="", area=area),
    ]


def impossible(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """Best outside low to high, below nought, and nought with an open end."""
    figures = [killed(5, 2, 3), killed(2, 9, 4), killed(-2, -1, 0), killed(0, None, None), killed(None, None, 4)]
    return [_report(setting, "co-chair-alpha", 5, area=setting.areas[0], **each) for each in figures]


def out_of_place(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """Far outside the theatre, latitude and longitude swapped, and an area that the point contradicts."""
    made = []
    for each in spots[setting.areas[0]][:2]:
        far = at_point((each.lat + 31_000_000, each.lon + 47_000_000), 1000)
        swapped = at_point((each.lon, each.lat), 1000)
        made += [_report(setting, "co-chair-alpha", 6, **far), _report(setting, "co-chair-alpha", 6, **swapped)]
    clear = [spot for area in setting.areas for spot in spots[area] if spot.clear_of][:4]
    for each in clear:
        point = at_point((each.lat, each.lon), each.near[0])
        made.append(_report(setting, "co-chair-alpha", 7, area=each.clear_of[0], **point))
    return made


def vague(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """A whole month, days over the edges of the period, and reports without any place."""
    month = setting.day(0)[:7]
    edges = (setting.day(-1), f"{setting.day(-2)}/{setting.day(0)}", setting.day(setting.days))
    return [
        *[_report(setting, "co-chair-alpha", 0, when=month, area=setting.areas[0]) for _ in range(2)],
        *[_report(setting, "co-chair-alpha", 0, when=when, area=setting.areas[1]) for when in edges],
        _report(setting, "co-chair-alpha", 8),
        _report(setting, "co-chair-alpha", 8, area="Atlantis"),
    ]


def echoes(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """A chain of three, a ring of three with one that hangs on it, one that repeats itself, one nothing."""
    told = _report(setting, "co-chair-alpha", 9, area=setting.areas[0])
    alone = _report(setting, "wire", 9, area=setting.areas[1])
    alone.repeats = alone
    dangling = _report(setting, "wire", 9, area=setting.areas[1])
    dangling.repeats = "hotline/H-999999"
    ring = wire.ring(setting, (1, 4, 10), setting.areas[0])
    return [told, *wire.chain(setting, told, chance), *ring, alone, dangling]


def near_misses(setting: Setting, spots: Spots, chance: Random) -> list[Report]:
    """Two sources and one shelling, some minutes and metres apart, neither repeating the other."""
    spot, day = spots[setting.areas[0]][0], 10
    one = at_point((spot.lat, spot.lon), spot.precise[0])
    other = at_point((spot.lat + 1000, spot.lon - 1000), 1000)
    return [
        _report(setting, "co-chair-alpha", day, when=minute_text(setting, day, 840), **one),
        _report(setting, "co-chair-beta", day, when=minute_text(setting, day, 846), **other),
    ]


ODDITIES: tuple[Oddity, ...] = (
    echoes, renamed, boundary_minutes, out_of_place, nobody, excluded, impossible, vague, near_misses,
)  # fmt: skip


def _report(setting: Setting, source: str, day: int, **cells: str) -> Report:
    """A shelling of the North by the South on that day; what is given comes instead."""
    plain = {
        "when": setting.day(day),
        "side_a": setting.actor_names(setting.south[0], max(day, 0), "en")[0],
        "side_b": setting.actor_names(setting.north[0], max(day, 0), "en")[0],
        "kind": "shelling",
        "words": "Said by telephone.",
    }
    return Report(source, day, plain | cells)
