"""What happened: incidents to the minute and the metre, as chance draws them."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from truceline.theatre.ground import Spot
from truceline.theatre.knowable.where import Point
from truceline.theatre.setting import Setting
from truceline.theatre.weather import Weather

OTHER_KINDS = ("attack_on_civilian_object", "undetermined_explosion")
MEETINGS = (
    ("north", "south", 50),
    ("north", "civilians", 9),
    ("south", "civilians", 9),
    ("excluded", "north", 12),
    ("renamed", "north", 10),
    ("unconfirmed", "north", 5),
    ("third", "south", 3),
    ("north", "north", 2),
)
"""Who meets whom, and how often in a hundred."""
_OFTEN = list(accumulate(weight for _, _, weight in MEETINGS))


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened: on a day of the theatre, at a local minute of that day, at a point near a spot."""

    day: int
    minute: int
    spot: Spot
    point: Point
    kind: str
    side_a: str
    side_b: str
    killed: int


class World:
    """Draws incidents: cells by the weather, hot spots first, kinds from the pack's indicators."""

    def __init__(self, setting: Setting, weather: Weather, spots: dict[str, list[Spot]], chance: Random) -> None:
        self.setting, self.weather, self.spots, self.chance = setting, weather, spots, chance
        listed = [kind for one in setting.agreement["indicators"] for kind in one.get("kinds") or ()]
        self.kinds = list(dict.fromkeys([*listed, *OTHER_KINDS]))

    def incident(self) -> Incident:
        """Something happens."""
        area, day = self.weather.draw(self.chance)
        return self.at(area, day, self.minute())

    def at(self, area: str, day: int, minute: int) -> Incident:
        """Something happens in an area, on a day, at a minute."""
        chance = self.chance
        spot = self.spot(area)
        side_a, side_b = self.sides()
        killed = 0 if chance.random() < 0.55 else int(1 + 8 * chance.random() ** 3)
        return Incident(day, minute, spot, spot.scattered(chance), chance.choice(self.kinds), side_a, side_b, killed)

    def minute(self) -> int:
        """A minute of the day; 19:10 to 19:50 is busy."""
        return self.chance.randint(1150, 1190) if self.chance.random() < 0.1 else self.chance.randrange(1440)

    def spot(self, area: str) -> Spot:
        """A spot of the area; the first ones, by the border, are the hot spots."""
        spots = self.spots[area]
        return spots[int(len(spots) * self.chance.random() ** 2)]

    def sides(self) -> tuple[str, str]:
        """Two actors, in no particular order."""
        one, other, _ = self.chance.choices(MEETINGS, cum_weights=_OFTEN)[0]
        pair = (self.actor(one), self.actor(other))
        return pair if self.chance.random() < 0.5 else pair[::-1]

    def actor(self, part: str) -> str:
        """The actor who plays a part; one of several for a party."""
        played: str | tuple[str, ...] = getattr(self.setting, part)
        return played if isinstance(played, str) else self.chance.choice(played)
