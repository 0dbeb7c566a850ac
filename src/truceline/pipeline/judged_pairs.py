"""Pairs of reports that people have judged, as matching is handed them: seqs of the read table `report`."""

from typing import NamedTuple

SeqPairs = tuple[tuple[int, int], ...]


class JudgedPairs(NamedTuple):
    """Pairs judged to tell of one incident, of two, and those of which it cannot be told; each pair by seq."""

    same: SeqPairs = ()
    different: SeqPairs = ()
    unsure: SeqPairs = ()


NO_JUDGEMENTS = JudgedPairs()
