"""A model estimated from the reports themselves: without labels, and with them where there are some.

What pairs of *two* incidents say (u) is taken from pairs that only chance brought together: the reports of each source
are moved in time, whole, each source by another stretch, round the period they cover; what is then within the window
tells of two incidents, and has the places, the precisions and the crowds of the real ones. What pairs of *one*
incident say (m) is settled by expectation and maximisation with u held (Winkler 1988, Proceedings of the Section on
Survey Research Methods, ASA, 667-671), and with what rows of one source are presumed to be: of all that one source
tells near a report at most one row is of its incident, so the chances of these rows together are at most one (Jaro
1989, Journal of the American Statistical Association 84:414-420, assigns one to one at the end; here it is so within
each step). Without that the steps settle on *near* and not on *same*, because bad days bring many reports of many
incidents. Then m is counted again from the groups that the model makes, a few times. Logarithms are taken here and
nowhere later: the model that comes of it is whole numbers.
"""

from dataclasses import dataclass
from math import log2

import numpy as np

from truceline.matching.by_chance import days_drawn, moved_in_time, of_two_stretches, stretches
from truceline.matching.candidates import Pairs, candidates
from truceline.matching.compared import Compared
from truceline.matching.crowding import Density
from truceline.matching.groups import grouped
from truceline.matching.model import MILLION, TOGETHER, Model, Scored, Table
from truceline.matching.seen import Seen, Shares, seen
from truceline.matching.signals import Scene
from truceline.matching.window import Window

ROUNDS, TURNS = 60, 4
SMOOTH = 0.5
"""Pairs taken to be seen of every level, so that what was never seen is rare and not impossible (Jeffreys 1946)."""
LIKE_LABELLED = 20.0
"""The estimate without labels counts as so many labelled pairs."""
MOST_WEIGHT = 20 * MILLION
LEAST_SHARE = 1e-7


@dataclass(frozen=True)
class Labels:
    """Pairs that people have judged: of one incident, or of two."""

    same: Pairs
    different: Pairs


def estimated(reports: Compared, window: Window, *, seed: int, labels: Labels | None = None, least: int = 0) -> Model:
    """A model for these reports. The seed draws of which reports the pairs are looked at, where there are too many."""
    density = Density.of(reports)
    part = reports.take(days_drawn(reports, seed))
    real = seen(Scene.of(part, density), candidates(part, window))
    chance = _by_chance(reports, density, window, seed)
    u = [_smoothed(shares) for shares in chance.shares()]
    share, m = _grouped_again(part, window, real, u, *_settled(real, u))
    if labels is not None:
        scene = Scene.of(reports, density)
        m = _labelled(scene, labels.same, m)
        u = _labelled(scene, labels.different, u)
    u = _with_echoes(m, u)
    tables = tuple(Table(names, _weights(a, b)) for names, a, b in zip(TOGETHER, m, u, strict=True))
    return Model(window=window, density=density, prior=_millionths(share / (1 - share)), tables=tables, least=least)


def _by_chance(reports: Compared, density: Density, window: Window, seed: int) -> Seen:
    """Pairs of reports that were moved by different stretches of time, on days drawn as the real ones are."""
    stretch = stretches(reports, window)
    moved = moved_in_time(reports, stretch)
    at = days_drawn(moved, seed)
    part = moved.take(at)
    return seen(Scene.of(part, density), of_two_stretches(candidates(part, window), stretch[at]))


def _smoothed(counts: Shares) -> Shares:
    made: Shares = (counts + SMOOTH) / (counts + SMOOTH).sum()
    return made


def _settled(real: Seen, u: list[Shares]) -> tuple[float, list[Shares]]:
    """The share of pairs of one incident, and m: expectation and maximisation, with u held."""
    share, m, odds = LEAST_SHARE, u, _begun(real)
    for _ in range(ROUNDS if len(real.pattern) else 0):
        share, m = _learned(real, odds / (1 + np.maximum(*(np.bincount(of, odds)[of] for of in real.rivals))), u)
        odds = share / (1 - share) * real.ratio(m, u)
    return share, m


def _grouped_again(
    part: Compared, window: Window, real: Seen, u: list[Shares], share: float, m: list[Shares]
) -> tuple[float, list[Shares]]:
    """The same once more from the groups that the estimate so far makes: what holds together says more than a pair."""
    for _ in range(TURNS if len(real.pattern) else 0):
        weight = np.rint(np.log2(share / (1 - share) * real.ratio(m, u)) * MILLION).astype(np.int64)
        proposed = np.flatnonzero(weight >= 0)
        groups = grouped(part, Scored(real.pairs.only(proposed), weight[proposed]), window, as_wholes=False).of
        share, m = _learned(real, (groups[real.pairs.one] == groups[real.pairs.other]).astype(np.float64), u)
    return share, m


def _learned(real: Seen, held: Shares, u: list[Shares]) -> tuple[float, list[Shares]]:
    """The share and m, where so much of each pair counts as of one incident."""
    m = [_shrunk(one, by_chance) for one, by_chance in zip(real.shares(held), u, strict=True)]
    return min(0.99, max(LEAST_SHARE, float(held.mean()))), m


def _shrunk(counts: Shares, u: Shares) -> Shares:
    """Shares of levels of which little is seen, or would be by chance, stay near those of chance."""
    made = u * (counts + SMOOTH) / (counts.sum() * u + SMOOTH)
    shares: Shares = made / made.sum()
    return shares


def _begun(real: Seen) -> Shares:
    """Where the steps begin: the rarer what a pair says, the likelier it is of one incident."""
    said = [_smoothed(one) for one in real.shares()]
    return real.ratio([np.ones_like(one) for one in said], said) / len(real.pattern)


def _labelled(scene: Scene, pairs: Pairs, without: list[Shares]) -> list[Shares]:
    """Shares by labelled pairs, to which the estimate without labels adds as if it had been labelled too."""
    counts = seen(scene, [pairs]).shares()
    return [
        (found + LIKE_LABELLED * one) / (found.sum() + LIKE_LABELLED)
        for found, one in zip(counts, without, strict=True)
    ]


def _with_echoes(m: list[Shares], u: list[Shares]) -> list[Shares]:
    """Who says that a report repeats another says that both tell of one incident: that level is worth the most."""
    at = TOGETHER.index(("origin",))
    made = u[at].copy()
    made[0] = m[at][0] / 2.0 ** (MOST_WEIGHT // MILLION)
    return [*u[:at], made, *u[at + 1 :]]


def _weights(m: Shares, u: Shares) -> tuple[int, ...]:
    return tuple(
        max(-MOST_WEIGHT, min(MOST_WEIGHT, _millionths(a / b))) for a, b in zip(m.tolist(), u.tolist(), strict=True)
    )


def _millionths(odds: float) -> int:
    return round(log2(odds) * MILLION)
