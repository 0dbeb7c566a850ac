"""What a destruction does not reach: other entries and kept files that say the same words, and who was given them."""

from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from truceline.errors import RecordBroken
from truceline.pipeline.destroyed_rows import fields_of
from truceline.record.commit import Field
from truceline.store.mission_file import MissionFile
from truceline.store.tables import FIRST_PLACE
from truceline.vocabulary.marking import INTERNAL

LONG = 12
"""Shorter texts are said of many things: they are not looked for."""
MOST_TEXTS, MOST_FOUND = 200, 50
_cells = msgspec.json.Decoder(list[str])


class OutOfReach(Struct, frozen=True):
    """entries: ids; files: names, of which the bytes can be searched; opened_to: names of holders, or `all`."""

    entries: list[str]
    files: list[str]
    opened_to: list[str]


def out_of_reach(
    mission: MissionFile, seqs: Sequence[int], names: Collection[str], blobs: Collection[str]
) -> OutOfReach:
    """What says the same as these fields of these own entries, beside them and the files that go with them."""
    texts = _texts(mission, seqs, names)
    entries = mission.destroying.saying(texts, {*seqs}, MOST_FOUND) if texts else []
    files = _files(mission, texts, blobs) if texts else []
    return OutOfReach([mission.ids(seq, seq + 1)[0] for seq in entries], files, opened_to(mission, seqs, names))


def opened_to(mission: MissionFile, seqs: Sequence[int], names: Collection[str]) -> list[str]:
    """The holders to whom a release has opened any of these fields of these entries."""
    columns = mission.columns("release", ("seq", "what", "entries", "fields", "readers"), INTERNAL)
    called = {peer.origin: peer.name for peer in mission.others.peers()} | {"*": "all"}
    found: set[str] = set()
    for seq, what, entries, fields, readers in zip(*columns.values(), strict=True):
        opens = {*msgspec.json.decode(fields)}
        runs: list[tuple[int, int]] = msgspec.json.decode(entries)
        covers = any(first <= one < first + many for one in seqs for first, many in runs)
        if seq < FIRST_PLACE and what == "opened" and covers and ("*" in opens or opens.intersection(names)):
            found |= {called.get(origin, origin) for origin in msgspec.json.decode(readers)}
    return sorted(found)


def _texts(mission: MissionFile, seqs: Sequence[int], names: Collection[str]) -> list[bytes]:
    """The longer texts of the fields that go, as they stand in payloads and, mostly, in files."""
    texts: dict[str, None] = {}
    for seq in seqs:
        for field in fields_of(mission, seq):
            if field[0] in names:
                texts |= dict.fromkeys(text for text in _said(field) if len(text.encode()) >= LONG)
        if len(texts) >= MOST_TEXTS:
            break
    return [text.encode() for text in list(texts)[:MOST_TEXTS]]


def _said(field: Field) -> list[str]:
    try:
        return _cells.decode(field[1])
    except ValueError:  # An act's words, or a row that could not be cut into cells.
        return [field[1].decode("utf-8", "replace").strip(' "\n')]


def _files(mission: MissionFile, texts: Sequence[bytes], going: Collection[str]) -> list[str]:
    named = mission.columns("submission", ("file", "blob"), INTERNAL)
    files = {str(blob): str(file) for file, blob in zip(named["file"], named["blob"], strict=True) if blob}
    found = []
    for blob, file in files.items():
        if blob in going:
            continue
        try:
            content = mission.destroying.kept_file(blob)
        except RecordBroken:
            continue  # Destroyed before, or of another log.
        if any(text in content for text in texts):
            found.append(file)
    return sorted({*found})[:MOST_FOUND]
