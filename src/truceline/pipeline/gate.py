"""The gate as it stands now: markings and clearances in force, the reports and acts they name, for which reader.

Read from the record; `publication.gate` decides. A marking names every wording of a report that is ever held, a
clearance the wording that stood when it was entered: a later one is cleared anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from truceline.pipeline.joining import OWN_SIDE
from truceline.pipeline.missions import acts, agreement_of
from truceline.pipeline.report_refs import candidates
from truceline.publication.gate import Seen, reaches, seen
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.clearance import GROUPS, Clearance, Group, Marking
from truceline.vocabulary.marking import INTERNAL, Reader

T = TypeVar("T", Marking, Clearance)
Wording = tuple[int, str]
"""A wording of a report: the place and the id of its entry."""


@dataclass(frozen=True)
class Gate:
    """What a reader may see. markings, clearances: by the id of a report's entry, those that name it.

    places: of the entries that markings name, their places in the store. acts: by the id of an act, the clearances that
    name it. own: ids of a reporter's own reports.
    """

    reader: Reader
    zone: str
    markings: Mapping[str, tuple[Marking, ...]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    clearances: Mapping[str, tuple[Clearance, ...]] = field(default_factory=dict)
    acts: Mapping[str, tuple[Clearance, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()

    def shown(self, report: str, group: Group) -> Seen:
        """What is seen of a field group of the report whose entry has this id."""
        marked, cleared = self.markings.get(report, ()), self.clearances.get(report, ())
        return seen(self.reader, group, marked, cleared, own=report in self.own)

    @cached_property
    def narrowed(self) -> Mapping[str, frozenset[Group]]:
        """By the id of a report, the groups that a marking keeps from this reader; the same for readers alike."""
        found = {one: frozenset(g for g in GROUPS if not self.shown(one, g).shown) for one in self.markings}
        return {one: groups for one, groups in found.items() if groups}

    def act_shown(self, act: str) -> tuple[Clearance, ...]:
        """The clearances that open an act to this reader."""
        return tuple(one for one in self.acts.get(act, ()) if reaches(one.to, self.reader.audience))


def gate_of(mission: MissionFile, reader: Reader, *, own: Collection[str] = ()) -> Gate:
    """The gate for a reader as it stands now, whatever cut is looked at: what was narrowed since is narrow in all cuts.

    Raises `MissionError` for a mission without an agreement.
    """
    words = acts(mission, INTERNAL, kinds=("marking", "clearance"))
    zone = agreement_of(mission)[1].agreement.zone
    if not words:
        return Gate(reader, zone, own=frozenset(own))
    logs = _of_own_side(mission)
    marks = [(one.seq, one.act) for one in words if isinstance(one.act, Marking) and log_at(one.seq) in logs]
    clears = [(one.seq, one.act) for one in words if isinstance(one.act, Clearance) and log_at(one.seq) in logs]
    refs = [ref for _, mark in marks for ref in mark.reports] + [ref for _, one in clears for ref in one.reports]
    meant = _wordings(mission, refs)
    ids = [held.id for held in acts(mission, INTERNAL)] if any(one.acts for _, one in clears) else []
    named = [(at, entry, mark) for _, mark in marks for ref in mark.reports for at, entry in meant.get(ref, ())]
    return Gate(
        reader, zone, own=frozenset(own), markings=_gathered((entry, mark) for _, entry, mark in named),
        places={entry: at for at, entry, _ in named},
        clearances=_gathered(
            (entry, one) for seq, one in clears for ref in one.reports
            for entry in _standing(mission, meant.get(ref, ()), seq, logs)
        ),
        acts=_gathered(
            (held, one) for _, one in clears for name in one.acts for held in ids if held.startswith(name)
        ),
    )  # fmt: skip


def _of_own_side(mission: MissionFile) -> set[int]:
    """The logs of this holder's own side: nobody else's word opens or narrows what is held here."""
    return {OWN_LOG, *(peer.log for peer in mission.others.peers() if peer.side == OWN_SIDE)}


def _gathered(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for entry, act in pairs:
        found.setdefault(entry, []).append(act)
    return {entry: tuple(said) for entry, said in found.items()}


def _standing(mission: MissionFile, wordings: Sequence[Wording], seq: int, logs: Collection[int]) -> list[str]:
    """The wording of the own side that whoever cleared it could read, in a list; none where there was none yet.

    What another side told is its own to clear; what another device of the own side told is cleared in the own log.
    """
    here = [
        entry for at, entry in wordings
        if log_at(at) in logs and log_at(seq) in (OWN_LOG, log_at(at))
        and (at < seq if log_at(at) == log_at(seq) else mission.read_from(at) < seq)
    ]  # fmt: skip
    return here[-1:]


def _wordings(mission: MissionFile, refs: Sequence[str]) -> dict[str, list[Wording]]:
    """By a report's name as given, every wording of it ever held, oldest first."""
    held = candidates(mission, INTERNAL, list(dict.fromkeys(refs)))
    known = {ref: rows[0] for ref, rows in held.items() if len(rows) == 1}
    own_ids = {row.source_row for row in known.values() if row.source_row}
    ever = mission.reports_named((), own_ids, INTERNAL, size=mission.size)
    by_key: dict[tuple[str, str], list[Wording]] = {}
    for one in ever:
        by_key.setdefault((one.source, one.source_row), []).append((one.seq, one.id))
    return {ref: by_key.get((row.source, row.source_row), [(row.seq, row.id)]) for ref, row in known.items()}
