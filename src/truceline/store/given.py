"""What other holders opened to this one: payloads, or some of their fields, of entries of their logs.

A row of `given` holds all commitments of an entry's fields one after the other, and the fields that were opened:
position, name, salt, content of each. What is opened later comes as a further part with the fields that are new; `at`
is the entry of the own log that comes next, so that a cut of the own log says what could be read.
Whoever keeps something here has checked it against the entry before (`exchange.openings`); the audit does it again.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec

from truceline.store import bulk
from truceline.store.destroying import destroyed_of

Opened = tuple[int, str, bytes, bytes]
"""A field that was opened: its position, name, salt and content."""

_AT_ONCE = 10_000
_decode = msgspec.msgpack.Decoder(list[Opened]).decode
_encode = msgspec.msgpack.Encoder().encode


class Given(NamedTuple):
    """What is held of the payload of one entry: the commitments to all its fields, and those that were opened."""

    seq: int
    commitments: bytes
    opened: list[Opened]


def keep_many(connection: sqlite3.Connection, log: int, at: int, came: Sequence[Given]) -> int:
    """Keep fields that were checked, of many entries in order of seq; how many fields are new.

    `at` is the entry of the own log with which they came. What is kept already, or was destroyed here, stays as it is.
    """
    if not came:
        return 0
    had, parts = _held(connection, log, [one.seq for one in came])
    new = []
    for one in came:
        known = had.get(one.seq)
        opened = one.opened if known is None else [field for field in one.opened if field[0] not in known]
        if opened:
            new.append((one.seq, parts.get(one.seq, 0), one.commitments, _encode(opened), len(opened)))
    if new:
        columns = list(zip(*new, strict=True))[:4]
        bulk.insert_columns(connection, "INSERT INTO given", f"({log:d}, ?, ?, {at:d}, ?, ?)", columns)
    return sum(one[4] for one in new)


def _held(connection: sqlite3.Connection, log: int, seqs: Sequence[int]) -> tuple[dict[int, set[int]], dict[int, int]]:
    """Which positions of these entries are open already or were destroyed; and how many parts of each are kept."""
    wanted, parts = set(seqs), dict[int, int]()
    had = {seq: {*gone} for seq, gone in destroyed_of(connection, log).items() if seq in wanted}
    question = "SELECT seq, part, opened FROM given WHERE log = ? AND seq >= ? AND seq <= ? ORDER BY seq, part"
    for seq, part, packed in connection.execute(question, (log, min(seqs), max(seqs))):
        if seq in wanted:
            had.setdefault(seq, set()).update(field[0] for field in _decode(packed))
            parts[seq] = part + 1
    return had, parts


def rows(connection: sqlite3.Connection, log: int, first: int, last: int) -> Iterator[Given]:
    """Of the entries in [first, last) those of which something was opened, all parts as one, in order of seq."""
    question = (
        "SELECT seq, commitments, opened FROM given WHERE log = ? AND seq >= ? AND seq < ? ORDER BY seq, part LIMIT ?"
    )
    while first < last:
        some = connection.execute(question, (log, first, last, _AT_ONCE)).fetchall()
        if not some:
            return
        if len(some) == _AT_ONCE and some[0][0] != some[-1][0]:
            # The parts of the last entry may not all be there.
            some = [row for row in some if row[0] != some[-1][0]]
        for seq, parts in groupby(some, itemgetter(0)):
            yield _merged(seq, list(parts))
        first = some[-1][0] + 1


def _merged(seq: int, parts: Sequence[tuple[int, bytes, bytes]]) -> Given:
    opened = [field for _, _, packed in parts for field in _decode(packed)]
    return Given(seq, parts[0][1], opened if len(parts) == 1 else sorted(opened))
