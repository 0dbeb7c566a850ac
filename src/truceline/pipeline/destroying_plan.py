"""What a destruction takes: which entries, which of their fields, and the files that hold the same words."""

from bisect import bisect_left
from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.intake.layout import RAW
from truceline.pipeline.destroyed_rows import ACT_NEEDS, WORDS, FileLeft, counts_left, fields_of
from truceline.pipeline.missions import ACT
from truceline.store.mission_file import MissionFile
from truceline.store.others import Peer
from truceline.store.tables import FIRST_PLACE, OWN_LOG
from truceline.vocabulary.marking import INTERNAL

OF_A_FILE = frozenset({"counts", "blob_salt"})
"""The fields of a submission that go with the file its rows came in."""
ROW, SUBMISSION = "row", "submission"
_NAMES = "Ids are shown by `truceline acts --json`, `truceline export` and `truceline bulletin`."


class Plan(Struct, frozen=True):
    """What goes: entries of a log by seq, names of fields, and of the own log the submissions whose file goes."""

    log: int
    origin: str
    seqs: list[int]
    fields: list[str]
    files: dict[int, FileLeft]
    blobs: list[str]


def planned(mission: MissionFile, entries: Sequence[str], fields: Sequence[str], of: str | None) -> Plan:
    """What goes by these ids and names of fields. Raises `ValueNotRead`."""
    names = list(dict.fromkeys(name.strip() for text in fields for name in text.split(",") if name.strip()))
    if not entries or not names:
        raise ValueNotRead("Nothing is named.", "Give ids of entries, and --fields with names of their fields.")
    if of is not None:
        return _planned_given(mission, _peer(mission, of), entries, names)
    seqs: dict[int, frozenset[str]] = {}
    for entry in entries:
        seqs |= _one(mission, _seq(mission, OWN_LOG, entry), entry, names)
    if not seqs:
        raise ValueNotRead("Nothing of this is there.", "It was destroyed before: `truceline destructions` shows it.")
    rows = sorted(seqs)
    going = sorted(frozenset[str]().union(*seqs.values()), key=[*names, RAW, WORDS].index)
    files, blobs = _files(mission, rows)
    return Plan(OWN_LOG, mission.origin, rows, going, files, blobs)


def _one(mission: MissionFile, seq: int, entry: str, names: Sequence[str]) -> dict[int, frozenset[str]]:
    """What goes of one entry that was named, or of every row of a submission that was."""
    _, kind, links, _ = next(mission.payloads(seq, seq + 1))
    if kind == SUBMISSION:
        found = {at: _row(mission, at, names) for at in range(links["first"], seq)}
        return {at: going for at, going in found.items() if going}
    if kind not in (ROW, ACT):
        raise ValueNotRead(
            f"{entry} is of the kind {kind}; of that nothing can be destroyed.", "Rows and acts of bodies can be."
        )
    there = {*mission.destroying.names(seq).values()}
    before = {name for name, _ in fields_of(mission, seq)}
    if missing := [name for name in names if name not in before]:
        raise ValueNotRead(f"{entry} has no field {', '.join(missing)}.", f"It has: {', '.join(sorted(before))}.")
    if kind == ROW:
        going = _row(mission, seq, names)
        return {seq: going} if going else {}
    if ACT_NEEDS.intersection(names) and links.get("supersedes"):
        mend = f"Its reasons can be: --fields because,{WORDS}"
        raise ValueNotRead(f"{entry} takes the place of another act: what it says cannot be destroyed.", mend)
    going = frozenset({*names, WORDS}).intersection(there)  # The words as they were written hold all the others.
    return {seq: going} if going else {}


def _row(mission: MissionFile, seq: int, names: Collection[str]) -> frozenset[str]:
    """What goes of a row. One that could not be cut into cells goes whole: nobody knows where in it the words are."""
    if mission.destroying.is_recall(seq):
        mend = "Its own words are the id of the row; destroy fields of that row instead."
        raise ValueNotRead(f"Entry {seq} takes a report back: nothing of it can be destroyed.", mend)
    there = {*mission.destroying.names(seq).values()}
    return frozenset(there.intersection({*names, RAW}))


def _files(mission: MissionFile, rows: Sequence[int]) -> tuple[dict[int, FileLeft], list[str]]:
    """The submissions whose file holds the same words, with what stays of their counts; and the files' names."""
    named = mission.columns(SUBMISSION, ("seq", "first", "count", "blob"), INTERNAL)
    columns = (named[name] for name in ("seq", "first", "count", "blob"))
    blobs = {
        str(blob)
        for seq, first, count, blob in zip(*columns, strict=True)
        if seq < FIRST_PLACE and bisect_left(rows, int(first)) < bisect_left(rows, int(first) + int(count))
    }
    files: dict[int, FileLeft] = {}
    for blob in sorted(blobs):
        for seq in mission.destroying.naming(blob):
            if OF_A_FILE.intersection(mission.destroying.names(seq).values()):
                files[seq] = counts_left(msgspec.json.decode(dict(fields_of(mission, seq))["counts"]))
    return files, sorted(blobs)


def _planned_given(mission: MissionFile, peer: Peer, entries: Sequence[str], names: list[str]) -> Plan:
    seqs = sorted({_seq(mission, peer.log, entry) for entry in entries})
    for seq in seqs:
        there = {*mission.destroying.given_names(peer.log, seq).values()}
        if not there.intersection(names):
            mend = f"Of it there is: {', '.join(sorted(there)) or 'nothing'}."
            raise ValueNotRead(f"Entry {seq} of {peer.name}: none of these fields was opened.", mend)
    return Plan(peer.log, peer.origin, seqs, names, {}, [])


def _peer(mission: MissionFile, name: str) -> Peer:
    peers = mission.others.peers()
    found = next((peer for peer in peers if peer.name == name), None)
    if found is None:
        known = ", ".join(peer.name for peer in peers) or "none yet"
        raise ValueNotRead(f"There is no holder {name!r}.", f"Known: {known}.")
    return found


def _seq(mission: MissionFile, log: int, entry: str) -> int:
    try:
        return mission.destroying.seq_of(log, entry.strip().lower())
    except ValueError as error:
        raise ValueNotRead(f"{entry!r} names no entry: {error}.", _NAMES) from error
