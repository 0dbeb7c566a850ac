"""The stage: spots, names and days of a theatre as tables that whole columns can be looked up in."""

from functools import cached_property
from random import Random

import numpy as np

from truceline.theatre.benchmark.draws import Choices, Column, Draws, Ints, Yes
from truceline.theatre.benchmark.letters import cyrillic
from truceline.theatre.ground import Spot, degrees, may_be_drawn, reaching, spots
from truceline.theatre.knowable.where import Ground, border_m
from truceline.theatre.setting import Setting
from truceline.theatre.told import minute_text, misspelt, night_text
from truceline.theatre.weather import Weather, weather
from truceline.theatre.world import OTHER_KINDS

LATIN, ARABIC, CYRILLIC, MISSPELT = range(4)
"""How a name is written."""
SPARE_DAYS = 8
"""Days before and after the period that a time may reach into."""
DAY_MINUTES = 1440


class Stage:
    """What does not change while a theatre is played."""

    def __init__(self, setting: Setting, seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - invented places, not secrets
        self.setting, self.draws = setting, Draws(seed)
        self.ground = Ground(setting.agreement, setting.geojson)
        self.sky: Weather = weather(setting, chance)
        places = spots(self.ground, chance)
        self.spots: list[Spot] = [spot for area in setting.areas for spot in places[area]]
        self.each = len(self.spots) // len(setting.areas)
        listed = [kind for one in setting.agreement["indicators"] for kind in one.get("kinds") or ()]
        self.kinds = list(dict.fromkeys([*listed, *OTHER_KINDS]))
        self.actors = list(
            dict.fromkeys(
                [*setting.north, *setting.south, setting.umbrella, setting.renamed, setting.excluded,
                 setting.unconfirmed, setting.third, setting.civilians]
            )
        )  # fmt: skip
        self._areas_misspelt = [
            [misspelt(name, self.ground, chance) for name in setting.place_names(area, "en") for _ in range(3)]
            for area in setting.areas
        ]
        self.cells, self.cumulative = self._cells(chance)

    def _cells(self, chance: Random) -> tuple[Ints, Column]:
        """(day, area) in order of time, and how often: the weather, and luck that makes days unlike one another."""
        held = dict(zip(self.sky.cells, np.diff([0.0, *self.sky.cumulative]).tolist(), strict=True))
        order = sorted((day, self.setting.areas.index(area)) for area, day in held)
        weights = [held[self.setting.areas[area], day] * (0.3 + 1.4 * chance.random()) for day, area in order]
        return np.array(order, np.int64), np.cumsum(weights)

    # -- spots ----------------------------------------------------------------------------------------

    @cached_property
    def lat(self) -> Ints:
        """Latitude of each spot, 1e-7 degrees."""
        return np.array([spot.lat for spot in self.spots], np.int64)

    @cached_property
    def lon(self) -> Ints:
        """Longitude of each spot, 1e-7 degrees."""
        return np.array([spot.lon for spot in self.spots], np.int64)

    @cached_property
    def lat_text(self) -> Column:
        """The same in decimal degrees."""
        return np.array([degrees(spot.lat) for spot in self.spots], object)

    @cached_property
    def lon_text(self) -> Column:
        """The same in decimal degrees."""
        return np.array([degrees(spot.lon) for spot in self.spots], object)

    @cached_property
    def place(self) -> Column:
        """The name of each spot."""
        return np.array([spot.name for spot in self.spots], object)

    @cached_property
    def precise(self) -> Choices:
        """Radii of a few hundred metres that may be drawn at each spot."""
        return Choices([list(spot.precise) for spot in self.spots])

    @cached_property
    def near(self) -> Choices:
        """Radii of a town."""
        return Choices([list(spot.near) for spot in self.spots])

    @cached_property
    def reach(self) -> Choices:
        """Wide circles (position of a spot, radius) that surely hold each spot."""
        at = {spot: position for position, spot in enumerate(self.spots)}
        circles = reaching(self.spots)
        return Choices([[(at[other], radius) for other, radius in circles[spot]] for spot in self.spots])

    def drawable(self, radius_m: int) -> Yes:
        """Whether a circle of this radius may be drawn at each spot: no border runs close to its edge."""
        return np.array(
            [
                may_be_drawn(
                    {area: border_m((spot.lat, spot.lon), rings) for area, rings in self.ground.rings.items()}, radius_m
                )
                for spot in self.spots
            ]
        )

    # -- names ----------------------------------------------------------------------------------------

    @cached_property
    def area_names(self) -> Choices:
        """Names of area a, written in the way w, at 4a + w."""
        made = []
        for area, wrong in zip(self.setting.areas, self._areas_misspelt, strict=True):
            latin = self.setting.place_names(area, "en")
            made += [latin, self.setting.place_names(area, "ar"), [cyrillic(name) for name in latin[1:]], wrong]
        return Choices(made)

    @cached_property
    def group_names(self) -> Choices:
        """Names of all areas together, in Latin and in Arabic letters."""
        return Choices([self.setting.place_names(self.setting.group, language) for language in ("en", "ar")])

    @cached_property
    def actor_names(self) -> Choices:
        """Names of actor a before (0) and from (1) the renaming, written in the way w, at 8a + 4 * (0 or 1) + w."""
        made = []
        for actor in self.actors:
            for day in (0, self.setting.rename):
                latin = self.setting.actor_names(actor, day, "en")
                wrong = [name[:-1] + name[-1] * 2 for name in latin]
                made += [latin, self.setting.actor_names(actor, day, "ar"), [cyrillic(name) for name in latin], wrong]
        return Choices(made)

    # -- days -----------------------------------------------------------------------------------------

    @cached_property
    def day_text(self) -> Column:
        """The date of day d at d + SPARE_DAYS."""
        return np.array([self.setting.day(day) for day in self._days], object)

    @cached_property
    def night(self) -> Column:
        """The night that ends on day d at d + SPARE_DAYS."""
        return np.array([night_text(self.setting, day) for day in self._days], object)

    @cached_property
    def minute(self) -> Column:
        """The time of day of each minute, with a T before it."""
        return np.array([minute_text(self.setting, 0, minute)[10:] for minute in range(DAY_MINUTES)], object)

    @property
    def _days(self) -> range:
        return range(-SPARE_DAYS, self.setting.days + SPARE_DAYS)

    def clear_of_calm(self, first: Ints, last: Ints) -> Yes:
        """No day from first to last is one of the calm days, or outside the days that have names."""
        calm = self.sky.calm
        return ((last < calm[0]) | (first >= calm[1])) & (last < self.setting.days + SPARE_DAYS)
