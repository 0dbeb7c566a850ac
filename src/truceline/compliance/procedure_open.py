"""What is open in a case: where it may go and by whom, which deadlines run, and which have passed."""

from dataclasses import dataclass

from truceline.compliance.procedure import (
    HOUR,
    Course,
    StepMade,
    bodies_named,
    due_of,
    had,
    read_due,
    said_by,
    silence_of,
    since_opened,
)
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved
from truceline.vocabulary.procedure import NOTHING, Silence, Stage


@dataclass(frozen=True)
class Way:
    """A stage that a case may go to. bodies: who may move it there, or who all have to (`together`); said: who did.

    missing: kinds of step that it needs first.
    """

    stage: Stage
    bodies: tuple[str, ...]
    together: bool
    said: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Due:
    """A deadline that runs or has passed: of the stage, or of the answer to a step (by the id of its act).

    All instants in UTC microseconds.
    """

    of: str
    act: str
    to: str
    since: int
    due: int
    over: bool
    silence: Silence


def ways(agreement: Agreement, course: Course, as_of: int) -> list[Way]:
    """Where a case may go from where it stands."""
    found = []
    made = since_opened(course.passages, course.steps)
    for name in course.here.stage.next:
        stage = course.procedure.stage(name)
        if stage is None:
            continue
        bodies = bodies_named(agreement, (*stage.by, *stage.together))
        may = tuple(body for body in bodies if not (stage.not_the_opener and body == course.act.by))
        said = tuple(body for body, acts in course.words.items() if any(said_by(one)[0] == name for one in acts))
        missing = tuple(need for need in stage.needs if not had(agreement.zone, course.procedure, made, need, as_of))
        found.append(Way(stage, may, bool(stage.together), said, missing))
    return found


def dues(agreement: Agreement, course: Course, as_of: int) -> list[Due]:
    """The deadlines of where a case stands, and of its steps that ask for an answer and have none; the next first."""
    of_stage = _due_of_stage(agreement, course, as_of)
    of_steps = [_due_of_step(agreement, one, as_of) for one in course.steps if not _answered(course, one)]
    found = [one for one in (of_stage, *of_steps) if one is not None]
    return sorted(found, key=lambda one: (one.due, one.act))


def _due_of_stage(agreement: Agreement, course: Course, as_of: int) -> Due | None:
    here = course.here
    if here.stage.end:
        return None
    given = [one.act.due for one in here.acts if isinstance(one.act, CaseMoved) and one.act.due]
    deadline = here.stage.deadline
    if not given and deadline is None:
        return None
    due = read_due(given[0], agreement.zone) if given else here.since
    if not given and deadline is not None:
        due = here.since + deadline.lasts_hours * HOUR
    silence = NOTHING if deadline is None else deadline.silence
    return Due(here.stage.id, here.acts[0].id, "", here.since, due, as_of >= due, silence)


def _due_of_step(agreement: Agreement, step: StepMade, as_of: int) -> Due | None:
    due = due_of(step, agreement.zone)
    if due is None:
        return None
    to = step.act.to or ""
    return Due(step.kind.id, step.held.id, to, step.held.at, due, as_of >= due, silence_of(step))


def _answered(course: Course, step: StepMade) -> bool:
    """Another step names it, or is of the kind that answers it and was made since without naming any."""
    for one in course.steps:
        if one.act.of is not None and step.held.id.startswith(one.act.of):
            return True
        if one.act.of is None and one.kind.answers == step.kind.id and one.held.at >= step.held.at:
            return True
    return False
