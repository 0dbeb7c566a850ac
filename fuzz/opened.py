"""Entries that another holder opened: a layout, a row or an act, and the submission after it, whatever they say."""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache, partial

import msgspec

from fuzz.mutate import SEPARATOR, parts_of
from truceline.compliance.pack import Pack, read_pack
from truceline.intake.layout import payload_writer
from truceline.intake.reading import read_tables
from truceline.pipeline.joining import log_rows
from truceline.pipeline.packs import pack_files
from truceline.record.commit import Field
from truceline.store import tables
from truceline.store.joint import JointTables
from truceline.store.readable import Readable
from truceline.vocabulary.agreement import Agreement

LAYOUT_ID, ENTRY_ID, COVER_ID = "1" * 64, "2" * 64, "3" * 64
GROUPS = ("source", "when", "where", "who", "what", "rest")
PARTS_OF_ACT = ("who", "matter", "because", "words", "", "")
COVER = ("about", "counts", "numbers")
PARTS = 2 + len(COVER) + len(GROUPS)
OTHER = 2
Links = dict[str, object]
_TABLE = (
    b"report_id,source,when,kind,side_a,side_b,area,killed_best\n"
    b"r1,patrol,2025-03-20T10:00Z,shelling,Northern Army,Front of the Plain,river_towns,2\n"
    b"r2,patrol,2025-03-21,shelling,,,nowhere,\n"
)
_ACTS: tuple[tuple[dict[str, str], dict[str, object]], ...] = (
    ({"act": "finding"}, {"about": "The bridge", "held": "happened", "what": "Shells."}),
    ({"act": "declaration"}, {"clock": "seven_quiet_days", "says": "met"}),
    ({"act": "coverage"}, {"source": "patrol", "area": "river_towns", "from": "2025-03-20", "to": "2025-03-21",
                           "status": "reported"}),
    ({"act": "acceptance"}, {"party": "northern_army", "says": "accepted", "to": "alpha"}),
    ({"act": "withdrawal"}, {"of": "f" * 64}),
    ({"act": "reading"}, {"reading": "strict"}),
)  # fmt: skip


class Opened:
    """Three entries as a log: the layout, the entry, and the submission over it."""

    log = OTHER

    def __init__(self, parts: list[bytes]) -> None:
        said, layout, *rest = parts
        kind, links = _heading(said)
        cover, fields = rest[: len(COVER)], rest[len(COVER) :]
        names = GROUPS if kind == "row" else PARTS_OF_ACT
        over: Links = {"first": 1, "count": 1}
        self._entries = (
            Readable(0, LAYOUT_ID, "layout", {}, [("layout", layout)]),
            Readable(1, ENTRY_ID, kind, {"layout": LAYOUT_ID, **links}, _told(names, fields)),
            Readable(2, COVER_ID, "submission", over, _told(COVER, cover)),
        )

    def of_kind(self, kind: str) -> list[int]:
        """The entries of a kind."""
        return [one.seq for one in self._entries if one.kind == kind]

    def seq_of(self, entry_id: str) -> int | None:
        """Where an entry stands."""
        return next((one.seq for one in self._entries if one.id == entry_id), None)

    def entry(self, seq: int) -> Readable:
        """One entry."""
        return self._entries[seq]

    def entries(self, seqs: Iterable[int]) -> Iterator[Readable]:
        """These entries."""
        return (self._entries[seq] for seq in seqs)


def _heading(said: bytes) -> tuple[str, Links]:
    try:
        kind, links = msgspec.json.decode(said, type=tuple[str, Links])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "row", {}
    return kind, links


def _told(names: Iterable[str], fields: Iterable[bytes]) -> list[Field | None]:
    """What is empty is withheld."""
    return [(name, content) if content else None for name, content in zip(names, fields, strict=True) if name]


@cache
def _example() -> tuple[Pack, Agreement]:
    pack = read_pack(pack_files("example"), "example")
    return pack, pack.agreement


def take_opened(content: bytes) -> int:
    """Read the entries, and put what they say into the tables. The rows that came of it, refusals among them."""
    log = Opened([*parts_of(content, PARTS)])
    made = log_rows(log, *_example(), partial(tables.place_of, OTHER))
    for entry in log.entries((0, 1, 2)):
        made.take(entry)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(tables.schema())
    joint = JointTables(connection)
    for table, rows in made.rows.items():
        joint.insert(table, rows)
    joint.settle({OTHER}, set())
    connection.close()
    return sum(map(len, made.rows.values()))


def opened() -> list[bytes]:
    """Rows of a table with its layout, some with a group withheld, and acts."""
    [table] = read_tables("sent.csv", _TABLE)
    layout, write = msgspec.json.encode(table.layout.plain()), payload_writer(table.layout)
    rows = [[content for _, content in write(row)] for row in table.rows]
    rows += [[b"" if at == gone else one for at, one in enumerate(rows[0])] for gone in range(len(GROUPS))]
    made = [_sent("row", layout, row) for row in rows]
    for kind, matter in _ACTS:
        who = {**kind, "by": "alpha", "at": "2025-03-20T09:00"}
        made.append(_sent("act", b"", [*map(msgspec.json.encode, (who, matter, "So.")), b"", b"", b""]))
    return made


def _sent(kind: str, layout: bytes, fields: list[bytes]) -> bytes:
    about = {"file": "a.csv", "sheet": "", "format": "truceline_reports", "version": "1", "encoding": "utf-8"}
    counts = {"rows": 1, "already_held": 0, "killed": [0, 0, 0]}
    cover = map(msgspec.json.encode, ({**about, "source": ""}, counts, [[1, 1]]))
    heading = msgspec.json.encode((kind, {"supersedes": ["f" * 64]}))
    return SEPARATOR.join((heading, layout, *cover, *fields))
