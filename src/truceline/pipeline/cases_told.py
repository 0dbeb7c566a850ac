"""Cases as plain values: where each stands, who may do what next, what is overdue, and where bodies differ."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from truceline.compliance.procedure import Aside, Course, Passage, StepMade, said_by
from truceline.compliance.procedure_open import Due, Way, dues, ways
from truceline.pipeline.case_reports import CaseReports, reports_of_cases
from truceline.pipeline.cases_held import Cases, cases_held
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Text
from truceline.vocabulary.case import CaseMoved, Meeting
from truceline.vocabulary.procedure import Outcome, Silence
from truceline.vocabulary.when import iso

Plain = dict[str, Any]


def case_told(path: Path, handle: str, asked: Asked) -> Plain:
    """One case. Raises `ActError` for a handle that is none at that cut and time."""
    with opened_for(path, asked) as mission:
        telling = CasesTelling.of(mission, asked)
        return telling.heading() | {"case": telling.whole(telling.cases.course(handle))}


def cases_told(path: Path, asked: Asked, *, overdue: bool = False, stage: str = "") -> Plain:
    """All cases, or those with something overdue, or that stand in a stage."""
    with opened_for(path, asked) as mission:
        telling = CasesTelling.of(mission, asked)
        found = [telling.short(one) for one in telling.cases.courses.values()]
        kept = [one for one in found if (not overdue or one["overdue"]) and stage in ("", one["stage"])]
        return telling.heading() | {"cases": kept, "aside": [telling.aside(one) for one in telling.cases.aside]}


class CasesTelling:
    """The cases of a mission in words of the pack, times local to the agreement."""

    def __init__(self, heading: Plain, cases: Cases, reports: CaseReports, as_of: int) -> None:
        self._heading, self.cases, self._reports, self.as_of = heading, cases, reports, as_of
        self._agreement = cases.agreement
        self._bodies = {body.id: body.name["en"] for body in self._agreement.bodies}

    @classmethod
    def of(cls, mission: MissionFile, asked: Asked) -> "CasesTelling":
        """What is asked of a mission."""
        size = mission.resolve_cut(asked.known) if asked.known and asked.view == "own" else mission.size
        agreement = registered(mission, size).pack.agreement
        known = asked.known if asked.view == "own" else None
        as_of = asked_instant(mission, agreement.zone, now_us=asked.now_us, as_of=asked.as_of, known=known)
        cases = cases_held(mission, asked.reader, size, as_of)
        heading = {
            "mission": mission.path.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
            "agreement": {"pack": agreement.pack, "version": agreement.version}, "view": asked.view,
            "as_of": iso(as_of, agreement.zone), "cut": mission.cut(size),
        }  # fmt: skip
        return cls(heading, cases, reports_of_cases(mission, asked.reader, size, cases), as_of)

    def heading(self) -> Plain:
        """What every answer begins with."""
        return dict(self._heading)

    def time(self, instant: int) -> str:
        """An instant, local to the agreement."""
        return iso(instant, self._agreement.zone)

    def short(self, course: Course) -> Plain:
        """A case in a line."""
        here = course.here
        over = [self._due(one) for one in self._dues(course) if one.over]
        return {
            "case": course.act.handle, "title": course.act.title, "procedure": course.procedure.id,
            "stage": here.stage.id, "stage_title": here.stage.title["en"], "outcome": here.outcome,
            "since": self.time(here.since), "end": here.stage.end, "contested": course.contested,
            "opened_by": course.act.by, "opened": self.time(course.opened.at), "reports": len(course.act.reports),
            "also_known_as": list(self._reports.also_known_as.get(course.act.handle, ())), "overdue": over,
        }  # fmt: skip

    def whole(self, course: Course) -> Plain:
        """A case with all that was done in it."""
        act = course.act
        return self.short(course) | {
            "opened_act": course.opened.id, "because": act.because, "party": act.party or "", "terms": list(act.terms),
            "reports": self._reports.rows[act.handle], "parted": list(self._reports.parted.get(act.handle, ())),
            "procedure_title": course.procedure.title["en"], "cited": course.procedure.cited.source,
            "missing": [self._missing(one.id, one.title, one.cited.note) for one in course.procedure.missing],
            "passages": [self._passage(one) for one in course.passages],
            "steps": [self._step(one) for one in course.steps],
            "words": self._words(course),
            "ways": [self._way(one) for one in ways(self._agreement, course, self.as_of)],
            "due": [self._due(one) for one in self._dues(course)],
            "aside": [self.aside(one) for one in course.aside],
            "measures": [one.id for one in self.cases.measures if getattr(one.act, "case", None) == act.handle],
            "meetings": [one.id for one in self.cases.meetings if _on_agenda(one, act.handle)],
        }  # fmt: skip

    def _dues(self, course: Course) -> list[Due]:
        return dues(self._agreement, course, self.as_of)

    def _passage(self, one: Passage) -> Plain:
        return {
            "stage": one.stage.id, "title": one.stage.title["en"], "since": self.time(one.since),
            "outcome": one.outcome, "outcome_title": _title(one.outcome, one.stage.outcomes),
            "reopened": one.reopened, "acts": [self.said(held) for held in one.acts],
        }  # fmt: skip

    def said(self, held: ActHeld) -> Plain:
        """Who said it, when and why."""
        return {"id": held.id, "by": held.act.by, "at": self.time(held.at), "because": getattr(held.act, "because", "")}

    def _step(self, one: StepMade) -> Plain:
        act = one.act
        return self.said(one.held) | {
            "step": one.kind.id, "title": one.kind.title["en"], "stage": act.after[:12], "passage": one.passage,
            "outcome": act.outcome or "", "outcome_title": _title(act.outcome or "", one.kind.outcomes),
            "to": act.to or "", "when": act.when or "", "due": act.due or "", "of": act.of or "",
        }  # fmt: skip

    def _words(self, course: Course) -> list[Plain]:
        """What each body that has to agree says, and each that said something; who is silent stands there too."""
        asked = [body for way in ways(self._agreement, course, self.as_of) if way.together for body in way.bodies]
        if not course.words:
            return []
        return [
            {"by": body, "name": self._bodies.get(body, body), "says": [self._word(one) for one in said]}
            for body in sorted({*asked, *course.words}, key=list(self._bodies).index)
            for said in (course.words.get(body, ()),)
        ]

    def _word(self, held: ActHeld) -> Plain:
        to, outcome = said_by(held)
        assert isinstance(held.act, CaseMoved)
        return self.said(held) | {"to": to, "outcome": outcome, "log": held.log}

    def _way(self, one: Way) -> Plain:
        return {
            "stage": one.stage.id, "title": one.stage.title["en"], "bodies": list(one.bodies),
            "together": one.together, "said": list(one.said), "missing": list(one.missing),
            "outcomes": [outcome.id for outcome in one.stage.outcomes],
        }  # fmt: skip

    def _due(self, one: Due) -> Plain:
        return {
            "of": one.of, "act": one.act, "to": one.to, "since": self.time(one.since), "due": self.time(one.due),
            "overdue": one.over, "silence": _silence(one.silence),
        }  # fmt: skip

    def aside(self, one: Aside) -> Plain:
        """An act that moves nothing."""
        return self.said(one.held) | {"case": _case_of(one.held), "moves_nothing_because": one.because}

    @staticmethod
    def _missing(name: str, title: Text, note: str) -> Plain:
        return {"id": name, "title": title["en"], "note": note}


def _on_agenda(held: ActHeld, handle: str) -> bool:
    assert isinstance(held.act, Meeting)
    return handle in held.act.agenda or handle in held.act.referred


def _case_of(held: ActHeld) -> str:
    named: Mapping[str, str | None] = {name: getattr(held.act, name, None) for name in ("case", "handle")}
    return next((one for one in named.values() if one), "")


def _silence(silence: Silence) -> str:
    """What the pack says of silence, in words."""
    if silence.means == "proposes":
        return f"proposes a move to {silence.to}"
    return f"counts as {silence.outcome}" if silence.means == "counts_as" else "means nothing"


def _title(name: str, outcomes: Iterable[Outcome]) -> str:
    return next((one.title["en"] for one in outcomes if one.id == name), "")
