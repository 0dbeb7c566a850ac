"""Procedures: their stages and steps point to something, can be reached, and say who moves a case into each."""

from collections.abc import Iterator

from truceline.compliance.cross_checks.pointing import Wrong, all_known, known, some_known, used_once, used_once_in
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import Path
from truceline.vocabulary.procedure import ROLES, Deadline, Procedure, Stage, StepKind


def procedures(agreement: Agreement) -> Iterator[Wrong]:
    """Every procedure is whole."""
    yield from used_once("procedures", [one.id for one in agreement.procedures])
    who = {*ROLES, *(body.id for body in agreement.bodies)}
    roles = {body.role for body in agreement.bodies}
    for i, procedure in enumerate(agreement.procedures):
        yield from _procedure(("procedures", i), procedure, who - (set(ROLES) - roles))


def _procedure(at: Path, procedure: Procedure, who: set[str]) -> Iterator[Wrong]:
    stages = [stage.id for stage in procedure.stages]
    yield from used_once_in((*at, "stages"), stages)
    yield from used_once_in((*at, "steps"), [step.id for step in procedure.steps])
    yield from some_known((*at, "begins"), procedure.begins, stages, "stage")
    if procedure.cited.tag == "recalled":
        yield (*at, "cited", "tag"), "a recalled procedure is not executed until it is confirmed"
    for i, stage in enumerate(procedure.stages):
        yield from _stage((*at, "stages", i), stage, procedure, who)
    for i, step in enumerate(procedure.steps):
        yield from _step((*at, "steps", i), step, procedure, who)
    yield from _reached(at, procedure)


def _stage(at: Path, stage: Stage, procedure: Procedure, who: set[str]) -> Iterator[Wrong]:
    stages, steps = [one.id for one in procedure.stages], [one.id for one in procedure.steps]
    if bool(stage.by) == bool(stage.together):
        yield at, "needs exactly one of by (any one of them) and together (all of them)"
    for key in ("by", "together"):
        yield from all_known((*at, key), getattr(stage, key), who, "body or role")
    if stage.together and stage.not_the_opener:
        yield (*at, "not_the_opener"), "goes with by; who has to agree is named"
    if stage.together and stage.id in procedure.begins:
        yield (*at, "together"), "a case is opened by one body"
    yield from all_known((*at, "next"), stage.next, stages, "stage of this procedure")
    yield from all_known((*at, "steps"), stage.steps, steps, "step of this procedure")
    yield from all_known((*at, "needs"), stage.needs, steps, "step of this procedure")
    yield from used_once_in((*at, "outcomes"), [one.id for one in stage.outcomes])
    yield from _deadline((*at, "deadline"), stage.deadline)
    if stage.deadline is not None and stage.deadline.silence.means == "counts_as":
        yield (*at, "deadline", "silence"), "counts_as is of the answer to a step; a stage proposes"
    to = None if stage.deadline is None else stage.deadline.silence.to
    if to is not None:
        yield from known((*at, "deadline", "silence", "to"), to, stage.next, "next stage of this one")


def _step(at: Path, step: StepKind, procedure: Procedure, who: set[str]) -> Iterator[Wrong]:
    yield from some_known((*at, "by"), step.by, who, "body or role")
    if step.answers is not None:
        yield from known((*at, "answers"), step.answers, [one.id for one in procedure.steps], "step of this procedure")
    yield from used_once_in((*at, "outcomes"), [one.id for one in step.outcomes])
    yield from _deadline((*at, "deadline"), step.deadline)
    if step.deadline is None:
        return
    answers = [one for one in procedure.steps if one.answers == step.id]
    if not answers:
        yield (*at, "deadline"), "no step answers this one"
    if step.deadline.silence.means == "proposes":
        yield (*at, "deadline", "silence"), "only the deadline of a stage proposes a stage"
    outcome = step.deadline.silence.outcome
    if outcome is not None:
        outcomes = [one.id for answer in answers for one in answer.outcomes]
        yield from known((*at, "deadline", "silence", "outcome"), outcome, outcomes, "outcome of the answer")


def _deadline(at: Path, deadline: Deadline | None) -> Iterator[Wrong]:
    if deadline is None:
        return
    if (deadline.hours is None) == (deadline.days is None):
        yield at, "needs exactly one of hours and days"
    silence = deadline.silence
    if (silence.means == "proposes") != (silence.to is not None):
        yield (*at, "silence"), "proposes, and only it, names a stage in to"
    if (silence.means == "counts_as") != (silence.outcome is not None):
        yield (*at, "silence"), "counts_as, and only it, names an outcome"


def _reached(at: Path, procedure: Procedure) -> Iterator[Wrong]:
    """Every stage can be come to, and a step that is needed can be made in some stage before."""
    reached, ahead = set[str](), list(procedure.begins)
    while ahead:
        name = ahead.pop()
        stage = procedure.stage(name)
        if stage is not None and name not in reached:
            reached.add(name)
            ahead += stage.next
    offered = {step for stage in procedure.stages for step in stage.steps}
    for i, stage in enumerate(procedure.stages):
        if stage.id not in reached:
            yield (*at, "stages", i, "id"), f"no case can come to {stage.id!r}"
        for j, need in enumerate(stage.needs):
            if need not in offered:
                yield (*at, "stages", i, "needs", j), f"no stage has the step {need!r}"
