"""The reports in force, by key and by what they repeat, while some come and some go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.vocabulary.columns import Ints, ReportColumns
from truceline.vocabulary.texts import coded


@dataclass(frozen=True)
class Changed:
    """Reports that came and went, by seq, and the keys under which another report may stand now, or lead."""

    gone: tuple[int, ...]
    come: tuple[int, ...]
    keys: frozenset[str]


class _Looked:
    """Some reports, and the hashes of their keys and of what they repeat: an array each instead of a million texts."""

    def __init__(self, reports: ReportColumns) -> None:
        self.reports = reports
        keys = (f"{one}/{row}" for one, row in zip(reports.source, reports.source_row, strict=True))
        self._keys: Ints = np.fromiter(map(hash, keys), np.int64, len(reports))
        codes, texts = coded(reports.repeats)
        self._repeats: Ints = np.fromiter(map(hash, texts), np.int64, len(texts))[codes]

    def key(self, at: int) -> str:
        return f"{self.reports.source[at]}/{self.reports.source_row[at]}"

    def with_key(self, key: str) -> list[int]:
        return [at for at in np.flatnonzero(self._keys == hash(key)).tolist() if self.key(at) == key]

    def repeating(self, key: str) -> list[int]:
        found = np.flatnonzero(self._repeats == hash(key)).tolist()
        return [at for at in found if self.reports.repeats[at] == key]


class Told:
    """Reports that were there first, and those that came later; without those that went."""

    def __init__(self, reports: ReportColumns) -> None:
        self.first = reports
        self._parts = [_Looked(reports)]
        self._gone: set[int] = set()

    @property
    def is_changed(self) -> bool:
        """Some came or went."""
        return len(self._parts) > 1 or bool(self._gone)

    def change(self, gone: Iterable[int], come: ReportColumns) -> Changed:
        """Take reports out, by seq, and put others in. Those that were not there change nothing."""
        went = tuple(seq for seq in gone if seq not in self._gone and self._place(seq) is not None)
        self._gone.update(went)
        if len(come):
            later = come if len(self._parts) == 1 else self._parts[1].reports.join(come)
            self._parts[1:] = [_Looked(later)]
        seqs = tuple(come.seq.tolist())
        keys = {self._key(seq) for seq in (*went, *seqs)} | {self._repeats(seq) for seq in went}
        return Changed(went, seqs, frozenset(keys - {""}))

    def around(self, changed: Changed) -> list[int]:
        """The seqs of reports in force that may stand for others than before, and of those that say for whom.

        All that hang together by what they repeat, in both directions; what repeats one report that is not in force
        hangs together too.
        """
        found = set(changed.come)
        for key in changed.keys:
            found.update(self._repeating(key))
        new = list(found)
        while new:
            more = [one for one in self._beside(new.pop()) if one not in found]
            found.update(more)
            new += more
        return sorted(found)

    def _beside(self, seq: int) -> list[int]:
        """What a report repeats, or those that repeat the same where that is not in force; and all that repeat it."""
        key, repeated = self._key(seq), self._repeats(seq)
        target = self._last(repeated) if repeated else None
        beside = self._repeating(key) if self._last(key) == seq else []
        if target is not None:
            beside.append(target)
        elif repeated:
            beside += self._repeating(repeated)
        return beside

    def rows(self, seqs: Sequence[int]) -> ReportColumns:
        """Reports by seq, rising."""
        places = [self._place(seq) for seq in seqs]
        parts = [
            part.reports.take(np.array([at[1] for at in places if at and at[0] == n], np.int64))
            for n, part in enumerate(self._parts)
        ]
        return parts[0] if len(parts) == 1 else parts[0].join(parts[1])

    def all(self) -> ReportColumns:
        """All reports in force, in order of entry."""
        gone = np.array(sorted(self._gone), np.int64)
        parts = [one.reports.take(np.flatnonzero(~np.isin(one.reports.seq, gone))) for one in self._parts]
        return parts[0] if len(parts) == 1 else parts[0].join(parts[1])

    def _place(self, seq: int) -> tuple[int, int] | None:
        for n, part in enumerate(self._parts):
            at = int(np.searchsorted(part.reports.seq, seq))
            if at < len(part.reports) and part.reports.seq[at] == seq:
                return n, at
        return None

    def _key(self, seq: int) -> str:
        n, at = self._placed(seq)
        return self._parts[n].key(at)

    def _repeats(self, seq: int) -> str:
        n, at = self._placed(seq)
        return self._parts[n].reports.repeats[at]

    def _placed(self, seq: int) -> tuple[int, int]:
        place = self._place(seq)
        assert place is not None, seq
        return place

    def with_keys(self, keys: Iterable[str]) -> list[int]:
        """The reports in force that have one of these keys, by seq."""
        return [seq for key in keys for seq in self._with_key(key)]

    def _with_key(self, key: str) -> list[int]:
        return self._in_force((part, at) for part in self._parts for at in part.with_key(key))

    def _last(self, key: str) -> int | None:
        """The last report in force that has this key."""
        return max(self._with_key(key), default=None)

    def _repeating(self, key: str) -> list[int]:
        return self._in_force((part, at) for part in self._parts for at in part.repeating(key))

    def _in_force(self, places: Iterable[tuple[_Looked, int]]) -> list[int]:
        seqs = (int(part.reports.seq[at]) for part, at in places)
        return [seq for seq in seqs if seq not in self._gone]
