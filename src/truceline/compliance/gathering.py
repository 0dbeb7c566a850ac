"""Which reports found one incident, once people have judged pairs of them, and which may.

*Same* joins whatever stands between. Where that chains together two reports that are judged *different*, people
contradict one another: none of the chain is joined, and all of it is open until they settle it. An echo joins what it
repeats unless that would bring two together that are judged different. Nothing hangs on the order of reports or of
judgements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from truceline.compliance.echoes import founders_by, targets_of
from truceline.compliance.joining import Joining
from truceline.vocabulary.columns import Ints, ReportColumns

SeqPairs = Sequence[tuple[int, int]]
Positions = tuple[tuple[int, ...], ...]


class Tied(NamedTuple):
    """Reports by seq: pairs that tell of one incident, pairs that tell of two, and groups of which it is open.

    Reports that are not in force change nothing.
    """

    same: SeqPairs = ()
    different: SeqPairs = ()
    maybe: Sequence[tuple[int, ...]] = ()

    @property
    def nothing(self) -> bool:
        """Nobody judged anything, and nothing is open."""
        return not (self.same or self.different or self.maybe)


NOT_TIED = Tied()


@dataclass(frozen=True)
class Gathered:
    """The incidents of some reports, all by position.

    founding: of each report, the one its incident is known by. dangling: those that repeat nothing in force. several:
    of each incident that several reports found, these, rising. unsettled: incidents that may be one, as they are known.
    torn: reports that *same* would chain together though two of them are judged *different*.
    """

    founding: Ints
    dangling: Ints
    several: Positions = ()
    unsettled: Positions = ()
    torn: Positions = ()


def gathered(reports: ReportColumns, tied: Tied = NOT_TIED) -> Gathered:
    """The incidents of these reports, which are in the order of their seqs."""
    targets, dangling = targets_of(reports.source, reports.source_row, reports.repeats)
    founding = founders_by(targets)
    if tied.nothing:
        return Gathered(founding, dangling)
    same, different = (_positions(reports.seq, pairs) for pairs in (tied.same, tied.different))
    joining, torn = _judged(same, different)
    near = _near(founding, same, different)
    for at in sorted(
        near[targets[near] >= 0].tolist(), key=lambda at: (reports.source[at], reports.source_row[at], at)
    ):
        joining.join(at, int(targets[at]), guarded=True)
    made, several = _settled(founding, targets, joining.groups(near.tolist()))
    groups = [*torn, *_there(reports.seq, tied.maybe)]
    return Gathered(made, dangling, several, _open(made, groups), torn)


def _positions(seq: Ints, pairs: SeqPairs) -> list[tuple[int, int]]:
    """Pairs as positions, each once and in order; those with a report that is not there are left out."""
    if not pairs or not len(seq):
        return []
    wanted = np.array(sorted({(min(pair), max(pair)) for pair in pairs}), np.int64)
    at = np.minimum(np.searchsorted(seq, wanted), len(seq) - 1)
    there = (seq[at] == wanted).all(axis=1) & (wanted[:, 0] != wanted[:, 1])
    return [(one, other) for one, other in at[there].tolist()]


def _there(seq: Ints, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups as positions, without the reports that are not there."""
    if not groups or not len(seq):
        return []
    wanted = np.array([one for group in groups for one in group], np.int64)
    at = np.minimum(np.searchsorted(seq, wanted), len(seq) - 1)
    found = iter(np.where(seq[at] == wanted, at, -1).tolist())
    return [[one for _, one in zip(group, found, strict=False) if one >= 0] for group in groups]  # the group ends first


def _judged(same: SeqPairs, different: SeqPairs) -> tuple[Joining, Positions]:
    """Reports joined as judged, and the chains that contradict themselves, which are not."""
    whole = Joining(())
    for one, other in same:
        whole.join(one, other)
    against = {whole.of(one) for one, other in different if whole.of(one) == whole.of(other)}
    chains = whole.groups({at for pair in same for at in pair})
    torn = tuple(tuple(group) for group in chains if whole.of(group[0]) in against)
    joining = Joining(different)
    for one, other in same:
        if whole.of(one) not in against:
            joining.join(one, other)
    return joining, torn


def _near(founding: Ints, *pairs: SeqPairs) -> Ints:
    """All reports of incidents that hold a judged report."""
    marked = np.zeros(len(founding), np.bool_)
    marked[founding[[at for some in pairs for pair in some for at in pair]]] = True
    return np.flatnonzero(marked[founding])


def _settled(founding: Ints, targets: Ints, groups: Iterable[Sequence[int]]) -> tuple[Ints, Positions]:
    """Each group's reports by the first that repeats none of the group; and all that repeat none, if several."""
    made, several = founding.copy(), []
    for group in groups:
        inside = set(group)
        heads = [one for one in group if int(targets[one]) not in inside] or [group[0]]
        made[list(group)] = heads[0]
        if len(heads) > 1:
            several.append(tuple(heads))
    return made, tuple(sorted(several))


def _open(founding: Ints, groups: Iterable[Sequence[int]]) -> Positions:
    """Incidents of which it is open whether they are one: groups that share an incident are one group."""
    joining, seen, first = Joining(()), set[int](), founding.tolist()
    for group in groups:
        known_by = [first[at] for at in group]
        seen.update(known_by)
        for other in known_by[1:]:
            joining.join(known_by[0], other)
    return tuple(sorted(tuple(group) for group in joining.groups(seen) if len(group) > 1))
