"""A mission's matching held open in one process: a report that comes is matched at once, and what it changes is right.

    held = OpenMatching(mission)           # every report in force, once
    take_in(path, [file], ...)             # somebody enters a report
    with open_mission(path) as mission:
        held.follow(mission)               # its pairs with their reasons, its group; all groups as they now are

What it says is what `proposals.open_proposals` says of the mission at that size.
"""

from collections.abc import Iterable

import numpy as np

from truceline.errors import MissionError
from truceline.matching.arrival import Found, Held
from truceline.matching.keyed import Keyed, Repeating, last_of
from truceline.matching.model import Scored
from truceline.matching.touching import Pairing, Proposed, hanging_together, regrouped
from truceline.pipeline.acts_of_reports import reports_of as reports_of_act
from truceline.pipeline.arrived import Arrived, Followed, Proposal
from truceline.pipeline.joining import OPENED
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.judged import judged_pairs
from truceline.pipeline.judged_pairs import SeqPairs
from truceline.pipeline.missions import ACT, AGREEMENT
from truceline.pipeline.models_held import MODEL, NO_MODEL, model_in_force
from truceline.pipeline.proposals import Reports, proposals_under, reports_of
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import ReportColumns
from truceline.vocabulary.marking import INTERNAL, Reader

JUDGEMENT = "judgement"
ALL_ANEW = (MODEL, AGREEMENT, OPENED)
"""After a row in one of these read tables nothing of what was held is taken for granted."""


class OpenMatching:
    """What the model in force proposes. Raises `MissionError` where none is. After a rebuild make it anew."""

    def __init__(self, mission: MissionFile, reader: Reader = INTERNAL) -> None:
        self._reader = reader
        self._all(mission)

    @property
    def size(self) -> int:
        """The number of entries it knows of."""
        return self._size

    def groups(self) -> list[tuple[int, ...]]:
        """The seqs of every group of two reports and more, the largest first, then by their first seq."""
        at = np.flatnonzero(self._held.there)
        of, seqs = self._of[at], self._keyed.seqs[at]
        order = np.argsort(of, kind="stable")
        begins = np.unique(of[order], return_index=True)[1][1:]
        several = [tuple(part.tolist()) for part in np.split(seqs[order], begins) if len(part) > 1]
        return sorted(several, key=lambda part: (-len(part), part))

    def follow(self, mission: MissionFile) -> Followed:
        """Come up to the mission's present size.

        Reports that come, are revised or are recalled change what hangs together with them, and so do judgements. After
        a model, an agreement, another act, or what another holder opened, all is made anew.
        """
        if mission.size == self._size:
            return Followed("nothing", ())
        if mission.size < self._size or any(self._new(mission, table) for table in ALL_ANEW) or self._acts(mission):
            self._all(mission)
            return Followed("all", ())
        return Followed("what_changed", self._changed(mission))

    def _new(self, mission: MissionFile, table: str) -> bool:
        found = mission.numbers(table, ("seq",), self._reader, size=mission.size, since=self._size)
        return len(found["seq"]) > 0

    def _acts(self, mission: MissionFile) -> bool:
        """An act was entered that is no judgement: it may change any of it."""
        found = mission.texts(ACT, ("act",), self._reader, size=mission.size, since=self._size)
        return any(name != JUDGEMENT for name in found["act"])

    def _all(self, mission: MissionFile) -> None:
        size = mission.size
        held = model_in_force(mission, self._reader, size)
        if held is None:
            raise MissionError(*NO_MODEL)
        reports, judged = reports_of(mission, self._reader, size), judged_pairs(mission, self._reader, size)
        found = proposals_under(held.id, held.model, reports, judged)
        self._size, self._window = size, held.model.window
        self._keyed, self._repeating = Keyed(reports.columns), Repeating(reports.compared.repeats)
        self._held = Held(reports.compared, reports.origins, held.model)
        self._edges = Proposed(Scored(found.pairs, found.weight), len(reports.seq))
        self._of = found.groups.of.copy()
        self._same, self._different = self._paired(judged.same), self._paired(judged.different)
        self._named = _named(mission, self._reader, size)

    def _changed(self, mission: MissionFile) -> tuple[Arrived, ...]:
        """What went and what came, and what hangs together with it; those that came."""
        come = reports_of(mission, self._reader, mission.size, self._size)
        columns = come.columns
        went = self._superseded(mission, columns)
        around = set[int]().union(*(self._hanging(at) for at in went))
        for at in went:
            self._take_out(at)
        came = [self._take_up(come, n) for n in range(len(columns))]
        keys = {key for at in (*went, *came) for key in (self._keyed.key(at), self._keyed.repeats(at)) if key}
        touched = {*came, *self._repeated_otherwise(keys)}
        if went or self._new(mission, ACT) or any(self._keyed.key(at) in self._named for at in came):
            around |= self._judged_otherwise(mission)
        around |= touched.union(*(self._hanging(at) for at in touched))
        found = {at: self._held.found(at) for at in sorted(touched)}
        for at, one in found.items():
            self._edges.put(at, dict(zip(one.others.tolist(), one.weight.tolist(), strict=True)))
        self._regroup(around.union(*(self._hanging(at) for at in touched)))
        self._size = mission.size
        return tuple(self._arrived(mission, found[at]) for at in came)

    def _superseded(self, mission: MissionFile, come: ReportColumns) -> list[int]:
        """Positions of the reports that are no longer in force: a row under their own key, or a recall, did it."""
        recalls = mission.texts("recall", ("source", "source_row"), self._reader, size=mission.size, since=self._size)
        keys = {
            f"{source}/{row}"
            for sources, rows in ((come.source, come.source_row), (recalls["source"], recalls["source_row"]))
            for source, row in zip(sources, rows, strict=True)
        }
        held = {self._keyed.seq(at): at for key in sorted(keys) for at in self._standing(key)}
        return [held[seq] for seq in mission.superseded("report", sorted(held), size=mission.size)]

    def _standing(self, key: str) -> list[int]:
        return [at for at in self._keyed.with_key(key) if self._held.there[at]]

    def _take_out(self, at: int) -> None:
        self._held.remove(at)
        self._edges.put(at, {})
        self._repeating.put(at, -1)

    def _take_up(self, come: Reports, n: int) -> int:
        at = self._keyed.add(come.columns, n)
        added = self._held.add(come.compared.take(np.array([n])), come.origins[n])
        assert added == at, (added, at)
        self._of = np.append(self._of, at)
        return at

    def _repeated_otherwise(self, keys: Iterable[str]) -> set[int]:
        """Those that now repeat another report than before: under one of these keys some came or went."""
        changed: set[int] = set()
        for key in keys:
            standing = self._standing(key)
            for at in self._keyed.repeating(key):
                target = last_of(standing, at)
                if self._held.there[at] and target != self._repeating.target(at):
                    self._repeating.put(at, target)
                    self._held.repeat(at, target)
                    changed.add(at)
        return changed

    def _judged_otherwise(self, mission: MissionFile) -> set[int]:
        """The reports of pairs that are judged now and were not, or the other way about."""
        judged, had = judged_pairs(mission, self._reader, mission.size), (self._same, self._different)
        self._named = _named(mission, self._reader, mission.size)
        self._same, self._different = self._paired(judged.same), self._paired(judged.different)
        return self._same.otherwise(had[0]) | self._different.otherwise(had[1])

    def _paired(self, judged: SeqPairs) -> Pairing:
        if not judged:
            return Pairing()
        seqs = self._keyed.seqs
        at = np.searchsorted(seqs, np.array(judged, np.int64))
        return Pairing((int(min(pair)), int(max(pair))) for pair in at)

    def _hanging(self, at: int) -> set[int]:
        """What hangs together with a report by itself."""
        found = self._edges.of(at).keys() | self._same.of(at) | self._repeating.around(at)
        return {one for one in found if self._held.there[one]}

    def _regroup(self, around: Iterable[int]) -> None:
        at = hanging_together((one for one in around if self._held.there[one]), self._hanging)
        if at:
            judged = (self._same, self._different)
            keys = [self._keyed.rank_key(one, self._held.reports) for one in at]
            self._of[at] = regrouped(self._held.reports, at, self._edges, judged, keys, self._window)

    def _arrived(self, mission: MissionFile, found: Found) -> Arrived:
        order = np.lexsort((found.others, -found.weight)).tolist()
        others = [(int(found.others[n]), found.reasons[n]) for n in order]
        told = (Proposal(*self._entry(mission, at), reasons) for at, reasons in others)
        inside = [at for at in hanging_together([found.at], self._hanging) if self._of[at] == self._of[found.at]]
        group = tuple(self._keyed.seq(at) for at in inside)
        return Arrived(*self._entry(mission, found.at), found.candidates, tuple(told), group)

    def _entry(self, mission: MissionFile, at: int) -> tuple[int, str]:
        """Seq (place) and id."""
        seq = self._keyed.seq(at)
        return seq, mission.id_at(seq)


def _named(mission: MissionFile, reader: Reader, size: int) -> frozenset[str]:
    """What acts name, as they name it: a report among them that is not held yet may come."""
    acts = [one.act for one in acts_that_count(mission, reader, size)]
    return frozenset(name for act in acts for name in (*reports_of_act(act), getattr(act, "of", "")) if name)
