"""Why a pair weighs what it weighs: its signals in words, table by table, and how far apart the two are."""

from msgspec import Struct

from truceline.matching.model import Model, Table, cells_of
from truceline.matching.one_pair import Said, apart_m, apart_minutes, signals_of
from truceline.matching.signals import SIGNALS, Scene


class Reason(Struct, frozen=True):
    """What some signals say, and what that is worth together (millionths of a doubling of the odds)."""

    signals: tuple[str, ...]
    words: tuple[str, ...]
    weight: int


class Explained(Struct, frozen=True):
    """The score of a pair: the odds beforehand and every reason, which add up to `weight`; the heaviest reason first.

    minutes: between the nearest two instants. metres: between the points, a lower bound; None where one has none.
    """

    weight: int
    prior: int
    proposed: bool
    minutes: int
    metres: int | None
    reasons: tuple[Reason, ...]


def explained(scene: Scene, model: Model, one: int, other: int) -> Explained:
    """Explain one pair, whether or not it is a candidate."""
    said = {found.signal: found for found in signals_of(scene, one, other)}
    reasons = [_reason(table, said) for table in model.tables]
    weight = model.prior + sum(reason.weight for reason in reasons)
    reasons.sort(key=lambda reason: -abs(reason.weight))
    return Explained(
        weight, model.prior, weight >= model.least, apart_minutes(scene.reports, one, other),
        apart_m(scene.reports, one, other), tuple(reasons),
    )  # fmt: skip


def _reason(table: Table, said: dict[str, Said]) -> Reason:
    level = 0
    for name in table.signals:
        level = level * cells_of((name,)) + said[name].level
    return Reason(table.signals, tuple(said[name].reason for name in table.signals), table.weights[level])


REASONS = {signal.name: signal.reasons for signal in SIGNALS}
"""Every reason that can be given, by signal: what a catalogue translates."""
