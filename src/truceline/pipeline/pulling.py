"""Exchange by HTTP: pulling what another holder has, and pushing what it lacks. Either can be broken off and run again.

A pull reads static files (C2SP tlog-tiles), so that it also reads a log that was exported to a plain web server.
Entries are laid aside as they come and judged, kept and cosigned when all up to the signed head are there.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from truceline.errors import ExchangeRefused, MissionError
from truceline.exchange.bundle import MOST_HEADS, MOST_NEW, Chunk, Coming, LogPart, stretches
from truceline.exchange.judging import edge_of
from truceline.exchange.openings import MOST_PACKET, MOST_PACKETS
from truceline.fetching.holder import NOT_ADMITTED, Answered, Holder
from truceline.pipeline.admitting import signing
from truceline.pipeline.aside import aside
from truceline.pipeline.exchanging import Sent, bundle_from, received
from truceline.pipeline.missions import open_mission
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.receiving import Received, all_logs
from truceline.pipeline.serving import OPENINGS, LogListed, path_of
from truceline.record.frontier import HASH_BYTES, Frontier
from truceline.record.note import MOST_BYTES
from truceline.record.sign import SignedHead, read_head
from truceline.record.tiles import HEAD, WIDTH, Tile, entries_of, hashes_of, nodes_from
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG

MOST_LIST = 1 << 20
MOST_TOLD = 1 << 22
MOST_ENTRIES = WIDTH * (2 + 65_535)
MOST_OPENINGS = 1 << 32
"""Bytes of openings of one log."""
STAGED_AT_ONCE = 64
"""Files of entries between two writings to the disk."""
_MEND = "Tell its holder; nothing of it was kept."


class Pushed(NamedTuple):
    """What was sent of each log, what came of it there, and which cosignatures came back."""

    sent: list[Sent]
    there: list[Received]
    back: list[Received]


def pull(path: Path, url: str, *, now_us: Callable[[], int], chance: Chance, tell: Progress = silent) -> list[Received]:
    """Take in what another holder gives at its address. Raises `FetchError`, `ExchangeRefused`, `MissionError`."""
    with Holder(url, signing(path, now_us, chance)) as holder, open_mission(path, write=True) as mission:
        if not mission.others.peers():
            mend = "Ask the other holder for its key by another way, then: truceline exchange add"
            raise MissionError(f"{path} knows no other holder yet.", mend)
        known = {peer.origin: peer for peer in all_logs(mission)}
        outcomes = []
        for place, origin in _offered(holder):
            if origin is None or origin in known:
                outcomes += _Pull(mission, holder, place, known, now_us, chance, tell).run()
        return outcomes


def _offered(holder: Holder) -> list[tuple[str, str | None]]:
    """The places of logs below the address, with their origins; the address itself where it is one log's."""
    try:
        listed = msgspec.json.decode(holder.get("logs", MOST_LIST), type=list[LogListed])
    except Answered as other:
        if other.status != 404:
            raise ExchangeRefused(f"{holder.url} answers {other.status}: {other.said.strip()}", _MEND) from None
        return [("", None)]
    except msgspec.MsgspecError as error:
        raise ExchangeRefused(f"{holder.url}: the list of logs cannot be read: {error}.", _MEND) from error
    return [(path_of(log.origin), log.origin) for log in listed]


class _Pull:
    """One log at one place."""

    def __init__(
        self, mission: MissionFile, holder: Holder, place: str, known: dict[str, Peer],
        now_us: Callable[[], int], chance: Chance, tell: Progress,
    ) -> None:  # fmt: skip
        self._mission, self._holder, self._place, self._known = mission, holder, place, known
        self._now_us, self._chance, self._tell = now_us, chance, tell

    def run(self) -> list[Received]:
        heads = self._heads()
        if not heads:
            return []
        peer = self._known.get(heads[-1].origin)
        size = heads[-1].size
        held = 0 if peer is None else self._mission.others.edge(peer.log).size
        if peer is None or size <= held or peer.log == OWN_LOG:
            part = LogPart(heads[-1].origin, peer.public_key if peer else b"", min(size, held), Frontier(), heads)
            if peer is not None and size > held:
                part = part._replace(first=held, edge=self._edge(held, size))
                return self._received(peer, part, self._fetched(held, size))
            return self._received(peer, part, iter(()))
        first = self._laid_aside(peer, held, size)
        part = LogPart(peer.origin, peer.public_key, first, self._edge(first, size), heads)
        outcomes = self._received(peer, part, self._again(peer, first, size))
        with self._mission.pen(self._now_us(), self._chance):
            self._mission.others.unstage(peer.log)
        return outcomes

    def _received(self, peer: Peer | None, part: LogPart, chunks: Iterator[Chunk]) -> list[Received]:
        with aside() as spooled:
            if peer is not None and peer.log != OWN_LOG:
                self._spool(peer, part.size, spooled)
            spooled.seek(0)
            coming = Coming(part, chunks, _packets(spooled))
            return received(
                self._mission, [coming], now_us=self._now_us(), chance=self._chance, tell=self._tell
            )  # fmt: skip

    def _spool(self, peer: Peer, size: int, spooled: IO[bytes]) -> None:
        """Fetch what is opened to us and has not come yet. A log that lies on a plain web server opens nothing."""
        since = self._mission.releasing.had(peer.log, self._mission.origin)
        if since >= size:
            return
        to, left = path_of(self._mission.origin).removeprefix("log/"), MOST_OPENINGS
        for number in range(MOST_PACKETS):
            try:
                packet = self._get(f"{OPENINGS}{to}{since}/{size}/{number}", MOST_PACKET)
            except Answered as other:
                if other.status == 404:
                    return
                sentence = f"{self._holder.url} answers {other.status}: {other.said.strip()}"
                raise ExchangeRefused(sentence, _MEND) from None
            left -= len(packet)
            if left < 0:
                raise ExchangeRefused(f"{self._holder.url} opens more than {MOST_OPENINGS:,} bytes at once.", _MEND)
            spooled.write(len(packet).to_bytes(4, "big") + packet)
            self._tell(f"openings of {peer.name}", number, number + 1)
            if packet[:1] == b"\1":
                return

    def _heads(self) -> tuple[SignedHead, ...]:
        """The heads given, by size; those of one log only."""
        try:
            notes = msgspec.json.decode(self._get("heads", MOST_HEADS * 2 * MOST_BYTES), type=list[str])[:MOST_HEADS]
            heads = [read_head(note.encode()) for note in notes]
        except Answered:
            heads = [read_head(self._file(HEAD, MOST_BYTES))]
        except ValueError as error:
            raise ExchangeRefused(f"{self._holder.url}: its heads cannot be read: {error}.", _MEND) from error
        by_size = {head.size: head for head in heads if head.size > 0 and head.origin == heads[0].origin}
        return tuple(by_size[size] for size in sorted(by_size))

    def _laid_aside(self, peer: Peer, held: int, size: int) -> int:
        """Fetch what is not held and not laid aside yet; from which entry on it is there."""
        others = self._mission.others
        staged = others.staged(peer.log)
        if staged is not None and not staged[0] <= held < staged[1] <= size:
            with self._mission.pen(self._now_us(), self._chance):
                others.unstage(peer.log)
            staged = None
        first, start = (held, held) if staged is None else staged
        if size - start > MOST_NEW:
            raise ExchangeRefused(f"{peer.origin} would bring more than {MOST_NEW:,} entries at once.", _MEND)
        waiting: list[Chunk] = []
        for chunk in self._fetched(start, size):
            waiting.append(chunk)
            if len(waiting) == STAGED_AT_ONCE:
                self._lay_aside(peer, waiting)
            self._tell(f"pulling {peer.name}", chunk.first + len(chunk.bodies), size)
        self._lay_aside(peer, waiting)
        return first

    def _lay_aside(self, peer: Peer, waiting: list[Chunk]) -> None:
        with self._mission.pen(self._now_us(), self._chance):
            for chunk in waiting:
                self._mission.others.stage(peer.log, chunk.first, chunk.bodies)
        waiting.clear()

    def _again(self, peer: Peer, first: int, size: int) -> Iterator[Chunk]:
        for start, end in stretches(first, size):
            yield Chunk(start, self._mission.others.staged_bodies(peer.log, start, end))

    def _fetched(self, start: int, size: int) -> Iterator[Chunk]:
        for at, end in stretches(start, size):
            number = at // WIDTH
            tile = Tile(-1, number, min(WIDTH, size - number * WIDTH))
            try:
                entries = entries_of(self._file(tile.path, MOST_ENTRIES), tile)
            except ValueError as error:
                raise ExchangeRefused(f"{self._holder.url}: {error}.", _MEND) from error
            yield Chunk(at, entries[at - number * WIDTH : end - number * WIDTH])

    def _edge(self, at: int, size: int) -> Frontier:
        """The edge of its tree at a size, from its tiles."""

        def read(tile: Tile) -> list[bytes]:
            try:
                return hashes_of(self._file(tile.path, WIDTH * HASH_BYTES), tile)
            except ValueError as error:
                raise ExchangeRefused(f"{self._holder.url}: {error}.", _MEND) from error

        node = nodes_from(read, size)
        found = {}
        for height in range(at.bit_length()):
            if at >> height & 1:
                found[height, (at >> height) - 1] = node(height, (at >> height) - 1)
        return edge_of(found, at)

    def _file(self, name: str, most: int) -> bytes:
        try:
            return self._get(name, most)
        except Answered as other:
            sentence = f"{self._holder.url} does not give {self._place}{name} ({other.status})."
            raise ExchangeRefused(sentence, "Check the address; a log exported as files is complete or none.") from None

    def _get(self, name: str, most: int) -> bytes:
        return self._holder.get(f"{self._place}{name}", most)


def _packets(spooled: IO[bytes]) -> Iterator[bytes]:
    while length := spooled.read(4):
        yield spooled.read(int.from_bytes(length, "big"))


def push(path: Path, url: str, *, now_us: Callable[[], int], chance: Chance, tell: Progress = silent) -> Pushed:
    """Send what another holder lacks, and take its cosignatures back. Raises as `pull`."""
    with Holder(url, signing(path, now_us, chance)) as holder, open_mission(path) as mission:
        there_held = _listed_there(holder)
        has, own = {log.origin: log.size for log in there_held}, mission.origin
        firsts = {origin: size for origin, size in has.items() if origin != own} | {own: has.get(own, 0)}
        held = {peer.origin: mission.others.edge(peer.log).size for peer in all_logs(mission)}
        firsts = {origin: min(size, held[origin]) for origin, size in firsts.items() if held.get(origin)}
        whose = next((log.origin for log in there_held if log.own), "")
        whom = next((peer for peer in mission.others.peers() if peer.origin == whose), None)
        sent, pieces = bundle_from(mission, firsts, whom, {log.origin: log.had for log in there_held}, tell)
        with aside() as spooled:
            length, digest = 0, sha256()
            for piece in pieces:
                length += spooled.write(piece)
                digest.update(piece)
            spooled.seek(0)
            try:
                pieces = iter(lambda: spooled.read(1 << 16), b"")
                answer = holder.post("bundle", pieces, length, MOST_TOLD, digest.digest())
                there = msgspec.json.decode(answer, type=list[Received])
            except Answered as other:
                raise ExchangeRefused(f"{url} answers {other.status}: {other.said.strip()}", _MEND) from None
            except msgspec.MsgspecError as error:
                raise ExchangeRefused(f"{url}: its answer cannot be read: {error}.", _MEND) from error
        place = path_of(own) if own in {log.origin for log in _listed_there(holder)} else None
    with Holder(url, signing(path, now_us, chance)) as holder, open_mission(path, write=True) as mission:
        known = {peer.origin: peer for peer in all_logs(mission)}
        back = [] if place is None else _Pull(mission, holder, place, known, now_us, chance, tell).run()
    return Pushed(sent, there, back)


def _listed_there(holder: Holder) -> list[LogListed]:
    try:
        return msgspec.json.decode(holder.get("logs", MOST_LIST), type=list[LogListed])
    except Answered as other:
        said = f": {other.said.strip()}" if other.status == NOT_ADMITTED else ""
        sentence = f"{holder.url} takes nothing in ({other.status}){said or '.'}"
        raise ExchangeRefused(sentence, "Push goes to a holder who runs: truceline exchange serve") from None
    except msgspec.MsgspecError as error:
        raise ExchangeRefused(f"{holder.url}: the list of logs cannot be read: {error}.", _MEND) from error
