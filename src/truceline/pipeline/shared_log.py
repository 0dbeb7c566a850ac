"""One log as all holders can read it: what was released to all, less what an act of its author has destroyed since.

A field that one holder alone can open is withheld here from its own eyes too, and one that its author has destroyed
from those of the holders who still have it: all see the same.
"""

from collections.abc import Iterable, Iterator

from truceline.errors import RecordBroken
from truceline.exchange.releases import NEEDED, Allowed, Release, Segment
from truceline.intake.layout import GROUPS, RAW
from truceline.pipeline.destroyed_rows import DESTRUCTION, Matter, matter_of
from truceline.pipeline.joining import named_as_own
from truceline.pipeline.missions import ACT
from truceline.record.commit import Field
from truceline.store.readable import Readable, ReadableLog
from truceline.store.tables import OWN_LOG

Gone = dict[int, set[str]]
"""By entry, the names of its destroyed fields."""

SUBMISSION = "submission"
ALWAYS_THERE = {
    "row": frozenset({*GROUPS, RAW}),
    ACT: frozenset({"who", "matter", "because", "words"}),
    SUBMISSION: frozenset({"about", "counts", "numbers", "blob"}),
}
"""Fields that every entry of a kind has (of a row the groups, or `raw` alone)."""
WITH_THE_FILE = frozenset({"counts", "blob", "blob_salt"})
"""What goes of a submission with its file."""


class SharedLog:
    """A log as all holders can read it, up to a size. waiting: entries of which something cannot be read here yet."""

    def __init__(self, log: ReadableLog, origin: str, size: int, releases: Iterable[Release]) -> None:
        self._log, self._size = log, size
        self.log = log.log
        self.allowed = Allowed(one for one in releases if one.seq < size and one.opens_to_all)
        acts = log.of_kind(DESTRUCTION)
        self._gone = destroyed_by(log, origin, [seq for seq in acts if seq < size])
        # What was destroyed after this size cannot be read here any more, though it could be then.
        since = destroyed_by(log, origin, acts) if log.log == OWN_LOG else {}
        self._later = {seq for seq, names in since.items() if names != self._gone.get(seq)}
        self.waiting = 0

    def of_kind(self, kind: str) -> list[int]:
        """As of the log."""
        return self._log.of_kind(kind, self._size)

    def seq_of(self, entry_id: str) -> int | None:
        """As of the log."""
        return self._log.seq_of(entry_id)

    def entry(self, seq: int) -> Readable:
        """One entry."""
        return next(iter(self.entries([seq])))

    def entries(self, seqs: Iterable[int]) -> Iterator[Readable]:
        """These entries, with the fields that all can read."""
        for entry in self._log.entries(seqs):
            segment, gone = self.allowed.of(entry.seq), self._gone.get(entry.seq, set())
            if entry.kind in NEEDED:
                yield entry
            else:
                shown = [one if _shown(one, segment, gone) else None for one in entry.fields]
                yield entry._replace(fields=shown)

    def named_as_own(self) -> set[str]:
        """The logs that its author has named as of its own side."""
        return named_as_own(self._log, self._size)

    def opened(self) -> Iterator[Readable]:
        """The entries of which something was released to all; counts those that have not all arrived."""
        for segment in self.allowed.segments:
            for entry in self.entries(range(segment.first, min(segment.last, self._size))):
                self.waiting += self._waits(entry, segment)
                yield entry

    def _waits(self, entry: Readable, segment: Segment) -> bool:
        """Fields that the entry must have were released, and cannot be read here."""
        if entry.seq in self._later:
            return True
        there = ALWAYS_THERE.get(entry.kind, frozenset())
        if entry.kind == "row":
            there = frozenset({RAW}) if len(entry.fields) == 1 else frozenset(GROUPS)
        awaited = {name for name in there if segment.opens(name)} - self._gone.get(entry.seq, set())
        return bool(awaited and entry.fields) and not entry.by_name


def _shown(field: Field | None, segment: Segment | None, gone: set[str]) -> bool:
    return field is not None and segment is not None and segment.opens(field[0]) and field[0] not in gone


def destroyed_by(log: ReadableLog, origin: str, acts: Iterable[int]) -> Gone:
    """What these acts of a log have destroyed of its own entries."""
    gone: Gone = {}
    for act in log.entries(acts):
        matter = _matter(act)
        if matter is None or matter.of != origin:
            continue
        for first, count in matter.entries:
            for entry in log.entries(range(max(0, first), min(first + count, act.seq))):
                gone.setdefault(entry.seq, set()).update(matter.fields, {"words"} if entry.kind == ACT else ())
        for seq in matter.files:
            gone.setdefault(int(seq), set()).update(WITH_THE_FILE)
    return gone


def _matter(entry: Readable) -> Matter | None:
    try:
        return matter_of([one for one in entry.fields if one is not None])
    except RecordBroken:
        return None
