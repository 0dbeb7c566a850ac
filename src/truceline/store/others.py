"""Logs of other holders, held beside the own: whose they are, what is held, who cosigned it.

Entries and heads of another log stand in the same tables as the own, under another number. What is here besides:
`peer` (who gave us which key), `cosignature`, `misbehaviour` (proofs of two histories), `seen`, `arriving` and
`policy`. They are made when the first peer is added. A log is written on only by its author: whatever comes is
judged before it is kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256

from msgspec import Struct

from truceline.record.entry import Links
from truceline.record.frontier import Frontier
from truceline.record.note import COSIGNATURE, ED25519, KEY_ID_BYTES, Note, key_hash, read_note
from truceline.record.people import Signers
from truceline.record.proofs import Node
from truceline.record.sign import SignedHead, head_dated_s, read_head
from truceline.record.tiles import Tile
from truceline.store import bulk, cut, kept, nodes, seen, signers
from truceline.store.arriving import ARRIVING, Arriving
from truceline.store.readable import ReadableLog, came_with
from truceline.store.tables import guards_over

TABLES = """
CREATE TABLE IF NOT EXISTS peer(
    log INTEGER PRIMARY KEY REFERENCES log, name TEXT NOT NULL UNIQUE, side TEXT NOT NULL, how TEXT NOT NULL,
    seq INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS cosignature(
    log INTEGER NOT NULL REFERENCES log, size INTEGER NOT NULL, name TEXT NOT NULL, dated_s INTEGER NOT NULL,
    note BLOB NOT NULL, PRIMARY KEY(log, size, name)) STRICT;
CREATE TABLE IF NOT EXISTS misbehaviour(
    digest TEXT PRIMARY KEY, log INTEGER NOT NULL REFERENCES log, file BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS policy(seq INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
"""
GUARDED = ("cosignature", "misbehaviour")


class Peer(Struct, frozen=True):
    """Another log: its number here, origin and key; how people call it, its side, how its key came, and when.

    `seq` is the entry of the own log that added it. The log of this mission has the side `own`.
    """

    log: int
    origin: str
    public_key: bytes
    name: str
    side: str
    how: str
    seq: int


class Cosigned(Struct, frozen=True):
    """Who cosigned a head, and when (UTC seconds). The log's own dates are not among them."""

    size: int
    name: str
    dated_s: int


def guards() -> dict[str, str]:
    """Name and SQL of the triggers over what is kept for ever."""
    return guards_over(GUARDED)


class Others(Arriving):
    """The other logs in a mission file. What writes is called within a pen's block."""

    def prepare(self) -> None:
        """Make the tables, as far as this mission has none of them yet."""
        new = () if seen.there(self._connection) else guards().values()
        for statement in (*f"{TABLES}{ARRIVING}{seen.SCHEMA}".split(";\n"), *new):
            if statement.strip():
                self._connection.execute(statement)

    def peers(self) -> list[Peer]:
        """The other logs, in the order in which they were added."""
        if not seen.there(self._connection):
            return []
        question = (
            "SELECT log, origin, public_key, name, side, how, seq FROM peer JOIN log ON log.id = log ORDER BY log"
        )
        return [Peer(*row) for row in self._connection.execute(question)]

    def add(self, origin: str, public_key: bytes, name: str, side: str, how: str, seq: int) -> int:
        """Add a peer; the number of its log here."""
        added = self._connection.execute("INSERT INTO log(origin, public_key) VALUES(?, ?)", (origin, public_key))
        log = int(added.lastrowid or 0)
        self._connection.execute("INSERT INTO peer VALUES(?, ?, ?, ?, ?)", (log, name, side, how, seq))
        return log

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """What is written inside stays only if the block ends without `Undone` and without any other error."""
        self._connection.execute("SAVEPOINT others")
        try:
            yield
        except Undone:
            self._connection.execute("ROLLBACK TO others")
        self._connection.execute("RELEASE others")

    def edge(self, log: int) -> Frontier:
        """The right edge of a log's tree as held."""
        return cut.frontier_of(self._connection, log)

    def head(self, log: int, size: int | None = None) -> SignedHead | None:
        """The head at a size (the newest, if none is given) as its log signed it; None if there is none."""
        question = (
            "SELECT note FROM head WHERE log = ?1 AND size = ifnull(?2, (SELECT max(size) FROM head WHERE log = ?1))"
        )
        row = self._connection.execute(question, (log, size)).fetchone()
        return None if row is None else read_head(row[0])

    def roots(self, log: int, sizes: Sequence[int]) -> Mapping[int, bytes]:
        """The roots at sizes up to what is held."""
        return {size: cut.root_at(self._connection, log, size) for size in sorted(set(sizes))}

    def edge_at(self, log: int, size: int) -> Frontier:
        """The right edge of a log's tree when it had that size."""
        newest = self.edge(log)
        return newest if newest.size == size else nodes.edge_at(self._connection, log, size)

    def node(self, log: int, size: int) -> Node:
        """The nodes of a log's tree when it had that size."""
        return nodes.node(self._connection, log, size)

    def tile(self, log: int, asked: Tile) -> list[bytes]:
        """The hashes of a tile of a log. Raises `RecordBroken` where any is missing."""
        return nodes.tile(self._connection, log, asked)

    def signers(self, log: int) -> Signers:
        """Who may sign the next entry of a log, by the entries of it that are held. Raises `RecordBroken`."""
        return signers.signers(self._connection, log)

    def leaves(self, log: int, first: int, last: int) -> list[bytes]:
        """The leaf hashes of the entries in [first, last) of a log."""
        return kept.leaves(self._connection, log, first, last)

    def bodies(self, log: int, first: int, last: int) -> list[bytes]:
        """The bytes of the entries in [first, last) of a log."""
        return kept.bodies(self._connection, log, first, last)

    def keep(self, log: int, edge: Frontier, new: Sequence[tuple[int, bytes, bytes, Links]]) -> None:
        """Keep entries that were judged (seq, bytes, leaf hash and links of each, in order) and grow the edge."""
        if not new:
            return
        columns = [[one[place] for one in new] for place in range(3)]
        bulk.insert_columns(self._connection, "INSERT INTO entry", f"({log:d}, ?, ?, ?)", columns)
        nodes.keep(self._connection, log, edge.append(one[2] for one in new))
        for seq, _, _, links in new:
            seen.keep(self._connection, log, seq, links)
            signers.keep(self._connection, log, seq, links)

    def keep_edge(self, log: int, edge: Frontier) -> None:
        """Keep the edge of a log's tree, after its entries."""
        question = "INSERT INTO frontier VALUES(?, ?) ON CONFLICT(log) DO UPDATE SET bytes = excluded.bytes"
        self._connection.execute(question, (log, edge.dump()))

    def keep_head(self, log: int, head: SignedHead, public_key: bytes) -> None:
        """Keep a head that was judged, with its log's own signatures alone; one that is kept already stays."""
        ids = [key_hash(head.origin, kind, public_key)[:KEY_ID_BYTES] for kind in (ED25519, COSIGNATURE)]
        own = tuple(line for line in head.note.signatures if line.name == head.origin and line.key_id in ids)
        dated_s = head_dated_s(head, head.origin, public_key)
        row = (log, head.size, Note(head.note.text, own).form(), None if dated_s is None else dated_s * 1_000_000)
        self._connection.execute("INSERT INTO head VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING", row)

    def keep_cosignatures(self, log: int, note: Note, cosigners: Mapping[str, bytes]) -> list[str]:
        """Keep the cosignatures of known cosigners under a head that is kept; the names of those that are new."""
        head, new = read_head(note.form()), []
        for name, public_key in cosigners.items():
            key_id = key_hash(name, COSIGNATURE, public_key)[:KEY_ID_BYTES]
            dated_s = None if name == head.origin else head_dated_s(head, name, public_key)
            if dated_s is None:
                continue
            lines = tuple(line for line in note.signatures if (line.name, line.key_id) == (name, key_id))
            row = (log, head.size, name, dated_s, Note(note.text, lines).form())
            done = self._connection.execute("INSERT INTO cosignature VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)
            new += [name] if done.rowcount else []
        return new

    def cosigned(self, log: int) -> list[Cosigned]:
        """Who cosigned which heads of a log, by size and name."""
        if not seen.there(self._connection):
            return []
        question = "SELECT size, name, dated_s FROM cosignature WHERE log = ? ORDER BY size, name"
        return [Cosigned(*row) for row in self._connection.execute(question, (log,))]

    def cosigned_head(self, log: int, size: int) -> bytes:
        """The head of a log at a size with all cosignatures known. Raises `KeyError` where there is none."""
        head = self.head(log, size)
        if head is None:
            raise KeyError(size)
        lines = list(head.note.signatures)
        if seen.there(self._connection):
            question = "SELECT note FROM cosignature WHERE log = ? AND size = ? ORDER BY dated_s, name LIMIT 48"
            for (note,) in self._connection.execute(question, (log, size)):
                lines += read_note(note).signatures
        return Note(head.note.text, tuple(lines)).form()

    def last_dated_us(self, log: int) -> int | None:
        """When the newest dated head of a log was dated, by its author (UTC microseconds)."""
        question = "SELECT max(dated_us) FROM head WHERE log = ?"
        found = self._connection.execute(question, (log,)).fetchone()[0]
        return None if found is None else int(found)

    def heads_worth_telling(self, log: int, most: int) -> list[bytes]:
        """The newest head, and of every cosigner the newest it cosigned, by size, with all cosignatures known."""
        newest = self.head(log)
        if newest is None:
            return []
        by_name = {one.name: one.size for one in self.cosigned(log)}
        sizes = sorted({*by_name.values(), newest.size})
        return [self.cosigned_head(log, size) for size in sizes[-most:]]

    def keep_misbehaviour(self, log: int, file: bytes) -> str:
        """Keep the proof of two histories; its name. One that is kept already stays."""
        digest = sha256(file).hexdigest()
        self._connection.execute("INSERT INTO misbehaviour VALUES(?, ?, ?) ON CONFLICT DO NOTHING", (digest, log, file))
        return digest

    def misbehaviours(self, log: int | None = None) -> list[tuple[str, int, bytes]]:
        """The proofs kept (of one log): name, number of the log, bytes."""
        if not seen.there(self._connection):
            return []
        question = "SELECT digest, log, file FROM misbehaviour WHERE ifnull(?1, log) = log ORDER BY log, digest"
        return self._connection.execute(question, (log,)).fetchall()

    def seen_at(self, log: int, size: int) -> seen.Seen:
        """What the author of a log had seen of others by its first entries, as its entries name it."""
        return seen.at(self._connection, log, size)

    def log(self, log: int, before: int | None = None) -> ReadableLog:
        """A log as far as it can be read here; `before`: with what was opened before that entry of the own log."""
        return ReadableLog(self._connection, log) if before is None else ReadableLog(self._connection, log, before)

    def came_with(self, seq: int) -> dict[int, dict[int, int]]:
        """What was opened to this mission with an entry of the own log: see `readable.came_with`."""
        return came_with(self._connection, seq)

    def put_policy(self, seq: int, content: bytes) -> None:
        """Keep the policy that an entry of the own log sets."""
        self._connection.execute("INSERT INTO policy VALUES(?, ?)", (seq, content))

    def policy(self) -> bytes | None:
        """The policy last set; None if none was."""
        if not seen.there(self._connection):
            return None
        row = self._connection.execute("SELECT content FROM policy ORDER BY seq DESC LIMIT 1").fetchone()
        return None if row is None else bytes(row[0])


class Undone(Exception):
    """Raised inside `Others.all_or_nothing` to leave nothing behind."""
