"""Answering other holders: each log held as static files (C2SP tlog-tiles), cosigning, and bundles sent here.

    GET  logs                        the logs held, JSON: origin, key, size, path
    GET  checkpoint, tile/...        the own log, as any tile client reads it
    GET  log/ID/checkpoint, tile/... one of the logs, and log/ID/heads: the heads worth telling, JSON
    GET  log/ID/openings/HOLDER/SINCE/UNTIL/NUMBER
                                     a packet of what is opened of it to that holder, sealed for them
    POST add-checkpoint              a head to be cosigned (C2SP tlog-witness)
    POST bundle                      a bundle; the answer is JSON, what came of each log

Commitments, and what is sealed for one holder: no payload is given that anybody else can read. What writes is done
one after the other.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from threading import Lock
from typing import IO

import msgspec

from truceline.errors import ExchangeRefused, TrucelineError
from truceline.exchange.bundle import MOST_HEADS, Bundle, Coming, LogPart
from truceline.exchange.judging import Judgement
from truceline.exchange.witness import MOST_BODY, TEXT, Log, add_checkpoint, read_request
from truceline.fetching.answering import Asked, Server, Told
from truceline.pipeline.admitting import Door
from truceline.pipeline.aside import aside
from truceline.pipeline.exchanging import received
from truceline.pipeline.giving import Giving, Packet, Span
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import Proof, Receiving, all_logs
from truceline.record.frontier import Frontier
from truceline.record.sign import SignedHead, verifier_key
from truceline.record.tiles import HEAD, Tile, bundle, tile_named
from truceline.remarks import remark
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG

MOST_BUNDLE = 1 << 30
JSON, BYTES = "application/json", "application/octet-stream"
OPENINGS = "openings/"
_OPENINGS = re.compile(r"([0-9a-f]{16})/(0|[1-9][0-9]{0,12})/([1-9][0-9]{0,12})/(0|[1-9][0-9]{0,8})", re.ASCII)
_MOST_PLANS = 16
_AT_ONCE = 1 << 16


class LogListed(msgspec.Struct, frozen=True):
    """One log, as `logs` lists it: its files lie below `path`.

    `had`: up to which size what was opened to this holder is here; `own`: it is the log this holder writes.
    """

    origin: str
    key: str
    size: int
    path: str
    had: int = 0
    own: bool = False


def path_of(origin: str) -> str:
    """Below which name a log's files are given."""
    return f"log/{sha256(origin.encode()).hexdigest()[:16]}/"


class Desk:
    """Answers for one mission. `now_us` is the clock, asked at each request that writes."""

    def __init__(self, path: Path, now_us: Callable[[], int], chance: Chance) -> None:
        self._path, self._now_us, self._chance = path, now_us, chance
        self._writing = Lock()
        self._plans: dict[tuple[int, int, Span], tuple[object, list[Packet]]] = {}

    def answer(self, asked: Asked) -> Told:
        """The answer to a request; what cannot be done is told with a sentence."""
        name = asked.path.partition("?")[0].lstrip("/")
        try:
            if asked.method == "POST":
                return self._posted(name, asked)
            with open_mission(self._path) as mission:
                return self._given(mission, name)
        except ExchangeRefused as error:
            return _said(422, str(error))
        except TrucelineError as error:
            # The sentence may name files of this machine: it is for whoever sits at it.
            remark(error.message, error.mend)
            return _said(503, "this mission cannot be asked just now: try again in a while")

    def _given(self, mission: MissionFile, name: str) -> Told:
        logs = all_logs(mission)
        if name == "logs":
            return _json([_listed(mission, peer) for peer in logs])
        for peer in logs:
            if name.startswith(path_of(peer.origin)):
                return self._file(mission, peer, name.removeprefix(path_of(peer.origin)))
        return self._file(mission, logs[0], name)

    def _file(self, mission: MissionFile, peer: Peer, name: str) -> Told:
        others = mission.others
        head = others.head(peer.log)
        if name == "heads":
            return _json([note.decode() for note in others.heads_worth_telling(peer.log, MOST_HEADS)])
        if name.startswith(OPENINGS):
            return self._openings(mission, peer, name.removeprefix(OPENINGS))
        if name == HEAD and head is not None:
            return _told(200, TEXT, others.cosigned_head(peer.log, head.size))
        try:
            tile = tile_named(name)
        except ValueError:
            return _said(404, "there is no such file")
        if head is None or tile.over()[1] > head.size:
            return _said(404, "the log has not grown so far")
        return _told(200, BYTES, _content(mission, peer, tile))

    def _openings(self, mission: MissionFile, peer: Peer, name: str) -> Told:
        """A packet for one holder, whom the path names as `path_of` names a log."""
        asked = _OPENINGS.fullmatch(name)
        whom = next((one for one in mission.others.peers() if asked and asked[1] in path_of(one.origin)), None)
        if asked is None or whom is None:
            return _said(404, "there is no such holder")
        span, number = (int(asked[2]), int(asked[3])), int(asked[4])
        giving = Giving(mission, peer, whom, span, self._plan(mission, peer, whom, span))
        if number >= len(giving.packets):
            return _said(404, "nothing more is opened to this holder")
        return _told(200, BYTES, giving.packet(number))

    def _plan(self, mission: MissionFile, peer: Peer, whom: Peer, span: Span) -> list[Packet]:
        """The packets, kept from one request to the next while the mission stays as it is."""
        at, asked = mission.releasing.state(), (peer.log, whom.log, span)
        had = self._plans.get(asked)
        if had is None or had[0] != at:
            while len(self._plans) >= _MOST_PLANS:
                self._plans.pop(next(iter(self._plans)), None)
            had = self._plans[asked] = at, Giving(mission, peer, whom, span).packets
        return had[1]

    def _posted(self, name: str, asked: Asked) -> Told:
        if name == "add-checkpoint" and asked.length <= MOST_BODY:
            return self._cosigned(asked.body.read(asked.length))
        if name == "bundle":
            with aside() as spooled:
                # All of it first: nobody who sends slowly keeps the mission from being written.
                if _copied(asked.body, spooled, asked.length):
                    return self._taken(spooled)
            return _said(400, "the body ends too early")
        return _said(404, "nothing is taken here")

    def _taken(self, spooled: IO[bytes]) -> Told:
        with self._writing, open_mission(self._path, write=True) as mission:
            bundle = Bundle(spooled.read)
            by = bundle.heading.by
            return _json(received(mission, bundle.logs(), by, now_us=self._now_us(), chance=self._chance))

    def _cosigned(self, body: bytes) -> Told:
        try:
            _, _, head = read_request(body)
        except ValueError as error:
            return _said(400, str(error))
        with self._writing, open_mission(self._path, write=True) as mission:
            peers = {peer.origin: peer for peer in mission.others.peers()}
            logs = {origin: _log(mission, peer) for origin, peer in peers.items()}
            proofs: list[Proof] = []
            with mission.pen(self._now_us(), self._chance) as pen:
                peer = peers.get(head.origin)
                if peer is not None and head.size <= logs[head.origin].held:
                    part = LogPart(head.origin, peer.public_key, head.size, Frontier(), (head,))
                    came = [Coming(part, iter(()), iter(()))]
                    if Receiving(mission, pen, proofs).receive(came)[0].judgement == Judgement.SPLIT:
                        return _said(409, "this log has signed another history, which is held here")
                answered = add_checkpoint(body, logs, pen.cosign)
                if answered.cosigned is not None and peer is not None:
                    mission.others.keep_cosignatures(peer.log, answered.cosigned, {mission.origin: mission.public_key})
        return _told(answered.status, answered.content_type, answered.body)


def _log(mission: MissionFile, peer: Peer) -> Log:
    sizes = [one.size for one in mission.others.cosigned(peer.log) if one.name == mission.origin]
    head: SignedHead | None = mission.others.head(peer.log, max(sizes)) if sizes else None
    held = mission.others.edge(peer.log).size
    return Log(peer.public_key, head.size if head else 0, head.root if head else b"", held)


def _content(mission: MissionFile, peer: Peer, tile: Tile) -> bytes:
    others = mission.others
    return bundle(others.bodies(peer.log, *tile.over())) if tile.level < 0 else b"".join(others.tile(peer.log, tile))


def _listed(mission: MissionFile, peer: Peer) -> LogListed:
    size = mission.others.edge(peer.log).size
    own = peer.log == OWN_LOG
    had = size if own else mission.releasing.had(peer.log, mission.origin)
    return LogListed(peer.origin, verifier_key(peer.origin, peer.public_key), size, path_of(peer.origin), had, own)


def _copied(body: BufferedIOBase, to: IO[bytes], length: int) -> bool:
    while length:
        piece = body.read(min(_AT_ONCE, length))
        if not piece:
            return False
        to.write(piece)
        length -= len(piece)
    to.seek(0)
    return True


def _json(answer: object) -> Told:
    return _told(200, JSON, msgspec.json.encode(answer))


def _said(status: int, sentence: str) -> Told:
    return _told(status, TEXT, f"{sentence}\n".encode())


def _told(status: int, content_type: str, content: bytes) -> Told:
    return Told(status, content_type, [content], len(content))


def server(
    path: Path,
    host: str,
    port: int,
    *,
    only_peers: bool = False,
    now_us: Callable[[], int],
    now_s: Callable[[], float],
    chance: Chance,
) -> Server:
    """A server for a mission, listening; `serve_forever` answers. Raises `MissionError`, and `OSError` for the port.

    With `only_peers` it answers what a known log has signed, and tells others nothing (`admitting`).
    """
    with open_mission(path, write=True):
        pass  # what cannot be opened is said now, and not to the first who asks
    answer = Desk(path, now_us, chance).answer
    return Server(host, port, Door(path, answer, now_us).answer if only_peers else answer, MOST_BUNDLE, now_s)
