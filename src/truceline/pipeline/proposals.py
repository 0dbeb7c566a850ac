"""What the model in force proposes: pairs with their weights, and groups in which people's judgements are respected.

Everything here is computed from the record at a size: the reports in force, the model's entry, the judged pairs that
are handed in. The last answers are kept in the process, under what they were computed from; nothing hangs on that.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared, compared
from truceline.matching.explaining import Explained, explained
from truceline.matching.groups import Grouped, grouped
from truceline.matching.model import Model, Scored
from truceline.matching.proposing import proposed, ranked
from truceline.matching.signals import Scene
from truceline.pipeline.held_columns import columns_with, shown_later
from truceline.pipeline.judged_pairs import NO_JUDGEMENTS, JudgedPairs, SeqPairs
from truceline.pipeline.models_held import entry_in_force, model_in_force
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import Bools, Ints, ReportColumns
from truceline.vocabulary.marking import Reader

MOST_KEPT = 2
"""Answers kept in the process."""
MORE = ("weapon", "words", "origin")
"""Texts of the read table that are compared, and that no ledger asks for."""


@dataclass(frozen=True)
class Reports:
    """The reports in force as they are compared. seq: rising; everything else of the same positions.

    origins: the text of each report's origin, "" where it names none.
    """

    columns: ReportColumns
    compared: Compared
    rank: Ints
    origins: Sequence[str]

    @property
    def seq(self) -> Ints:
        """The seq (place) of each report."""
        return self.columns.seq

    def positions(self, pairs: SeqPairs) -> Pairs:
        """The positions of pairs of seqs; pairs of which one is no longer in force are left out."""
        if not len(self.seq) or not pairs:
            return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))
        wanted = np.array(pairs, np.int64)
        at = np.minimum(np.searchsorted(self.seq, wanted), len(self.seq) - 1)
        there = (self.seq[at] == wanted).all(axis=1)
        one, other = at[there].min(axis=1), at[there].max(axis=1)
        return Pairs(one, other)


@dataclass(frozen=True)
class Proposals:
    """What a model proposes. Positions are those of `reports`.

    entry: the id of the model's entry. pairs, weight: every pair from the model's `least` on, `weight` in millionths of
    a doubling of the odds. open: of each pair, nobody has judged it the same or different; what is unsure stays open.
    groups: under the model, with the judgements respected.
    """

    entry: str
    model: Model
    reports: Reports
    pairs: Pairs
    weight: Ints
    open: Bools
    groups: Grouped

    @property
    def seq(self) -> Ints:
        """The seq (place) of each report, rising."""
        return self.reports.seq

    def members(self) -> list[tuple[int, ...]]:
        """The seqs of every group of two reports and more, the largest first, then by their first seq."""
        order = np.argsort(self.groups.of, kind="stable")
        firsts, begins = np.unique(self.groups.of[order], return_index=True)
        parts = np.split(self.seq[order], begins[1:]) if len(firsts) else []
        several = [tuple(part.tolist()) for part in parts if len(part) > 1]
        return sorted(several, key=lambda part: (-len(part), part))

    def still_open(self) -> list[tuple[int, int, int]]:
        """Positions and weight of every pair in one group that nobody has judged, the heaviest first."""
        one, other = self.pairs
        kept = np.flatnonzero(self.open & (self.groups.of[one] == self.groups.of[other]))
        order = kept[np.lexsort((other[kept], one[kept], -self.weight[kept]))]
        return list(zip(*(column[order].tolist() for column in (one, other, self.weight)), strict=True))

    def explain(self, one_seq: int, other_seq: int) -> Explained:
        """One pair in words, candidate or not. Raises `KeyError` for a report that is not in force."""
        found = self.reports.positions(((one_seq, other_seq),))
        if not len(found.one):
            raise KeyError(one_seq, other_seq)
        return explained(self._scene, self.model, int(found.one[0]), int(found.other[0]))

    @cached_property
    def _scene(self) -> Scene:
        return Scene.of(self.reports.compared, self.model.density)


def reports_of(mission: MissionFile, reader: Reader, size: int, since: int = 0) -> Reports:
    """The reports in force at that size, of entry `since` and after, as they are compared."""
    shown = partial(shown_later, mission.path, reader, size, since)
    columns, texts = columns_with(mission, reader, size, MORE, since, shown)
    made = compared(columns, **texts)
    return Reports(columns, made, ranked(made, columns.source_row, columns.seq), texts["origin"])


def open_proposals(
    mission: MissionFile, reader: Reader, size: int | None = None, judged: JudgedPairs = NO_JUDGEMENTS
) -> Proposals | None:
    """What the model in force at that size proposes of the reports then in force; None where no model is."""
    at = mission.size if size is None else size
    entry = entry_in_force(mission, reader, at)
    if entry is None:
        return None
    cut = tuple((origin, *map(str, head)) for origin, head in sorted(mission.cut(at).items()))
    key = (reader, cut, entry[1], judged)
    if key not in _KEPT:
        held = model_in_force(mission, reader, at)
        assert held is not None, entry
        _KEPT[key] = proposals_under(held.id, held.model, reports_of(mission, reader, at), judged)
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)
    _KEPT.move_to_end(key)
    return _KEPT[key]


def proposals_under(entry: str, model: Model, reports: Reports, judged: JudgedPairs = NO_JUDGEMENTS) -> Proposals:
    """What a model proposes of these reports."""
    found = proposed(reports.compared, model)
    same, different = reports.positions(judged.same), reports.positions(judged.different)
    groups = grouped(reports.compared, found, model.window, same=same, different=different, rank=reports.rank)
    return Proposals(entry, model, reports, found.pairs, found.weight, _open(found, same, different), groups)


def _open(found: Scored, same: Pairs, different: Pairs) -> Bools:
    width = int(found.pairs.other.max(initial=0)) + 1
    numbered = partial(_numbered, width=width)
    judged = np.concatenate([numbered(same), numbered(different)])
    still: Bools = ~np.isin(numbered(found.pairs), judged)
    return still


def _numbered(pairs: Pairs, width: int) -> Ints:
    within = pairs.other < width
    number: Ints = np.where(within, pairs.one * width + pairs.other, -1)
    return number


_KEPT: OrderedDict[tuple[object, ...], Proposals] = OrderedDict()
