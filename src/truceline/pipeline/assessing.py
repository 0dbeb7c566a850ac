"""Assessing a mission: every obligation, party and period held against what was found, body by body and jointly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from truceline.compliance.assessing import Assessed
from truceline.compliance.assessing.assessed import Frame, assessed_in, framed
from truceline.compliance.days import days_of
from truceline.compliance.flights import flight_matters
from truceline.compliance.watch_kept import kept_watches
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.held_columns import watches
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.matters_held import matters_of
from truceline.pipeline.questions import Asked, Meant, meant_by
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.matters import MatterColumns
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.when import iso, read_as_of, read_instant

Period = tuple[int, int]
DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Wanted:
    """What is asked for: "" is everything. every: "" one period, or `day`, `week`. start, end: local times."""

    obligation: str = ""
    party: str = ""
    body: str = ""
    every: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Answered:
    """An assessed mission, with what it was asked at."""

    meant: Meant
    cut: dict[str, list[int | str]]
    exercise: bool
    acts: Sequence[ActHeld]
    matters: MatterColumns
    assessed: Assessed
    periods: tuple[Period, ...]


def assessed(mission: MissionFile, asked: Asked, wanted: Wanted) -> Answered:
    """Assess a mission.

    1. the cut, the pack, the reading and the instant   2. findings and incidents   3. who watched
    4. each obligation, party, period and body
    """
    meant = meant_by(mission, asked)
    question = meant.question
    acts = acts_that_count(mission, asked.reader, meant.size)
    periods = periods_of(meant, wanted)
    matters = matters_of(mission, asked.reader, meant.size, question.agreement, acts, question.as_of)
    matters = matters.join(flight_matters(question.agreement, acts, question.as_of))
    found = assessed_in(frame_in(mission, meant, wanted, acts), matters)
    return Answered(meant, mission.cut(meant.size), mission.exercise, acts, matters, found, periods)


def frame_in(mission: MissionFile, meant: Meant, wanted: Wanted, acts: Sequence[ActHeld]) -> Frame:
    """What is asked of a mission's matters, made ready. acts: those that count at that size."""
    question, reader = meant.question, meant.asked.reader
    watched = watches(mission, reader, meant.size)
    return framed(
        question.agreement, question.geometry, acts,
        kept_watches(question.agreement, question.reading, watched, question.as_of),
        periods_of(meant, wanted), finders(question.agreement), question.as_of, question.reading,
        meant.registered.pack.lines, _chosen(question.agreement, wanted),
        claims_replaced(mission, reader, meant.size, acts),
    )  # fmt: skip


def claims_replaced(mission: MissionFile, reader: Reader, size: int, acts: Sequence[ActHeld]) -> list[ActHeld]:
    """The claims of lines and zones that another claim took the place of: what a freeze held against."""
    if not any(isinstance(one.act, Claim) and one.act.revises for one in acts):
        return []
    claims = {one.seq: one for one in acts_ever(mission, reader, size) if isinstance(one.act, Claim)}
    return [one for one in claims.values() if one.replaced_by in claims]


def finders(agreement: Agreement) -> tuple[str, ...]:
    """The bodies whose findings make outcomes of their own: the co-chairs; without any, the secretariat."""
    chairs = tuple(one.id for one in agreement.bodies if one.role == "co_chair")
    return chairs or tuple(one.id for one in agreement.bodies if one.role == "secretariat")


def periods_of(meant: Meant, wanted: Wanted) -> tuple[Period, ...]:
    """The periods asked about, none after the as-of instant: the pack's period up to then, or the one given.

    `day` and `week` cut it at the reading's day boundary; a piece that is not over ends at the as-of instant.
    """
    question = meant.question
    agreement, as_of = question.agreement, question.as_of
    days = days_of(agreement.period, question.boundary, question.zone, as_of)
    if not days:
        raise ValueNotRead("Nothing of the agreement's period has been yet.", "Ask as of a later time: --as-of.")
    start = read_instant(wanted.start, agreement.zone) if wanted.start else days[0].start
    end = min(read_as_of(wanted.end, agreement.zone) if wanted.end else days[-1].end, as_of)
    if start >= end:
        raise ValueNotRead(f"No time lies between {iso(start, agreement.zone)} and {iso(end, agreement.zone)}.", _LATER)
    if not wanted.every:
        return ((start, end),)
    step = DAYS[wanted.every]
    edges = [start, *(day.start for day in days[::step] if start < day.start < end), end]
    return tuple(pairwise(edges))


_LATER = "Give --from before --to, and both before the as-of instant."


def _chosen(agreement: Agreement, wanted: Wanted) -> list[Obligation]:
    """The obligations that were asked for. Raises `ValueNotRead` for one, or a party, that the pack does not know."""
    known = {one.id for one in agreement.obligations}
    if wanted.obligation and wanted.obligation not in known:
        raise ValueNotRead(
            f"{wanted.obligation!r} is no obligation of the pack.", f"It has: {', '.join(sorted(known))}."
        )
    obliged = {party for one in agreement.obligations for party in one.obliged}
    if wanted.party and wanted.party not in obliged:
        raise ValueNotRead(f"Nothing obliges {wanted.party!r}.", f"Obliged are: {', '.join(sorted(obliged))}.")
    return [one for one in agreement.obligations if wanted.obligation in ("", one.id)]
