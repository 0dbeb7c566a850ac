"""Reports by their keys, SOURCE/REPORT_ID, and who says to repeat whom, while some come and some go."""

from collections.abc import Sequence

import numpy as np

from truceline.matching.compared import Compared
from truceline.vocabulary.columns import Ints, ReportColumns
from truceline.vocabulary.texts import coded

Key = tuple[object, ...]


class Keyed:
    """Reports by position. Of those that were there first an array of hashes stands for a million texts each."""

    def __init__(self, reports: ReportColumns) -> None:
        self._first = reports
        keys = (f"{one}/{row}" for one, row in zip(reports.source, reports.source_row, strict=True))
        self._keys: Ints = np.fromiter(map(hash, keys), np.int64, len(reports))
        codes, texts = coded(reports.repeats)
        self._repeats: Ints = np.fromiter(map(hash, texts), np.int64, len(texts))[codes]
        self._later: list[tuple[int, str, str, str]] = []
        self._later_keys: dict[str, list[int]] = {}
        self._later_repeats: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._first) + len(self._later)

    @property
    def seqs(self) -> Ints:
        """The seq of every position, rising."""
        return np.append(self._first.seq, np.array([one[0] for one in self._later], np.int64))

    def add(self, reports: ReportColumns, at: int) -> int:
        """One more report, the one of this position in its columns; its position here."""
        source, row, repeats = reports.source[at], reports.source_row[at], reports.repeats[at]
        position = len(self)
        self._later.append((int(reports.seq[at]), source, row, repeats))
        self._later_keys.setdefault(f"{source}/{row}", []).append(position)
        if repeats:
            self._later_repeats.setdefault(repeats, []).append(position)
        return position

    def seq(self, at: int) -> int:
        """The seq of a report."""
        return int(self._first.seq[at]) if at < len(self._first) else self._later[at - len(self._first)][0]

    def key(self, at: int) -> str:
        """SOURCE/REPORT_ID."""
        return "/".join(self.named(at))

    def named(self, at: int) -> tuple[str, str]:
        """The source, and its own id of the report."""
        if at < len(self._first):
            return self._first.source[at], self._first.source_row[at]
        return self._later[at - len(self._first)][1:3]

    def rank_key(self, at: int, of: Compared) -> Key:
        """In the order of these stand the reports in `proposing.ranked`."""
        numbers = (int(column[at]) for column in (of.start, of.last, of.lat, of.lon, of.radius))
        return (*numbers, *self.named(at), self.seq(at))

    def repeats(self, at: int) -> str:
        """The key that the report says it repeats."""
        return self._first.repeats[at] if at < len(self._first) else self._later[at - len(self._first)][3]

    def with_key(self, key: str) -> list[int]:
        """Every report under a key, rising."""
        likely = np.flatnonzero(self._keys == hash(key)).tolist()
        return [*(at for at in likely if self.key(at) == key), *self._later_keys.get(key, ())]

    def repeating(self, key: str) -> list[int]:
        """Every report that says that it repeats this key, rising."""
        likely = np.flatnonzero(self._repeats == hash(key)).tolist() if key else []
        return [*(at for at in likely if self.repeats(at) == key), *self._later_repeats.get(key, ())]


class Repeating:
    """Who repeats whom, by position, both ways."""

    def __init__(self, repeats: Ints) -> None:
        telling = np.flatnonzero(repeats >= 0)
        self._target: dict[int, int] = dict(zip(telling.tolist(), repeats[telling].tolist(), strict=True))
        self._tellers: dict[int, set[int]] = {}
        for one, target in self._target.items():
            self._tellers.setdefault(target, set()).add(one)

    def target(self, at: int) -> int:
        """What it repeats; -1 for nothing that is held."""
        return self._target.get(at, -1)

    def put(self, at: int, target: int) -> None:
        """It repeats that from now on; -1 for nothing."""
        if (old := self._target.pop(at, -1)) >= 0:
            self._tellers[old].discard(at)
        if target >= 0:
            self._target[at] = target
            self._tellers.setdefault(target, set()).add(at)

    def around(self, at: int) -> set[int]:
        """What it repeats, and who repeats it."""
        found = self._tellers.get(at, set())
        return found | {self._target[at]} if at in self._target else set(found)


def last_of(standing: Sequence[int], at: int) -> int:
    """Of the reports that stand under a key the last is the one that is repeated; nobody repeats itself."""
    last = max(standing, default=-1)
    return -1 if last == at else last
