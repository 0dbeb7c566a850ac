"""One log as far as it can be read here: headers of all entries, and of payloads what is the own or was opened.

Of the own log every field can be read that was not destroyed; of another log what its holder, or whoever passed it
on, has opened (`given`), up to an entry of the own log.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import msgspec

from truceline.record.commit import Field
from truceline.record.entry import Header, Links
from truceline.store import kept
from truceline.store.tables import OWN_LOG

_AT_ONCE = 500
_EVER = 1 << 62
_header = msgspec.json.Decoder(Header)
_given = msgspec.msgpack.Decoder(list[tuple[int, str, bytes, bytes]])


class Readable(NamedTuple):
    """An entry, with what can be read of it: None for each field that cannot."""

    seq: int
    id: str
    kind: str
    links: Links
    fields: Sequence[Field | None]

    @property
    def by_name(self) -> dict[str, bytes]:
        """The fields that can be read."""
        return dict(one for one in self.fields if one is not None)


class Entries(Protocol):
    """A log whose entries can be asked for, in whatever part they can be read."""

    log: int

    def of_kind(self, kind: str) -> list[int]: ...
    def seq_of(self, entry_id: str) -> int | None: ...
    def entry(self, seq: int) -> Readable: ...
    def entries(self, seqs: Iterable[int]) -> Iterator[Readable]: ...


class ReadableLog:
    """A log in a mission file. `before`: only what came with entries of the own log below that one counts."""

    def __init__(self, connection: sqlite3.Connection, log: int, before: int = _EVER) -> None:
        self._connection, self.log, self._before = connection, log, before

    def of_kind(self, kind: str, below: int = _EVER) -> list[int]:
        """The entries of a kind, in order."""
        question = "SELECT seq, body FROM entry WHERE log = ? AND seq < ? AND instr(body, ?) ORDER BY seq"
        found = self._connection.execute(question, (self.log, below, f'"kind":"{kind}"'.encode()))
        return [seq for seq, body in found if _header.decode(body).kind == kind]

    def seq_of(self, entry_id: str) -> int | None:
        """Where the entry with this id stands; None if it is not in this log."""
        try:
            return kept.seq_of(self._connection, self.log, entry_id) if len(entry_id) == 64 else None
        except ValueError:
            return None

    def entry(self, seq: int) -> Readable:
        """One entry. Raises `KeyError` where there is none."""
        for found in self.entries([seq]):
            return found
        raise KeyError(seq)

    def entries(self, seqs: Iterable[int]) -> Iterator[Readable]:
        """These entries, in the order of their seqs."""
        wanted = seqs if isinstance(seqs, range) else sorted(set(seqs))
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            fields = self._fields(some)
            question = f"SELECT seq, body, leaf FROM entry WHERE log = ? AND seq IN ({_places(some)}) ORDER BY seq"  # noqa: S608
            for seq, body, leaf in self._connection.execute(question, (self.log, *some)):
                header = _header.decode(body)
                said = fields.get(seq, {})
                yield Readable(
                    seq, leaf.hex(), header.kind, header.links, [said.get(at) for at in range(header.fields)]
                )

    def _fields(self, seqs: Sequence[int]) -> dict[int, dict[int, Field]]:
        """By seq and position, what can be read."""
        if self.log == OWN_LOG:
            found = kept.fields_of(self._connection, OWN_LOG, seqs)
            return {seq: dict(enumerate(fields)) for seq, fields in found.items()}
        question = f"SELECT seq, opened FROM given WHERE log = ? AND at < ? AND seq IN ({_places(seqs)})"  # noqa: S608
        read: dict[int, dict[int, Field]] = {}
        for seq, opened in self._connection.execute(question, (self.log, self._before, *seqs)):
            read.setdefault(seq, {}).update({at: (name, content) for at, name, _, content in _given.decode(opened)})
        return read


def came_with(connection: sqlite3.Connection, at: int) -> dict[int, dict[int, int]]:
    """What was opened with an entry of the own log: log, then seq to how often something of it was opened before."""
    question = (
        "SELECT log, seq, (SELECT count(*) FROM given AS other WHERE other.log = given.log AND other.seq = given.seq"
        " AND other.at < given.at) FROM given WHERE at = ? GROUP BY log, seq ORDER BY log, seq"
    )
    found: dict[int, dict[int, int]] = {}
    for log, seq, before in connection.execute(question, (at,)):
        found.setdefault(log, {})[seq] = before
    return found


def _places(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))
