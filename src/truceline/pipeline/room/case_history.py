"""The history of a case: every act on it and on its reports, in the order in which they were said, none left out.

An act that was replaced or taken back stands there with what came in its place. A body takes its own back.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct

from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.judging import take_back
from truceline.pipeline.missions import open_mission
from truceline.pipeline.room.case_exhibits import kept_back, names_of
from truceline.pipeline.room.reports import ReportShown
from truceline.pipeline.spoken_acts import entered_as, spoken_now
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import Act, ActHeld, Determination, Finding, Reinstatement, Withdrawal, kind_of
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep, MeasureTaken, Meeting
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import INTERNAL, Reader
from truceline.vocabulary.retraction import RecallHeld
from truceline.vocabulary.role import Person
from truceline.vocabulary.when import iso

UNDOABLE = (
    Finding, Determination, CaseMoved, CaseStep, MeasureTaken, Meeting, Judgement, RecallHeld, ExhibitEntered,
)  # fmt: skip
SAID = ("says", "held", "category", "to", "step", "outcome", "asked_by")
"""Fields that say in a word what an act holds, the first that it has and the outcome beside it."""


class ActShown(Struct, frozen=True):
    """One act. kind, says: codes. what: its own words. when: of what it is about, "" where it
    does not say. reports: those it names of this case, as the gate names them.

    after: what became of it: "" in force, `replaced`, `taken_back`; by_act: by which act. withdraws: the act it takes
    back. undoable: its body may take it back here.
    """

    id: str
    kind: str
    by: str
    at: str
    says: str
    what: str
    because: str
    when: str
    reports: tuple[str, ...] = ()
    after: str = ""
    by_act: str = ""
    withdraws: str = ""
    undoable: bool = False


def history(
    mission: MissionFile, reader: Reader, size: int, case: dict[str, Any], held: Mapping[str, ReportShown], *,
    zone: str, until: int,
) -> tuple[ActShown, ...]:  # fmt: skip
    """Every act on a case as known at a size, said by `until` (UTC microseconds).

    case: as `case show --json` tells it. held: its reports by the name it gives them there.
    """
    ever = [one for one in acts_ever(mission, reader, size) if one.at <= until]
    names = _names(case["reports"], held)
    about = {case["case"], *case["also_known_as"], *names}
    shown = names_of(case, held)
    found = {one.id: one for one in ever if _on(one.act, case["case"], about, names) and not kept_back(one, shown)}
    back = {
        one.id: of for one in ever
        if isinstance(one.act, Withdrawal) and (of := next((old for old in found if old.startswith(one.act.of)), ""))
    }  # fmt: skip
    found |= {one.id: one for one in ever if one.id in back}
    by_seq = {one.seq: one for one in ever}
    ordered = sorted(found.values(), key=lambda one: (one.at, one.seq))
    return tuple(_shown(one, by_seq, names, back.get(one.id, ""), zone) for one in ordered)


def undo_act(path: Path, person: Person, of: str, because: str, *, now_us: int, chance: Chance) -> str:
    """Take back an act of the person's body; the id of the withdrawal. Raises `ActError` for another's, or none."""
    with open_mission(path, write=True) as mission:
        words = spoken_now(mission, person.body, because, now_us)
        found = [one for one in acts_ever(mission, INTERNAL) if one.id == of and one.replaced_by is None]
        if not found or not _undoable(found[0].act) or found[0].act.by != person.body:
            raise ActError(f"{of[:12]!r} is no act of {person.body} that can be taken back here.", "Look at the case.")
        if isinstance(found[0].act, Judgement):
            said = take_back(
                mission, of, by=words.by, at=words.at, because=because, sign=person.key or None, now_us=now_us,
                chance=chance,
            )  # fmt: skip
            return said[0].id
        act = Withdrawal(words.by, words.at, of, because)
        return entered_as(mission, act, sign=person.key or None, now_us=now_us, chance=chance)


def _undoable(act: Act) -> bool:
    """Acts of a case and its reports, and no others: neither its opening, nor what rules who may see what."""
    return isinstance(act, UNDOABLE)


def _names(rows: Iterable[dict[str, Any]], held: Mapping[str, ReportShown]) -> dict[str, str]:
    """By every name that acts may give a report of the case, the name that passed the gate."""
    found: dict[str, str] = {}
    for row in rows:
        shown = held.get(row["report"] or row["named"])
        for name in (row["named"], row["report"], shown.id if shown else ""):
            if name:
                found[name] = shown.name if shown else row["named"]
    return found


def _on(act: Act, case: str, about: Collection[str], reports: Collection[str]) -> bool:
    if isinstance(act, CaseOpened):
        return act.handle == case
    if isinstance(act, CaseMoved | CaseStep | MeasureTaken):
        return act.case == case
    if isinstance(act, Finding):
        return act.about in about or act.case == case
    if isinstance(act, Determination):
        return act.about in about
    if isinstance(act, Meeting):
        return case in act.agenda or case in act.referred
    if isinstance(act, Judgement):
        return any(one in reports for one in act.reports)
    if isinstance(act, RecallHeld | Reinstatement):
        return act.of in reports
    return isinstance(act, ExhibitEntered) and (act.case == case or act.report in reports)


def _shown(
    one: ActHeld, by_seq: Mapping[int, ActHeld], names: Mapping[str, str], withdraws: str, zone: str
) -> ActShown:  # fmt: skip
    act = one.act
    newer = by_seq.get(one.replaced_by) if one.replaced_by is not None else None
    after = (
        "" if one.replaced_by is None else "taken_back" if newer and isinstance(newer.act, Withdrawal) else "replaced"
    )
    named = (*getattr(act, "reports", ()), *(getattr(act, name, None) for name in ("of", "report")))
    what = getattr(act, "what", "") or getattr(act, "title", "")
    return ActShown(
        one.id, kind_of(act), act.by, iso(one.at, zone), _says(act), what, getattr(act, "because", ""),
        iso(one.when, zone) if getattr(act, "when", None) else "",
        tuple(dict.fromkeys(names[ref] for ref in named if ref in names)), after, newer.id if newer else "", withdraws,
        undoable=not after and _undoable(act),
    )  # fmt: skip


def _says(act: Act) -> str:
    """In codes, what an act holds."""
    first = next((text for name in SAID if isinstance(text := getattr(act, name, None), str)), "")
    outcome = getattr(act, "outcome", None)
    return f"{first}: {outcome}" if outcome not in (None, UNSET, first) else first
