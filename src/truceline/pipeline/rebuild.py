"""`rebuild`: every read table and fingerprint computed again from the entries, by the readers they name."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from truceline.compliance.pack import Pack
from truceline.errors import RecordBroken
from truceline.intake.context import ReadContext
from truceline.intake.layout import Layout, row_restorer
from truceline.intake.raw import numbers_of
from truceline.pipeline.act_rows import act_of, insert_act
from truceline.pipeline.destroyed_rows import DESTRUCTION, Left, act_left, matter_of, reader_of_left
from truceline.pipeline.getting import place_releases
from truceline.pipeline.holders import NOTE
from truceline.pipeline.joining import is_received, place_opened
from truceline.pipeline.many_rows import REFUSAL
from truceline.pipeline.missions import ACT, AGREEMENT, agreement_row, open_mission, pack_of
from truceline.pipeline.models_held import MODEL, model_row
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.reading_rows import TABLES, TableRows, place, read_context, reader_of
from truceline.pipeline.recalls import Recalls
from truceline.pipeline.received import LAYOUT, READER, Equals, file_key, identities
from truceline.pipeline.superseding import settle_abroad
from truceline.record.commit import Field
from truceline.record.entry import Links
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance, Pen


class Rebuilt(Struct, frozen=True):
    """What was rebuilt, and whether it is what was kept up entry by entry."""

    entries: int
    rows: int
    same: bool


def rebuild(path: Path, *, now_us: int, chance: Chance, tell: Progress = silent) -> Rebuilt:
    """Recompute the read tables; `same` is False where they had been something else. Raises `RecordBroken`."""
    with open_mission(path, write=True) as mission:
        before, total = mission.dump_tables(), mission.size
        with mission.pen(now_us, chance) as pen:
            rows = rebuilt(mission, pen, tell)
        return Rebuilt(total, rows, mission.dump_tables() == before)


def rebuilt(mission: MissionFile, pen: Pen, tell: Progress = silent) -> int:
    """Compute the read tables and fingerprints again, within a pen that is held; how many rows were read."""
    pen.clear_read_tables()
    pen.forget_held()
    total = pen.size
    work = _Rebuilding(
        pen, mission.ids(0, total), mission.blob, partial(place_opened, mission), partial(settle_abroad, mission),
        Left.of(mission),
    )  # fmt: skip
    for seq, kind, links, fields in mission.payloads(0, total):
        work.take(seq, kind, links, fields)
        if seq % 5_000 == 0:
            tell("rebuilding", seq, total)
    place_releases(mission)
    return work.rows


@dataclass
class _Rebuilding:
    """The state carried from entry to entry."""

    pen: Pen
    ids: Sequence[str]
    blob: Callable[[str, bytes], bytes]
    place_opened: Callable[[int], None]
    settle_abroad: Callable[[int], None]
    left: Left
    rows: int = 0
    pack: Pack | None = None
    layouts: dict[str, Layout] = field(default_factory=dict)
    pending: list[tuple[int, Links, list[Field]]] = field(default_factory=list)
    equals: Equals = field(default_factory=Counter)
    seqs: dict[str, int] = field(default_factory=dict)

    def take(self, seq: int, kind: str, links: Links, fields: list[Field]) -> None:
        """One entry, in order."""
        self.seqs[self.ids[seq]] = seq
        if kind == AGREEMENT:
            self.pack, reading = pack_of(fields)
            self.pen.insert(AGREEMENT, [agreement_row(seq, self.ids[seq], self.pack, reading)])
        elif kind == LAYOUT:
            self.layouts[self.ids[seq]] = Layout.from_plain(msgspec.json.decode(fields[0][1]))
            self._hold_declared(LAYOUT, fields, seq)
        elif kind == READER:
            self._hold_declared(READER, fields, seq)
        elif kind == "row":
            self.pending.append((seq, links, fields))
        elif kind == "submission":
            self._submission(seq, links, dict(fields))
        elif kind == ACT:
            self._act(seq, links, fields)
        elif kind == NOTE and is_received(fields):
            self.place_opened(seq)
        elif kind == MODEL:
            self.pen.insert(MODEL, [model_row(seq, self.ids[seq], fields)])
        elif kind == DESTRUCTION:
            self._destruction(fields)

    def _hold_declared(self, kind: str, fields: list[Field], seq: int) -> None:
        key = self.pen.content_key(kind, "", fields[0][1])
        self.pen.hold([(key, seq, key)])

    def _act(self, seq: int, links: Links, fields: list[Field]) -> None:
        assert self.pack is not None
        gone = self.left.names(seq)
        left = act_left(fields, gone)
        if left is None:
            return
        act = act_of(left)
        if not gone:
            key = self.pen.row_key("", f"act/{msgspec.json.encode(act, order='sorted').decode()}")
            self.pen.hold([(key, seq, key)])
        named = [str(one) for one in links.get("supersedes", [])]
        own = [self.seqs[one] for one in named if one in self.seqs]
        abroad = [one for one in named if one not in self.seqs]
        insert_act(self.pen, seq, self.ids[seq], act, self.pack.agreement.zone, own, abroad)
        if abroad:
            self.settle_abroad(seq + 1)

    def _destruction(self, fields: list[Field]) -> None:
        """Rows that were out of force when their fields went stay out of it: what said so may be gone."""
        for seq, by in matter_of(fields).out.items():
            for table in TABLES:
                self.pen.supersede(table, [int(seq)], by)

    def _submission(self, seq: int, links: Links, fields: dict[str, bytes]) -> None:
        about: dict[str, str] = msgspec.json.decode(fields["about"])
        counts: dict[str, Any] = self._counts(seq, fields["counts"])
        runs = msgspec.json.decode(fields["numbers"], type=list[tuple[int, int]])
        assert self.pack is not None
        context = read_context(self.pack, about["source"])
        layout = self._layout(links)
        refused, revised = self._rows(seq, layout, context, numbers_of(runs), about["file"])
        new = len(self.pending) - refused - revised
        self.pen.insert(
            "submission",
            [(
                seq, self.ids[seq], about["file"], about["sheet"], about["format"], about["version"],
                about["encoding"], about["source"], counts["rows"], new, revised, refused, counts["already_held"],
                *counts["killed"], fields["blob"].decode(), seq - len(self.pending), len(self.pending),
            )],
        )  # fmt: skip
        self.rows += len(self.pending)
        self.pending = []
        self._hold_file(seq, about, layout, fields)

    def _counts(self, seq: int, content: bytes) -> dict[str, Any]:
        """What a submission counted; without those killed where its file was destroyed, which would tell them."""
        left = self.left.files.get(seq)
        if left is not None:
            return {"rows": left.rows, "already_held": left.already_held, "killed": (None, None, None)}
        return msgspec.json.decode(content)  # type: ignore[no-any-return]

    def _hold_file(self, seq: int, about: dict[str, str], layout: Layout, fields: dict[str, bytes]) -> None:
        if "blob_salt" in self.left.names(seq):
            return
        # A file that is no longer kept cannot be known whole again; its rows still are. Audit names it.
        with suppress(RecordBroken):
            content = self.blob(fields["blob"].decode(), fields["blob_salt"])
            asked = (about["source"], about["told"], layout.mapping, about.get("only", ""))
            self.pen.hold_file(file_key(self.pen, content, *asked), seq)

    def _rows(
        self, submission: int, layout: Layout, context: ReadContext, numbers: Sequence[int], file: str
    ) -> tuple[int, int]:
        """Place the pending rows; how many were refused and revised."""
        read, restore = reader_of(layout, context), row_restorer(layout)
        read_left = reader_of_left(layout, context)
        identify = identities(self.pen, self.equals)
        rows: TableRows = {table: [] for table in TABLES}
        recalls = Recalls(self.pen)
        held, older, came = [], [], []
        refused = revised = 0
        for (seq, links, fields), number in zip(self.pending, numbers, strict=True):
            gone, act = self.left.gone.get(seq, (None, 0))
            if gone:
                row = read_left(number, fields, gone, self.ids[seq], self.ids[act])
            else:
                row = read(restore(number, fields), None)
            place(rows, row, seq, self.ids[seq], submission, file)
            if row.own or not gone:  # Of a row that is gone in part only its own id is held, while it has one.
                held.append((*identify(row), seq))
            came.append((row, seq))
            revises = [self._seq(entry_id) for entry_id in links.get("supersedes", [])]
            older += [(table, old, seq) for old in revises for table in (TABLES if gone else (row.table,))]
            refused += row.table == REFUSAL
            revised += bool(revises) and row.table != REFUSAL
        for table, made in rows.items():
            self.pen.insert(table, made)
        self.pen.hold((key, seq, content) for key, content, seq in held)
        for name, old, by in older:
            self.pen.supersede(name, [old], by)
        recalls.entered(came)
        return refused, revised

    def _layout(self, links: Links) -> Layout:
        name = str(links.get("layout", ""))
        if name not in self.layouts:
            raise RecordBroken("A submission names a layout that is not in the record.", "Audit the mission.")
        return self.layouts[name]

    def _seq(self, entry_id: str) -> int:
        if entry_id not in self.seqs:
            raise RecordBroken("An entry supersedes one that is not before it.", "Audit the mission.")
        return self.seqs[entry_id]
