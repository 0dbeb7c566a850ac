"""`steps` as plain values: where every step of the agreement stands, jointly and as each body holds it, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.compliance.kinds.by_body import bodies_of
from truceline.compliance.steps import StepStanding, stand
from truceline.compliance.steps.graph import tree
from truceline.compliance.steps.levels import Carried, Level, carried, levels_of
from truceline.compliance.steps.reasons import reasons
from truceline.compliance.steps.words import words_on
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_then import acts_then
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Step
from truceline.vocabulary.when import iso

Plain = dict[str, Any]


@dataclass(frozen=True)
class StepsStanding:
    """Every step as it stands at an instant: jointly, as each body holds it, and how far each body holds it done."""

    agreement: Agreement
    acts: Sequence[ActHeld]
    as_of: int
    jointly: Mapping[str, StepStanding]
    by: Mapping[str, Mapping[str, StepStanding]]
    levels: Mapping[str, dict[str, Level]]

    @property
    def carried(self) -> dict[str, Carried]:
        """The whole agreement by body."""
        return {body: carried(self.levels.values(), body, len(self.levels)) for body in self.by}


def steps_told(path: Path, asked: Asked, step: str = "", by: str = "") -> Plain:
    """All steps, or one of them with its reasons and everybody's words; jointly, or as the body `by` holds them.

    Raises `ValueNotRead` for a step that is not there, and for a body whose word does not decide.
    """
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known and asked.view == "own" else mission.size
        at = steps_standing(mission, asked, size)
        if by and by not in at.by:
            raise ValueNotRead(f"{by!r} is no body whose word decides here.", f"They are: {', '.join(at.by)}.")
        told = _heading(mission, asked, size, at) | {
            "held_by": by,
            "steps": [_row(at, one, by) for one in at.agreement.steps if step in ("", one.id)],
            "tree": [{"step": one.step, "depth": one.depth, "again": one.again} for one in tree(at.agreement.steps)],
            "implementation": {body: _carried(one) for body, one in at.carried.items()},
        }  # fmt: skip
        if not step:
            return told
        if not told["steps"]:
            raise ValueNotRead(f"The pack {at.agreement.pack!r} has no step {step!r}.", _there(at.agreement))
        return told | {"step": _whole(at, next(one for one in at.agreement.steps if one.id == step))}


def steps_standing(mission: MissionFile, asked: Asked, size: int) -> StepsStanding:
    """Where the steps stand at a cut and an instant; never later than the cut (`AfterTheCut`)."""
    agreement = registered(mission, size).pack.agreement
    known = asked.known if asked.view == "own" else None
    as_of = asked_instant(mission, agreement.zone, now_us=asked.now_us, as_of=asked.as_of, known=known)
    acts = acts_then(mission, asked.reader, size, as_of)
    return StepsStanding(
        agreement, acts, as_of, stand(agreement, acts, as_of),
        {body: stand(agreement, acts, as_of, body) for body in bodies_of(agreement)},
        {step.id: levels_of(agreement, acts, step, as_of) for step in agreement.steps},
    )  # fmt: skip


def _heading(mission: MissionFile, asked: Asked, size: int, at: StepsStanding) -> Plain:
    return {
        "mission": mission.path.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
        "agreement": {"pack": at.agreement.pack, "version": at.agreement.version}, "view": asked.view,
        "as_of": iso(at.as_of, at.agreement.zone), "cut": mission.cut(size),
    }  # fmt: skip


def _row(at: StepsStanding, step: Step, by: str) -> Plain:
    one, zone = (at.by[by] if by else at.jointly)[step.id], at.agreement.zone
    return {
        "step": step.id, "title": step.title["en"], "terms": list(step.terms), "obliged": list(step.obliged),
        "state": one.state.value, "overdue": one.overdue, "late": one.late, "contested": one.contested,
        "since": _time(one.since, zone) if one.waits else "", "due": _time(one.due, zone),
        "done": _time(one.done, zone),
        "waits": [{"on": wait.on, "for": wait.name, "come": wait.come} for wait in one.waits],
        "together": [{"step": name, "kept": kept} for name, kept in one.together],
        "by": {body: stood[step.id].state.value for body, stood in at.by.items()},
        "level": {body: [level.low, level.high] for body, level in at.levels[step.id].items()},
    }  # fmt: skip


def _whole(at: StepsStanding, step: Step) -> Plain:
    """One step with its reasons, jointly and body by body, and what everybody said of each who owes it."""
    zone = at.agreement.zone
    return {
        "evidence": step.evidence["en"] if step.evidence else "", "note": step.note,
        "cited": {"source": step.cited.source, "tag": step.cited.tag}, "verifiers": list(step.verifiers),
        "state": at.jointly[step.id].state.value,
        "reasons": list(reasons(at.jointly[step.id], zone)),
        "reasons_by": {body: list(reasons(stood[step.id], zone)) for body, stood in at.by.items()},
        "rests_on": {body: [word.act for word in one.words] for body, one in at.levels[step.id].items()},
        "words": [
            {
                "of": party, "by": word.by, "says": word.says, "when": iso(word.when, zone), "at": iso(word.at, zone),
                "level": word.level, "because": word.because, "act": word.act, "rests_on": list(word.rests_on),
            }
            for party in step.obliged
            for word in words_on(at.agreement, at.acts, step.id, party, at.as_of)
        ],
    }  # fmt: skip


def _carried(one: Carried) -> Plain:
    return {"rated": one.rated, "of": one.of, "low_percent": one.low_percent, "high_percent": one.high_percent}


def _time(instant: int | None, zone: str) -> str:
    return "" if instant is None else iso(instant, zone)


def _there(agreement: Agreement) -> str:
    names = ", ".join(step.id for step in agreement.steps)
    return f"It has: {names}." if names else "It has none."
