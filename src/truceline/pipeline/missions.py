"""Making a mission, and what every other verb needs of one: its pack, its reading, its acts."""

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import msgspec

from truceline import __version__
from truceline.compliance.pack import Pack
from truceline.errors import MissionError, RecordBroken
from truceline.pipeline.packs import find_pack, read_once
from truceline.record.commit import Field
from truceline.record.plain_json import read_json
from truceline.store.key_file import Lock
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.marking import INTERNAL, Reader

AGREEMENT = "agreement"
ACT = "act"
READING = "reading"


@dataclass(frozen=True)
class Registered:
    """The pack in force in a mission, the reading registered for it, and when (None: no head was dated yet)."""

    pack: Pack
    reading: str | None
    seq: int


def open_mission(path: Path, *, write: bool = False) -> MissionFile:
    """An open mission file, for reading alone unless `write`. Raises `MissionError`."""
    return MissionFile.open(path, write=write)


def init(
    path: Path,
    pack_name: str,
    *,
    reading: str | None,
    exercise: bool,
    now_us: int,
    chance: Chance,
    lock: Callable[[], Lock] | None = None,
) -> MissionFile:
    """Make a mission and enter its agreement, with the reading if one is chosen. Nothing is left behind on failure.

    lock: how its keys are kept; asked for when all else is seen to be in order. None: in clear.
    Raises `PackError`, `MissionError`.
    """
    pack = find_pack(pack_name)
    if reading is not None and pack.agreement.reading(reading) is None:
        known = ", ".join(one.id for one in pack.agreement.readings)
        raise MissionError(f"The pack {pack.agreement.pack!r} has no reading {reading!r}.", f"It has: {known}.")
    if pack.agreement.exercise_only and not exercise:
        raise MissionError(
            f"The pack {pack.agreement.pack!r} is invented and can only be exercised.", "Add --exercise."
        )
    if path.exists():
        raise MissionError(f"{path} is already there.", "Choose another name; a mission is never overwritten.")
    origin = f"truceline/{chance(8).hex()}"
    with ExitStack() as undo:
        mission = MissionFile.create(
            path, exercise=exercise, origin=origin, seed=chance(32), fingerprint_secret=chance(32),
            lock=lock() if lock else None,
        )  # fmt: skip
        undo.callback(mission.abandon)
        with mission.pen(now_us, chance) as pen:
            seq, entry_id = pen.enter(AGREEMENT, agreement_fields(pack, reading), {})
            pen.insert(AGREEMENT, [agreement_row(seq, entry_id, pack, reading)])
        undo.pop_all()
    return mission


def agreement_fields(pack: Pack, reading: str | None) -> list[Field]:
    """What an agreement entry commits to: its files word for word, and the reading chosen at init."""
    about = {"pack": pack.agreement.pack, "reading": reading or "", "software": f"truceline {__version__}"}
    return [("about", msgspec.json.encode(about, order="sorted")), *sorted(pack.sources.items())]


def agreement_row(seq: int, entry_id: str, pack: Pack, reading: str | None) -> tuple[object, ...]:
    """The agreement's row of the read table."""
    return (seq, entry_id, pack.agreement.pack, pack.agreement.version, pack.digest, reading or "")


def pack_of(fields: Sequence[Field]) -> tuple[Pack, str | None]:
    """The pack and the reading that an agreement entry holds."""
    by_name = dict(fields)
    about: dict[str, str] = read_json(by_name.pop("about"), dict[str, str])
    return read_once(about["pack"], tuple(sorted(by_name.items()))), about["reading"] or None


def registered(mission: MissionFile, size: int | None = None) -> Registered:
    """The agreement in force at that size: the last one entered, with the reading last chosen by an entry."""
    seq, pack, reading = agreement_of(mission, size)
    for held in acts(mission, INTERNAL, size, kinds=(READING,)):
        if seq < held.seq < FIRST_PLACE:
            reading, seq = held.act.reading, held.seq  # type: ignore[union-attr]
    return Registered(pack, reading, seq)


def agreement_of(mission: MissionFile, size: int | None = None) -> tuple[int, Pack, str | None]:
    """The agreement last entered by that size: its entry, the pack, and the reading it was entered with."""
    rows = mission.rows(AGREEMENT, INTERNAL, size=size)
    if not rows and not mission.size:
        mend = "Remove it and its key file, then make it anew."
        raise MissionError(f"{mission.path} is empty: its making was interrupted.", mend)
    if not rows:
        raise RecordBroken("The record holds no agreement at that cut.", "Ask for a later cut.")
    seq = int(rows[-1][0])
    _, _, _, fields = next(mission.payloads(seq, seq + 1))
    return seq, *pack_of(fields)


def acts(
    mission: MissionFile, reader: Reader, size: int | None = None, kinds: Collection[str] | None = None
) -> list[ActHeld]:
    """The acts in force at that size, in order of entry; of those kinds alone, where they are given."""
    found = []
    for seq, entry_id, kind, _, _, at_us, content, _ in mission.rows(ACT, reader, size=size):
        if kinds is not None and kind not in kinds:
            continue
        held = msgspec.json.decode(content, type=StoredAct)
        found.append(ActHeld(entry_id, seq, held.act, at_us, held.when_us))
    return found


class StoredAct(msgspec.Struct, frozen=True):
    """An act as the read table keeps it: the act, and the instant it is about."""

    act: Act
    when_us: int
