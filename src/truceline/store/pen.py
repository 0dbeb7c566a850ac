"""Entering into the record: everything of one command, or nothing.

    with mission.pen(now_us, chance) as pen:
        layout = pen.enter("layout", [("layout", ...)], {})
        rows = pen.rows(payloads, layout_id=layout[1])
        pen.submission(rows[0][0], [("file", ...)], {})
        pen.insert("report", reports)

On leaving, the new head is signed and all of it is committed at once.
"""

import hmac
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat

from truceline.errors import MissionError
from truceline.record.commit import SECRET_BYTES, Committed, Field, committed, packed
from truceline.record.entry import Links, RowForm, entry_of, read_entry, row_entries
from truceline.record.frontier import Frontier
from truceline.record.key_links import KEY
from truceline.record.merkle import leaf_hash
from truceline.record.note import Note
from truceline.record.people import BY_PEOPLE
from truceline.record.sign import LogKey
from truceline.store import bulk, cut, nodes, seen, signers, tables
from truceline.store.held import Held
from truceline.store.tables import OWN_LOG

AT_ONCE = 10_000
"""Rows entered in one go, which bounds the memory of a bulk submission."""

ROW_FIELDS = 6
"""Fields of the payload of a row that is not damaged."""

DATED_EVERY_US = 600 * 1_000_000
"""Heads are dated at intervals of ten minutes, so that their seconds tell nothing of a source."""

MOST_BLOB_BYTES = 512 * 1024 * 1024

Chance = Callable[[int], bytes]
"""Gives so many random bytes, fit for secrets."""


def packed_blob(content: bytes) -> bytes:
    """A file's bytes as they are kept."""
    return zlib.compress(content, 1)


class Pen(Held):
    """What can be entered in one transaction. Made by `MissionFile.pen` only."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        key: LogKey,
        fingerprint_secret: bytes,
        frontier: Frontier,
        now_us: int,
        chance: Chance,
        by: LogKey | None = None,
    ) -> None:
        super().__init__(connection, fingerprint_secret)
        self._key = key
        self._by = by
        self._frontier = frontier
        self._now_us = now_us
        self._chance = chance
        self._began = frontier.size
        self._unsigned: int | None = None
        self._covered: Frontier | None = None
        self.written: cut.Known | None = None
        """The new head and the edge under it, once they are signed."""

    @property
    def size(self) -> int:
        """The number of entries, those of this pen included: the seq of the next one."""
        return self._frontier.size

    def enter(self, kind: str, fields: Sequence[Field], links: Links) -> tuple[int, str]:
        """Enter one act, agreement, layout, reader or note; its seq and id. Rows have `rows` and `submission`."""
        if kind in ("row", "submission"):
            raise ValueError(f"a {kind} is not entered alone: use Pen.rows and Pen.submission")
        return self._enter(kind, fields, links)

    def rows(
        self,
        payloads: Sequence[Sequence[Field]],
        layout_id: str,
        supersedes: Sequence[str | None] | None = None,
    ) -> list[tuple[int, str]]:
        """Enter rows as received, in order, under the layout entry that names their fields; seq and id of each.

        `supersedes` has, for each row, the id of the entry it revises, or None. The rows must be
        followed by their `submission`, which signs them.
        """
        drawn = self._chance(SECRET_BYTES * len(payloads))
        rows = [
            committed(drawn[SECRET_BYTES * i : SECRET_BYTES * (i + 1)], fields) for i, fields in enumerate(payloads)
        ]
        return self.committed_rows(rows, layout_id, supersedes)

    def committed_rows(
        self, rows: Sequence[Committed], layout_id: str, supersedes: Sequence[str | None] | None = None
    ) -> list[tuple[int, str]]:
        """The same for rows whose commitments were made already, under secrets drawn from the same chance."""
        if supersedes is not None and len(supersedes) != len(rows):
            raise ValueError(f"{len(rows)} rows, but {len(supersedes)} superseded ids")
        entered: list[tuple[int, str]] = []
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            old = repeat(None, len(some)) if supersedes is None else supersedes[start : start + AT_ONCE]
            entered += self._enter_rows(some, layout_id, old)
        return entered

    def prepared_rows(
        self, bodies: Sequence[bytes], leaves: Sequence[bytes], secrets: Sequence[bytes], packed: Sequence[bytes]
    ) -> int:
        """The same for rows that supersede nothing and whose entries (bytes, leaf hashes) were made already too.

        With their payloads: secrets, and fields as kept. Returns the seq of the first; the others follow it.
        """
        first = self.size
        self._begin_rows()
        self._keep(bodies, leaves, secrets, packed)
        return first

    def row_forms(self, layout_id: str) -> tuple[RowForm, RowForm]:
        """The entries of this log's rows under a layout, around their commitments: in six fields, and in one."""
        return RowForm.of(self._key, layout_id, ROW_FIELDS), RowForm.of(self._key, layout_id, 1)

    def submission(self, first: int, fields: Sequence[Field], links: Links) -> tuple[int, str]:
        """Enter the submission of all entries from seq `first` on, signed over their Merkle root; its seq and id."""
        if not self._began <= first <= self.size or (self._unsigned is not None and first > self._unsigned):
            raise ValueError(f"a submission covers the rows entered by this pen, which do not begin at {first}")
        covered = self._covered
        if first != self._unsigned or covered is None:
            covered = Frontier()
            question = "SELECT leaf FROM entry WHERE log = ? AND seq >= ? ORDER BY seq"
            covered.append(leaf for (leaf,) in self._connection.execute(question, (OWN_LOG, first)))
        self._covered = None
        over = {"first": first, "count": covered.size, "root": covered.root().hex()}
        self._unsigned = None
        return self._enter("submission", fields, {**links, **over})

    def blob(self, content: bytes) -> tuple[str, bytes]:
        """Keep a file beside the log; its name (HMAC-SHA256 of the content under the salt, hex) and the salt.

        Put both into the submission's payload, as fields named "blob" (the name in ASCII) and
        "blob_salt": there the audit finds them. Without the salt the name tells nothing of the file.
        """
        name, salt = self.name_blob(content)
        self.keep_blob(name, packed_blob(content))
        return name, salt

    def name_blob(self, content: bytes) -> tuple[str, bytes]:
        """The name and the salt of a file, which is then to be kept: `keep_blob`."""
        if len(content) > MOST_BLOB_BYTES:
            raise MissionError(
                f"A file of {len(content)} bytes is more than a mission keeps ({MOST_BLOB_BYTES}).", "Split the file."
            )
        salt = self._chance(SECRET_BYTES)
        return hmac.digest(salt, content, "sha256").hex(), salt

    def keep_blob(self, name: str, packed: bytes) -> None:
        """Keep a file that was named, packed by `packed_blob`."""
        self._connection.execute("INSERT INTO blob VALUES(?, ?)", (name, packed))

    def ids(self, seqs: Iterable[int]) -> list[str]:
        """The ids of entries, in the order of their seqs as given. Raises `KeyError` for one that is not there."""
        found = []
        question = "SELECT leaf FROM entry WHERE log = ? AND seq = ?"
        for seq in seqs:
            row = self._connection.execute(question, (OWN_LOG, seq)).fetchone()
            if row is None:
                raise KeyError(seq)
            found.append(row[0].hex())
        return found

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert whole rows into a read table, values in the order of `tables.column_names`."""
        into, row = tables.insert_row(table)
        bulk.insert(self._connection, into, row, rows if isinstance(rows, list) else list(rows))

    def insert_columns(self, table: str, columns: Sequence[Sequence[object]]) -> None:
        """The same rows given as columns; one of a single value has it in every row."""
        bulk.insert_columns(self._connection, *tables.insert_row(table), columns)

    def supersede(self, table: str, old_seqs: Sequence[int], by_seq: int | Sequence[int]) -> None:
        """Mark the rows of a read table that came from these entries as no longer in force.

        `by_seq` is the entry that supersedes them all, or one for each. The first to supersede a row stays.
        """
        assert table in tables.READ_TABLES, table
        assert "superseded_by" in tables.READ_TABLES[table], table
        by = repeat(by_seq, len(old_seqs)) if isinstance(by_seq, int) else by_seq
        self._connection.executemany(
            f'UPDATE "{table}" SET superseded_by = ? WHERE seq = ? AND superseded_by IS NULL',  # noqa: S608
            zip(by, old_seqs, strict=True),
        )

    def recalls(self) -> dict[tuple[str, str], int]:
        """The recalls in force that stand in the own log: source and its own id of the row, to the seq."""
        question = "SELECT source, source_row, seq FROM recall WHERE superseded_by IS NULL AND seq < ?"
        return {(source, own): seq for source, own, seq in self._connection.execute(question, (tables.FIRST_PLACE,))}

    def reports_in_force(self, entries: Sequence[int]) -> list[int]:
        """The rows of these reports that are in force, by seq: of a reinstated one that is not its entry's."""
        question = "SELECT seq FROM report WHERE id = ? AND superseded_by IS NULL"
        return [seq for one in self.ids(entries) for (seq,) in self._connection.execute(question, (one,))]

    def named_by(self, reports: Sequence[int]) -> list[tuple[str, str]]:
        """The source of each of these reports, and its own id of the row ("" where it gave none)."""
        question = "SELECT source, source_row FROM report WHERE seq = ?"
        return [self._connection.execute(question, (seq,)).fetchone() for seq in reports]

    def superseded(self, table: str, by_seq: int) -> list[int]:
        """The seqs of the rows of a read table that this entry took out of force, in order."""
        assert "superseded_by" in tables.READ_TABLES[table], table
        question = f'SELECT seq FROM "{table}" WHERE superseded_by = ? ORDER BY seq'  # noqa: S608
        return [seq for (seq,) in self._connection.execute(question, (by_seq,))]

    def in_force_again(self, table: str, old_seq: int, seq: int) -> None:
        """Put a row that was taken out of force into it again, from the entry `seq` on; the old row stays as it is."""
        columns = ", ".join(f'"{name}"' for name in tables.column_names(table))
        values = columns.replace('"seq"', ":seq", 1).replace('"superseded_by"', "NULL", 1)
        question = f'INSERT INTO "{table}"({columns}) SELECT {values} FROM "{table}" WHERE seq = :old'  # noqa: S608
        self._connection.execute(question, {"seq": seq, "old": old_seq})

    def name_submission(self, named: Sequence[str], first: int, submission: int) -> None:
        """Say of which submission the rows of these read tables are that came from entries `first` and after."""
        for table in named:
            assert "submission" in tables.READ_TABLES[table], table
            question = f'UPDATE "{table}" SET submission = ? WHERE seq >= ?'  # noqa: S608
            self._connection.execute(question, (submission, first))

    def clear_read_tables(self) -> None:
        """Drop the read tables and make them anew, empty: the first step of a rebuild."""
        for table in tables.READ_TABLES:
            self._connection.execute(f'DROP TABLE IF EXISTS "{table}"')
            self._connection.execute(tables.create_read_table(table))

    def cosign(self, note: Note) -> Note:
        """The note of another log's head with this log's dated cosignature. Its entries have to be checked before."""
        return self._key.cosign(note, self._now_us // 1_000_000)

    def finish(self) -> None:
        """Sign the new head, if anything was entered. Called by `MissionFile.pen` before it commits."""
        assert self._unsigned is None, f"the rows from {self._unsigned} on were entered without a submission"
        if self.size == self._began:
            return
        dated_s = self._now_us // 1_000_000 if self._is_time_to_date() else None
        note = self._key.sign_head(self.size, self._frontier.root(), dated_s)
        self.written = cut.Known(note, self._frontier.dump())
        dated_us = None if dated_s is None else dated_s * 1_000_000
        self._connection.execute("INSERT INTO head VALUES(?, ?, ?, ?)", (OWN_LOG, self.size, note, dated_us))
        self._connection.execute(
            "INSERT INTO frontier VALUES(?, ?) ON CONFLICT(log) DO UPDATE SET bytes = excluded.bytes",
            (OWN_LOG, self.written.edge),
        )

    def _is_time_to_date(self) -> bool:
        question = "SELECT dated_us FROM head WHERE log = ? AND dated_us NOT NULL ORDER BY size DESC LIMIT 1"
        last = self._connection.execute(question, (OWN_LOG,)).fetchone()
        # A clock set back would otherwise leave heads undated until it caught up.
        return last is None or abs(self._now_us - last[0]) >= DATED_EVERY_US

    def _enter(self, kind: str, fields: Sequence[Field], links: Links) -> tuple[int, str]:
        secret, seq, newly = self._chance(SECRET_BYTES), self.size, seen.unseen(self._connection)
        links = {**links, "seen": newly} if newly else links
        key = self._by if self._by is not None and kind in BY_PEOPLE else self._key
        body = entry_of(key, kind, links, secret, fields)
        leaf = leaf_hash(body)
        if kind == KEY:
            self._check_key_entry(seq, body)
        self._keep([body], [leaf], [secret], [packed(fields)])
        seen.keep(self._connection, OWN_LOG, seq, links)
        signers.keep(self._connection, OWN_LOG, seq, links)
        return seq, leaf.hex()

    def _check_key_entry(self, seq: int, body: bytes) -> None:
        """Raises `MissionError` for what no audit would let pass: another process may have been quicker."""
        if wrong := signers.signers(self._connection, OWN_LOG).follow(seq, read_entry(body)):
            raise MissionError(f"Nothing was entered: {wrong}.", "`truceline key list` shows the keys.")

    def _enter_rows(
        self, rows: Sequence[Committed], layout_id: str, supersedes: Iterable[str | None]
    ) -> Iterator[tuple[int, str]]:
        first = self.size
        entries = row_entries(self._key, layout_id, rows, supersedes)
        leaves = [leaf for _, leaf in entries]
        self._begin_rows()
        self._keep([body for body, _ in entries], leaves, [row.secret for row in rows], [row.packed for row in rows])
        return ((first + i, leaf.hex()) for i, leaf in enumerate(leaves))

    def _begin_rows(self) -> None:
        """From here on entries are to be covered by a submission."""
        if self._unsigned is None:
            self._unsigned, self._covered = self.size, Frontier()

    def _keep(
        self, bodies: Sequence[bytes], leaves: Sequence[bytes], secrets: Sequence[bytes], packed: Sequence[bytes]
    ) -> None:
        """Keep entries (bytes, leaf hashes) with their payloads (secrets, fields as kept)."""
        first = self.size
        seqs = range(first, first + len(bodies))
        bulk.insert_columns(self._connection, "INSERT INTO entry", f"({OWN_LOG}, ?, ?, ?)", (seqs, bodies, leaves))
        kept = (seqs, secrets, packed)
        bulk.insert_columns(self._connection, "INSERT INTO payload", f"({OWN_LOG}, ?, ?, NULL, ?)", kept)
        nodes.keep(self._connection, OWN_LOG, self._frontier.append(leaves))
        if self._covered is not None:
            self._covered.append(leaves)
