"""`pairs`: pairs of reports that a model proposes or that people judged, with reasons and with what each body said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import numpy as np

from truceline.compliance.gathering import Tied, gathered
from truceline.pipeline.held_columns import report_columns, shown_later, some_shown
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
        of = None if wanted.report is None else resolve(mission, reader, [wanted.report], size)[wanted.report].seq
        heading = {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "cut": mission.cut(size), "model": found.entry if found is not None else "", "which": wanted.which,
        }  # fmt: skip
        if found is None and not said.words:
            return heading | {"number": 0, "pairs": [], "contradictions": []}
        listing = _listing(mission, reader, size, said, found)
        chosen = listing.chosen(wanted.which, of)
        told = [listing.told(pair) for pair in chosen[: max(wanted.top, 0)]]
        return heading | {"number": len(chosen), "pairs": told, "contradictions": listing.contradictions()}


def _listing(
    mission: MissionFile, reader: Reader, size: int, said: Judged, found: Proposals | None
) -> "_Listing":  # fmt: skip
    """The last listing is kept in the process, with all that it rests on in its name: a room asks for it page by page.

    Made once, however many ask at a time.
    """
    cut = tuple((origin, *head) for origin, head in sorted(mission.cut(size).items()))
    key = (reader.audience, cut, found.entry if found is not None else "")
    with _MAKING:
        if _KEPT.get("key") != key:
            _KEPT.clear()
            _KEPT.update(key=key, listing=_Listing(mission, reader, size, said, found))
        listing: _Listing = _KEPT["listing"]
    return listing


class _Listing:
    """The pairs of one mission at one size, each told with all that is known of it."""

    def __init__(self, mission: MissionFile, reader: Reader, size: int, said: Judged, found: Proposals | None) -> None:
        self._said, self._found = said, found
        self._zone = registered(mission, size).pack.agreement.zone
        self._weights = dict(_proposed(found))
        self._pairs = self._in_order()
        later = partial(shown_later, mission.path, reader, size, 0)
        few = some_shown(mission.path, reader, size)
        reports = report_columns(mission, reader, size, shown=later, some=few)
        same, different = as_counted(reports, said, said.joint[:2])
        groups = Groups(reports, gathered(reports, Tied(same, different)))
        self._chains = groups.torn
        self._torn = {seq for chain in self._chains for seq in chain}
        self._together = set(_together(self._pairs, groups))
        # Of a million reports only those are kept that a pair names.
        named = sorted({seq for pair in self._pairs for seq in pair} | self._torn)
        self._reports = reports.take(np.flatnonzero(np.isin(reports.seq, np.array(named, np.int64))))
        self._ids = list(self._reports.id)

    def _in_order(self) -> list[SeqPair]:
        """Every pair that is proposed or judged: the heaviest first, then those that are not proposed."""
        every = {*self._weights, *self._said.words}
        return sorted(every, key=lambda pair: (pair not in self._weights, -self._weights.get(pair, 0), pair))

    def chosen(self, which: Which, of: int | None) -> list[SeqPair]:
        """The pairs that are asked for, in order. of: those of this report, by its seq."""
        return [pair for pair in self._pairs if (of is None or of in pair) and self._is_wanted(pair, which)]

    def _is_wanted(self, pair: SeqPair, which: Which) -> bool:
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
            "one_incident": pair in self._together,
        }  # fmt: skip

    def contradictions(self) -> list[Plain]:
        """Chains of *same* that hold a *different*: their reports, and the pairs that are at odds."""
        told = []
        for chain in self._chains:
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
        if said in ("same", "different") or pair in self._together:
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
        return {"id": self._ids[at], "source": one.source[at], "source_row": one.source_row[at], "in_force": True}


def _together(pairs: list[SeqPair], groups: Groups) -> Iterator[SeqPair]:
    """Those pairs whose reports are in force and tell of one incident already."""
    if not pairs or not len(groups.reports):
        return
    seq, wanted = groups.reports.seq, np.array(pairs, np.int64)
    at = np.minimum(np.searchsorted(seq, wanted), len(seq) - 1)
    one = (seq[at] == wanted).all(axis=1) & (groups.found.founding[at[:, 0]] == groups.found.founding[at[:, 1]])
    yield from (pairs[n] for n in np.flatnonzero(one).tolist())


def _proposed(found: Proposals | None) -> Iterator[tuple[SeqPair, int]]:
    if found is None:
        return
    one, other = found.seq[found.pairs.one].tolist(), found.seq[found.pairs.other].tolist()
    weights: Iterable[int] = found.weight.tolist()
    for a, b, weight in zip(one, other, weights, strict=True):
        yield (min(a, b), max(a, b)), weight


_KEPT: dict[str, Any] = {}
_MAKING = Lock()
