"""Reports parted by time and by region, with what each part must see beyond its edge: the same pairs for any parting.

A report is at home in one shard: of the slab of time in which it begins, and of the band of latitude of its point or of
none. A shard finds the pairs whose earlier report (by its first instant, then by position) is at home there, and
needs besides every report that such a pair may have as its later one. So every pair is found in one shard, and once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from truceline.matching.candidates import Pairs, candidates
from truceline.matching.compared import Compared
from truceline.matching.window import Window, too_vague
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.when import DAY
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

NO_POINT = -(1 << 40)
"""The band of reports without a point."""


class Parting(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The partition key: whole slabs of time since 1970 and whole bands of latitude since the equator."""

    slab_us: int = 7 * DAY
    band_e7: int = 2 * E7


@dataclass(frozen=True)
class Shard:
    """slab and band: the key. reports: positions of all it needs, in order; home: those of them that are its own."""

    slab: int
    band: int
    reports: Ints
    home: Bools


def shards(reports: Compared, window: Window, parting: Parting) -> Iterator[Shard]:
    """Every shard that somebody is at home in, in order of slab and band."""
    vague = too_vague(reports, window)
    slab = reports.start // parting.slab_us
    band = np.where(reports.radius >= 0, reports.lat // parting.band_e7, NO_POINT)
    for of_slab in np.unique(slab[~vague]).tolist():
        within = _in_time(reports, window, parting, of_slab) & ~vague
        for of_band in np.unique(band[(slab == of_slab) & ~vague]).tolist():
            held = np.flatnonzero(within & _in_place(reports, window, parting, of_band))
            yield Shard(of_slab, of_band, held, (slab[held] == of_slab) & (band[held] == of_band))


def pairs_of(reports: Compared, window: Window, shard: Shard) -> Iterator[Pairs]:
    """The shard's pairs, as positions in all reports. Of `reports` it looks at the shard's own and no other."""
    for one, other in candidates(reports.take(shard.reports), window, shard.home):
        yield Pairs(shard.reports[one], shard.reports[other])


def _in_time(reports: Compared, window: Window, parting: Parting, slab: int) -> Bools:
    """Begins within the slab, or after it and no later than what begins in it can still meet."""
    first, end = slab * parting.slab_us, (slab + 1) * parting.slab_us
    begins: Bools = (reports.start >= first) & (reports.start < end + window.most_span_us + window.time_us)
    return begins


def _in_place(reports: Compared, window: Window, parting: Parting, band: int) -> Bools:
    """Has no point, or one no further from the band than two of the widest circles and the window reach."""
    if band == NO_POINT:
        return np.ones(len(reports), np.bool_)
    reach = (2 * window.most_radius_m + window.distance_m) * 100
    margin = (reach + 1) * E7 // MIN_CM_PER_DEGREE + 1
    south, north = band * parting.band_e7 - margin, (band + 1) * parting.band_e7 + margin
    close: Bools = (reports.radius < 0) | ((reports.lat >= south) & (reports.lat < north))
    return close
