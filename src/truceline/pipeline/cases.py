"""Cases: opening one, moving it, making a step; measures and meetings. Each is one act, entered like any other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truceline.compliance.procedure import Course
from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.case_sense import PRESETS, OfCase
from truceline.pipeline.cases_held import Cases, cases_held, log_part
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import acts, registered
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import Withdrawal
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep
from truceline.vocabulary.marking import INTERNAL

_LATEST = 2**62


@dataclass(frozen=True)
class Saying:
    """Who says it, when (local to the agreement), why, and with which key (None: the log's own)."""

    by: str
    at: str
    because: str
    sign: str | None
    now_us: int
    chance: Chance


def open_case(
    mission: MissionFile,
    reports: Sequence[str],
    saying: Saying,
    *,
    title: str,
    procedure: str = "",
    stage: str | None = None,
    party: str | None = None,
    terms: Sequence[str] = (),
) -> tuple[str, Entered]:
    """Open a case on reports, the first of which founds it; its handle, and the act.

    procedure: may be left out where the pack has one. Raises `ActError` where the procedure does not allow it.
    """
    agreement = registered(mission).pack.agreement
    chosen = procedure or _only_procedure(agreement)
    handle = _next_handle(mission)
    act = CaseOpened(
        saying.by, saying.at, handle, title, tuple(reports), chosen, saying.because, stage, tuple(terms), party
    )
    return handle, enter(mission, act, saying)


def move_case(
    mission: MissionFile, handle: str, to: str, saying: Saying, *, outcome: str | None = None, due: str | None = None
) -> tuple[Entered, Course]:
    """Move a case, or say the word that a joint move needs; the act, and the case afterwards. Raises `ActError`."""
    here = _cases(mission).course(handle)
    act = CaseMoved(saying.by, saying.at, here.act.handle, here.here.acts[0].id, to, saying.because, outcome, due)
    entered = enter(mission, act, saying)
    return entered, _cases(mission).courses[here.act.handle]


def make_step(
    mission: MissionFile,
    handle: str,
    step: str,
    saying: Saying,
    *,
    outcome: str | None = None,
    to: str | None = None,
    when: str | None = None,
    due: str | None = None,
    of: str | None = None,
) -> Entered:
    """Enter a step made within the stage in which a case stands. Raises `ActError`."""
    here = _cases(mission).course(handle)
    after = here.here.acts[0].id
    act = CaseStep(saying.by, saying.at, here.act.handle, after, step, saying.because, outcome, to, when, due, of)
    return enter(mission, act, saying)


def enter(mission: MissionFile, act: OfCase, saying: Saying) -> Entered:
    """Enter an act about a case."""
    return enter_act(mission, act, sign=saying.sign, now_us=saying.now_us, chance=saying.chance)


def take_back(mission: MissionFile, of: str, saying: Saying) -> Entered:
    """Withdraw an act about a case, of the same body. Raises `ActError` for any other act."""
    found = [one for one in acts(mission, INTERNAL) if one.id.startswith(of)]
    if found and not isinstance(found[0].act, OfCase):
        raise ActError(f"The act {of} is not about a case.", "Enter a withdrawal of it with: truceline enter")
    act = Withdrawal(saying.by, saying.at, of, saying.because)
    return enter_act(mission, act, sign=saying.sign, now_us=saying.now_us, chance=saying.chance)


def _cases(mission: MissionFile) -> Cases:
    return cases_held(mission, INTERNAL, mission.size, _LATEST)


def _only_procedure(agreement: Agreement) -> str:
    known = [one.id for one in agreement.procedures]
    if not known:
        raise ActError("The agreement of this mission has no procedure, so no case can be opened.", PRESETS)
    if len(known) > 1:
        raise ActError("The agreement has several procedures.", f"Name one with --procedure: {', '.join(known)}.")
    return known[0]


def _next_handle(mission: MissionFile) -> str:
    """The handle after the last that was ever given in this log."""
    part = log_part(mission.origin)
    given = (one.act.handle for one in acts_ever(mission, INTERNAL) if isinstance(one.act, CaseOpened))
    numbers = [int(found[1]) for handle in given if (found := re.fullmatch(rf"{part}-(\d+)", handle))]
    return f"{part}-{max(numbers, default=0) + 1}"


def handle_of(mission: MissionFile, named: str) -> str:
    """The whole handle of a case. Raises `ActError`."""
    return _cases(mission).course(named).act.handle


def as_handles(mission: MissionFile, words: Sequence[str]) -> tuple[str, ...]:
    """Words, those that are the number of a case as its handle."""
    numbers: dict[str, list[str]] = {}
    for handle in _cases(mission).courses:
        numbers.setdefault(handle.rpartition("-")[2], []).append(handle)
    return tuple(numbers[one][0] if len(numbers.get(one, ())) == 1 else one for one in words)
