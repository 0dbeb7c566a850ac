"""Measures, requests to the co-chair with influence, and meetings, as plain values."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from truceline.compliance.procedure import read_due
from truceline.pipeline.cases_told import CasesTelling
from truceline.pipeline.questions import Asked
from truceline.pipeline.views import opened_for
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.case import MeasureTaken, Meeting

Plain = dict[str, Any]
_RANK = ("asked", "passed_on", "answered", "effect")


def measures_told(path: Path, asked: Asked, *, overdue: bool = False, case: str = "") -> Plain:
    """All measures and requests, or those that are overdue, or of one case."""
    with opened_for(path, asked) as mission:
        telling = CasesTelling.of(mission, asked)
        as_of, zone = telling.as_of, telling.cases.agreement.zone
        of_case = telling.cases.course(case).act.handle if case else ""
        first = [one for one in telling.cases.measures if _act(one).says in ("taken", "asked")]
        told = [_measure(telling, one, telling.cases.measures, as_of, zone) for one in first]
        kept = [one for one in told if (not overdue or one["overdue"]) and of_case in ("", one["case"])]
        return telling.heading() | {"measures": kept}


def meetings_told(path: Path, asked: Asked) -> Plain:
    """All meetings, with what was on their agenda and what was referred to whom."""
    with opened_for(path, asked) as mission:
        telling = CasesTelling.of(mission, asked)
        return telling.heading() | {"meetings": [_meeting(telling, one) for one in telling.cases.meetings]}


def _act(held: ActHeld) -> MeasureTaken:
    assert isinstance(held.act, MeasureTaken)
    return held.act


def _measure(telling: CasesTelling, held: ActHeld, every: Sequence[ActHeld], as_of: int, zone: str) -> Plain:
    act = _act(held)
    chain = _chain(held, every)
    state = max((_act(one).says for one in chain), key=_RANK.index, default=act.says)
    due = None if act.due is None else read_due(act.due, zone)
    answered = any(_act(one).says in ("answered", "effect") for one in chain)
    return telling.said(held) | {
        "says": act.says, "what": act.what, "to": act.to or "", "case": act.case or "",
        "state": state, "due": "" if due is None else telling.time(due),
        "overdue": act.says == "asked" and not answered and due is not None and as_of >= due,
        "followed": [
            telling.said(one) | {"says": _act(one).says, "what": _act(one).what, "to": _act(one).to or ""}
            for one in chain
        ],
    }  # fmt: skip


def _chain(held: ActHeld, every: Sequence[ActHeld]) -> list[ActHeld]:
    """What followed a request, and what followed that; in the order in which it was said."""
    found: list[ActHeld] = []
    ahead = [held]
    while ahead:
        of = ahead.pop()
        more = [one for one in every if (name := _act(one).of) and of.id.startswith(name) and one not in found]
        found += more
        ahead += more
    return sorted(found, key=lambda one: (one.at, one.id))


def _meeting(telling: CasesTelling, held: ActHeld) -> Plain:
    act = held.act
    assert isinstance(act, Meeting)
    courses = telling.cases.courses
    named = [one for one in dict.fromkeys((*act.agenda, *act.referred)) if one in courses]
    stands = [{"case": one, "stage": courses[one].here.stage.id} for one in named]
    return telling.said(held) | {
        "title": act.title, "present": list(act.present), "agenda": list(act.agenda), "referred": list(act.referred),
        "to": act.to or "", "stages": stands,
    }  # fmt: skip
