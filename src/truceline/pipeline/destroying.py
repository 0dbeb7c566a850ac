"""`destroy`: fields of entries gone for good, by an act that says why; the record still holds.

1. what goes: the fields named, the file their rows came in, the words of an act as they were written
2. the act is entered, and in the same transaction the words, salts and secrets go; the read tables are made anew
3. the file is swept, so that no free page and no write-ahead log keeps them

What was given to others, and every copy and backup of the mission, is out of reach.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.destroyed_rows import (
    DESTRUCTION,
    Matter,
    fields_of,
    matter_of,
    runs,
)
from truceline.pipeline.destroying_plan import OF_A_FILE, SUBMISSION, Plan, planned
from truceline.pipeline.missions import open_mission
from truceline.pipeline.out_of_reach import OutOfReach, out_of_reach
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.reading_rows import TABLES
from truceline.pipeline.rebuild import rebuilt
from truceline.record.canonical import canonical
from truceline.record.commit import Field
from truceline.store.destroying import Destroyed
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG
from truceline.vocabulary.marking import INTERNAL, Reader, admit


class Going(Struct, frozen=True):
    """What is to be destroyed. entries: their ids. files: names of the files that go with their rows.

    beyond: what is not reached.
    """

    entries: list[str]
    fields: list[str]
    of: str
    files: list[str]
    beyond: OutOfReach


class WasDestroyed(Struct, frozen=True):
    """What was destroyed, by which act. unread: rows that say too little now and are not counted any more.

    swept: False where another process had the mission open; then old pages still lie in the file. beyond: what
    was not reached.
    """

    act: str
    entries: int
    fields: int
    files: int
    unread: int
    swept: bool
    beyond: OutOfReach


class Destruction(Struct, frozen=True):
    """One act that destroyed something: its id and seq, whose entries, how many fields of how many of them, why."""

    id: str
    seq: int
    of: str
    entries: int
    fields: int
    names: list[str]
    files: int
    because: str


class Counted(Struct, frozen=True):
    """How much one act destroyed, files' own fields among it; without a word of why."""

    act: str
    entries: int
    fields: int


def going(path: Path, entries: Sequence[str], fields: Sequence[str], of: str | None) -> Going:
    """What `destroy` would destroy; nothing is changed. Raises `ValueNotRead`."""
    with open_mission(path) as mission:
        plan = planned(mission, entries, fields, of)
        ids = [mission.destroying.id_of(plan.log, seq) for seq in plan.seqs]
        named = mission.columns(SUBMISSION, ("seq", "file"), INTERNAL)
        files = [str(name) for seq, name in zip(named["seq"], named["file"], strict=True) if int(seq) in plan.files]
        return Going(ids, plan.fields, plan.origin, sorted({*files}), _beyond(mission, plan))


def destroy(
    path: Path,
    entries: Sequence[str],
    fields: Sequence[str],
    because: str,
    of: str | None,
    *,
    now_us: int,
    chance: Chance,
    tell: Progress = silent,
) -> WasDestroyed:
    """Destroy fields of entries, all of it or nothing. Raises `ValueNotRead`, `MissionError`."""
    if not because.strip():
        raise ValueNotRead("A destruction needs a reason.", "Give it with --because; it stays in the record.")
    with open_mission(path, write=True) as mission:
        plan = planned(mission, entries, fields, of)
        destroying, beyond = mission.destroying, _beyond(mission, plan)
        destroying.prepare()
        with mission.pen(now_us, chance) as pen:
            act, entry_id = pen.enter(DESTRUCTION, _act_fields(mission, plan, because), {})
            if plan.log == OWN_LOG:
                gone = sum(destroying.destroy(seq, plan.fields, act) for seq in plan.seqs)
            else:
                gone = sum(destroying.destroy_given(plan.log, seq, plan.fields, act) for seq in plan.seqs)
            for seq in plan.files:
                destroying.destroy(seq, OF_A_FILE, act)
            dropped = sum(destroying.drop_file(name) for name in plan.blobs)
            rebuilt(mission, pen, tell)
        refused = {int(seq) for seq in mission.columns("refusal", ("seq",), INTERNAL)["seq"]}
        unread = len(refused.intersection(plan.seqs)) if plan.log == OWN_LOG else 0
        return WasDestroyed(entry_id, len(plan.seqs), gone, dropped, unread, destroying.sweep(), beyond)


def _beyond(mission: MissionFile, plan: Plan) -> OutOfReach:
    if plan.log != OWN_LOG:
        return OutOfReach([], [], [])
    return out_of_reach(mission, plan.seqs, plan.fields, plan.blobs)


def sweep(path: Path) -> bool:
    """Sweep a mission again, once no other process has it open; whether nothing is left to sweep."""
    with open_mission(path, write=True) as mission:
        mission.destroying.prepare()
        return mission.destroying.sweep()


def destructions(path: Path, reader: Reader) -> list[Destruction]:
    """All that was destroyed in a mission, act by act."""
    admit(reader)
    with open_mission(path) as mission:
        return [_told(mission, act, gone) for act, gone in _by_act(mission)]


def counted(mission: MissionFile) -> list[Counted]:
    """How much was destroyed by which act: for an audit, which tells no words."""
    return [
        Counted(mission.destroying.id_of(OWN_LOG, act), len(gone), sum(len(one.gone) for one in gone))
        for act, gone in _by_act(mission)
    ]


def _by_act(mission: MissionFile) -> list[tuple[int, list[Destroyed]]]:
    by_act: dict[int, list[Destroyed]] = {}
    for one in mission.destroying.all():
        by_act.setdefault(one.act, []).append(one)
    return sorted(by_act.items())


def _told(mission: MissionFile, act: int, gone: Sequence[Destroyed]) -> Destruction:
    fields = fields_of(mission, act)
    matter = matter_of(fields)
    because = dict(fields)["because"].decode()
    named = [one for one in gone if str(one.seq) not in matter.files]
    count = sum(len(one.gone) for one in named)
    entry_id = mission.destroying.id_of(OWN_LOG, act)
    return Destruction(entry_id, act, matter.of, len(named), count, matter.fields, len(matter.files), because)


def _act_fields(mission: MissionFile, plan: Plan, because: str) -> list[Field]:
    matter = Matter(
        runs(plan.seqs), plan.fields, plan.origin, {str(seq): file for seq, file in plan.files.items()},
        {str(seq): by for seq, by in _out(mission, plan).items()},
    )  # fmt: skip
    who = {"by": mission.origin, "what": "destroyed"}
    said = canonical(msgspec.to_builtins(matter))
    return [("who", canonical(who)), ("matter", said), ("because", because.encode())]


def _out(mission: MissionFile, plan: Plan) -> dict[int, int]:
    """Rows that are out of force now: the words that would say so again may be among what goes."""
    out: dict[int, int] = {}
    if plan.log == OWN_LOG:
        for first, count in runs(plan.seqs):
            for table in TABLES:
                out |= mission.destroying.out(table, first, count)
    return out
