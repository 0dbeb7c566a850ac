"""Who may sign in the logs of a mission file, by their entries; and which key signed which of them.

The table `key_entry` says which entries speak of keys, of every log held, so that they need not be looked for among
a million rows. The entries are the truth; the audit compares the two.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from truceline.errors import RecordBroken
from truceline.record.audit import Fault
from truceline.record.entry import Header, Links, read_entry
from truceline.record.key_links import KEY
from truceline.record.people import Signers
from truceline.store.tables import OWN_LOG, log_at, seq_at

_KIND = b'"kind":"key"'
_BEFORE_LINKS = 64
"""In the canonical form the kind stands within so many bytes: after the number of fields and the name of the key."""
_SIGNATURE = b'"signature":"'


def keep(connection: sqlite3.Connection, log: int, seq: int, links: Links) -> None:
    """Remember an entry that speaks of keys; of any other nothing is kept."""
    if KEY in links:
        connection.execute("INSERT INTO key_entry VALUES(?, ?)", (log, seq))


def signers(connection: sqlite3.Connection, log: int) -> Signers:
    """Who may sign the next entry of a log. Raises `RecordBroken` where an entry about keys does not hold."""
    row = connection.execute("SELECT origin, public_key FROM log WHERE id = ?", (log,)).fetchone()
    assert row is not None, log
    found = Signers(*row)
    question = "SELECT seq, body FROM key_entry JOIN entry USING(log, seq) WHERE log = ? ORDER BY seq"
    for seq, body in connection.execute(question, (log,)):
        try:
            wrong = found.follow(seq, read_entry(body))
        except ValueError as error:
            wrong = str(error)
        if wrong:
            raise RecordBroken(f"Entry {seq} of {found.origin}: {wrong}.", "Audit the mission.")
    return found


def signed(connection: sqlite3.Connection, log: int) -> Iterator[tuple[int, Header]]:
    """Seq and header of every signed entry of a log, in order."""
    question = "SELECT seq, body FROM entry WHERE log = ? AND instr(body, ?) ORDER BY seq"
    for seq, body in connection.execute(question, (log, _SIGNATURE)):
        yield seq, read_entry(body)


def keys_at(connection: sqlite3.Connection, places: Iterable[int]) -> list[str]:
    """The key that the entry at each of these places names (`tables.place_of`). Raises `KeyError` for one not there."""
    named = []
    for place in places:
        question = "SELECT body FROM entry WHERE log = ? AND seq = ?"
        row = connection.execute(question, (log_at(place), seq_at(place))).fetchone()
        if row is None:
            raise KeyError(place)
        named.append(read_entry(row[0]).key)
    return named


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Where what is kept of the entries about keys is not what the entries say."""
    question = "SELECT log, seq FROM entry WHERE instr(substr(body, 1, ?), ?)"
    there = set(connection.execute(question, (_BEFORE_LINKS, _KIND)))
    for log, seq in sorted(there ^ set(connection.execute("SELECT log, seq FROM key_entry"))):
        where = "" if log == OWN_LOG else f" of log {log}"
        yield Fault(seq, "key", f"Whether entry {seq}{where} speaks of keys is not what is kept of it.")
