"""Incidents: which reports tell of one, by what sources declare to repeat and by what people judged.

Proposals of matching merge nothing and are not in here; `ties` tells the ledger of them.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from truceline.compliance.gathering import Gathered, Tied, gathered
from truceline.pipeline.held_columns import report_columns
from truceline.pipeline.judged import incident_id, judged
from truceline.pipeline.ties import as_counted
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import ReportColumns
from truceline.vocabulary.marking import Reader


@dataclass(frozen=True)
class Groups:
    """The reports in force by incident. A report that is not in force is an incident of itself alone.

    torn: reports, by seq, that judgements of *same* chain together though two of them are judged *different*: none of
    them is joined until people settle it.
    """

    reports: ReportColumns
    found: Gathered

    def of(self, seq: int) -> tuple[int, ...]:
        """The seqs of the reports of a report's incident, itself among them, rising."""
        at = self._at(seq)
        if at is None:
            return (seq,)
        return tuple(self.reports.seq[self._members.get(int(self.found.founding[at]), [at])].tolist())

    def incident_id(self, seq: int) -> str | None:
        """The id of a report's incident, from those of its reports; None for a report that is not in force."""
        if self._at(seq) is None:
            return None
        return incident_id(self.reports.id[at] for one in self.of(seq) if (at := self._at(one)) is not None)

    @property
    def several(self) -> list[tuple[int, ...]]:
        """The incidents of two reports and more, by the seqs of their reports."""
        return sorted(tuple(self.reports.seq[members].tolist()) for members in self._members.values())

    @property
    def torn(self) -> list[tuple[int, ...]]:
        """By seq, the chains in which judgements contradict one another."""
        return [tuple(self.reports.seq[list(chain)].tolist()) for chain in self.found.torn]

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The positions of the reports of each incident that has several, by the one it is known by."""
        echoes = np.flatnonzero(self.found.founding != np.arange(len(self.reports))).tolist()
        made: dict[int, list[int]] = {}
        for at in echoes:
            first = int(self.found.founding[at])
            made.setdefault(first, [first]).append(at)
        return {first: sorted(members) for first, members in made.items()}

    def _at(self, seq: int) -> int | None:
        at = int(np.searchsorted(self.reports.seq, seq))
        return at if at < len(self.reports) and int(self.reports.seq[at]) == seq else None


def groups(mission: MissionFile, reader: Reader, size: int | None = None, body: str | None = None) -> Groups:
    """The incidents at that size: as judged jointly, or by one body."""
    at = mission.size if size is None else size
    said = judged(mission, reader, at)
    reports = report_columns(mission, reader, at)
    same, different, _ = as_counted(reports, said, said.pairs(body))
    return Groups(reports, gathered(reports, Tied(same, different)))
