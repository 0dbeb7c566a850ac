"""`pairs`: pairs of reports that a model proposes or that people judged, with reasons and with what each body said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from truceline.compliance.gathering import Tied, gathered
from truceline.pipeline.held_columns import report_columns
from truceline.pipeline.incidents import Groups
from truceline.pipeline.judged import Judged, SeqPair, judged, word_of
from truceline.pipeline.matching_plain import doublings
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.proposals import Proposals, open_proposals
from truceline.pipeline.report_refs import resolve
from truceline.pipeline.ties import as_counted
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, kind_of
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
Which = Literal["all", "open", "judged", "contradictions"]


@dataclass(frozen=True)
class Wanted:
    """Which pairs: all, or of one kind; only those of one report; so many of them, the heaviest first."""

    which: Which = "all"
    report: str | None = None
    top: int = 50


def pairs(path: Path, wanted: Wanted, reader: Reader, *, known: str | None = None) -> Plain:
    """The pairs as plain values. Raises `ValueNotRead` for an unknown report, or what is no cut."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        said = judged(mission, reader, size)
        found = open_proposals(mission, reader, size, said.joint)
        listing = _Listing(mission, reader, size, said, found)
        chosen = [pair for pair in listing.pairs if listing.is_wanted(pair, wanted.which)]
        if wanted.report is not None:
            seq = resolve(mission, reader, [wanted.report], size)[wanted.report].seq
            chosen = [pair for pair in chosen if seq in pair]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "cut": mission.cut(size), "model": found.entry if found is not None else "", "which": wanted.which,
            "number": len(chosen), "pairs": [listing.told(pair) for pair in chosen[: max(wanted.top, 0)]],
            "contradictions": listing.contradictions(),
        }  # fmt: skip


class _Listing:
    """The pairs of one mission at one size, each told with all that is known of it."""

    def __init__(self, mission: MissionFile, reader: Reader, size: int, said: Judged, found: Proposals | None) -> None:
        self._said, self._found = said, found
        self._zone = registered(mission, size).pack.agreement.zone
        self._reports = report_columns(mission, reader, size)
        same, different = as_counted(self._reports, said, said.joint[:2])
        self._groups = Groups(self._reports, gathered(self._reports, Tied(same, different)))
        self._torn = {seq for chain in self._groups.torn for seq in chain}
        self._weights = dict(_proposed(found))

    @property
    def pairs(self) -> list[SeqPair]:
        """Every pair that is proposed or judged: the heaviest first, then those that are not proposed."""
        every = {*self._weights, *self._said.words}
        return sorted(every, key=lambda pair: (pair not in self._weights, -self._weights.get(pair, 0), pair))

    def is_wanted(self, pair: SeqPair, which: Which) -> bool:
        """The pair is of the kind that is asked for."""
        if which == "open":
            return self._is_open(pair)
        if which == "judged":
            return pair in self._said.words
        return which == "all" or self._contradicts(pair)

    def told(self, pair: SeqPair) -> Plain:
        """One pair."""
        weight = self._weights.get(pair)
        acts = self._said.acts.get(pair, ())
        return {
            "reports": [self._name(seq) for seq in pair], "weight": "" if weight is None else doublings(weight),
            "reasons": self._reasons(pair), "judged": [self._act(one) for one in acts],
            "jointly": self._said.says(pair), "open": self._is_open(pair), "contradiction": self._contradicts(pair),
            "one_incident": pair[1] in self._groups.of(pair[0]),
        }  # fmt: skip

    def contradictions(self) -> list[Plain]:
        """Chains of *same* that hold a *different*: their reports, and the pairs that are at odds."""
        told = []
        for chain in self._groups.torn:
            inside = {pair for pair in self._said.words if set(pair) <= set(chain)}
            odd = [pair for pair in sorted(inside) if self._said.says(pair) == "different"]
            told.append(
                {
                    "reports": [self._name(seq) for seq in chain],
                    "different": [[self._name(seq) for seq in pair] for pair in odd],
                }
            )
        return told

    def _is_open(self, pair: SeqPair) -> bool:
        said = self._said.says(pair)
        if said in ("same", "different") or pair[1] in self._groups.of(pair[0]):
            return False
        return said == "disputed" or pair in self._weights

    def _contradicts(self, pair: SeqPair) -> bool:
        """Bodies dispute it, one has said two things, or it stands in a chain that contradicts itself."""
        said = self._said.says(pair)
        torn = said in ("same", "different") and set(pair) <= self._torn
        return torn or said == "disputed" or "rival" in self._said.words.get(pair, {}).values()

    def _reasons(self, pair: SeqPair) -> list[Plain]:
        if self._found is None:
            return []
        try:
            told = self._found.explain(*pair)
        except KeyError:
            return []
        return [{"words": list(one.words), "weight": doublings(one.weight)} for one in told.reasons]

    def _act(self, held: ActHeld) -> Plain:
        act = held.act
        return {
            "by": act.by, "says": word_of(held), "because": act.because, "at": iso(held.at, self._zone),
            "kind": kind_of(act), "act": held.id, "log": held.log, "counts_jointly": act.by in self._said.counting,
        }  # fmt: skip

    def _name(self, seq: int) -> Plain:
        if (held := self._said.reports.get(seq)) is not None:
            return {"id": held.id, "source": held.source, "source_row": held.source_row, "in_force": held.in_force}
        at = int(np.searchsorted(self._reports.seq, seq))
        one = self._reports
        return {"id": one.id[at], "source": one.source[at], "source_row": one.source_row[at], "in_force": True}


def _proposed(found: Proposals | None) -> Iterator[tuple[SeqPair, int]]:
    if found is None:
        return
    one, other = found.seq[found.pairs.one].tolist(), found.seq[found.pairs.other].tolist()
    weights: Iterable[int] = found.weight.tolist()
    for a, b, weight in zip(one, other, weights, strict=True):
        yield (min(a, b), max(a, b)), weight
