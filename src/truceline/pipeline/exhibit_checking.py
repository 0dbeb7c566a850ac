"""A file held against an exhibit: the same bytes, a chain of custody without a gap, a time-stamp that holds."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.errors import ActError
from truceline.pipeline.dossier_plain import exhibit_plain
from truceline.pipeline.exhibit_sense import reply_of
from truceline.pipeline.exhibits import ExhibitHeld, exhibit_named, exhibits_of, salted_hash
from truceline.pipeline.fingerprints import bounded, fingerprint
from truceline.pipeline.missions import open_mission, registered
from truceline.store.mission_file import MissionFile
from truceline.verification.time_stamp import MOST_BYTES, TimeStamp, digest_for, read_reply, verified
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
MOST_CERTIFICATE_BYTES = 3_000_000


@dataclass(frozen=True)
class Checked:
    """A file held against an exhibit. same: None where the salt cannot be read here. stamp: what was verified of it."""

    exhibit: ExhibitHeld
    same: bool | None
    stamp: TimeStamp | None = None
    stamp_verified: bool | None = None
    stamp_says: str = ""


def check(
    mission: MissionFile,
    reader: Reader,
    size: int,
    name: str,
    file: Path,
    *,
    certificates: Path | None = None,
    timestamp: Path | None = None,
) -> Checked:
    """Hold a file against an exhibit, and its time-stamp against the root certificates given."""
    exhibit = exhibit_named(mission, reader, size, name)
    same = _is_same(exhibit.act, file)
    content = bounded(timestamp, MOST_BYTES) if timestamp else None
    if content is None and exhibit.act.timestamp is not None:
        content = reply_of(exhibit.act.timestamp)
    if content is None:
        return Checked(exhibit, same)
    try:
        stamp = read_reply(content)
        measured = fingerprint(file, digest_for(stamp))[0]
        if measured != stamp.digest:
            return Checked(exhibit, same, stamp, False, "The time-stamp was made over another file.")
        if certificates is None:
            return Checked(exhibit, same, stamp, None, "Its signature is not checked: give --ca.")
        verified(content, bytes.fromhex(measured), bounded(certificates, MOST_CERTIFICATE_BYTES))
    except ActError as error:
        return Checked(exhibit, same, None, False, error.message)
    return Checked(exhibit, same, stamp, True, "The authority's signature holds.")


def _is_same(act: ExhibitEntered, file: Path) -> bool | None:
    if act.salted and act.salt is None:
        return None
    return fingerprint(file, salted_hash(act))[0] == act.sha256


def checked(
    path: Path, reader: Reader, name: str, file: Path, *, certificates: Path | None, timestamp: Path | None
) -> Plain:
    """The same of a mission file, as plain values."""
    with open_mission(path) as mission:
        zone = registered(mission).pack.agreement.zone
        found = check(mission, reader, mission.size, name, file, certificates=certificates, timestamp=timestamp)
    stamp = found.stamp
    return {
        "file": file.name, "same": found.same, "exhibit": exhibit_plain(found.exhibit, zone),
        "timestamp": {
            "at": iso(stamp.at, zone) if stamp else None, "hashed": stamp.hashed if stamp else "",
            "digest": stamp.digest if stamp else "", "serial": str(stamp.serial) if stamp else "",
            "verified": found.stamp_verified, "says": found.stamp_says,
        },
    }  # fmt: skip


def listed(path: Path, reader: Reader, *, name: str = "", case: str = "", known: str | None = None) -> Plain:
    """Exhibits with their custody, as plain values: all, one, or those of a case."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        found = [exhibit_named(mission, reader, size, name)] if name else exhibits_of(mission, reader, size)
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "cut": mission.cut(size),
            "exhibits": [exhibit_plain(one, zone) for one in found if case in ("", one.act.case)],
        }  # fmt: skip
