"""A mission of nobody, in memory: the read tables of what all holders can read, for the questions a mission is asked.

It holds no log of its own but the agreement, as entry 0. All logs stand in it in the order of their origins, so that
every holder gives them the same places; whoever holds the same cut gets the same tables, byte for byte.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from truceline.record.canonical import canonical
from truceline.store import tables
from truceline.store.cut import time_named
from truceline.store.making import EXERCISE
from truceline.store.mission_file import MissionFile
from truceline.store.others import Others
from truceline.store.seen import Seen, there
from truceline.store.tables import OWN_LOG
from truceline.vocabulary.marking import INTERNAL

COUNTED = ("report", "coverage", "tally", "recall", "refusal", "act")
_TAG = b"truceline shared state v1\n"


class HeldLog(NamedTuple):
    """A log as this mission holds it (`log`: its number there), and how many of its entries count."""

    log: int
    origin: str
    public_key: bytes
    name: str
    side: str
    size: int


class SharedMission(MissionFile):
    """What `MissionFile` answers to questions, about the shared view. Nothing can be entered."""

    def __init__(self, path: Path, connection: sqlite3.Connection, cut: Seen) -> None:
        super().__init__(path, connection, write=False)
        self._cut = cut
        self.waiting: Mapping[str, int] = {}
        """Entries that were released to all and have not all arrived here, by log."""

    @property
    def size(self) -> int:
        """One: the agreement. All else stands as opened with it."""
        return 1

    def cut(self, size: int | None = None) -> Seen:
        """The sizes and roots of all logs."""
        return self._cut

    def resolve_cut(self, text: str) -> int:
        """The size, whatever is named: the tables are those of the cut that was asked for, and of no other."""
        return self.size

    def time_of_cut(self, text: str) -> int | None:
        """The time that the cut was named by; None where it was not named by one."""
        return time_named(text)

    def dated(self, size: int | None = None) -> int | None:
        """None: no head is of all logs."""
        return None

    def counted(self) -> dict[str, int]:
        """How many rows in force stand in each read table that is not empty, by its name."""
        found = {table: len(self.columns(table, ["seq"], INTERNAL)["seq"]) for table in COUNTED}
        return {table: number for table, number in found.items() if number}

    def fingerprint(self, **about: str) -> str:
        """SHA-256 of the cut, of `about` (what the tables were read by) and of all read tables, in hex.

        To be exchanged between holders, never published bare: early, small states can be guessed.
        """
        heading = canonical({**about, "cut": {origin: list(head) for origin, head in self._cut.items()}})
        return sha256(_TAG + heading + b"\n" + self.dump_tables()).hexdigest()


def shared_mission(mission: MissionFile, logs: Sequence[HeldLog], cut: Seen, agreement: int) -> SharedMission:
    """An empty one over these logs of a mission, in order, with the agreement of its entry `agreement`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(tables.schema())
    Others(connection).prepare()
    given = mission._connection
    origin = f"{EXERCISE if mission.exercise else ''}shared"
    connection.execute("INSERT INTO log VALUES(?, ?, ?)", (OWN_LOG, origin, mission.public_key))
    for table, question in (
        ("entry", "SELECT log, 0, body, leaf FROM entry WHERE log = ? AND seq = ?"),
        ("payload", "SELECT log, 0, secret, salts, fields FROM payload WHERE log = ? AND seq = ?"),
    ):
        row = given.execute(question, (OWN_LOG, agreement)).fetchone()
        connection.execute(f"INSERT INTO {table} VALUES({','.join('?' * len(row))})", row)
    policy = mission.others.policy()
    if policy is not None:
        Others(connection).put_policy(0, policy)
    for number, one in enumerate(logs, OWN_LOG + 1):
        connection.execute("INSERT INTO log VALUES(?, ?, ?)", (number, one.origin, one.public_key))
        connection.execute("INSERT INTO peer VALUES(?, ?, ?, ?, ?)", (number, one.name, one.side, "", -1))
        question = "SELECT ?, seq, of, size, root FROM seen WHERE log = ? AND seq < ?"
        rows = given.execute(question, (number, one.log, one.size)).fetchall() if there(given) else []
        connection.executemany("INSERT INTO seen VALUES(?, ?, ?, ?, ?)", rows)
    return SharedMission(mission.path, connection, cut)
