"""A match by windows and taxonomies, as MELTT does it: no weights to estimate, everything declared beforehand.

Donnay, Dunford, McGrath, Backer and Cunningham 2019 (Journal of Conflict Resolution 63:1337-1364): two entries may be
one if they lie within a window of time and of place and agree, for each taxonomy, at some level from fine to coarse;
the finer the level, the better the fit. Here the fits are weights, joined the best first and guarded (`groups`).
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.model import MILLION, Scored
from truceline.vocabulary.columns import Ints

Taxonomy = Ints
"""levels[i, k]: the category of report i at level k, from fine to coarse; -1 where it has none."""


def fits(parts: Iterable[Pairs], taxonomies: Sequence[Taxonomy], *, partial: int = 0) -> Iterator[Scored]:
    """Pairs that agree at some level of every taxonomy but `partial` of them, with their fit.

    The fit is the mean over taxonomies, in millionths: the whole where the finest level agrees, then by equal steps
    less with each coarser one, nothing where none does.
    """
    for pairs in parts:
        each = [_fit(pairs, levels) for levels in taxonomies]
        none = np.zeros(len(pairs.one), np.int64)
        failing = sum(((fit == 0).astype(np.int64) for fit in each), none)
        kept = np.flatnonzero(failing <= partial)
        whole = sum(each, none) // max(len(each), 1)
        yield Scored(pairs.only(kept), whole[kept])


def _fit(pairs: Pairs, levels: Taxonomy) -> Ints:
    one, other = levels[pairs.one], levels[pairs.other]
    agree = (one == other) & (one >= 0)
    steps = levels.shape[1]
    fit: Ints = np.where(agree.any(axis=1), (steps - agree.argmax(axis=1)) * MILLION // steps, 0)
    return fit
