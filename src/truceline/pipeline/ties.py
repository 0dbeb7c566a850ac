"""Which reports tell of one incident, as the ledger is told: by judgements, and by what is open."""

from collections.abc import Iterable

import numpy as np

from truceline.compliance.echoes import last_with
from truceline.compliance.gathering import NOT_TIED, Tied
from truceline.pipeline.judged import Judged, judged
from truceline.pipeline.judged_pairs import SeqPairs
from truceline.pipeline.proposals import Proposals, open_proposals
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import ReportColumns
from truceline.vocabulary.marking import Reader

Group = tuple[int, ...]


def tied_in(mission: MissionFile, reader: Reader, size: int, reports: ReportColumns) -> Tied:
    """What counts jointly as the same and as different, of the reports in force at that size, which are given.

    Open: groups that a model in force proposes as long as a pair of them is not judged, and pairs that bodies dispute.
    """
    said = judged(mission, reader, size)
    found = open_proposals(mission, reader, size, said.joint)
    groups = open_groups(found) if found is not None else []
    if not said.words and not groups:
        return NOT_TIED
    disputed = tuple(pair for pair in said.words if said.says(pair) == "disputed")
    counted = as_counted(reports, said, (*said.joint, disputed))
    return Tied(counted[0], counted[1], (*counted[3], *groups))


def as_counted(reports: ReportColumns, said: Judged, lists: Iterable[SeqPairs]) -> list[SeqPairs]:
    """Lists of pairs by the seqs under which their reports count: one row that several holders have counts once."""
    seqs = np.array(sorted(said.reports), np.int64)
    keys = {said.reports[seq].key: seq for seq in seqs[~np.isin(seqs, reports.seq)].tolist()}
    at = last_with(set(keys), reports.source, reports.source_row) if keys else {}
    other = {keys[key]: int(reports.seq[position]) for key, position in at.items()}
    return [tuple((other.get(one, one), other.get(two, two)) for one, two in pairs) for pairs in lists]


def open_groups(found: Proposals) -> list[Group]:
    """The groups that are proposed and hold a pair that nobody has judged, by seq."""
    of, pairs = found.groups.of, found.pairs
    still = found.open & (of[pairs.one] == of[pairs.other])
    firsts = set(of[pairs.one[still]].tolist())
    members = found.members() if firsts else []
    begins = of[np.searchsorted(found.seq, np.array([group[0] for group in members], np.int64))].tolist()
    return [group for group, first in zip(members, begins, strict=True) if first in firsts]
