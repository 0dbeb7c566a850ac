"""The signals of one pair, said in plain words: the slow rule, which `signals` equals for many pairs at once."""

from typing import NamedTuple

from truceline.matching.compared import Compared
from truceline.matching.crowd_levels import CROWD_LEVELS, CROWD_ONE
from truceline.matching.crowding import MINUTE
from truceline.matching.relations import kinds_relation, sides_relation, weapons_relation
from truceline.matching.signals import SIGNALS, WORDS_PERMILLE, Scene
from truceline.vocabulary.columns import UNKNOWN
from truceline.vocabulary.when import HOUR
from truceline.vocabulary.where import Place, apart_at_least_m


class Said(NamedTuple):
    """One signal of one pair: its name, its level, and the reason."""

    signal: str
    level: int
    reason: str


def signals_of(scene: Scene, one: int, other: int) -> tuple[Said, ...]:
    """Every signal of the pair, in the order of `SIGNALS`."""
    asked = {
        "kind": _kind, "killed": _killed, "sides": _sides, "name": _name, "time": _time, "place": _place,
        "crowd": _crowd, "weapon": _weapon, "origin": _origin, "words": _words,
    }  # fmt: skip
    levels = [asked[signal.name](scene, one, other) for signal in SIGNALS]
    return tuple(Said(signal.name, level, signal.reasons[level]) for signal, level in zip(SIGNALS, levels, strict=True))


def apart_minutes(of: Compared, one: int, other: int) -> int:
    """Whole minutes between the nearest two instants; 0 where the times overlap."""
    return max(0, _gap(of, one, other)) // MINUTE


def apart_m(of: Compared, one: int, other: int) -> int | None:
    """A lower bound of the distance between the points in metres; None without a point on either side."""
    if of.radius[one] < 0 or of.radius[other] < 0:
        return None
    a, b = (Place(int(of.lat[at]), int(of.lon[at])) for at in (one, other))
    return apart_at_least_m(a, b, min(int(of.permille[one]), int(of.permille[other])))


def _gap(of: Compared, one: int, other: int) -> int:
    return int(max(of.start[one], of.start[other]) - min(of.last[one], of.last[other]))


def _time(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    gap = _gap(of, one, other)
    spans = sorted((int(of.last[one] - of.start[one]), int(of.last[other] - of.start[other])))
    if gap <= 0:
        return 0 if -gap >= spans[0] else 1 if -2 * gap >= spans[0] else 2
    if gap <= spans[1]:
        return 3
    return 4 if gap <= HOUR // 4 else 5 if gap <= HOUR else 6


def _place(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    a, b = int(of.radius[one]), int(of.radius[other])
    if a < 0 or b < 0:
        return 5
    degree, e7 = 11_057_400, 10_000_000
    north = abs(int(of.lat[one]) - int(of.lat[other])) * degree // e7
    permille = min(int(of.permille[one]), int(of.permille[other]))
    east = abs(int(of.lon[one]) - int(of.lon[other])) * permille // 1000 * degree // e7
    # Squares of centimetres.
    apart, together = north**2 + east**2, 100**2 * (a**2 + b**2)
    for level, part in enumerate((4, 2, 1)):
        if part**2 * apart <= together:
            return level
    return 3 if apart <= (100 * (a + b)) ** 2 else 4


def _name(scene: Scene, one: int, other: int) -> int:
    names = [scene.reports.texts.name[scene.reports.name[at]] for at in (one, other)]
    if not all(names):
        return 1
    return 0 if names[0] == names[1] else 2


def _crowd(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    size = max(scene.size[one], scene.size[other])
    count = int(max(scene.crowd[one][size], scene.crowd[other][size]))
    first, last = int(min(of.start[one], of.start[other])), int(max(of.last[one], of.last[other]))
    times, level = count * ((last - first) // MINUTE + 1), 0
    while level < CROWD_LEVELS - 1 and times << CROWD_ONE >= scene.minutes << (level + 1):
        level += 1
    return level


def _kind(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    return kinds_relation(of.texts.kind[of.kind[one]], of.texts.kind[of.kind[other]])


def _weapon(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    return weapons_relation(of.texts.weapon[of.weapon[one]], of.texts.weapon[of.weapon[other]])


def _sides(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    return sides_relation(of.texts.sides[of.sides[one]], of.texts.sides[of.sides[other]])


def _killed(scene: Scene, one: int, other: int) -> int:
    low, high = scene.reports.low, scene.reports.high
    if UNKNOWN in (low[one], low[other]):
        return 3
    if low[one] == high[one] == low[other] == high[other]:
        return 0 if low[one] else 1
    gap = max(low[one], low[other]) - min(high[one], high[other])
    return 2 if gap <= 0 else 4 if gap <= 2 else 5


def _words(scene: Scene, one: int, other: int) -> int:
    bitmaps = [int.from_bytes(scene.reports.told[at].astype("<u8").tobytes(), "little") for at in (one, other)]
    if not all(bitmaps):
        return 4
    permille = 1000 * (bitmaps[0] & bitmaps[1]).bit_count() // (bitmaps[0] | bitmaps[1]).bit_count()
    return next((rank for rank, least in enumerate(WORDS_PERMILLE) if permille >= least), 3)


def _origin(scene: Scene, one: int, other: int) -> int:
    of = scene.reports
    a, b = of.repeats[one], of.repeats[other]
    if a == other or b == one:
        return 0
    if a == b >= 0:
        return 1
    return 2 if of.origin[one] == of.origin[other] else 3
