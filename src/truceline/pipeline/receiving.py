"""Keeping what came of other logs: judged one log at a time, kept whole or not at all, cosigned when it holds.

`incoming` is what a bundle or a pull gives: each log with its entries, piece by piece, and then what is opened of them
to this holder. Openings that do not hold are refused by themselves: the entries they are of stay.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from truceline.exchange.bundle import Chunk, Coming, LogPart
from truceline.exchange.judging import Held, Judge, Judged, Judgement
from truceline.pipeline.getting import Getting, Refused, arrived
from truceline.pipeline.progress import Progress, silent
from truceline.record.frontier import Frontier
from truceline.record.sealing import SealingKey, sealing_links
from truceline.record.sign import SignedHead
from truceline.store.mission_file import MissionFile
from truceline.store.others import Others, Peer, Undone
from truceline.store.pen import Pen
from truceline.store.tables import OWN_LOG

Incoming = Iterable[Coming]
OWN = "own"
"""The side, and the name, of this mission's own log."""


class Received(Struct, frozen=True):
    """What came of one log. `cosigned` names whose cosignatures are new; `proof` names the proof of a split.

    `opened`: of how many entries something new was opened to us; `refused`: why nothing that was opened is kept.
    """

    origin: str
    name: str
    judgement: str
    sentence: str
    before: int
    size: int
    cosigned: tuple[str, ...] = ()
    proof: str | None = None
    opened: int = 0
    refused: str = ""

    @property
    def sound(self) -> bool:
        """Nothing has to be looked into."""
        return Judgement(self.judgement).sound and not self.refused


class Proof(NamedTuple):
    """A proof of two histories: the number of the log here, and the file."""

    log: int
    file: bytes


def own_peer(mission: MissionFile) -> Peer:
    """This mission's own log, described as the others are."""
    return Peer(OWN_LOG, mission.origin, mission.public_key, OWN, OWN, "", -1)


def all_logs(mission: MissionFile) -> list[Peer]:
    """The own log and all others held."""
    return [own_peer(mission), *mission.others.peers()]


def announce(mission: MissionFile, pen: Pen) -> None:
    """Enter the sealing key of this mission, with which others seal what they open to it, if it was not entered yet."""
    public = mission.sealing_key().public
    if mission.releasing.sealing_key(OWN_LOG) != public:
        pen.enter("key", [("what", b"sealing")], sealing_links(public))


class Receiving:
    """Receives into an open mission, within one pen. Proofs of splits are gathered even if all else is undone."""

    def __init__(self, mission: MissionFile, pen: Pen, proofs: list[Proof], tell: Progress = silent) -> None:
        self._mission, self._pen, self._proofs, self._tell = mission, pen, proofs, tell
        self._logs = {peer.origin: peer for peer in all_logs(mission)}
        self._cosigners = {peer.origin: peer.public_key for peer in self._logs.values()}
        self._at = pen.size

    def receive(self, incoming: Incoming, by: str = "") -> list[Received]:
        """Every log that came, judged; what is sound is kept. Raises `ExchangeRefused` for a broken bundle.

        `by`: the log of whoever sent it, as they say.
        """
        return [self._one(coming, by) for coming in incoming]

    def _one(self, coming: Coming, by: str) -> Received:
        log = coming.log
        peer = self._logs.get(log.origin)
        if peer is None:
            mend = "Ask its holder for it by another way, then: truceline exchange add"
            return Received(log.origin, "", Judgement.UNKNOWN, f"{log.origin}: its key is not known. {mend}", 0, 0)
        others = self._mission.others
        before = others.edge(peer.log).size
        judged, new = Judged(Judgement.UNFIT, ""), list[str]()
        with others.all_or_nothing():
            judged = self._judged(peer, log, coming.chunks)
            if not judged.judgement.sound:
                raise Undone
            new = self._heads(peer, log)
        proof = None
        if judged.proof is not None:
            file = judged.proof.form()
            self._proofs.append(Proof(peer.log, file))
            proof = others.keep_misbehaviour(peer.log, file)
        size = others.edge(peer.log).size
        word = judged.judgement
        opened, refused = self._opened(peer, coming.openings) if word.sound else (0, "")
        if word.sound and by in self._logs:
            self._mission.releasing.put_had(peer.log, by, min(log.had, size))
        return Received(
            log.origin, peer.name, word, judged.sentence, before, size, tuple(new), proof, opened, refused
        )  # fmt: skip

    def _opened(self, peer: Peer, packets: Iterator[bytes]) -> tuple[int, str]:
        """Of how many entries something new was opened to us; or why nothing of it is kept."""
        if peer.log == OWN_LOG:
            return 0, ""
        first = next(packets, None)
        opened, refused = 0, ""
        if first is not None:
            with self._mission.others.all_or_nothing():
                try:
                    opened = self._taken(peer, chain([first], packets))
                except Refused as error:
                    refused = str(error)
                    raise Undone from None
        releasing = self._mission.releasing
        releasing.put_had(peer.log, self._mission.origin, arrived(self._mission, peer))
        return opened, refused

    def _taken(self, peer: Peer, packets: Iterator[bytes]) -> int:
        getting = Getting(self._mission, peer, self._key, self._at)
        getting.take(packets)
        return getting.entries

    @cached_property
    def _key(self) -> SealingKey:
        return self._mission.sealing_key()

    def _judged(self, peer: Peer, log: LogPart, chunks: Iterator[Chunk]) -> Judged:
        others = self._mission.others
        judge = Judge(held(others, peer), log)
        judged = judge.begin(self._cosigners)
        if judged is not None:
            return judged
        edge = others.edge(peer.log)
        for chunk in chunks:
            new, judged = judge.take(chunk)
            if judged is not None:
                return judged
            others.keep(peer.log, edge, [(one.seq, one.body, one.leaf, one.header.links) for one in new])
            self._tell(f"receiving {peer.name}", chunk.first + len(chunk.bodies), log.size)
        judged = judge.finish()
        if judged.judgement is Judgement.EXTENDS:
            others.keep_edge(peer.log, edge)
        return judged

    def _heads(self, peer: Peer, log: LogPart) -> list[str]:
        """Keep the heads with their cosignatures, and cosign the newest that is held; whose are new."""
        others, new = self._mission.others, set[str]()
        for head in log.heads:
            if peer.log == OWN_LOG and others.head(OWN_LOG, head.size) is None:
                continue
            others.keep_head(peer.log, head, peer.public_key)
            new |= {*others.keep_cosignatures(peer.log, head.note, self._cosigners)}
        newest = others.head(peer.log)
        if peer.log != OWN_LOG and newest is not None and self._may_cosign(peer, newest):
            note = self._pen.cosign(newest.note)
            new |= {*others.keep_cosignatures(peer.log, note, self._cosigners)}
        return sorted(self._logs[name].name for name in new)

    def _may_cosign(self, peer: Peer, newest: SignedHead) -> bool:
        """Never a log that has shown two histories, and every head once."""
        others = self._mission.others
        cosigned = {(one.size, one.name) for one in others.cosigned(peer.log)}
        return not others.misbehaviours(peer.log) and (newest.size, self._mission.origin) not in cosigned


def held(others: Others, peer: Peer) -> Held:
    """What a mission holds of a log, to judge by."""
    edge: Frontier = others.edge(peer.log)
    node = partial(others.node, peer.log, edge.size)
    roots: Callable[..., Mapping[int, bytes]] = partial(others.roots, peer.log)
    signers = partial(others.signers, peer.log)
    return Held(peer.public_key, edge, others.head(peer.log), roots, node, signers, own=peer.log == OWN_LOG)
