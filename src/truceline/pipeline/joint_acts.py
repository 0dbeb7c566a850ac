"""Acts of several logs: which of them count, and which stand against one another without any having seen the other.

An act counts for a body only from a log of the side that speaks for it, where the policy says which that is. An act by
the same body on the same matter from another log of the same side goes before an older one if its author had seen the
older one; if neither had seen the other, both stand, as rivals, until a person revises both. An act from another side
goes before none: both stand.
"""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from truceline.exchange.quorum import speakers
from truceline.pipeline.holders import policy_in_force
from truceline.pipeline.missions import acts
from truceline.pipeline.receiving import all_logs
from truceline.store.mission_file import MissionFile
from truceline.store.tables import FIRST_PLACE, log_at, seq_at
from truceline.vocabulary.act import ActHeld, Withdrawal, kind_of, revised_by
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep, MeasureTaken, Meeting
from truceline.vocabulary.clearance import Clearance, Marking
from truceline.vocabulary.conduct import AccessStep, FlightSeen, Notice, Performance, Referral
from truceline.vocabulary.counts_released import CountsReleased
from truceline.vocabulary.designation import Association, ExclusionHeld, ListVersion, Membership, NameDecided
from truceline.vocabulary.exhibit import Custody, ExhibitEntered
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.retraction import Published
from truceline.vocabulary.territory import Claim

Matter = tuple[str, str, str]
_ABOUT = ("about", "clock", "comparison", "party", "source", "report", "area", "from_", "of")
"""What an act is of: whichever of these it has."""
_DONE_ONCE = (
    Custody, ExhibitEntered, CaseStep, MeasureTaken, Meeting, Published, FlightSeen, AccessStep, Notice, Performance,
    Referral, Marking, Clearance, CountsReleased,
)  # fmt: skip
"""Acts that tell of something done at a time: each is a matter of its own, and none goes before another."""


class Rivalry(Struct, frozen=True):
    """Acts of one body on one matter, from several logs, of which none had seen another."""

    by: str
    kind: str
    about: str
    acts: tuple[ActHeld, ...]


def acts_that_count(mission: MissionFile, reader: Reader, size: int) -> list[ActHeld]:
    """The acts in force at that size that count, the own log's first; each with the origin of its log."""
    held = acts(mission, reader, size)
    if all(one.seq < FIRST_PLACE for one in held):
        return held
    spoken = spoken_for(mission, held)
    side = {peer.origin: peer.side for peer in all_logs(mission)}
    together: dict[tuple[str, Matter], list[ActHeld]] = {}
    for one in spoken:
        together.setdefault((side[one.log], matter_of(one)), []).append(one)
    return [one for one in spoken if not _overtaken(mission, one, together[side[one.log], matter_of(one)])]


def spoken_for(mission: MissionFile, held: Sequence[ActHeld]) -> list[ActHeld]:
    """The acts, each with the origin of its log, that stand in a log of the side that speaks for their body."""
    logs = all_logs(mission)
    origins = {peer.log: peer.origin for peer in logs}
    named = [msgspec.structs.replace(one, log=origins[log_at(one.seq)]) for one in held]
    may = speakers(policy_in_force(mission, logs), logs)
    return [one for one in named if one.act.by not in may or one.log in may[one.act.by]]


def rivalries(mission: MissionFile, reader: Reader, size: int) -> list[Rivalry]:
    """Where acts that count stand against one another within one body."""
    by_matter: dict[Matter, list[ActHeld]] = {}
    for one in acts_that_count(mission, reader, size):
        by_matter.setdefault(matter_of(one), []).append(one)
    found = {matter: group for matter, group in by_matter.items() if len({one.log for one in group}) > 1}
    return [Rivalry(*matter, tuple(group)) for matter, group in sorted(found.items())]


def matter_of(held: ActHeld) -> Matter:
    """What an act is of: its body, its kind, and what it is about."""
    act = held.act
    named: list[object] = [getattr(act, name, None) for name in _ABOUT]
    if isinstance(act, _DONE_ONCE):
        named.append(min(revised_by(act), default=held.id))
    elif isinstance(act, Judgement):
        named = [" ".join(sorted(act.reports))]
    elif isinstance(act, CaseMoved):
        named += [act.case, act.after[:12]]
    elif isinstance(act, CaseOpened):
        named = [act.handle]
    elif isinstance(act, Claim):
        named = [act.number, act.claimant]
    elif isinstance(act, NameDecided):
        named = [act.name, act.list, act.entry]
    elif isinstance(act, ListVersion):
        named = [act.list, act.version]
    elif isinstance(act, ExclusionHeld | Association | Membership):
        named = [*_of_whom(act)]
    return act.by, kind_of(act), " ".join(str(one) for one in named if one)


def _of_whom(act: ExclusionHeld | Association | Membership) -> tuple[str, str]:
    if isinstance(act, ExclusionHeld):
        return act.actor, act.instrument
    return (act.force, act.of) if isinstance(act, Association) else (act.body, act.member)


def _overtaken(mission: MissionFile, one: ActHeld, others: Sequence[ActHeld]) -> bool:
    """Of the acts of one side on one matter, another log's was written by somebody who had seen this one."""
    if isinstance(one.act, Withdrawal):
        return False
    return any(_had_seen(mission, other, one) for other in others if other.log != one.log)


def _had_seen(mission: MissionFile, later: ActHeld, earlier: ActHeld) -> bool:
    seen: Mapping[str, Sequence[int | str]] = mission.others.seen_at(log_at(later.seq), seq_at(later.seq) + 1)
    return int(seen.get(earlier.log, [0])[0]) > seq_at(earlier.seq)
