"""The cases of a mission at a cut: every course, from the acts that count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from truceline.compliance.procedure import Aside, Course, course_of, not_opened_because
from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, Withdrawal, revised_by
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep, MeasureTaken, Meeting
from truceline.vocabulary.marking import Reader

PART = 8
"""So many letters of a handle name the log: two logs that never met give two cases one handle once in four thousand
million."""


@dataclass(frozen=True)
class Cases:
    """courses: by handle, in the order of their opening. aside: openings that open nothing, with the reason, and acts
    about cases that are not held."""

    agreement: Agreement
    courses: Mapping[str, Course]
    measures: tuple[ActHeld, ...] = ()
    meetings: tuple[ActHeld, ...] = ()
    aside: tuple[Aside, ...] = ()

    def course(self, named: str) -> Course:
        """The case of a handle, or of its number alone where one case has it. Raises `ActError`."""
        found = [handle for handle in self.courses if named in (handle, handle.rpartition("-")[2])]
        if len(found) == 1:
            return self.courses[found[0]]
        which = f"the number of {len(found)} cases" if found else "no case of this mission"
        raise ActError(f"{named!r} is {which}.", "See: truceline case list MISSION")


def log_part(origin: str) -> str:
    """The part of a handle that names a log: the beginning of the SHA-256 of its origin, in hex."""
    return sha256(origin.encode()).hexdigest()[:PART]


def cases_held(mission: MissionFile, reader: Reader, size: int, as_of: int) -> Cases:
    """All cases at that size, as they stood at an instant."""
    counting = acts_that_count(mission, reader, size)
    return cases_from(
        registered(mission, size).pack.agreement, counting, acts_ever(mission, reader, size), as_of, mission.origin
    )


def cases_from(
    agreement: Agreement, counting: Sequence[ActHeld], ever: Sequence[ActHeld], as_of: int, own: str
) -> Cases:
    """The cases that these acts make. ever: with those no longer in force; own: the origin of acts that name no log."""
    said = [one for one in sorted(counting, key=lambda one: (one.at, one.id)) if one.at <= as_of]
    stands_for = _stands_for(ever)
    of: dict[str, list[ActHeld]] = {}
    for one in said:
        if isinstance(one.act, CaseMoved | CaseStep):
            of.setdefault(one.act.case, []).append(one)
    courses: dict[str, Course] = {}
    aside: list[Aside] = []
    for one in said:
        if isinstance(one.act, CaseOpened):
            because = _refused(agreement, one, one.act, courses, ever, own)
            course = None if because else course_of(agreement, one, of.pop(one.act.handle, ()), stands_for, as_of)
            if course is None:
                aside.append(Aside(one, because))
            else:
                courses[one.act.handle] = course
    aside += [Aside(one, "no case of this handle is held") for acts in of.values() for one in acts]
    courses = dict(sorted(courses.items(), key=lambda one: (one[1].opened.at, *_parts(one[0]))))
    measures = tuple(one for one in said if isinstance(one.act, MeasureTaken))
    return Cases(agreement, courses, measures, tuple(one for one in said if isinstance(one.act, Meeting)), tuple(aside))


def _parts(handle: str) -> tuple[str, int]:
    part, _, number = handle.partition("-")
    return part, int(number)


def _refused(
    agreement: Agreement, held: ActHeld, act: CaseOpened, taken: Iterable[str], ever: Sequence[ActHeld], own: str
) -> str:
    if act.handle in taken:
        return f"{act.handle} is the handle of another case"
    if not act.handle.startswith(f"{log_part(held.log or own)}-") and not _revises_it(act, ever):
        return f"{act.handle} is no handle of the log it stands in"
    return not_opened_because(agreement, act)


def _revises_it(act: CaseOpened, ever: Sequence[ActHeld]) -> bool:
    """Another device of the body says it better: the handle stays that of the log it was opened in."""
    named = revised_by(act)
    old = [one.act for one in ever if named and one.id.startswith(named)]
    return any(isinstance(one, CaseOpened) and (one.handle, one.by) == (act.handle, act.by) for one in old)


def _stands_for(ever: Sequence[ActHeld]) -> dict[str, list[str]]:
    """By the id of an act in force, the ids of those whose place it took, however often they were said better."""
    at = {one.seq: one for one in ever}
    found: dict[str, list[str]] = {}
    for one in ever:
        newer = one
        while newer.replaced_by is not None and newer.replaced_by in at and not isinstance(newer.act, Withdrawal):
            newer = at[newer.replaced_by]
        if newer is not one and not isinstance(newer.act, Withdrawal):
            found.setdefault(newer.id, []).append(one.id)
    return found
