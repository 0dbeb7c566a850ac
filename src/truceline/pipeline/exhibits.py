"""Exhibits: files that support or contradict a report or a case, by their fingerprints, with everyone who held them.

The file itself stays where it is: only its SHA-256 is entered, or, of a file that nobody may recognise, a SHA-256 over
a salt and the file, whose salt stays sealed where the rest is released.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.fingerprints import bounded, fingerprint
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.spoken_acts import AboutAct, entered_as
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.verification.custody import Chain, Step, chain_of
from truceline.verification.time_stamp import MOST_BYTES, digest_for, read_reply
from truceline.vocabulary.act import ActHeld, revised_by
from truceline.vocabulary.exhibit import Custody, ExhibitEntered
from truceline.vocabulary.marking import INTERNAL, Reader

SALT_BYTES = 32


@dataclass(frozen=True)
class ExhibitHeld:
    """An exhibit in force, with the custody that counts; before: ids of the acts whose place it took."""

    held: ActHeld
    act: ExhibitEntered
    before: tuple[str, ...]
    steps: tuple[Step, ...]
    by: dict[str, str]

    @property
    def chain(self) -> Chain:
        """Who held it, and where the chain has a gap."""
        return chain_of(self.act.by, self.held.at, self.act.sha256, self.steps)


def exhibits_of(mission: MissionFile, reader: Reader, size: int) -> list[ExhibitHeld]:
    """The exhibits in force at that size that count, in order of entry."""
    counting = acts_that_count(mission, reader, size)
    custody = [one for one in counting if isinstance(one.act, Custody)]
    entered = [one for one in counting if isinstance(one.act, ExhibitEntered)]
    if not entered:
        return []
    ever = {one.id: one for one in acts_ever(mission, reader, size)}
    return [_held(one, ever, custody) for one in entered]


def _held(one: ActHeld, ever: dict[str, ActHeld], custody: Sequence[ActHeld]) -> ExhibitHeld:
    assert isinstance(one.act, ExhibitEntered)
    before = tuple(_before(one, ever))
    steps, by = [], {}
    for step in custody:
        assert isinstance(step.act, Custody)
        if any(entry.startswith(step.act.of) for entry in (one.id, *before)):
            steps.append(Step(step.id, step.at, step.act))
            by[step.id] = step.act.by
    return ExhibitHeld(one, one.act, before, tuple(sorted(steps, key=lambda step: (step.at, step.id))), by)


def _before(one: ActHeld, ever: dict[str, ActHeld]) -> Iterator[str]:
    """Ids of the acts it revises, and of those that they revised."""
    open_, seen = [one], {one.id}
    while open_:
        named = revised_by(open_.pop().act)
        for older in ever.values():
            if named and older.id.startswith(named) and older.id not in seen:
                seen.add(older.id)
                open_.append(older)
                yield older.id


def exhibit_named(mission: MissionFile, reader: Reader, size: int, name: str) -> ExhibitHeld:
    """The one exhibit whose id, or the id of an act it revised, begins so. Raises `ActError`."""
    found = [
        one for one in exhibits_of(mission, reader, size) if any(i.startswith(name) for i in (one.held.id, *one.before))
    ]
    if len(found) != 1:
        which = "several exhibits" if found else "no exhibit in force"
        raise ActError(f"{name!r} names {which}.", "Give more of the id: `truceline exhibit show` lists them.")
    return found[0]


def add(
    mission: MissionFile,
    file: Path,
    about: AboutAct,
    *,
    title: str,
    salted: bool,
    timestamp: Path | None,
    sign: str | None,
    now_us: int,
    chance: Chance,
    **more: Any,
) -> tuple[str, ExhibitEntered]:
    """Enter a file as an exhibit: its id and the act. Raises `ActError`, `FileNotRead`."""
    salt = chance(SALT_BYTES) if salted else None
    measured, size = fingerprint(file, hashlib.sha256(salt or b""))
    if timestamp is not None:
        more["timestamp"] = base64.b64encode(_stamp_for(file, timestamp)).decode()
    if salt is not None:
        more |= {"salt": salt.hex(), "salted": True}
    act = ExhibitEntered(about.by, about.at, measured, title, about.because, size=size, **more)
    return entered_as(mission, act, sign=sign, now_us=now_us, chance=chance), act


def _stamp_for(file: Path, timestamp: Path) -> bytes:
    """The bytes of a time-stamp that was made over this file, by whichever fingerprint it gives."""
    content = bounded(timestamp, MOST_BYTES)
    stamp = read_reply(content)
    if fingerprint(file, digest_for(stamp))[0] != stamp.digest:
        raise ActError(f"{timestamp.name}: the time-stamp was made over another file.", "Give the reply for this one.")
    return content


def take_step(
    mission: MissionFile,
    name: str,
    about: AboutAct,
    *,
    did: str,
    holder: str,
    to: str | None,
    file: Path | None,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> str:
    """Enter a step of custody; its id. file: as it was then, held against the exhibit's salt where it has one."""
    exhibit = exhibit_named(mission, INTERNAL, mission.size, name)
    measured = None if file is None else fingerprint(file, salted_hash(exhibit.act))[0]
    act = Custody(about.by, about.at, exhibit.held.id, holder, did, about.because, measured, to)  # type: ignore[arg-type]
    return entered_as(mission, act, sign=sign, now_us=now_us, chance=chance)


def salted_hash(act: ExhibitEntered) -> Any:
    """A SHA-256 that was fed the exhibit's salt. Raises `ActError` where the salt cannot be read here."""
    if act.salted and act.salt is None:
        raise ActError("The salt of the exhibit's fingerprint cannot be read here.", "Ask the holder who entered it.")
    return hashlib.sha256(bytes.fromhex(act.salt or ""))
