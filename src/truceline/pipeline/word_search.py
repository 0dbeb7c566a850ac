"""The index of a mission's reports, held in the process that searches, made in the background from the newest on.

It rests on the read table alone, is written nowhere, and is thrown away and made anew as soon as anything was destroyed
or the table was made anew: it never outlives the words it was made of by more than the next look.
"""

import time
from pathlib import Path
from threading import Lock, Thread
from typing import Literal

from truceline.errors import MissionError
from truceline.pipeline.missions import open_mission
from truceline.store.mission_file import MissionFile
from truceline.store.searchable import Searchable
from truceline.store.tables import FIRST_PLACE
from truceline.store.word_index import WordIndex
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.searching import Term

AT_ONCE = 2_000
"""Rows that are read and folded together."""
AT_THE_DOOR = 4_000
"""So many rows are read while somebody waits; more of them in the background."""
MOST_BYTES = 160_000_000
"""An index larger than that is made no larger: the oldest reports are not in it, and the page says so."""
REST = 1.0
"""After each part the maker rests as long as the part took, times this: others' requests come first."""
END = 1 << 62
Reach = Literal["all", "some", "newest", "stopped"]
"""How far was looked: all reports; those read so far; the newest, for there are too many; stopped: it took too long."""


class Held:
    """What is held of one mission. A row of another log is read with all of those again."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        self._index = WordIndex()
        self._extent = Searchable(-1, 0, (0, 0))
        self._lowest, self._done, self._making = END, False, False

    def places(self, mission: MissionFile, terms: tuple[Term, ...], most: int) -> tuple[list[int], Reach]:
        """Places of reports in which all terms stand, falling; and how far was looked."""
        with self._lock:
            self._follow(mission)
            index, reach = self._index, self._reach()
        found = index.places(terms, most)
        return ([], "stopped") if found is None else (found, reach)

    def bytes(self) -> int:
        """What the index takes of memory."""
        return self._index.bytes()

    def _reach(self) -> Reach:
        return "all" if self._done else "some" if self._index.bytes() < MOST_BYTES else "newest"

    def _follow(self, mission: MissionFile) -> None:
        """Begin anew where what was indexed may have changed; else add what came since, or go on with what is older."""
        now, before = mission.searched.extent(), self._extent
        if self._lowest == END or now.made != before.made or now.others > before.others:
            self._begin(now)
        elif now.last > before.last:
            self._add_newer(mission, before.last, now)
        if not self._done and not self._making:
            self._older(mission, AT_THE_DOOR)
        if not self._done and not self._making:
            self._making = True
            Thread(target=self._rest, args=(self._index,), daemon=True, name="searching").start()

    def _begin(self, now: Searchable) -> None:
        self._index, self._extent, self._lowest, self._done, self._making = WordIndex(), now, END - 1, False, False

    def _add_newer(self, mission: MissionFile, last: int, now: Searchable) -> None:
        if not self._done and self._lowest > FIRST_PLACE:
            return  # of the own log nothing was read yet
        rows = mission.searched.words_between(INTERNAL, last, FIRST_PLACE, AT_THE_DOOR + 1)
        if len(rows) > AT_THE_DOOR:
            self._begin(now)
            return
        self._index.add(rows)
        self._extent = now

    def _older(self, mission: MissionFile, most: int) -> None:
        """One part more, the newest of what is left."""
        rows = mission.searched.words_between(INTERNAL, -1, self._lowest, most)
        self._index.add(rows)
        self._lowest = rows[0][0] if rows else self._lowest
        own = [seq for seq, _ in rows if seq < FIRST_PLACE]
        self._extent = self._extent._replace(last=max([self._extent.last, *own[-1:]]))
        self._done = len(rows) < most

    def _rest(self, index: WordIndex) -> None:
        """All that is left, a part at a time. Ends where the index was begun anew, or grew too large."""
        while index.bytes() < MOST_BYTES:
            began = time.monotonic()
            try:
                with open_mission(self._path) as mission, self._lock:
                    if self._index is not index or mission.searched.extent().made != self._extent.made:
                        return
                    self._older(mission, AT_ONCE)
                    if self._done:
                        return
            except MissionError:
                break
            time.sleep((time.monotonic() - began) * REST)
        self._making = index is self._index and index.bytes() >= MOST_BYTES


_HELD: dict[tuple[Path, int], Held] = {}
_LOCK = Lock()


def held_of(path: Path) -> Held:
    """What is held of a mission file in this process."""
    key = path.resolve(), path.stat().st_ino
    with _LOCK:
        return _HELD.setdefault(key, Held(path))
