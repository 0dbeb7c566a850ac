"""Two holders for an exercise: each with a mission of its own, who know each other's keys, and a link that can be cut.

The link carries bundles, as a stick would: whatever is new at one side is opened to the other, sent, judged there and
cosigned. While it is cut both go on working; joined again, each has what the other said, and rival words stand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from msgspec import Struct

from truceline.pipeline.exchanging import accept, write_bundle
from truceline.pipeline.holders import add
from truceline.pipeline.log_files import head_told
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.releasing import Wanted, release
from truceline.pipeline.simulating import PACK
from truceline.store.pen import Chance

ALPHA, BETA = "alpha", "beta"


class LinkStanding(Struct, frozen=True):
    """How the link stands: joined or cut, how many bundles went over it, and how much of each side the other lacks."""

    joined: bool
    carried: int
    waiting: dict[str, int]


@dataclass
class Link:
    """The link between two missions, by side. clock: UTC microseconds."""

    missions: dict[str, Path]
    clock: Callable[[], int]
    chance: Chance
    joined: bool = True
    carried: int = 0
    _sent: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def carry(self) -> bool:
        """Take over the link what is new at either side; whether anything was. Nothing while it is cut."""
        with self._lock:
            if not self.joined:
                return False
            moved = [self._one(giver, taker) for giver, taker in ((ALPHA, BETA), (BETA, ALPHA))]
            return any(moved)

    def standing(self) -> LinkStanding:
        """How it stands now."""
        waiting = {side: self._size(side) - self._sent.get(side, 0) for side in self.missions}
        return LinkStanding(self.joined, self.carried, waiting)

    def _one(self, giver: str, taker: str) -> bool:
        since = self._sent.get(giver, 0)
        if self._size(giver) == since:
            return False
        mission = self.missions[giver]
        wanted = Wanted((taker,), "The link of the exercise opens everything.", since=since)
        release(mission, wanted, now_us=self.clock(), chance=self.chance)
        bundle = mission.with_name(f"to-{taker}.bundle")
        write_bundle(mission, bundle, taker)
        self._sent[giver] = self._size(giver)
        accept(self.missions[taker], bundle, now_us=self.clock(), chance=self.chance)
        bundle.unlink()
        self.carried += 1
        return True

    def _size(self, side: str) -> int:
        with open_mission(self.missions[side]) as mission:
            return mission.size


def second_holder(first: Path, folder: Path, *, reading: str, now_us: int, chance: Chance) -> dict[str, Path]:
    """Make beta's mission beside alpha's, and let each know the other's key; the missions by side."""
    folder.mkdir(parents=True)
    missions = {ALPHA: first, BETA: folder / "mission.truceline"}
    init(missions[BETA], PACK, reading=reading, exercise=True, now_us=now_us, chance=chance).close()
    for side, other in ((ALPHA, BETA), (BETA, ALPHA)):
        key = head_told(missions[other]).key
        add(missions[side], other, key, other, "handed over in the exercise", now_us=now_us, chance=chance)
    return missions
