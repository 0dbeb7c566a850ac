"""What another holder opens to this one: held against the log before it is kept, all of a log's or nothing.

Refused are openings that are not what the entry committed to, of entries that are not held, of fields that no release
of the log's author opens to this holder, and what cannot be unpacked within bounds. What is here already is nothing.
"""

from collections.abc import Iterable

import msgspec

from truceline.exchange.openings import Came, opened_packet
from truceline.exchange.releases import (
    BY_NAME_ONLY,
    EVERY,
    NEEDED,
    OPENLY,
    RELEASE,
    Allowed,
    Names,
    Release,
    Segment,
    read_release,
    told,
)
from truceline.pipeline.giving import release_row, releases_of
from truceline.record.commit import Field, payload_commitment
from truceline.record.sealing import SealingKey
from truceline.store.given import Given
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.tables import OWN_LOG

_EVER = 1 << 62


class Refused(Exception):
    """What was opened of a log is not kept; the first argument is a sentence."""


class _Header(msgspec.Struct, gc=False):
    kind: str
    fields: int
    payload: str


_header = msgspec.json.Decoder(_Header)


class Getting:
    """The openings of one log as they come, packet by packet. `at`: the entry of the own log with which they come."""

    def __init__(self, mission: MissionFile, peer: Peer, key: SealingKey, at: int) -> None:
        self._mission, self._peer, self._key, self._at = mission, peer, key, at
        self._size = mission.others.edge(peer.log).size
        self._allowed = self._told()
        self.entries = self.fields = 0

    def take(self, packets: Iterable[bytes]) -> None:
        """Keep what all packets of one sending open. Raises `Refused` with the first thing that does not hold."""
        last = None
        for number, content in enumerate(packets):
            try:
                groups, last = opened_packet(content, self._key, self._peer.origin, number)
            except ValueError as error:
                raise self._refused(f"packet {number} of what was opened is refused: {error}") from error
            for group in groups:
                self._group(group)
        if last is False:
            raise self._refused("the last packet of what was opened is missing")

    def _told(self) -> Allowed:
        return Allowed(told(releases_of(self._mission, self._peer.log), self._mission.origin))

    def _group(self, group: Came) -> None:
        releasing, log = self._mission.releasing, self._peer.log
        if group.seqs[-1] >= self._size:
            raise self._refused(f"entry {group.seqs[-1]} was opened, but is not held")
        bodies = releasing.bodies(log, group.seqs)
        kept, releases, passed = [], [], set[tuple[Names | None, str]]()
        for at, (seq, commitments) in enumerate(zip(group.seqs, group.commitments(), strict=True)):
            header = _header.decode(bodies[seq])
            if header.fields != group.fields or payload_commitment(commitments).hex() != header.payload:
                raise self._refused(f"entry {seq}: {_words(group)} is not what the entry committed to")
            segment = self._allowed.of(seq)
            alike = (None if segment is None else segment.names, header.kind)
            if alike not in passed:
                self._check(seq, segment, header.kind, group)
                passed.add(alike)
            opened = group.opened(at)
            kept.append(Given(seq, b"".join(commitments), opened))
            if header.kind == RELEASE:
                releases.append((seq, [(name, content) for _, name, _, content in opened]))
        new = releasing.keep(log, self._at, kept)
        self.entries, self.fields = self.entries + (len(kept) if new else 0), self.fields + new
        if releases and new:
            self._releases(releases)

    def _check(self, seq: int, segment: Segment | None, kind: str, group: Came) -> None:
        """A release opens these fields to us, or they are open to every holder."""
        openly = OPENLY.get(kind) or (frozenset({EVERY}) if kind in NEEDED and self._allowed.segments else None)
        for _, name in group.places:
            if segment is not None and segment.opens(name):
                continue
            if openly is None or not Segment(seq, seq + 1, openly).opens(name):
                raise self._refused(f"entry {seq}, field {name!r}: no release of this log opens it to this holder")

    def _releases(self, came: Iterable[tuple[int, list[Field]]]) -> None:
        """What is a release is known from here on. One that cannot be read opens nothing."""
        known = {release.seq for release in releases_of(self._mission, self._peer.log)}
        for seq, fields in came:
            if seq not in known:
                (leaf,) = self._mission.others.leaves(self._peer.log, seq, seq + 1)
                _place(self._mission, self._peer.log, seq, leaf.hex(), fields)
        self._allowed = self._told()

    def _refused(self, why: str) -> Refused:
        return Refused(f"{self._peer.origin}: {why}. Nothing that came opened of this log was kept.")


def _words(group: Came) -> str:
    names = ", ".join(repr(name) for _, name in group.places)
    return f"what was opened as field {names}"


def read_or_none(seq: int, fields: Iterable[Field]) -> Release | None:
    """The release that these fields are; None where they are not one."""
    try:
        return read_release(seq, fields)
    except ValueError:
        return None


def arrived(mission: MissionFile, peer: Peer) -> int:
    """Up to which size of a log everything that was opened to this holder has come."""
    releasing, log = mission.releasing, peer.log
    size, start = mission.others.edge(log).size, releasing.had(log, mission.origin)
    openly = [one.seq for one in releasing.notable(log, start, size) if one.kind in OPENLY]
    had = releasing.given_at(log, openly)
    for seq in openly:
        if not had.get(seq):
            return seq
    for release in told(releases_of(mission, log), mission.origin):
        if release.seq >= start and missing(mission, log, release):
            return release.seq
    return size


def unread(mission: MissionFile, log: int) -> list[int]:
    """The releases of another log that stand in it and were not told here yet."""
    size, known = mission.others.edge(log).size, {release.seq for release in releases_of(mission, log)}
    return [one.seq for one in mission.releasing.notable(log, 0, size) if one.kind == RELEASE and one.seq not in known]


def missing(mission: MissionFile, log: int, release: Release) -> int:
    """Of how many entries what a release opens to us has not come yet, or not all of it."""
    first, end = release.entries[0][0], sum(release.entries[-1])
    submissions = {one.seq for one in mission.releasing.notable(log, first, end) if one.kind == "submission"}
    names, every = set(release.fields) - {EVERY}, EVERY in release.fields
    come = 0
    for run_first, count in release.entries:
        for one in mission.releasing.given(log, run_first, run_first + count):
            opened = {name for _, name, _, _ in one.opened}
            sealed = len(one.commitments) // 32 - len(opened)
            whole = sealed <= (one.seq in submissions and BY_NAME_ONLY not in opened) if every else True
            come += whole and names <= opened
    if come < release.count:
        come += sum(mission.releasing.empty(log, first, first + count) for first, count in release.entries)
    return release.count - come


def place_releases(mission: MissionFile) -> None:
    """Put all releases that can be read here into their read table, which is empty: a step of a rebuild."""
    own = mission.others.edge(OWN_LOG).size
    for one in mission.releasing.notable(OWN_LOG, 0, own):
        if one.kind == RELEASE:
            _, _, _, fields = next(mission.payloads(one.seq, one.seq + 1))
            _place(mission, OWN_LOG, one.seq, one.id, fields)
    for peer in mission.others.peers():
        releases = [one for one in mission.releasing.notable(peer.log, 0, _EVER) if one.kind == RELEASE]
        given = mission.releasing.given_at(peer.log, [one.seq for one in releases])
        for one in releases:
            _place(mission, peer.log, one.seq, one.id, [(name, told) for _, name, _, told in given.get(one.seq, [])])


def _place(mission: MissionFile, log: int, seq: int, entry_id: str, fields: Iterable[Field]) -> None:
    release = read_or_none(seq, fields)
    if release is not None:
        mission.releasing.put_release(log, seq, release_row(release, entry_id))
