"""Exchange by one file on a stick: making a bundle for another holder, and accepting theirs.

A bundle holds signed heads and entries, which are commitments; and, sealed for the holder it is made for, what was
opened to that holder. Whoever else finds it learns no word of a payload.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from truceline.errors import ExchangeRefused, MissionError, ValueNotRead, not_written
from truceline.exchange.bundle import MOST_HEADS, Bundle, Heading, Outgoing, stretches, written
from truceline.pipeline.giving import Giving
from truceline.pipeline.joining import enter_received
from truceline.pipeline.missions import open_mission
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.publishing import write_pieces
from truceline.pipeline.receiving import Incoming, Proof, Received, Receiving, all_logs, announce
from truceline.record.misbehaviour import checked, read_misbehaviour
from truceline.record.sign import verifier_key
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG


class Sent(Struct, frozen=True):
    """One log in a bundle: its entries [first, size), and of how many entries something is opened."""

    origin: str
    name: str
    first: int
    size: int
    opened: int = 0


class BundleWritten(Struct, frozen=True):
    """A bundle that was written: for whom (empty: anyone), its bytes, and its logs.

    `remark` says why nothing that is opened to that holder is in it; empty where that is not so.
    """

    file: str
    for_: str
    bytes: int
    logs: list[Sent]
    remark: str = ""


class Accepted(Struct, frozen=True):
    """What came of each log of a bundle; by whom it was made, as it says."""

    file: str
    by: str
    logs: list[Received]

    @property
    def sound(self) -> bool:
        """Every log was sound; one that is not known is none of ours."""
        return all(one.sound or not one.name for one in self.logs)


def write_bundle(
    path: Path, out: Path, for_: str | None, tell: Progress = silent, *, whole: bool = False
) -> BundleWritten:
    """Write the bundle of all logs held: what the named holder is not known to have, or everything. `MissionError`.

    `whole`: also what was opened to that holder and is said to have arrived.
    """
    with open_mission(path) as mission:
        origin, sent, pieces = bundle_for(mission, for_, tell, whole=whole)
        size = write_pieces(out, pieces)
        remark = _remark(mission, origin)
    return BundleWritten(str(out), origin, size, sent, remark)


def _remark(mission: MissionFile, origin: str) -> str:
    whom = next((peer for peer in mission.others.peers() if peer.origin == origin), None)
    if whom is None or mission.releasing.sealing_key(whom.log) is not None:
        return ""
    return f"Nothing opened is in it: {whom.name}'s sealing key is not known here. Take in a bundle of theirs first."


def bundle_for(
    mission: MissionFile, for_: str | None, tell: Progress = silent, *, whole: bool = False
) -> tuple[str, list[Sent], Iterator[bytes]]:
    """For whom, which logs, and the bytes piece by piece, while the mission is open. Raises `ValueNotRead`."""
    logs = all_logs(mission)
    whom = None if for_ is None else holder_named(mission, for_)
    firsts = {peer.origin: 0 if whom is None else known_to(mission, whom, peer) for peer in logs}
    hads = {}
    if whom is not None and not whole:
        hads = {peer.origin: mission.releasing.had(peer.log, whom.origin) for peer in logs}
    sent, pieces = bundle_from(mission, firsts, whom, hads, tell)
    return "" if whom is None else whom.origin, sent, pieces


def holder_named(mission: MissionFile, name: str) -> Peer:
    """The other holder of that name. Raises `ValueNotRead`."""
    peers = mission.others.peers()
    for peer in peers:
        if peer.name == name:
            return peer
    known = ", ".join(peer.name for peer in peers) or "none yet"
    raise ValueNotRead(f"There is no holder {name!r}.", f"Known: {known}.")


def bundle_from(
    mission: MissionFile, firsts: Mapping[str, int], whom: Peer | None, hads: Mapping[str, int], tell: Progress = silent
) -> tuple[list[Sent], Iterator[bytes]]:
    """The bundle of the logs named, each from an entry on: which logs, and the bytes.

    For `whom` (None: anyone), who has what was opened to it of each log up to the sizes in `hads`.
    """
    held = [peer for peer in all_logs(mission) if peer.origin in firsts and mission.others.edge(peer.log).size]
    sizes = {peer.origin: mission.others.edge(peer.log).size for peer in held}
    givings = [
        None if whom is None else Giving(mission, peer, whom, (hads.get(peer.origin, 0), sizes[peer.origin]))
        for peer in held
    ]
    outgoing = (
        _outgoing(mission, peer, firsts[peer.origin], giving, tell) for peer, giving in zip(held, givings, strict=True)
    )
    sent = [
        Sent(
            peer.origin, peer.name, firsts[peer.origin], sizes[peer.origin],
            0 if giving is None else giving.entries,
        )
        for peer, giving in zip(held, givings, strict=True)
    ]  # fmt: skip
    return sent, written(Heading(mission.origin, "" if whom is None else whom.origin, len(held)), outgoing)


def known_to(mission: MissionFile, whom: Peer, peer: Peer) -> int:
    """Up to which size a holder is known to have a log: by its own log, its cosignatures and its entries' links."""
    others = mission.others
    size = others.edge(peer.log).size
    if whom.log == peer.log:
        return size
    cosigned = [one.size for one in others.cosigned(peer.log) if one.name == whom.origin]
    seen = others.seen_at(whom.log, others.edge(whom.log).size).get(peer.origin)
    # What it names as seen is believed only where it is a head we hold too.
    head = others.head(peer.log, int(seen[0])) if seen else None
    cosigned += [head.size] if seen and head is not None and head.root.hex() == seen[1] else []
    return min(size, max(cosigned, default=0))


def _outgoing(mission: MissionFile, peer: Peer, first: int, giving: Giving | None, tell: Progress) -> Outgoing:
    others = mission.others
    size = others.edge(peer.log).size

    def chunks() -> Iterator[list[bytes]]:
        for start, end in stretches(first, size):
            yield others.bodies(peer.log, start, end)
            tell(f"writing {peer.name}", end, size)

    key = verifier_key(peer.origin, peer.public_key)
    heads = others.heads_worth_telling(peer.log, MOST_HEADS)
    had = size if peer.log == OWN_LOG else mission.releasing.had(peer.log, mission.origin)
    packets = () if giving is None else giving.sealed_packets()
    return Outgoing(key, first, size, others.edge_at(peer.log, first), heads, chunks(), had, packets)


def accept(path: Path, file: Path, *, now_us: int, chance: Chance, tell: Progress = silent) -> Accepted:
    """Take in a bundle: each log judged, what is sound kept and cosigned, all in one transaction.

    Raises `ExchangeRefused` where it is no whole bundle: then nothing of it is kept but proofs of split logs.
    """
    try:
        with file.open("rb") as stream, open_mission(path, write=True) as mission:
            bundle = Bundle(stream.read)
            by = bundle.heading.by
            logs = received(mission, bundle.logs(), by, now_us=now_us, chance=chance, tell=tell)
            return Accepted(str(file), bundle.heading.by, logs)
    except OSError as error:
        raise MissionError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error


def received(
    mission: MissionFile, incoming: Incoming, by: str = "", *, now_us: int, chance: Chance, tell: Progress = silent
) -> list[Received]:
    """Receive into an open mission, all or nothing; proofs of split logs are kept in any case.

    `by`: the log of whoever sent it, as they say.
    """
    if not mission.others.peers():
        mend = "Ask the other holder for its key by another way, then: truceline exchange add"
        raise MissionError(f"{mission.path} knows no other holder yet.", mend)
    proofs: list[Proof] = []
    try:
        with mission.pen(now_us, chance) as pen:
            mission.others.prepare()
            announce(mission, pen)
            logs = Receiving(mission, pen, proofs, tell).receive(incoming, by)
            enter_received(mission, pen)
            return logs
    except ExchangeRefused:
        if proofs:
            with mission.pen(now_us, chance):
                for proof in proofs:
                    mission.others.keep_misbehaviour(*proof)
        raise


class SplitChecked(Struct, frozen=True):
    """What a proof of two histories shows: the log, its key, and the sizes of the two heads."""

    origin: str
    key: str
    first: int
    second: int


def is_proof(file: Path) -> bool:
    """The file is JSON, as a proof of two histories is, and no mission."""
    try:
        with file.open("rb") as stream:
            return stream.read(1) == b"{"
    except OSError:
        return False


def check_misbehaviour(file: Path) -> SplitChecked:
    """Check a proof of two histories: nothing else is needed. Raises `ExchangeRefused` where it shows nothing."""
    try:
        with file.open("rb") as stream:
            told = read_misbehaviour(stream.read(1 << 20))
        split = checked(told)
    except OSError as error:
        raise MissionError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    except ValueError as error:
        raise ExchangeRefused(f"{file} proves no misbehaviour: {error}.", "Ask for the file again.") from error
    return SplitChecked(split.origin, told.key, split.first.size, split.second.size)


def write_proofs(path: Path, folder: Path) -> list[str]:
    """Write the proofs of two histories that a mission keeps, a file each; their names."""
    with open_mission(path) as mission:
        kept = mission.others.misbehaviours()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    names = []
    for digest, _, content in kept:
        out = folder / f"{digest[:16]}.misbehaviour.json"
        write_pieces(out, [content])
        names.append(str(out))
    return names
