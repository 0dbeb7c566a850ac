"""What bodies have entered on an incident, as a dossier shows it: its case, exhibits, findings, in order of time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from truceline.errors import ActError
from truceline.pipeline.cases_held import cases_held
from truceline.pipeline.exhibit_sense import stamp_of
from truceline.pipeline.exhibits import ExhibitHeld, exhibits_of
from truceline.pipeline.origins import Sourced, keys_named
from truceline.store.mission_file import MissionFile
from truceline.verification.standards import held_responsible, standard_in_words
from truceline.vocabulary.act import ActHeld, Finding, kind_of
from truceline.vocabulary.case import CaseOpened
from truceline.vocabulary.dossier import CaseShown, Moment, Told
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.exhibits_shown import ExhibitShown, Held, Stamped
from truceline.vocabulary.findings_shown import CandidateShown, FindingShown
from truceline.vocabulary.marking import Reader

_NAMES_CASE = ("case", "handle", "about")
_SAYS = ("says", "step", "to", "category", "outcome", "held", "what", "title")
"""What a line of the chronology says of an act: those of these that it has."""
_LATEST = 2**62
_SHOWN_APART = frozenset({"exhibit", "custody"})


@dataclass(frozen=True)
class Matter:
    """What acts are looked for: those that name one of these cases, or one of these reports (keys)."""

    handles: frozenset[str]
    keys: frozenset[str]
    by_ref: dict[str, str]

    @classmethod
    def of(
        cls, mission: MissionFile, reader: Reader, size: int, known: Sourced, handle: str, keys: Collection[str]
    ) -> Self:
        """Every name of a report in the acts that count, turned into a key once; every case that holds one of them."""
        by_ref = keys_named(mission, reader, size, {ref for one in known.acts for ref in _named(one.act)})
        cases = (one.act for one in known.acts if isinstance(one.act, CaseOpened))
        beside = {act.handle for act in cases if any(by_ref[ref] in keys for ref in act.reports)}
        return cls(frozenset(beside | ({handle} if handle else set())), frozenset(keys), by_ref)

    def has(self, act: object) -> bool:
        """An act names one of the cases, or of the reports."""
        if any(getattr(act, name, None) in self.handles for name in _NAMES_CASE):
            return True
        return any(self.by_ref.get(ref, ref) in self.keys for ref in _named(act))


def _named(act: object) -> list[str]:
    """What an act may name reports by; a finding's own words for its matter among them."""
    named = [*(getattr(act, "reports", None) or ()), *(getattr(act, name, None) for name in ("report", "about"))]
    return [ref for ref in named if isinstance(ref, str)]


def case_named(mission: MissionFile, reader: Reader, size: int, handle: str) -> CaseShown | None:
    """A case and where it stands by its procedure; None for what is the handle of none."""
    course = cases_held(mission, reader, size, _LATEST).courses.get(handle)
    if course is None:
        return None
    act, opened = course.act, course.opened
    return CaseShown(act.handle, act.title, act.procedure, act.by, opened.at, course.here.stage.id, course.contested)


def findings_on(known: Sourced, matter: Matter) -> list[ActHeld]:
    """The last finding of each body on the cases or on one of the reports, by name of the body."""
    last: dict[str, ActHeld] = {}
    for one in known.acts:
        if isinstance(one.act, Finding) and matter.has(one.act):
            before = last.get(one.act.by)
            if before is None or (one.at, one.seq) >= (before.at, before.seq):
                last[one.act.by] = one
    return [last[by] for by in sorted(last)]


def exhibits_shown(mission: MissionFile, reader: Reader, size: int, matter: Matter) -> list[ExhibitShown]:
    """The exhibits of the cases, or of one of the reports."""
    return [exhibit_shown(one) for one in exhibits_of(mission, reader, size) if matter.has(one.act)]


def exhibit_shown(one: ExhibitHeld) -> ExhibitShown:
    """An exhibit as it is shown; its salt never is."""
    act, chain = one.act, one.chain
    custody = tuple(
        Held(
            step.id, step.at, one.by[step.id], step.act.holder, step.act.did, step.act.to or "", step.act.sha256 or "",
            step.act.because,
        )
        for step in one.steps
    )  # fmt: skip
    return ExhibitShown(
        one.held.id, act.title, act.shows, act.sha256, bool(act.salted), act.size, act.media_type or "", act.by,
        one.held.at, act.case or "", act.report or "", act.because, act.made_by or "", act.made_at or "", act.url or "",
        act.original_of or "", _stamped(act), custody, chain.state, chain.holder, chain.awaited, chain.breaks,
    )  # fmt: skip


def _stamped(act: ExhibitEntered) -> Stamped | None:
    try:
        stamp = stamp_of(act)
    except ActError as error:
        return Stamped(None, says=error.message)
    return None if stamp is None else Stamped(stamp.at, stamp.hashed, str(stamp.serial))


def finding_shown(held: ActHeld) -> FindingShown:
    """A finding, restated."""
    act = held.act
    assert isinstance(act, Finding)
    candidates = tuple(
        CandidateShown(one.who, one.confidence or "", one.said_by or "", one.because) for one in act.candidates or ()
    )
    return FindingShown(
        held.id, act.by, held.at, act.held, act.what, act.when or "", act.where or "", act.because, act.standard or "",
        standard_in_words(act.standard), act.attribution or "", held_responsible(act), act.scale or "", candidates,
        tuple(f"{one.by}: {one.because}" for one in act.dissents or ()), tuple(act.rests_on or ()),
    )  # fmt: skip


def moments_of(known: Sourced, matter: Matter, exhibits: Sequence[ExhibitShown]) -> Iterator[Moment]:
    """What was done about the incident, each with its time."""
    for one in known.acts:
        if kind_of(one.act) not in _SHOWN_APART and matter.has(one.act):
            yield Moment(one.at, one.at, kind_of(one.act), one.id, one.act.by, _in_words(one.act))
    for exhibit in exhibits:
        yield Moment(exhibit.at, exhibit.at, "exhibit", exhibit.id, exhibit.by, exhibit.title)
        for step in exhibit.custody:
            passed = f" to {step.to}" if step.to else ""
            says = f"{step.holder} {step.did.replace('_', ' ')} {exhibit.id[:12]}{passed}"
            yield Moment(step.at, step.at, "custody", step.id, step.by, says)


def report_moments(reports: Sequence[Told]) -> Iterator[Moment]:
    """When it happened by each report."""
    for one in reports:
        says = " ".join(part for part in (one.kind, one.place or one.area) if part)
        yield Moment(one.start, one.end, "report", one.report, one.source, says)


def _in_words(act: object) -> str:
    named = [getattr(act, name, None) for name in _SAYS]
    return ", ".join(one.replace("_", " ") for one in named if isinstance(one, str) and one)
