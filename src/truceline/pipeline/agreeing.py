"""Do the holders see the same? Each states the fingerprint of the shared view at a cut; each computes the other's.

A statement is a note of the own log: the cut, the fingerprint, the pack and the software it was computed with. It
travels to the holders with the log. Where two differ at one cut, one of the two has a fault, or has not all of it.
"""

from pathlib import Path
from typing import Literal

from msgspec import Struct

from truceline import __version__
from truceline.compliance.pack import Pack
from truceline.pipeline.holders import FIELD, NOTE, holding_of
from truceline.pipeline.missions import agreement_of, open_mission
from truceline.pipeline.receiving import all_logs
from truceline.pipeline.shared_view import shared_view
from truceline.record.canonical import canonical
from truceline.record.plain_json import read_json
from truceline.record.spoken import spoken_state
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Chance
from truceline.store.seen import Seen

STATE = "state"
SOFTWARE = f"truceline {__version__}"


class Said(Struct, frozen=True):
    """A statement as it stands in a note."""

    cut: dict[str, tuple[int, str]]
    fingerprint: str
    pack: str
    software: str
    what: Literal["state"] = "state"


class Compared(Struct, frozen=True):
    """What another holder stated last, and whether it is so here: None where it cannot be told, with the reason."""

    by: str
    cut: dict[str, tuple[int, str]]
    fingerprint: str
    agrees: bool | None
    why: str


class State(Struct, frozen=True):
    """The shared view at the joint cut: its fingerprint, and as digits to be read out; what others stated of theirs.

    waiting: entries released to all that have not arrived here, by log; while there are any, nothing can be stated.
    """

    cut: Seen
    fingerprint: str
    spoken: tuple[str, ...]
    rows: dict[str, int]
    waiting: dict[str, int]
    stated: bool
    others: list[Compared]


def state(path: Path, *, now_us: int, chance: Chance | None = None) -> State:
    """The state at the joint cut, and what others said of theirs. With `chance`, it is stated in the own log."""
    with open_mission(path, write=chance is not None) as mission:
        cut = holding_of(mission, now_us=now_us).cut
        _, pack, _ = agreement_of(mission)
        with shared_view(mission, cut) as view:
            found = view.fingerprint(pack=pack.digest, software=SOFTWARE)
            waiting, rows = dict(view.waiting), view.counted()
        stated = chance is not None and not waiting
        if chance is not None and stated:
            told = {"cut": cut, "fingerprint": found, "pack": pack.digest, "software": SOFTWARE, "what": STATE}
            with mission.pen(now_us, chance) as pen:
                pen.enter(NOTE, [(FIELD, canonical(told))], {})
        spoken = ((peer, last_said(mission, peer)) for peer in mission.others.peers())
        others = [compared(mission, peer, said, pack) for peer, said in spoken if said is not None]
        return State(cut, found, spoken_state(found), rows, waiting, stated, others)


def last_said(mission: MissionFile, peer: Peer) -> Said | None:
    """The last statement in another log that can be read."""
    log, found = mission.others.log(peer.log), None
    for entry in log.entries(log.of_kind(NOTE)):
        try:
            found = read_json(entry.by_name.get(FIELD, b"{}"), Said)
        except ValueError:
            continue
    return found


def compared(mission: MissionFile, peer: Peer, said: Said, pack: Pack) -> Compared:
    """A statement against what this mission computes at the same cut."""

    def told(agrees: bool | None, why: str) -> Compared:
        return Compared(peer.name, said.cut, said.fingerprint, agrees, why)

    if said.pack != pack.digest:
        return told(None, "It was computed with another agreement pack than this mission's.")
    if said.software != SOFTWARE:
        return told(None, f"It was computed by {said.software}, this is {SOFTWARE}.")
    logs = all_logs(mission)
    for log in logs:
        size, root = said.cut.get(log.origin, (0, ""))
        if size > mission.others.edge(log.log).size:
            return told(None, f"This mission does not hold {log.origin} so far yet.")
        if size and mission.others.roots(log.log, [size])[size].hex() != root:
            return told(False, f"{log.origin} has another history there.")
    if not {*said.cut} <= {log.origin for log in logs}:
        return told(None, "It rests on a log that this mission does not hold.")
    with shared_view(mission, {origin: list(head) for origin, head in said.cut.items()}) as view:
        if view.waiting:
            return told(None, f"Not all that was released has arrived here: {sum(view.waiting.values())} entries.")
        same = view.fingerprint(pack=pack.digest, software=SOFTWARE) == said.fingerprint
    return told(same, "" if same else "The same entries are read differently: audit both, and rebuild.")
