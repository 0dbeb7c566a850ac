"""The logs of several holders read as one: rows of what others opened, beside the own.

What came is read when it comes. The own log names the moment by an entry (a note, `received`), so that a cut of the
own log says what could be read of the others then; `rebuild` reads the same again at the same entry.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter

from truceline.compliance.pack import Pack
from truceline.errors import PackError
from truceline.intake.layout import Layout
from truceline.pipeline.covering import Covering
from truceline.pipeline.holders import FIELD, NOTE
from truceline.pipeline.missions import AGREEMENT, agreement_of, pack_of
from truceline.pipeline.opened_rows import LogRows
from truceline.pipeline.received import LAYOUT
from truceline.record.canonical import canonical
from truceline.record.commit import Field
from truceline.record.plain_json import read_json, read_object
from truceline.store.audit_given import QUIET
from truceline.store.joint import JointTables, Pair
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.pen import Pen
from truceline.store.readable import Entries, ReadableLog
from truceline.store.tables import OWN_LOG, place_of
from truceline.vocabulary.agreement import Agreement

RECEIVED, OPENED = "received", "opened"
OWN_SIDE = "own"
MOST_VERSIONS = 63


def enter_received(mission: MissionFile, pen: Pen) -> str | None:
    """Enter that something was opened to this mission, if it was since the last entry, and read it; the note's id."""
    came = mission.others.came_with(pen.size)
    if not any(_speaks(mission, log, seqs) for log, seqs in came.items()):
        return None
    at, entry_id = pen.enter(NOTE, [(FIELD, canonical({"what": RECEIVED}))], {})
    place_opened(mission, at)
    return entry_id


def is_received(fields: Sequence[Field]) -> bool:
    """A note of the own log says that something was opened to it."""
    return read_object(dict(fields).get(FIELD, b"{}")).get("what") == RECEIVED


def _speaks(mission: MissionFile, log: int, seqs: Iterable[int]) -> bool:
    return any(entry.kind not in QUIET for entry in mission.others.log(log).entries(seqs))


def place_opened(mission: MissionFile, at: int) -> None:
    """Put into the read tables what was opened with entry `at` of the own log."""
    came = mission.others.came_with(at)
    _, own, _ = agreement_of(mission)
    peers = {peer.log: peer for peer in mission.others.peers()}
    for log, seqs in came.items():
        if log in peers:
            _place(mission.joint, mission.others.log(log, at + 1), own, seqs, at)
    if came:
        mission.joint.settle(came, fellows(mission, list(peers.values()), at + 1))


def _place(joint: JointTables, log: ReadableLog, own: Pack, seqs: Mapping[int, int], at: int) -> None:
    versions = {seq: min(before, MOST_VERSIONS) for seq, before in seqs.items()}
    rows = log_rows(log, pack_in(log) or own, own.agreement, lambda seq: place_of(log.log, seq, versions.get(seq, 0)))
    for entry in log.entries(seqs):
        rows.take(entry)
    joint.replace([place_of(log.log, seq, before - 1) for seq, before in versions.items() if before], at)
    for table, made in rows.rows.items():
        joint.insert(table, made)
    joint.insert(OPENED, [(place_of(log.log, seq, version), at) for seq, version in versions.items()])


def log_rows(log: Entries, pack: Pack, agreement: Agreement, at: Callable[[int], int]) -> LogRows:
    """What reads the entries of a log, by its own pack and layouts, with the submissions that cover its rows.

    agreement: what this mission's questions are asked by; its acts have to make sense there.
    """

    @cache
    def layout(entry_id: str) -> Layout | None:
        seq = log.seq_of(entry_id)
        content = None if seq is None else log.entry(seq).by_name.get(LAYOUT)
        try:
            return None if content is None else Layout.from_plain(read_json(content))
        except ValueError:
            return None

    @cache
    def coverings() -> list[Covering]:
        return [Covering.of(entry) for entry in log.entries(log.of_kind("submission"))]

    def covering(seq: int) -> Covering:
        after = bisect_right(coverings(), seq, key=attrgetter("seq"))
        return coverings()[after]

    return LogRows(pack, agreement, at, layout, covering)


def pack_in(log: Entries) -> Pack | None:
    """The agreement that a log began with, if it can be read."""
    seqs = log.of_kind(AGREEMENT)
    fields = log.entry(seqs[0]).fields if seqs else [None]
    told = [one for one in fields if one is not None]
    try:
        return pack_of(told)[0] if len(told) == len(fields) else None
    except (PackError, KeyError, ValueError):
        return None


def fellows(mission: MissionFile, peers: Sequence[Peer], before: int) -> set[Pair]:
    """(log, log of the same side), as the author of the first says in it: the second may revise its entries."""
    named = {peer.log: named_as_own(mission.others.log(peer.log, before)) for peer in peers}
    named[OWN_LOG] = {peer.origin for peer in peers if peer.side == OWN_SIDE}
    return pairs(named, {peer.origin: peer.log for peer in peers} | {mission.origin: OWN_LOG})


def pairs(named: Mapping[int, Iterable[str]], number: Mapping[str, int]) -> set[Pair]:
    """(log, log) from what each log names, by origin; a log that has no number here is left out."""
    return {(log, number[origin]) for log, origins in named.items() for origin in origins if origin in number}


def named_as_own(log: ReadableLog, size: int | None = None) -> set[str]:
    """The logs that the author of a log has named as of its own side, by its entries below a size."""
    found = set()
    notes = log.of_kind(NOTE)
    for entry in log.entries(notes if size is None else [seq for seq in notes if seq < size]):
        said = read_object(entry.by_name.get(FIELD, b"{}"))
        if said.get("what") == "peer" and said.get("side") == OWN_SIDE:
            found.add(str(said.get("key", "")).partition("+")[0])
    return found
