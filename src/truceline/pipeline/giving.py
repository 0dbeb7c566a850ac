"""What is opened of a log to another holder: chosen by the releases, packed, sealed for that holder alone.

Open to all holders of an exchange are the entries that say how it is run (`OPENLY`); everything else only by a release
that names the holder, or all. With what a release opens go the agreement, layouts and readers it needs to be read.
Never an entry's secret: only the salts of the fields that are opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from truceline.errors import ExchangeRefused
from truceline.exchange.openings import MOST_TOGETHER, Opening, packed, sealed_packet
from truceline.exchange.releases import EVERY, NEEDED, OPENLY, Allowed, Release, Segment, told
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.releasing import Notable

MOST_WEIGHT = 1 << 20
"""Bytes of payloads after which a packet is closed."""

Span = tuple[int, int]
"""Entries of a log from the first to the last, which is excluded."""

Packet = list[Segment]
"""The entries that one packet opens, with the names of their fields."""


def releases_of(mission: MissionFile, log: int) -> list[Release]:
    """The releases of a log that can be read here, in order."""
    return [_read(row) for row in mission.releasing.releases(log)]


def release_row(release: Release, entry_id: str) -> tuple[object, ...]:
    """The row of the read table for a release, without its seq."""
    lists = [msgspec.json.encode(one).decode() for one in (release.entries, release.fields, release.to)]
    return (entry_id, release.what, release.by, *lists, release.because, release.count)


def _read(row: Sequence[object]) -> Release:
    seq, _, what, by, entries, fields, to, because, _ = row
    lists = [msgspec.json.decode(str(one)) for one in (entries, fields, to)]
    plain = {"seq": seq, "what": what, "by": by, "because": because}
    return msgspec.convert(plain | dict(zip(("entries", "fields", "to"), lists, strict=True)), Release)


class Giving:
    """What one holder (`whom`) is given of one log, from the releases and open entries within a span of it.

    `packets`: what was worked out of the same before, if anything was.
    """

    def __init__(
        self, mission: MissionFile, peer: Peer, whom: Peer, span: Span, packets: list[Packet] | None = None
    ) -> None:
        self._mission, self._peer, self._whom = mission, peer, whom
        self.entries = 0
        self._public = mission.releasing.sealing_key(whom.log)
        # What is its own it has.
        none = self._public is None or whom.log == peer.log
        self.packets: list[Packet] = packets if packets is not None else [] if none else self._plan(*span)

    @property
    def sealed(self) -> bool:
        """The holder has announced the key that it takes."""
        return self._public is not None

    def packet(self, number: int) -> bytes:
        """One packet, sealed. Raises `ExchangeRefused` where one entry is larger than any packet."""
        assert self._public is not None
        openings = self._openings(self.packets[number])
        last = number == len(self.packets) - 1
        try:
            packet = packed(openings)
        except ValueError as error:
            where = f"What is opened of {self._peer.origin} from entry {self.packets[number][0].first} on"
            raise ExchangeRefused(f"{where} cannot be sent: {error}.", "Open fewer fields of that entry.") from error
        return sealed_packet(packet, self._public, self._peer.origin, self._whom.origin, number, last=last)

    def sealed_packets(self) -> Iterator[bytes]:
        """All packets, in order."""
        return (self.packet(number) for number in range(len(self.packets)))

    def _openings(self, packet: Packet) -> Iterator[Opening]:
        for segment in packet:
            opens = cache(segment.opens)
            for entry in self._mission.releasing.openable(self._peer.log, segment.first, segment.last):
                closed, opened = entry.chosen(opens)
                if opened:
                    yield Opening(entry.seq, closed, opened)

    def _plan(self, since: int, until: int) -> list[Packet]:
        log = self._peer.log
        releases = [one for one in releases_of(self._mission, log) if since <= one.seq < until]
        allowed = Allowed(told(releases, self._whom.origin))
        notable = self._mission.releasing.notable(log, 0, until)
        whole = [Segment(one.seq, one.seq + 1, OPENLY[one.kind]) for one in notable if one.seq >= since and _open(one)]
        needed = self._needed(allowed, notable)
        apart = sorted(segment.first for segment in (*whole, *needed))
        # In packets of their own: whoever reads the rest has to know the releases before.
        return [*self._cut(whole), *self._cut([*needed, *_without(allowed.segments, apart)])]

    def _needed(self, allowed: Allowed, notable: Iterable[Notable]) -> list[Segment]:
        """What the entries that are opened need to be read."""
        if not allowed.segments:
            return []
        linked: set[str] = set()
        for segment in allowed.segments:
            linked |= self._mission.releasing.linked(self._peer.log, segment.first, segment.last)
        end = allowed.segments[-1].last
        every = frozenset({EVERY})
        return [
            Segment(one.seq, one.seq + 1, every)
            for one in notable
            if one.kind in NEEDED and (one.id in linked or (one.kind == "agreement" and one.seq < end))
        ]

    def _cut(self, segments: Iterable[Segment]) -> Iterator[Packet]:
        """The entries of which anything can be opened, a packet's at a time."""
        packet: Packet = []
        entries = weight = 0
        for first, last, names in segments:
            for seq, bytes_ in self._mission.releasing.weights(self._peer.log, first, last):
                if packet and (entries == MOST_TOGETHER or weight + bytes_ > MOST_WEIGHT):
                    yield packet
                    packet, entries, weight = [], 0, 0
                if packet and packet[-1].names is names and packet[-1].last == seq:
                    packet[-1] = Segment(packet[-1].first, seq + 1, names)
                else:
                    packet.append(Segment(seq, seq + 1, names))
                entries, weight = entries + 1, weight + bytes_
                self.entries += 1
        if packet:
            yield packet


def _open(one: Notable) -> bool:
    return one.kind in OPENLY


def _without(segments: Iterable[Segment], seqs: Sequence[int]) -> Iterator[Segment]:
    """The segments without these entries, which are sent apart."""
    apart = set(seqs)
    for first, last, names in segments:
        start = first
        for seq in [seq for seq in seqs if first <= seq < last and seq in apart]:
            if start < seq:
                yield Segment(start, seq, names)
            start = seq + 1
        if start < last:
            yield Segment(start, last, names)
