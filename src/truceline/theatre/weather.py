"""How violent each area is on each day: the eve, the truce, and the days on which nothing happens."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from truceline.theatre.setting import Setting

BEFORE, EVE, AFTER = 1.0, 6.0, 0.3
EVE_DAYS = 3
CALM_DAYS = 10
STILL_SHARE = 0.35
"""Of the days of the truce, the share on which nothing happens in an area."""


@dataclass(frozen=True)
class Weather:
    """The cells in which incidents may be drawn, (area, day), with their weights added up.

    `calm` is [first, last) of the days on which nothing happens anywhere, and which no report may touch.
    """

    cells: list[tuple[str, int]]
    cumulative: list[float]
    calm: tuple[int, int]

    def draw(self, chance: Random) -> tuple[str, int]:
        """An area and a day, the more likely the more violent."""
        return chance.choices(self.cells, cum_weights=self.cumulative)[0]

    def clear_of_calm(self, first: int, last: int) -> bool:
        """No day from first to last, both included, is one of the calm days."""
        return last < self.calm[0] or first >= self.calm[1]


def weather(setting: Setting, chance: Random) -> Weather:
    """Weights for every area and day: a spike on the eve, quieter after, hot areas, still days, ten calm days."""
    start = min(max(setting.truce + 14, setting.rename + 7), setting.days - CALM_DAYS - 4)
    calm = (start, start + CALM_DAYS)
    cells, weights = [], []
    for order, area in enumerate(setting.areas):
        hot = 1.6 / (1 + order)
        for day in range(setting.days):
            still = day >= setting.truce and chance.random() < STILL_SHARE
            if calm[0] <= day < calm[1] or still:
                continue
            phase = BEFORE if day < setting.truce - EVE_DAYS else EVE if day < setting.truce else AFTER
            cells.append((area, day))
            weights.append(hot * phase)
    return Weather(cells, list(accumulate(weights)), calm)
