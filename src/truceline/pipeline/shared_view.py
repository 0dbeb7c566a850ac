"""What every holder can read, at a cut of all logs: the view on which two who do not trust each other can agree.

It rests on what was released to all, and on nothing that only some can read: a field that one holder alone can open
is withheld here from its own eyes too. Whoever holds the same logs up to the same sizes gets the same tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from truceline.compliance.pack import Pack
from truceline.exchange.releases import EVERY, NEEDED, RELEASE, Allowed, Release, Segment, read_release
from truceline.exchange.releases import OPENED as FOR_READING
from truceline.pipeline.joining import OPENED, log_rows, named_as_own, pack_in
from truceline.pipeline.missions import ACT, AGREEMENT, agreement_row
from truceline.pipeline.receiving import all_logs
from truceline.record.commit import Field
from truceline.store.joint import JointTables, Pair
from truceline.store.mission_file import MissionFile
from truceline.store.readable import Readable, ReadableLog
from truceline.store.seen import Seen
from truceline.store.shared import HeldLog, SharedMission, shared_mission
from truceline.store.tables import OWN_LOG, place_of

READ_KINDS = ("row", "act", "submission")


class SharedLog:
    """A log as all holders can read it, up to a size."""

    def __init__(self, log: ReadableLog, size: int) -> None:
        self._log, self._size = log, size
        self.log = log.log
        self.allowed = Allowed(one for one in releases_in(log, size) if one.what == FOR_READING and EVERY in one.to)
        self.waiting = 0

    def of_kind(self, kind: str) -> list[int]:
        """As of the log."""
        return self._log.of_kind(kind, self._size)

    def seq_of(self, entry_id: str) -> int | None:
        """As of the log."""
        return self._log.seq_of(entry_id)

    def entry(self, seq: int) -> Readable:
        """One entry."""
        return next(iter(self.entries([seq])))

    def entries(self, seqs: Iterable[int]) -> Iterator[Readable]:
        """These entries, with the fields that all can read."""
        for entry in self._log.entries(seqs):
            if entry.kind in NEEDED:
                yield entry
                continue
            segment = self.allowed.of(entry.seq)
            yield entry._replace(fields=[one if _shown(one, segment) else None for one in entry.fields])

    def named_as_own(self) -> set[str]:
        """The logs that its author has named as of its own side."""
        return named_as_own(self._log, self._size)

    def opened(self) -> Iterator[Readable]:
        """The entries of which something was released to all; counts those that have not arrived in `waiting`."""
        for segment in self.allowed.segments:
            for entry in self.entries(range(segment.first, min(segment.last, self._size))):
                self.waiting += not entry.by_name
                yield entry


def _shown(field: Field | None, segment: Segment | None) -> bool:
    return field is not None and segment is not None and segment.opens(field[0])


def releases_in(log: ReadableLog, size: int) -> Iterator[Release]:
    """The releases that stand in a log below a size, as far as they can be read."""
    for entry in log.entries(log.of_kind(RELEASE, size)):
        fields = [one for one in entry.fields if one is not None]
        if len(fields) == len(entry.fields):
            yield read_release(entry.seq, fields)


def shared_view(mission: MissionFile, cut: Seen) -> SharedMission:
    """The shared view of the logs of a cut (origin to size and root)."""
    held = [
        HeldLog(peer.log, peer.origin, peer.public_key, peer.name, peer.side, int(cut[peer.origin][0]))
        for peer in sorted(all_logs(mission), key=lambda peer: peer.origin)
        if peer.origin in cut
    ]
    logs = {number: SharedLog(mission.others.log(one.log), one.size) for number, one in enumerate(held, OWN_LOG + 1)}
    own = mission.others.log(OWN_LOG)
    agreement, pack = own.of_kind(AGREEMENT)[-1], pack_in(own)
    assert pack is not None, "a mission begins with its agreement"
    made = shared_mission(mission, held, cut, agreement)
    # A log that has released nothing to all may not have told its agreement to every holder either.
    telling = {number: log for number, log in logs.items() if log.allowed.segments}
    chosen = {_placed(made.joint, log, number, pack) for number, log in telling.items()}
    reading = chosen.pop() if len(chosen) == 1 else None
    made.joint.insert(AGREEMENT, [agreement_row(0, pack.digest, pack, reading)])
    made.joint.settle(logs, _fellows(logs, held))
    made.waiting = {one.origin: log.waiting for one, log in zip(held, logs.values(), strict=True) if log.waiting}
    return made


def _placed(joint: JointTables, log: SharedLog, number: int, own: Pack) -> str | None:
    """Put one log into the tables; the reading that it chose last."""
    pack = pack_in(log) or own
    rows, reading = log_rows(log, pack, partial(place_of, number)), _reading(log)
    places = []
    for entry in log.opened():
        if entry.kind in READ_KINDS and entry.by_name:
            rows.take(entry)
            places.append((place_of(number, entry.seq), 0))
        if entry.kind == ACT:
            reading = _chosen(entry) or reading
    for table, made in rows.rows.items():
        joint.insert(table, made)
    joint.insert(OPENED, places)
    return reading


def _reading(log: SharedLog) -> str | None:
    """The reading that a log's agreement was entered with."""
    seqs = log.of_kind(AGREEMENT)
    about = log.entry(seqs[-1]).by_name.get("about", b"{}") if seqs else b"{}"
    return msgspec.json.decode(about, type=dict[str, str]).get("reading") or None


def _chosen(act: Readable) -> str | None:
    """The reading that an act chooses, if it does."""
    matter = act.by_name.get("matter", b"{}")
    said = msgspec.json.decode(matter, type=dict[str, object])
    return str(said["reading"]) if said.get("act") == "reading" else None


def _fellows(logs: Mapping[int, SharedLog], held: Sequence[HeldLog]) -> set[Pair]:
    number = {one.origin: at for at, one in enumerate(held, OWN_LOG + 1)}
    return {(at, number[origin]) for at, log in logs.items() for origin in log.named_as_own() if origin in number}
