"""How each source tells of an incident: what it knows, how exactly, and how it writes it."""

from collections.abc import Mapping
from datetime import time
from random import Random

from truceline.theatre.ground import Spot
from truceline.theatre.knowable.when import local
from truceline.theatre.knowable.where import Ground
from truceline.theatre.setting import Setting
from truceline.theatre.told import Report, at_point, killed, minute_text, misspelt, night_text
from truceline.theatre.weather import Weather
from truceline.theatre.world import Incident

UNRESOLVED = ("armed men", "unknown gunmen", "a passing patrol")
UNRESOLVED_AR = ("مسلحون", "مجهولون")
VAGUE_PLACES = ("circle",) * 40 + ("area",) * 35 + ("both",) * 9 + ("misspelt",) * 6 + ("group",) * 6 + ("nothing",) * 4
"""How a caller says where, by how often in a hundred."""
WEAPONS = ("mortar", "rifle", "heavy machine gun", "unknown", "")


class Sources:
    """The sources of a theatre, each a method that makes one report of one incident."""

    def __init__(
        self,
        setting: Setting,
        weather: Weather,
        ground: Ground,
        reaching: Mapping[Spot, list[tuple[Spot, int]]],
        chance: Random,
    ) -> None:
        self.setting, self.weather, self.ground, self.reaching = setting, weather, ground, reaching
        self.chance = chance
        self._borne: dict[tuple[str, int, str], list[str]] = {}

    def mission(self, one: Incident) -> Report:
        """Monitors: to the minute or the hour, to a few hundred metres, names as they are."""
        cells = self._sides(one, "en") | at_point(one.point, self.chance.choice(one.spot.precise))
        cells["when"] = minute_text(self.setting, one.day, one.minute)
        if self.chance.random() < 0.2:
            since, until = max(0, one.minute - 30), min(1439, one.minute + 30)
            cells["when"] = "/".join(minute_text(self.setting, one.day, minute) for minute in (since, until))
        if self.chance.random() < 0.3:
            cells["area"] = self.chance.choice(self.setting.place_names(one.spot.area, "en"))
        cells |= killed(one.killed, one.killed, one.killed)
        cells |= {"kind": one.kind, "place": one.spot.name, "weapon": self.chance.choice(WEAPONS), "language": "en"}
        cells["words"] = f"Patrol saw {one.kind.replace('_', ' ')} near {one.spot.name}."
        return Report("mission", one.day, cells, truthful=True)

    def ngo(self, one: Incident) -> Report:
        """A relief network: the date only, the town, one figure, now and then no kind."""
        cells = self._sides(one, "en") | killed(None, one.killed, None)
        cells["when"] = self.setting.day(one.day)
        if self.chance.random() < 0.6:
            cells["area"] = self.chance.choice(self.setting.place_names(one.spot.area, "en"))
        if self.chance.random() < 0.7 or "area" not in cells:
            cells |= at_point((one.spot.lat, one.spot.lon), self.chance.choice(one.spot.near))
        cells |= {"kind": one.kind if self.chance.random() < 0.9 else "", "place": one.spot.name, "language": "fr"}
        cells["words"] = f"Équipe à {one.spot.name} : {one.killed} tué(s), école fermée."
        return Report("ngo", one.day, cells, truthful=True)

    def hotline(self, one: Incident) -> Report:
        """Callers: nights, wide circles, area names only, spellings nobody knows, names that resolve to nobody."""
        cells = self._sides(one, self.chance.choice(("ar", "ar", "en")))
        cells["when"] = self._vague_when(one) if self.chance.random() < 0.6 else self.setting.day(one.day)
        cells |= self._vague_place(one)
        for side in ("side_a", "side_b"):
            if self.chance.random() < 0.12:
                cells[side] = self.chance.choice((*UNRESOLVED, *UNRESOLVED_AR, ""))
        if self.chance.random() < 0.5:
            cells |= killed(0, None, one.killed + self.chance.randrange(3))
        cells |= {"kind": one.kind if self.chance.random() < 0.8 else "", "place": one.spot.name, "language": "ar"}
        cells["words"] = f"متصل: سمعنا إطلاق نار قرب {one.spot.name}"
        return Report("hotline", one.day, cells, truthful=True)

    def alpha(self, one: Incident) -> Report:
        """Co-chair Alpha: days late, and therefore a range of days; some figures impossible."""
        cells = self._sides(one, "en")
        last = one.day + self.chance.randrange(3)
        if last > one.day and self.weather.clear_of_calm(one.day, last):
            cells["when"] = f"{self.setting.day(one.day)}/{self.setting.day(last)}"
        else:
            cells["when"] = self.setting.day(one.day)
        cells |= at_point((one.spot.lat, one.spot.lon), self.chance.choice(one.spot.near))
        cells |= self._figures(one.killed)
        cells |= {"kind": one.kind, "area": one.spot.area, "place": one.spot.name}
        cells["words"] = f"Reported to us after the fact; {one.spot.name}."
        return Report("co-chair-alpha", last, cells)

    def false_alpha(self, one: Incident) -> Report:
        """Co-chair Alpha again: to the minute, and nothing of the sort happened. It is always the South."""
        south, north = self.chance.choice(self.setting.south), self.chance.choice(self.setting.north)
        cells = {
            "when": minute_text(self.setting, one.day, one.minute),
            "side_a": self._name(south, one.day, "en"),
            "side_b": self._name(north, one.day, "en"),
            "kind": one.kind,
            "place": one.spot.name,
            "words": f"Our officers speak of an attack at {one.spot.name}.",
        }
        cells |= at_point(one.point, self.chance.choice(one.spot.precise)) | self._figures(one.killed)
        return Report("co-chair-alpha", one.day, cells)

    def beta(self, one: Incident) -> Report:
        """Co-chair Beta: times with an offset, and an umbrella name for whoever fights on the southern side."""
        cells = self._sides(one, "en")
        for side, actor in (("side_a", one.side_a), ("side_b", one.side_b)):
            if actor in (*self.setting.south, self.setting.excluded, self.setting.unconfirmed, self.setting.renamed):
                cells[side] = self._name(self.setting.umbrella, one.day, "en")
        moment = local(self.setting.date(one.day), time(*divmod(one.minute, 60)), self.setting.zone)
        cells["when"] = (
            f"{moment:%Y-%m-%dT%H:%M}Z" if self.chance.random() < 0.5 else moment.isoformat()[:16] + "+00:00"
        )
        cells |= {"area": one.spot.area, "kind": one.kind, "weapon": self.chance.choice(WEAPONS)}
        cells |= killed(one.killed, one.killed, one.killed + 2)
        cells["words"] = "From our own channel."
        return Report("co-chair-beta", one.day, cells)

    def _sides(self, one: Incident, language: str) -> dict[str, str]:
        """Both sides by a name borne on that day; now and then a second actor of the same party."""
        names = {
            "side_a": self._name(one.side_a, one.day, language),
            "side_b": self._name(one.side_b, one.day, language),
        }
        if one.side_a in self.setting.north and self.chance.random() < 0.1:
            names["side_a"] += "; " + self._name(self.chance.choice(self.setting.north), one.day, language)
        return names

    def _name(self, actor: str, day: int, language: str) -> str:
        key = (actor, day, language)
        if key not in self._borne:
            self._borne[key] = self.setting.actor_names(*key)
        return self.chance.choice(self._borne[key])

    def _figures(self, number: int) -> dict[str, str]:
        """Low, best and high; one in ten impossible, one in a hundred below nought."""
        drawn = self.chance.random()
        if drawn < 0.1:
            return killed(number + 3, number, number + 1)
        return killed(-1, number, number) if drawn < 0.11 else killed(number, None, number + 4)

    def _vague_when(self, one: Incident) -> str:
        """The night, where it was one and does not run into the calm days; else two days, or the date."""
        morning = one.day if one.minute < 360 else one.day + 1
        if 360 <= one.minute < 1080 or not self.weather.clear_of_calm(morning - 1, morning):
            return self.setting.day(one.day)
        return night_text(self.setting, morning)

    def _vague_place(self, one: Incident) -> dict[str, str]:
        """Mostly a wide circle or an area's name; else a misspelt name, with a circle or alone, a group, or nothing."""
        kind = self.chance.choice(VAGUE_PLACES)
        language = self.chance.choice(("ar", "en"))
        cells: dict[str, str] = {}
        if kind in ("circle", "both"):
            spot, radius_m = self.chance.choice(self.reaching[one.spot])
            cells |= at_point((spot.lat, spot.lon), radius_m)
        if kind in ("area", "misspelt", "both"):
            cells["area"] = self.chance.choice(self.setting.place_names(one.spot.area, language))
        if kind in ("misspelt", "both"):
            cells["area"] = misspelt(cells["area"], self.ground, self.chance)
        if kind == "group":
            cells["area"] = self.chance.choice(self.setting.place_names(self.setting.group, language))
        return cells
