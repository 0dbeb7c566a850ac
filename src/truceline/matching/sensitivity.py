"""What other windows and another threshold would have proposed, with the same weights: a table beside every answer.

The weights are those of the model as it was estimated. A narrower or wider window changes which pairs are looked at
and how groups are guarded; the threshold changes from which weight on a pair is proposed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared
from truceline.matching.groups import NONE, grouped
from truceline.matching.model import MILLION, Model, Scored
from truceline.matching.proposing import proposed
from truceline.matching.window import Window, near, too_vague
from truceline.vocabulary.columns import Bools, Ints

LEASTS = (-2 * MILLION, 0, 2 * MILLION)
"""Thresholds of the table, beside the model's own: a quarter of even odds, even odds, four times."""


class Varied(Struct, frozen=True):
    """One row: a window and a threshold, and what comes of them. registered: they are the model's own.

    pairs: proposed. groups: of two reports and more. largest: reports of the largest. alone: reports in no group.
    """

    time_us: int
    distance_m: int
    least: int
    pairs: int
    groups: int
    largest: int
    alone: int
    registered: bool


class Judged(NamedTuple):
    """Pairs that people judged, and the reports' own order."""

    same: Pairs
    different: Pairs
    rank: Ints


def unjudged(count: int) -> Judged:
    """So many reports of which nobody judged anything, in the order they stand in."""
    return Judged(NONE, NONE, np.arange(count))


def sensitivity(
    reports: Compared, model: Model, judged: Judged, times_us: Sequence[int] = (), distances_m: Sequence[int] = ()
) -> Iterator[Varied]:
    """The table: every time, distance and threshold with every other. No time and distance between
    two reports, the model's, and four times as much, where none are given."""
    own = model.window
    times = sorted({*(times_us or (0, own.time_us * 4)), own.time_us})
    distances = sorted({*(distances_m or (0, own.distance_m * 4)), own.distance_m})
    leasts = sorted({*LEASTS, model.least})
    widest = replace(own, time_us=times[-1], distance_m=distances[-1])
    every = proposed(reports, replace(model, window=widest, least=leasts[0]))
    for time_us in times:
        for distance_m in distances:
            window = replace(own, time_us=time_us, distance_m=distance_m)
            inside = _inside(reports, every.pairs, window)
            for least in leasts:
                kept = np.flatnonzero(inside & (every.weight >= least))
                found = Scored(every.pairs.only(kept), every.weight[kept])
                yield _row(reports, found, window, judged, least, registered=(window, least) == (own, model.least))


def _inside(reports: Compared, pairs: Pairs, window: Window) -> Bools:
    """The pair is a candidate under the window, or one says that it repeats the other."""
    vague = too_vague(reports, window)
    candidate = near(reports, *pairs, window) & ~vague[pairs.one] & ~vague[pairs.other]
    repeats: Bools = (reports.repeats[pairs.one] == pairs.other) | (reports.repeats[pairs.other] == pairs.one)
    found: Bools = candidate | repeats
    return found


def _row(reports: Compared, found: Scored, window: Window, judged: Judged, least: int, *, registered: bool) -> Varied:
    groups = grouped(reports, found, window, same=judged.same, different=judged.different, rank=judged.rank)
    sizes = np.bincount(groups.of, minlength=1)
    return Varied(
        window.time_us, window.distance_m, least, len(found.weight), int((sizes > 1).sum()), int(sizes.max(initial=0)),
        int((sizes == 1).sum()), registered,
    )  # fmt: skip
