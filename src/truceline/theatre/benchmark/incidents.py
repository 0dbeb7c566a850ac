"""What happens, in columns: incident number i of a theatre, drawn by its number alone."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from truceline.theatre.benchmark.channels import DEADLY
from truceline.theatre.benchmark.draws import Choices, Column, Ints, Yes
from truceline.theatre.benchmark.stage import Stage
from truceline.theatre.ground import GRAIN, SCATTER_E5
from truceline.theatre.world import MEETINGS


@dataclass(frozen=True)
class Incidents:
    """Columns of incidents: day and local minute, spot and point (1e-7 degrees), kind, sides, people killed.

    Areas, spots, kinds and actors are positions in the stage's lists.
    """

    number: Ints
    day: Ints
    minute: Ints
    area: Ints
    spot: Ints
    lat: Ints
    lon: Ints
    kind: Ints
    side_a: Ints
    side_b: Ints
    killed: Ints

    def __len__(self) -> int:
        return len(self.number)

    def only(self, kept: Yes) -> "Incidents":
        """Those incidents alone."""
        return Incidents(*(getattr(self, field.name)[kept] for field in fields(self)))


def killed_in(stage: Stage, number: Ints) -> Ints:
    """People killed in each; nobody in most."""
    # No power function: those of different machines differ in the last bit.
    unit = stage.draws.unit("killed", number)
    drawn = (1 + 8 * unit * unit * unit).astype(np.int64)
    return np.where(stage.draws.share("nobody killed", number, 1 - DEADLY), 0, drawn)


def incidents(stage: Stage, number: Ints, total: int) -> Incidents:
    """The incidents of these numbers, of so many in all: in order of days."""
    draws = stage.draws
    at = (number + draws.unit("cell", number)) / total * stage.cumulative[-1]
    cell = np.minimum(np.searchsorted(stage.cumulative, at, side="right"), len(stage.cells) - 1)
    day, area = stage.cells[cell, 0], stage.cells[cell, 1]
    hot = draws.unit("spot", number)
    spot = area * stage.each + (stage.each * hot * hot).astype(np.int64)
    busy = draws.share("busy", number, 0.1)
    minute = np.where(busy, 1150 + draws.pick("minute", number, 41), draws.pick("minute", number, 1440))
    scatter = [GRAIN * (draws.pick(axis, number, 2 * SCATTER_E5 + 1) - SCATTER_E5) for axis in ("north", "east")]
    one, other = _sides(stage, number)
    swapped = draws.share("order of sides", number, 0.5)
    return Incidents(
        number, day, minute, area, spot, stage.lat[spot] + scatter[0], stage.lon[spot] + scatter[1],
        draws.pick("kind", number, len(stage.kinds)), np.where(swapped, other, one), np.where(swapped, one, other),
        killed_in(stage, number),
    )  # fmt: skip


def _sides(stage: Stage, number: Ints) -> tuple[Ints, Ints]:
    meeting = stage.draws.weighted("meeting", number, tuple(often for *_, often in MEETINGS))
    made: list[Column] = []
    for place in (0, 1):
        choices = Choices([_players(stage, str(meets[place])) for meets in MEETINGS])
        made.append(choices.pick(meeting, stage.draws.bits(f"actor {place}", number)).astype(np.int64))
    return made[0], made[1]


def _players(stage: Stage, part: str) -> list[Any]:
    played: str | tuple[str, ...] = getattr(stage.setting, part)
    return [stage.actors.index(actor) for actor in ((played,) if isinstance(played, str) else played)]
