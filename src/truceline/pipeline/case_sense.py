"""What can be wrong with an act about a case that is to be entered here: the procedure does not allow it.

Asked at entering alone. Of what another holder entered it is shown why it moves nothing (compliance/procedure.py).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from truceline.compliance.procedure import Aside, Course
from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever, targets
from truceline.pipeline.cases_held import Cases, cases_from
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep, MeasureTaken, Meeting
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_instant

OfCase = CaseOpened | CaseMoved | CaseStep | MeasureTaken | Meeting
_NEW = "f" * 64
_FOLLOWS = ("passed_on", "answered", "effect")
_LATEST = 2**62
_TAKE_BACK = "Take that back first: truceline case undo MISSION ID"
PRESETS = "`truceline procedures` prints presets; a mission is made with the pack that holds one."


def refuse_unsound_cases(mission: MissionFile, said: Sequence[tuple[Path, Act]]) -> None:
    """Raise `ActError`, naming the file where there is one, for an act about a case that would move nothing.

    Acts of one file that build on one another are asked in their order.
    """
    of_cases = [(path, act) for path, act in said if isinstance(act, OfCase)]
    if not of_cases:
        return
    agreement = registered(mission).pack.agreement
    counting = acts_that_count(mission, INTERNAL, mission.size)
    ever = acts_ever(mission, INTERNAL)
    for n, (path, act) in enumerate(of_cases):
        held = ActHeld(f"{n:04x}{_NEW[4:]}", mission.size + n, act, *(read_instant(act.at, agreement.zone),) * 2)
        gone = {one.id for one in targets(act, ever)}
        counting = [one for one in counting if one.id not in gone]
        again = [one for one in counting if one.act == act]
        if again:
            continue
        before = cases_from(agreement, counting, ever, _LATEST, mission.origin)
        because, mend = _wrong(act, held, before, [*counting, held], ever, mission.origin)
        if because:
            raise ActError(f"{path}: {because}." if path.name else f"{because[:1].upper()}{because[1:]}.", mend)
        counting = [*counting, held]


def _wrong(
    act: OfCase, held: ActHeld, before: Cases, with_it: Sequence[ActHeld], ever: Sequence[ActHeld], own: str
) -> tuple[str, str]:
    if isinstance(act, MeasureTaken):
        return _measure_wrong(act, before)
    if isinstance(act, Meeting):
        return "", ""
    if isinstance(act, CaseOpened) and not before.agreement.procedures:
        return "the agreement of this mission has no procedure, so no case can be opened", PRESETS
    if isinstance(act, CaseMoved | CaseStep) and act.case not in before.courses:
        return f"{act.case!r} is no case of this mission", "See: truceline case list MISSION"
    after = cases_from(before.agreement, with_it, ever, _LATEST, own)
    if isinstance(act, CaseOpened):
        return _aside(held, after.aside), _known(before.agreement, act)
    course = after.courses[act.case]
    because = _aside(held, course.aside)
    if because:
        return because, _mend(before.courses[act.case])
    if act.by in course.torn:
        return f"another word of {act.by} on this stands already", _TAKE_BACK
    if course.contested and not before.courses[act.case].contested:
        return "another move after the same act stands already", _TAKE_BACK
    return _answers(act, course)


def _aside(held: ActHeld, aside: Iterable[Aside]) -> str:
    return next((one.because for one in aside if one.held.id == held.id), "")


def _known(agreement: Agreement, act: CaseOpened) -> str:
    procedure = agreement.procedure(act.procedure)
    if procedure is None:
        return f"Known: {', '.join(one.id for one in agreement.procedures)}."
    return f"A case begins in: {', '.join(procedure.begins)}. Handles are made by `truceline case open`."


def _mend(course: Course) -> str:
    """Where the case may go, and what may be done where it stands."""
    here = course.here
    return (
        f"{course.act.handle} stands in {here.stage.id!r}, after the act {here.acts[0].id[:12]}. From there it goes "
        f"to: {', '.join(here.stage.next) or 'nowhere'}. Steps there: {', '.join(here.stage.steps) or 'none'}."
    )


def _answers(act: CaseMoved | CaseStep, course: Course) -> tuple[str, str]:
    of = getattr(act, "of", None)
    if of is not None and not any(one.held.id.startswith(of) for one in course.steps):
        return f"{of!r} names no step of {act.case}", "Write of: with the id of the step it answers."
    return "", ""


def _measure_wrong(act: MeasureTaken, before: Cases) -> tuple[str, str]:
    if act.case is not None and act.case not in before.courses:
        return f"{act.case!r} is no case of this mission", "See: truceline case list MISSION"
    if act.says in _FOLLOWS:
        found = [one for one in before.measures if act.of is not None and one.id.startswith(act.of)]
        if len(found) != 1:
            return f"{act.says}, and what it is of, go together", "Write of: with the id of the request."
    elif act.of is not None:
        return f"{act.says} is of no request", f"Only {', '.join(_FOLLOWS)} have of:."
    if act.says == "asked" and not act.to:
        return "a request is made to somebody", "Write to: with the co-chair of influence."
    return "", ""
