"""One mission, one file: making it, opening it, asking it, and taking up the pen.

An exercise is told from a real mission by the origin of its log, which begins with `exercise/`:
the origin stands in every entry and under every signed head, so the stamp cannot be taken off.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from truceline.errors import MissionError
from truceline.record.audit import Fault
from truceline.record.commit import Field
from truceline.record.entry import Header, Links
from truceline.record.sealing import SealingKey
from truceline.record.sign import LogKey
from truceline.remarks import remark
from truceline.store import audit, columns, cut, dump, kept, making, named_held, recovery, signers
from truceline.store.ciphered import errors
from truceline.store.columns import Numbers
from truceline.store.destroying import Destroying
from truceline.store.joint import JointTables, seen_of_opened
from truceline.store.key_file import Lock, key_path, read_keys
from truceline.store.named_reports import ReportNamed, reports_named
from truceline.store.opening import connect
from truceline.store.others import Others
from truceline.store.pen import Chance, Pen
from truceline.store.releasing import Releasing
from truceline.store.report_pages import Chosen, seqs_after
from truceline.store.searchable import SearchedReports
from truceline.store.seen import Seen
from truceline.store.tables import OWN_LOG, log_at, seq_at
from truceline.store.trouble import in_words
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import Texts

MOST_FAULTS = 1000


class MissionFile:
    """An open mission. Made by `create` or `open`; a context manager that closes it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, write: bool) -> None:
        self.path = path
        self._connection = connection
        self._write = write
        self._mark: recovery.Mark | None = None
        self._clock_told = False
        self._heads_until: int | None = None
        self._own_keys: tuple[LogKey, bytes] | None = None
        self._known: cut.Known | None = None
        with in_words(path):
            if not write:
                connection.execute("BEGIN")  # all answers of one reading come from one state of the file
            row = connection.execute("SELECT origin, public_key FROM log WHERE id = ?", (OWN_LOG,)).fetchone()
        if row is None:
            raise MissionError(f"{path} holds no log.", "Restore the last backup of this mission.")
        self.origin: str = row[0]
        self.public_key: bytes = row[1]

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        exercise: bool,
        origin: str,
        seed: bytes,
        fingerprint_secret: bytes,
        lock: Lock | None = None,
    ) -> "MissionFile":
        """Make a mission file and, beside it, its key file; both or neither. Opened for writing.

        `origin` names the log, like `example.org/mission`; an exercise's gets `exercise/` before it.
        `seed` (32 bytes) makes the signing key, `fingerprint_secret` (32 bytes) the fingerprints. With a `lock` the key
        file lies under its passphrase; with a key of the pages in it, the whole mission is enciphered.
        Raises `MissionError`.
        """
        path = Path(path)
        connection = making.make(path, exercise, origin, seed, fingerprint_secret, lock)
        mission = cls(path, connection, write=True)
        mission._take_up()
        return mission

    @classmethod
    def open(cls, path: Path, *, write: bool = False) -> "MissionFile":
        """Open a mission, for reading alone unless `write`. Raises `MissionError`.

        A reading sees one state of the file, that of the moment it was opened. What a writer left that did not close
        the file is told to the next one, as a remark.
        """
        path = Path(path)
        with ExitStack() as undo:
            connection = connect(path, write=write)
            undo.callback(connection.close)
            mission = cls(path, connection, write=write)
            if write:
                mission._keys()
                mission._take_up()
            undo.pop_all()
        return mission

    def close(self) -> None:
        """Close the file. What was not committed is gone."""
        self._connection.close()
        if self._mark is not None:
            self._mark.leave()

    def _take_up(self) -> None:
        """Put the mark of a writer beside the file, and look at what another one left that did not close it."""
        self._mark, left = recovery.taken_up(self.path)
        if left:
            with in_words(self.path):
                remark(*recovery.found(self.path, self._connection, self.origin, self.public_key))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, errors()):
            with in_words(self.path):  # a damaged page shows wherever it is read
                raise error

    @property
    def others(self) -> Others:
        """The logs of other holders that this mission holds beside its own."""
        return Others(self._connection)

    @property
    def releasing(self) -> Releasing:
        """What can be opened to other holders, and what they opened to this one."""
        return Releasing(self._connection)

    @property
    def joint(self) -> JointTables:
        """The read tables, for rows of several logs."""
        return JointTables(self._connection)

    @property
    def destroying(self) -> Destroying:
        """What was destroyed in this mission, and destroying more."""
        return Destroying(self._connection)

    def abandon(self) -> None:
        """Close and remove a mission into which nothing was entered yet: the end of a failed `init`."""
        if self.size:
            raise MissionError(f"{self.path} holds {self.size} entries and is not removed.", "Nothing was changed.")
        self.close()
        making.remove([self.path, key_path(self.path)])

    @property
    def exercise(self) -> bool:
        """The data of this mission are invented."""
        return self.origin.startswith(making.EXERCISE)

    @property
    def size(self) -> int:
        """The number of entries in this mission's log."""
        return cut.frontier_of(self._connection, OWN_LOG).size

    @contextmanager
    def pen(self, now_us: int, chance: Chance, by: LogKey | None = None) -> Iterator[Pen]:
        """Enter into the record: all of it is committed when the block ends, nothing if it raises.

        `now_us` (UTC microseconds) only dates heads, at intervals of ten minutes; that it is behind the last of
        them is told as a remark. `chance` gives
        random bytes for the secrets. `by` is the key of a person or an instrument, who then signs the acts and
        submissions. Raises `MissionError` when another process is writing (after five seconds), the disk is full,
        or that key is not in use; `RecordBroken` when the record does not fit its last head.
        """
        key, fingerprint_secret = self._keys()
        assert not self._connection.in_transaction, "one pen at a time"
        with in_words(self.path), ExitStack() as undo:
            self._connection.execute("BEGIN IMMEDIATE")
            undo.callback(self._roll_back)
            frontier = cut.checked_frontier(self._connection, OWN_LOG, self.origin, self.public_key, self._known)
            if by is not None:
                self._check_in_use(by)
            self._look_at_the_clock(now_us)
            pen = Pen(self._connection, key, fingerprint_secret, frontier, now_us, chance, by)
            yield pen
            pen.finish()
            self._connection.execute("COMMIT")
            self._known = pen.written or self._known

    def _look_at_the_clock(self, now_us: int) -> None:
        """Say once if the clock is behind what this mission dated last."""
        found = None if self._clock_told else recovery.behind(self._connection, now_us)
        if found is not None:
            remark(*found)
        self._clock_told = True

    def _check_in_use(self, by: LogKey) -> None:
        """Asked while nobody else writes: the key may have been revoked since its file was opened."""
        known = self.others.signers(OWN_LOG).keys.get(by.pseudonym)
        if known is None or known.ended is not None:
            what = "is not known to this mission" if known is None else f"was ended by entry {known.ended}"
            raise MissionError(f"The key {by.pseudonym} {what}.", "`truceline key list` shows the keys in use.")

    def _roll_back(self) -> None:
        """Undo what was not committed; a full disk may have done so already."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def signer(self) -> Callable[[bytes], bytes]:
        """Signs messages with this log's key: what is no entry and no head, such as a request to another holder.

        Every such message begins with a tag of its own. Raises `MissionError` where the key is not there.
        """
        return self._keys()[0].sign

    def rows(self, table: str, reader: Reader, *, size: int | None = None) -> list[tuple[Any, ...]]:
        """The rows of a read table in force at a size (now, if none is given): see `columns.rows`."""
        return columns.rows(self._connection, table, reader, self._at(size))

    def rows_ever(self, table: str, reader: Reader, *, size: int | None = None) -> list[tuple[Any, ...]]:
        """The rows of a read table that were ever in force up to a size: see `columns.rows_ever`."""
        return columns.rows_ever(self._connection, table, reader, self._at(size))

    def rows_at(
        self, table: str, seqs: Sequence[int], reader: Reader, *, size: int | None = None
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        """Rows of a read table that came from these entries: see `columns.rows_at`."""
        return columns.rows_at(self._connection, table, seqs, reader, self._at(size))

    def columns(
        self, table: str, names: Sequence[str], reader: Reader, *, size: int | None = None
    ) -> dict[str, columns.Column]:
        """Named columns of the rows in force at a size (now, if none is given): see `columns.columns`."""
        return columns.columns(self._connection, table, names, reader, self._at(size))

    def numbers(
        self, table: str, names: Sequence[str], reader: Reader, *, size: int, since: int = 0, absent: int = 0
    ) -> dict[str, Numbers]:
        """Named columns of whole numbers, `absent` where there is none: see `columns.numbers`."""
        return columns.numbers(self._connection, table, names, reader, (since, size), absent)

    def texts(self, table: str, names: Sequence[str], reader: Reader, *, size: int, since: int = 0) -> dict[str, Texts]:
        """Named columns of text: see `columns.texts`."""
        return columns.texts(self._connection, table, names, reader, (since, size))

    def reports_named(
        self, ids: Collection[str], rows: Collection[str], reader: Reader, *, size: int
    ) -> list[ReportNamed]:
        """Reports by the beginnings of ids, or the sources' own ids: see `named_reports`."""
        return reports_named(self._connection, reader, size, ids, rows, self.path)

    def reports_after(self, chosen: Chosen, reader: Reader, *, size: int, after: int, most: int) -> list[int]:
        """Places of a page of reports in force: see `report_pages`."""
        return seqs_after(self._connection, chosen, reader, size, after=after, most=most)

    @property
    def searched(self) -> SearchedReports:
        """The reports, for a search."""
        return SearchedReports(self._connection)

    def hold_names(self) -> None:
        """From now on this process looks reports up without reading the table: see `named_held`."""
        named_held.hold(self.path, self._connection)

    def superseded(self, table: str, seqs: Sequence[int], *, size: int) -> list[int]:
        """Of the rows that came from these entries, those no longer in force at that size."""
        return columns.superseded(self._connection, table, seqs, size)

    def cut(self, size: int | None = None) -> dict[str, list[int | str]]:
        """What is known at a size: {origin: [size, root in hex]}. Raises `ValueError` beyond the record.

        Of other logs, those of which something can be read then, as far as the own entries had seen them.
        """
        at = self._at(size)
        if not 0 <= at <= self.size:
            raise ValueError(f"the record has {self.size} entries, not {at}")
        own: Seen = {self.origin: [at, cut.root_at(self._connection, OWN_LOG, at).hex()]}
        return own | seen_of_opened(self._connection, at)

    def size_at(self, time_us: int) -> int:
        """The size known at a time (UTC microseconds), by the dated heads; 0 before the first."""
        return cut.size_at(self._connection, OWN_LOG, time_us)

    def dated(self, size: int | None = None) -> int | None:
        """When the entries up to that size are first known to have been there, by a dated head; None if by none."""
        return cut.dated(self._connection, OWN_LOG, self._at(size), self._heads_until)

    @contextmanager
    def heads_until(self, size: int) -> Iterator[None]:
        """Within, `dated` answers as it did when the log had that size: later heads have dated nothing yet."""
        before, self._heads_until = self._heads_until, size
        try:
            yield
        finally:
            self._heads_until = before

    def not_by(self, seq: int) -> int | None:
        """When an entry is last known not to have been there, by a dated head before it; None if by none."""
        return cut.not_by(self._connection, OWN_LOG, seq)

    def read_from(self, place: int) -> int:
        """The seq of the own entry with which a row of the read tables could first be read: see `columns.read_from`."""
        return columns.read_from(self._connection, place)

    def resolve_cut(self, text: str) -> int:
        """The size that "SIZE", "SIZE:ROOT" or an ISO time names. Raises `ValueNotRead` or `RecordBroken`."""
        return cut.resolve(self._connection, OWN_LOG, self.size, text)

    def time_of_cut(self, text: str) -> int | None:
        """Until when (UTC microseconds) such a cut is all that was known, None if it is so still. Raises the same."""
        return cut.time_of(self._connection, OWN_LOG, self.size, text)

    def payloads(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, str, Links, list[Field]]]:
        """Seq, kind, links and fields of the entries from `first` up to `last` (excluded; the end if None).

        For rebuilding inside the process: what leaves it goes through `rows` and `columns`.
        """
        return kept.payloads(self._connection, OWN_LOG, first, self._at(last))

    def ids(self, first: int = 0, last: int | None = None) -> list[str]:
        """The ids of the entries from `first` up to `last` (excluded; the end if None), in order."""
        return kept.ids(self._connection, OWN_LOG, first, self._at(last))

    def id_at(self, place: int) -> str:
        """The id of the entry at a place of the read tables, own or another's. Raises `KeyError` for one not there."""
        found = kept.ids(self._connection, log_at(place), seq_at(place), seq_at(place) + 1)
        if not found:
            raise KeyError(place)
        return found[0]

    def bodies(self, first: int, last: int) -> list[bytes]:
        """The bytes of the entries in [first, last), in order: commitments only, no payload."""
        return kept.bodies(self._connection, OWN_LOG, first, last)

    def leaves(self, first: int, last: int) -> list[bytes]:
        """The leaf hashes of the entries in [first, last), in order."""
        return kept.leaves(self._connection, OWN_LOG, first, last)

    def last_head(self) -> bytes | None:
        """The note of the largest signed head, None before the first."""
        return kept.last_head(self._connection, OWN_LOG)

    def sealed(self, seq: int) -> tuple[list[bytes], list[Field]]:
        """The salts and the fields of one entry: what leaves the process passes the gate first."""
        return kept.sealed(self._connection, OWN_LOG, seq)

    def seq_of(self, beginning: str) -> int:
        """The seq of the one entry whose id begins so (hex). Raises `ValueError` for none, or for several."""
        return kept.seq_of(self._connection, OWN_LOG, beginning)

    def keys_at(self, places: Iterable[int]) -> list[str]:
        """The key that the entry at each of these places names: of rows of the read tables, own and others'."""
        return signers.keys_at(self._connection, places)

    def signed(self, log: int = OWN_LOG) -> Iterator[tuple[int, Header]]:
        """Seq and header of every signed entry of a log, in order."""
        return signers.signed(self._connection, log)

    def blob(self, name: str, salt: bytes) -> bytes:
        """A kept file, checked against its name under its salt. Raises `RecordBroken`."""
        return kept.blob(self._connection, name, salt)

    def dump_tables(self) -> bytes:
        """A canonical dump of all read tables: what a rebuild must reproduce byte for byte."""
        return dump.dump_tables(self._connection)

    def audit(self) -> list[Fault]:
        """Recompute the whole record from its bytes; empty if everything holds.

        At most `MOST_FAULTS` are listed: past that, the rest follows from the first.
        """
        with in_words(self.path):
            return list(islice(audit.faults(self._connection, OWN_LOG), MOST_FAULTS))

    def _at(self, size: int | None) -> int:
        return self.size if size is None else size

    def sealing_key(self) -> SealingKey:
        """The key that opens what others sealed for this mission. Raises `MissionError`."""
        return self._keys()[0].sealing_key()

    def _keys(self) -> tuple[LogKey, bytes]:
        """The signing key and the secret of the fingerprints, read once while the file is open."""
        if self._own_keys is None:
            self._own_keys = self._read_keys()
        return self._own_keys

    def _read_keys(self) -> tuple[LogKey, bytes]:
        if not self._write:
            raise MissionError(f"{self.path} was opened for reading.", "Open it for writing.")
        seed, fingerprint_secret = read_keys(self.path, self.origin)
        key = LogKey.from_seed(self.origin, seed)
        if key.public_key != self.public_key:
            raise MissionError(f"{key_path(self.path)} is the key of another mission.", "Put the right key file back.")
        return key, fingerprint_secret
