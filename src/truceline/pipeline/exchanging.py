"""Exchange by one file on a stick: making a bundle for another holder, and accepting theirs.

A bundle holds signed heads and entries, which are commitments; payloads stay where they are.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from truceline.errors import ExchangeRefused, MissionError, ValueNotRead
from truceline.exchange.bundle import MOST_HEADS, Bundle, Heading, Outgoing, stretches, written
from truceline.pipeline.missions import open_mission
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.publishing import write_pieces
from truceline.pipeline.receiving import Incoming, Proof, Received, Receiving, all_logs
from truceline.record.misbehaviour import checked, read_misbehaviour
from truceline.record.sign import verifier_key
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG


class Sent(Struct, frozen=True):
    """One log in a bundle: its entries [first, size)."""

    origin: str
    name: str
    first: int
    size: int


class BundleWritten(Struct, frozen=True):
    """A bundle that was written: for whom (empty: anyone), its bytes, and its logs."""

    file: str
    for_: str
    bytes: int
    logs: list[Sent]


class Accepted(Struct, frozen=True):
    """What came of each log of a bundle; by whom it was made, as it says."""

    file: str
    by: str
    logs: list[Received]

    @property
    def sound(self) -> bool:
        """Every log was sound; one that is not known is none of ours."""
        return all(one.sound or not one.name for one in self.logs)


def write_bundle(path: Path, out: Path, for_: str | None, tell: Progress = silent) -> BundleWritten:
    """Write the bundle of all logs held: what the named holder is not known to have, or everything. `MissionError`."""
    with open_mission(path) as mission:
        origin, sent, pieces = bundle_for(mission, for_, tell)
        size = write_pieces(out, pieces)
    return BundleWritten(str(out), origin, size, sent)


def bundle_for(
    mission: MissionFile, for_: str | None, tell: Progress = silent
) -> tuple[str, list[Sent], Iterator[bytes]]:
    """For whom, which logs, and the bytes piece by piece, while the mission is open. Raises `ValueNotRead`."""
    logs = all_logs(mission)
    whom = None
    if for_ is not None:
        whom = next((peer for peer in logs if peer.name == for_ and peer.log != OWN_LOG), None)
        if whom is None:
            known = ", ".join(peer.name for peer in logs[1:]) or "none yet"
            raise ValueNotRead(f"There is no holder {for_!r}.", f"Known: {known}.")
    firsts = {peer.origin: 0 if whom is None else known_to(mission, whom, peer) for peer in logs}
    sent, pieces = bundle_from(mission, firsts, "" if whom is None else whom.origin, tell)
    return "" if whom is None else whom.origin, sent, pieces


def bundle_from(
    mission: MissionFile, firsts: Mapping[str, int], for_: str, tell: Progress = silent
) -> tuple[list[Sent], Iterator[bytes]]:
    """The bundle of the logs named, each from an entry on: which logs, and the bytes."""
    held = [peer for peer in all_logs(mission) if peer.origin in firsts and mission.others.edge(peer.log).size]
    outgoing = (_outgoing(mission, peer, firsts[peer.origin], tell) for peer in held)
    sent = [Sent(peer.origin, peer.name, firsts[peer.origin], mission.others.edge(peer.log).size) for peer in held]
    return sent, written(Heading(mission.origin, for_, len(held)), outgoing)


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


def _outgoing(mission: MissionFile, peer: Peer, first: int, tell: Progress) -> Outgoing:
    others = mission.others
    size = others.edge(peer.log).size

    def chunks() -> Iterator[list[bytes]]:
        for start, end in stretches(first, size):
            yield others.bodies(peer.log, start, end)
            tell(f"writing {peer.name}", end, size)

    key = verifier_key(peer.origin, peer.public_key)
    heads = others.heads_worth_telling(peer.log, MOST_HEADS)
    return Outgoing(key, first, size, others.edge_at(peer.log, first), heads, chunks())


def accept(path: Path, file: Path, *, now_us: int, chance: Chance, tell: Progress = silent) -> Accepted:
    """Take in a bundle: each log judged, what is sound kept and cosigned, all in one transaction.

    Raises `ExchangeRefused` where it is no whole bundle: then nothing of it is kept but proofs of split logs.
    """
    try:
        with file.open("rb") as stream, open_mission(path, write=True) as mission:
            bundle = Bundle(stream.read)
            logs = received(mission, bundle.logs(), now_us=now_us, chance=chance, tell=tell)
            return Accepted(str(file), bundle.heading.by, logs)
    except OSError as error:
        raise MissionError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error


def received(
    mission: MissionFile, incoming: Incoming, *, now_us: int, chance: Chance, tell: Progress = silent
) -> list[Received]:
    """Receive into an open mission, all or nothing; proofs of split logs are kept in any case."""
    if not mission.others.peers():
        mend = "Ask the other holder for its key by another way, then: truceline exchange add"
        raise MissionError(f"{mission.path} knows no other holder yet.", mend)
    proofs: list[Proof] = []
    try:
        with mission.pen(now_us, chance) as pen:
            return Receiving(mission, pen, proofs, tell).receive(incoming)
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
        raise MissionError(f"{folder} cannot be made: {error.strerror}.", "Choose another folder.") from error
    names = []
    for digest, _, content in kept:
        out = folder / f"{digest[:16]}.misbehaviour.json"
        write_pieces(out, [content])
        names.append(str(out))
    return names
