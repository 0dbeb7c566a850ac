"""How much of what a holder sees rests on what the others cannot read."""

import numpy as np

from truceline.exchange.releases import Allowed
from truceline.pipeline.giving import releases_of
from truceline.pipeline.receiving import all_logs
from truceline.store.mission_file import MissionFile
from truceline.store.tables import FIRST_PLACE, OWN_LOG, SEQ_BITS
from truceline.vocabulary.columns import Bools, Ints


def sealed_among(mission: MissionFile, places: Ints) -> int:
    """Of the entries at these places, those of which nothing was released to all; 0 where there is no other holder."""
    if not mission.others.peers():
        return 0
    told = np.zeros(len(places), np.bool_)
    for peer in all_logs(mission):
        here = np.asarray(places) // FIRST_PLACE + OWN_LOG == peer.log
        releases = [one for one in releases_of(mission, peer.log) if one.opens_to_all]
        if here.any() and releases:
            told |= here & _within(Allowed(releases), np.asarray(places) % (1 << SEQ_BITS))
    return int((~told).sum())


def _within(allowed: Allowed, seqs: Ints) -> Bools:
    firsts, lasts = (np.array([one[at] for one in allowed.segments], np.int64) for at in (0, 1))
    at = np.searchsorted(firsts, seqs, side="right") - 1
    found: Bools = (at >= 0) & (seqs < lasts[np.maximum(at, 0)])
    return found
