"""`list add` and `list show`: versions of published lists. The record keeps which entries a version has, and no names.

What is kept of a version: when it was made, the SHA-256 of its file, and the reference and day of listing of each entry
(some 30 kB for 1,000 entries). The file stays outside: it is large, it is published, and it holds persons' data.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.lists.un_sc import PublishedList, read_un_list
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import open_mission, registered
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.designation import LISTS, ListVersion
from truceline.vocabulary.marking import INTERNAL, Reader
from truceline.vocabulary.when import iso, read_instant

[UN_SC] = LISTS
MOST_BYTES = 64_000_000
PIECE = 1_048_576
Plain = dict[str, Any]


class Told(Struct, frozen=True):
    """What was added: the act, the version, and what was read of the file."""

    entered: Entered
    version: str
    digest: str
    counts: dict[str, int]


def read_list(file: Path, name: str) -> tuple[PublishedList, str]:
    """The list in a file, and the SHA-256 of the file. Raises `FileNotRead`."""
    if name != UN_SC:
        raise FileNotRead(f"No list is called {name!r}.", f"Known: {UN_SC} (the Security Council's consolidated list).")
    digest = hashlib.sha256()
    return read_un_list(file.name, _pieces(file, digest)), digest.hexdigest()


def _pieces(file: Path, digest: Any) -> Iterator[bytes]:
    read = 0
    try:
        with file.open("rb") as opened:
            while piece := opened.read(PIECE):
                read += len(piece)
                if read > MOST_BYTES:
                    raise FileNotRead(f"{file.name} is larger than {MOST_BYTES} bytes.", "Is it the list as published?")
                digest.update(piece)
                yield piece
    except OSError as error:
        raise FileNotRead(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error


def add_list(
    path: Path, file: Path, name: str, *, by: str, at: str | None, because: str, sign: str | None, now_us: int,
    chance: Chance,
) -> Told:  # fmt: skip
    """Enter a version of a list as an act of that body. Raises `FileNotRead`, `ActError`, `MissionError`."""
    published, digest = read_list(file, name)
    with open_mission(path, write=True) as mission:
        zone = registered(mission).pack.agreement.zone
        entries = {entry.reference: entry.listed_on for entry in published.entries}
        act = ListVersion(by, at or iso(now_us, zone), name, published.made, digest, entries, because)
        held = acts_that_count(mission, INTERNAL, mission.size)
        same = next((one for one in held if _is_version(one, act)), None)
        if same is not None:
            entered = Entered(file.name, "list", by, same.id, already_held=True)
        else:
            made = enter_act(mission, act, sign=sign, now_us=now_us, chance=chance)
            entered = msgspec.structs.replace(made, file=file.name)
    return Told(entered, published.made, digest, published.counts())


def _is_version(held: ActHeld, act: ListVersion) -> bool:
    other = held.act
    return isinstance(other, ListVersion) and (other.by, other.list, other.digest) == (act.by, act.list, act.digest)


def versions_of(mission: MissionFile, reader: Reader, size: int, as_of: int) -> list[ActHeld]:
    """The versions entered by that size and said by that instant, the oldest version first."""
    held = [one for one in acts_that_count(mission, reader, size) if isinstance(one.act, ListVersion)]
    return sorted((one for one in held if one.at <= as_of), key=_made)


def _made(one: ActHeld) -> tuple[int, int]:
    assert isinstance(one.act, ListVersion)
    return read_instant(one.act.version), one.seq


def lists(path: Path, reader: Reader, *, now_us: int, as_of: str | None = None, known: str | None = None) -> Plain:
    """The versions held, by list, and for which time each answers, as plain values. Raises `AfterTheCut`."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        agreement = registered(mission, size).pack.agreement
        at = asked_instant(mission, agreement.zone, now_us=now_us, as_of=as_of, known=known)
        held = versions_of(mission, reader, size, at)
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "agreement": {"pack": agreement.pack, "version": agreement.version},
            "as_of": iso(at, agreement.zone), "cut": mission.cut(size),
            "versions": [_plain(one, held, agreement.zone) for one in held],
        }  # fmt: skip


def _plain(one: ActHeld, held: list[ActHeld], zone: str) -> Plain:
    act = one.act
    assert isinstance(act, ListVersion)
    later = [_made(other)[0] for other in held if isinstance(other.act, ListVersion) and other.act.list == act.list]
    until = min((made for made in later if made > _made(one)[0]), default=None)
    return {
        "list": act.list, "version": act.version, "entries": len(act.entries), "digest": act.digest, "by": act.by,
        "act": one.id, "said": iso(one.at, zone), "answers_from": iso(_made(one)[0], zone),
        "answers_until": iso(until, zone) if until is not None else "",
    }  # fmt: skip
