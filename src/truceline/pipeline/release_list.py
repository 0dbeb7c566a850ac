"""What was opened or withheld in each log held, to whom and why; what has not come yet; and who had sealed first.

Who sealed first is told by what each author had seen, never by a clock. *Proven* is an entry whose log we held, under a
signed head that our own release names as seen: it was there before we opened anything. *Said* is an entry that stands
in its log before the first that names our release as seen: that is its author's own word.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from truceline.exchange.releases import EVERY, OPENED, Release, told
from truceline.pipeline.getting import missing, unread
from truceline.pipeline.giving import releases_of
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import OWN, all_logs
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.tables import OWN_LOG


class SealedFirst(Struct, frozen=True):
    """Of how many entries it is proven, or said by their author, that they stood before one of our releases."""

    release: str
    proven: int
    said: int


class ReleaseTold(Struct, frozen=True):
    """One release: in whose log, what it opens or withholds, and to whom (names, origins, or all).

    dated_us: when it is first known to have been there, UTC microseconds; None if no head is dated since. waiting: of
    how many entries what it opens to us has not come, or not whole. sealed_first: for each of our releases to them.
    """

    log: str
    id: str
    seq: int
    what: str
    by: str
    to: tuple[str, ...]
    because: str
    entries: int
    fields: tuple[str, ...]
    dated_us: int | None
    to_us: bool
    waiting: int
    sealed_first: list[SealedFirst]


class Releases(Struct, frozen=True):
    """All releases that can be read here, by log; `not_come`: by name of a log, how many stand there untold."""

    mission: str
    releases: list[ReleaseTold]
    not_come: dict[str, int]


def releases(path: Path) -> Releases:
    """What was opened and withheld, in every log held. Raises `MissionError`."""
    with open_mission(path) as mission:
        logs = all_logs(mission)
        names = {peer.origin: peer.name for peer in logs} | {EVERY: "all"}
        ours = releases_of(mission, OWN_LOG)
        found = [
            _told(mission, peer, release, names, ours) for peer in logs for release in releases_of(mission, peer.log)
        ]
        waiting = {peer.name: len(unread(mission, peer.log)) for peer in logs if peer.log != OWN_LOG}
    return Releases(str(path), found, {name: number for name, number in waiting.items() if number})


def _told(
    mission: MissionFile, peer: Peer, release: Release, names: dict[str, str], ours: Sequence[Release]
) -> ReleaseTold:
    to_us = peer.log != OWN_LOG and release.opens_to(mission.origin)
    sealed_first = []
    if peer.log != OWN_LOG and release.what == OPENED:
        sealed_first = [_sealed_first(mission, peer, release, one) for one in told(ours, peer.origin)]
    return ReleaseTold(
        OWN if peer.log == OWN_LOG else peer.name,
        _id(mission, peer.log, release.seq), release.seq, release.what, release.by,
        tuple(names.get(origin, origin) for origin in release.to), release.because, release.count, release.fields,
        mission.releasing.dated_us(peer.log, release.seq + 1), to_us,
        missing(mission, peer.log, release) if to_us else 0, sealed_first,
    )  # fmt: skip


def _id(mission: MissionFile, log: int, seq: int) -> str:
    (leaf,) = mission.others.leaves(log, seq, seq + 1)
    return leaf.hex()


def _sealed_first(mission: MissionFile, peer: Peer, theirs: Release, ours: Release) -> SealedFirst:
    seen = mission.others.seen_at(OWN_LOG, ours.seq + 1).get(peer.origin)
    head = mission.others.head(peer.log, int(seen[0])) if seen else None
    proven = head.size if seen and head is not None and head.root.hex() == seen[1] else 0
    said = mission.releasing.first_that_saw(peer.log, mission.origin, ours.seq + 1)
    return SealedFirst(_id(mission, OWN_LOG, ours.seq), _before(theirs, proven), _before(theirs, said))


def _before(release: Release, size: int | None) -> int:
    """How many of its entries stand before an entry; None: all of them."""
    if size is None:
        return release.count
    return sum(max(0, min(count, size - first)) for first, count in release.entries)
