"""Answering other holders: each log held as static files (C2SP tlog-tiles), cosigning, and bundles sent here.

    GET  logs                        the logs held, JSON: origin, key, size, path
    GET  checkpoint, tile/...        the own log, as any tile client reads it
    GET  log/ID/checkpoint, tile/... one of the logs, and log/ID/heads: the heads worth telling, JSON
    POST add-checkpoint              a head to be cosigned (C2SP tlog-witness)
    POST bundle                      a bundle; the answer is JSON, what came of each log

Commitments only: no payload is ever given. What writes is done one after the other.
"""

import tempfile
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from threading import Lock
from typing import IO

import msgspec

from truceline.errors import ExchangeRefused, TrucelineError
from truceline.exchange.bundle import MOST_HEADS, Bundle, LogPart
from truceline.exchange.judging import Judgement
from truceline.exchange.witness import MOST_BODY, TEXT, Log, add_checkpoint, read_request
from truceline.fetching.answering import Asked, Server, Told
from truceline.pipeline.exchanging import received
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import Proof, Receiving, all_logs
from truceline.record.frontier import Frontier
from truceline.record.proofs import Node
from truceline.record.sign import SignedHead, verifier_key
from truceline.record.tiles import HEAD, HEIGHT, Tile, bundle, nodes_over, tile_named
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance

MOST_BUNDLE = 1 << 30
JSON, BYTES = "application/json", "application/octet-stream"
_AT_ONCE = 1 << 16


class LogListed(msgspec.Struct, frozen=True):
    """One log, as `logs` lists it: its files lie below `path`."""

    origin: str
    key: str
    size: int
    path: str


def path_of(origin: str) -> str:
    """Below which name a log's files are given."""
    return f"log/{sha256(origin.encode()).hexdigest()[:16]}/"


class Desk:
    """Answers for one mission. `now_us` is the clock, asked at each request that writes."""

    def __init__(self, path: Path, now_us: Callable[[], int], chance: Chance) -> None:
        self._path, self._now_us, self._chance = path, now_us, chance
        self._writing = Lock()
        self._nodes: dict[int, tuple[int, Node]] = {}

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
            return _said(503, error.message)

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
        if name == HEAD and head is not None:
            return _told(200, TEXT, others.cosigned_head(peer.log, head.size))
        try:
            tile = tile_named(name)
        except ValueError:
            return _said(404, "there is no such file")
        if head is None or tile.over()[1] > head.size:
            return _said(404, "the log has not grown so far")
        return _told(200, BYTES, self._tile(mission, peer, tile, head.size))

    def _tile(self, mission: MissionFile, peer: Peer, tile: Tile, size: int) -> bytes:
        others = mission.others
        if tile.level < 0:
            return bundle(others.bodies(peer.log, *tile.over()))
        if tile.level == 0:
            return b"".join(others.leaves(peer.log, *tile.over()))
        first = tile.number * 256
        node = self._node(mission, peer, size)
        return b"".join(node(HEIGHT * tile.level, first + at) for at in range(tile.width))

    def _node(self, mission: MissionFile, peer: Peer, size: int) -> Node:
        """The nodes of a log's tree, kept from one request to the next: they are computed from all leaves."""
        had = self._nodes.get(peer.log)
        if had is None or had[0] != size:
            found: dict[tuple[int, int], bytes] = {}
            node = nodes_over(partial(mission.others.leaves, peer.log), size)
            for height in range(HEIGHT, size.bit_length(), HEIGHT):
                found |= {(height, index): node(height, index) for index in range(size >> height)}
            had = self._nodes[peer.log] = size, lambda height, index: found[height, index]
        return had[1]

    def _posted(self, name: str, asked: Asked) -> Told:
        if name == "add-checkpoint" and asked.length <= MOST_BODY:
            return self._cosigned(asked.body.read(asked.length))
        if name == "bundle":
            with tempfile.TemporaryFile() as spooled:
                # All of it first: nobody who sends slowly keeps the mission from being written.
                if _copied(asked.body, spooled, asked.length):
                    return self._taken(spooled)
            return _said(400, "the body ends too early")
        return _said(404, "nothing is taken here")

    def _taken(self, spooled: IO[bytes]) -> Told:
        with self._writing, open_mission(self._path, write=True) as mission:
            bundle = Bundle(spooled.read)
            return _json(received(mission, bundle.logs(), now_us=self._now_us(), chance=self._chance))

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
                    came = [(LogPart(head.origin, peer.public_key, head.size, Frontier(), (head,)), iter(()))]
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


def _listed(mission: MissionFile, peer: Peer) -> LogListed:
    size = mission.others.edge(peer.log).size
    return LogListed(peer.origin, verifier_key(peer.origin, peer.public_key), size, path_of(peer.origin))


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
    path: Path, host: str, port: int, *, now_us: Callable[[], int], now_s: Callable[[], float], chance: Chance
) -> Server:
    """A server for a mission, listening; `serve_forever` answers. Raises `MissionError`, and `OSError` for the port."""
    with open_mission(path, write=True):
        pass  # what cannot be opened is said now, and not to the first who asks
    return Server(host, port, Desk(path, now_us, chance).answer, MOST_BUNDLE, now_s)
