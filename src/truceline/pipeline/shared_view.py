"""What every holder can read, at a cut of all logs: the view on which two who do not trust each other can agree.

It rests on what was released to all (`shared_log`), and on nothing that only some can read. Whoever holds the same
logs up to the same sizes gets the same tables.
"""

from functools import partial

from truceline.compliance.pack import Pack
from truceline.pipeline.giving import releases_of
from truceline.pipeline.joining import OPENED, log_rows, pack_in, pairs
from truceline.pipeline.missions import ACT, AGREEMENT, agreement_of, agreement_row
from truceline.pipeline.receiving import all_logs
from truceline.pipeline.shared_log import ALWAYS_THERE, SharedLog
from truceline.record.plain_json import read_object
from truceline.store.joint import JointTables
from truceline.store.mission_file import MissionFile
from truceline.store.readable import Readable
from truceline.store.seen import Seen
from truceline.store.shared import HeldLog, SharedMission, shared_mission
from truceline.store.tables import OWN_LOG, place_of
from truceline.vocabulary.agreement import Agreement


def shared_view(mission: MissionFile, cut: Seen) -> SharedMission:
    """The shared view of the logs of a cut (origin to size and root)."""
    held = [
        HeldLog(peer.log, peer.origin, peer.public_key, peer.name, peer.side, int(cut[peer.origin][0]))
        for peer in sorted(all_logs(mission), key=lambda peer: peer.origin)
        if peer.origin in cut
    ]
    logs = {number: _shared(mission, one) for number, one in enumerate(held, OWN_LOG + 1)}
    agreement, pack, _ = agreement_of(mission)
    made = shared_mission(mission, held, cut, agreement)
    # A log of which all can read nothing may not have told its agreement to every holder either.
    chosen = {reading for number, log in logs.items() for reading in _placed(made.joint, log, number, pack)}
    reading = chosen.pop() if len(chosen) == 1 else None
    made.joint.insert(AGREEMENT, [agreement_row(0, pack.digest, pack, reading)])
    number = {one.origin: at for at, one in enumerate(held, OWN_LOG + 1)}
    made.joint.settle(logs, pairs({at: log.named_as_own() for at, log in logs.items()}, number))
    made.waiting = {one.origin: log.waiting for one, log in zip(held, logs.values(), strict=True) if log.waiting}
    return made


def _shared(mission: MissionFile, one: HeldLog) -> SharedLog:
    return SharedLog(mission.others.log(one.log), one.origin, one.size, releases_of(mission, one.log))


def _placed(joint: JointTables, log: SharedLog, number: int, own: Pack) -> set[str | None]:
    """Put one log into the tables; the reading that it chose last, if all can read anything of it."""
    pack = pack_in(log) or own
    rows, reading = log_rows(log, pack, own.agreement, partial(place_of, number)), _reading(log)
    places = []
    for entry in log.opened():
        if entry.kind in ALWAYS_THERE and entry.by_name:
            rows.take(entry)
            places.append((place_of(number, entry.seq), 0))
        if entry.kind == ACT:
            reading = _chosen(entry, own.agreement) or reading
    for table, made in rows.rows.items():
        joint.insert(table, made)
    joint.insert(OPENED, places)
    return {reading} if places else set()


def _reading(log: SharedLog) -> str | None:
    """The reading that a log's agreement was entered with."""
    seqs = log.of_kind(AGREEMENT)
    about = log.entry(seqs[-1]).by_name.get("about", b"{}") if seqs else b"{}"
    return str(read_object(about).get("reading") or "") or None


def _chosen(act: Readable, agreement: Agreement) -> str | None:
    """The reading that an act chooses, if it does and the agreement has it."""
    said = read_object(act.by_name.get("who", b"")) | read_object(act.by_name.get("matter", b""))
    reading = str(said.get("reading", "")) if said.get("act") == "reading" else ""
    return None if agreement.reading(reading) is None else reading
