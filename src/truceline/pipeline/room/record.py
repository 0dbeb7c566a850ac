"""The record on a page: its newest head and how it is read aloud, who cosigned it, who has seen what, and an audit.

Everything here is of the log itself: sizes, roots, commitments. No field of an entry is opened.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from truceline.pipeline.destroying import Counted, counted
from truceline.pipeline.exchanging import Accepted, accept, bundle_for
from truceline.pipeline.holders import LogHeld, holding_of
from truceline.pipeline.log_files import head_told
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.release_list import Releases, ReleaseTold, releases
from truceline.pipeline.room.heading import Moment, moment_of, words_in
from truceline.record.entry import read_entry
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.marking import TLP

__all__ = ["Accepted", "Audited", "RecordPage", "audit_now", "bring_bundle", "bundle_bytes", "record_page"]
LATEST = 50
"""So many entries are listed, the newest first."""
MOST_RELEASES = 100


class EntryShown(Struct, frozen=True):
    """An entry by its place in the log, its id and its kind; nothing of what it says."""

    seq: int
    id: str
    kind: str


class CosignedShown(Struct, frozen=True):
    """Who knows a log up to which size: by a cosignature (dated) or by naming it in the own log (undated)."""

    by: str
    size: int
    behind: int
    how: str
    dated: Moment | None


class LogShown(Struct, frozen=True):
    """One log: size and root, how far it is joint, without whom, who knows how much. split: proofs of two histories."""

    name: str
    side: str
    origin: str
    size: int
    root: str
    joint: int
    without: tuple[str, ...]
    stand_in: bool
    known: tuple[CosignedShown, ...]
    split: int


class RecordPage(Struct, frozen=True):
    """The page. spoken: groups of digits that two duty officers read to each other. entries: newest first."""

    mission: str
    exercise: bool
    audience: str
    zone: str
    origin: str
    size: int
    root: str
    key: str
    note: str
    spoken: tuple[str, ...]
    dated: Moment | None
    cut: dict[str, list[int | str]]
    joint: dict[str, list[int | str]]
    logs: tuple[LogShown, ...]
    silent: tuple[str, ...]
    remark: str
    releases: tuple[ReleaseTold, ...]
    number_of_releases: int
    not_come: dict[str, int]
    entries: tuple[EntryShown, ...]
    older: int


class FaultShown(Struct, frozen=True):
    """What does not hold: the entry (None if none can be named), one word for what, and a sentence."""

    seq: int | None
    what: str
    sentence: str


class Audited(Struct, frozen=True):
    """The record recomputed from its bytes: what did not hold (nothing: it holds), and what acts have destroyed."""

    entries: int
    cut: dict[str, list[int | str]]
    faults: tuple[FaultShown, ...]
    destroyed: tuple[Counted, ...]


def record_page(
    path: Path, asked: Asked, before: int | None = None, language: str = "en", *, words: bool = True
) -> RecordPage:
    """The page. before: entries below that place (None: the newest); words: with releases, which say why.

    An auditor is shown the log alone: what opened which fields to whom is said in payloads. Raises `MissionError`.
    """
    head, told = head_told(path), releases(path) if words else Releases(str(path), [], {})
    with open_mission(path) as mission:
        held, spoken = holding_of(mission, now_us=asked.now_us), words_in(language)
        zone = registered(mission).pack.agreement.zone
        dated_us, stop = mission.dated(), mission.size if before is None else max(0, min(before, mission.size))
        return RecordPage(
            mission=path.name, exercise=mission.exercise, audience=TLP[asked.reader.audience], zone=zone,
            origin=head.origin, size=head.size, root=head.root, key=head.key, note=head.note, spoken=head.spoken,
            dated=None if dated_us is None else moment_of(spoken, dated_us, zone), cut=mission.cut(), joint=held.cut,
            logs=tuple(_log(one, zone, language) for one in held.logs), silent=held.silent, remark=held.remark,
            releases=tuple(reversed(told.releases))[:MOST_RELEASES], number_of_releases=len(told.releases),
            not_come=told.not_come, entries=_entries(mission, stop), older=max(0, stop - LATEST),
        )  # fmt: skip


def audit_now(path: Path) -> Audited:
    """Recompute the whole record, as `audit` does. Seconds for 100,000 entries: ask for it, never beside a page."""
    with open_mission(path) as mission:
        faults = tuple(FaultShown(*fault) for fault in mission.audit())
        gone = () if faults else tuple(counted(mission))
        return Audited(mission.size, mission.cut(), faults, gone)


def bundle_bytes(path: Path, whom: str | None = None, *, whole: bool = False) -> bytes:
    """A bundle of all logs held, as `exchange bundle` writes it: for a named holder what it is not known to have."""
    with open_mission(path) as mission:
        _, _, pieces = bundle_for(mission, whom, whole=whole)
        return b"".join(pieces)


def bring_bundle(path: Path, content: bytes, *, now_us: int, chance: Chance) -> Accepted:
    """Take in the bytes of a bundle, as `exchange accept` does. Raises `ExchangeRefused` where it is no whole one."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "brought.bundle"
        file.write_bytes(content)
        accepted = accept(path, file, now_us=now_us, chance=chance)
    return msgspec.structs.replace(accepted, file="")


def _log(one: LogHeld, zone: str, language: str) -> LogShown:
    words = words_in(language)
    both = [(seen, "cosigned") for seen in one.cosigned] + [(seen, "names") for seen in one.seen]
    return LogShown(
        one.name, one.side, one.origin, one.size, one.root, one.joint, one.without, one.stand_in,
        tuple(
            CosignedShown(
                seen.by, seen.size, one.size - seen.size, how,
                None if seen.dated_s is None else moment_of(words, seen.dated_s * 1_000_000, zone),
            )
            for seen, how in both
        ), len(one.proofs),
    )  # fmt: skip


def _entries(mission: MissionFile, stop: int) -> tuple[EntryShown, ...]:
    first = max(0, stop - LATEST)
    ids = mission.ids(first, stop)
    kinds = [read_entry(form).kind for form in mission.bodies(first, stop)]
    return tuple(EntryShown(first + n, ids[n], kinds[n]) for n in reversed(range(len(ids))))
