"""Releases: which fields of which entries of a log the holders of which logs may read, or that they are withheld.

A signed entry of kind "release" with three fields, canonical JSON but the last:

    who      {"by": text, "what": "opened" or "withheld"}
    matter   {"entries": [[first, count], ...], "fields": [names] or ["*"], "to": [origins] or ["*"]}
    because  text

The entries stand before the release, in order. `*` in `to` is every holder; in `fields` every field but the salt of
a file's name (`blob_salt`), with which guesses at the whole file could be tried: that one is opened by name only.
A later release opens more; nothing that was opened is taken back.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from truceline.record.canonical import canonical, read_canonical
from truceline.record.commit import Field

RELEASE = "release"
What = Literal["opened", "withheld"]
OPENED: What = "opened"
WITHHELD: What = "withheld"
EVERY = "*"
BY_NAME_ONLY = "blob_salt"
MOST_RANGES, MOST_NAMES, MOST_READERS = 65_536, 64, 1_024
MOST_TEXT = 4_096
_MOST_SEQ = 1 << 40

Names = frozenset[str]


class Release(Struct, frozen=True):
    """One release, as its entry says it. `seq` is that of the entry."""

    seq: int
    what: What
    by: str
    entries: tuple[tuple[int, int], ...]
    fields: tuple[str, ...]
    to: tuple[str, ...]
    because: str

    @property
    def count(self) -> int:
        """How many entries it is about."""
        return sum(count for _, count in self.entries)

    @property
    def opens_to_all(self) -> bool:
        """Every holder may read what it opens."""
        return self.what == OPENED and EVERY in self.to

    def opens_to(self, origin: str) -> bool:
        """The holder of this log may read what it opens."""
        return self.opens_to_all or (self.what == OPENED and origin in self.to)

    def form(self) -> list[Field]:
        """The payload of its entry."""
        matter = {"entries": [list(run) for run in self.entries], "fields": list(self.fields), "to": list(self.to)}
        who = {"by": self.by, "what": self.what}
        return [("who", canonical(who)), ("matter", canonical(matter)), ("because", self.because.encode())]


class _Who(Struct, frozen=True, forbid_unknown_fields=True):
    by: str
    what: What


class _Matter(Struct, frozen=True, forbid_unknown_fields=True):
    entries: tuple[tuple[int, int], ...]
    fields: tuple[str, ...]
    to: tuple[str, ...]


def read_release(seq: int, fields: Iterable[Field]) -> Release:
    """The release that the payload of entry `seq` holds. Raises `ValueError` unless it is exactly the form of one."""
    said = dict(fields)
    if said.keys() != {"who", "matter", "because"}:
        raise ValueError("a release has the fields who, matter and because")
    who = msgspec.convert(read_canonical(said["who"]), _Who)
    matter = msgspec.convert(read_canonical(said["matter"]), _Matter)
    release = Release(seq, who.what, who.by, matter.entries, matter.fields, matter.to, said["because"].decode())
    if wrong := objection(release):
        raise ValueError(wrong)
    return release


def objection(release: Release) -> str:
    """What is wrong with a release; empty if nothing is."""
    counts = (len(release.entries), len(release.fields), len(release.to))
    if any(not 0 < count <= most for count, most in zip(counts, (MOST_RANGES, MOST_NAMES, MOST_READERS), strict=True)):
        return "a release names entries, fields and readers, and not too many of them"
    end = 0
    for first, count in release.entries:
        if not end <= first < first + count <= min(release.seq, _MOST_SEQ):
            return "the entries of a release stand before it, in order, each once"
        end = first + count
    texts = (release.by, release.because, *release.fields, *release.to)
    if any(len(text.encode()) > MOST_TEXT for text in texts):
        return "a text of a release is too long"
    return ""


class Segment(NamedTuple):
    """Entries [first, last) of which the same fields are opened: the names, `*` among them for every field."""

    first: int
    last: int
    names: Names

    def opens(self, name: str) -> bool:
        """The field of this name is opened."""
        return name in self.names or (EVERY in self.names and name != BY_NAME_ONLY)


class Allowed:
    """What several releases open together: segments that do not overlap, in order."""

    def __init__(self, releases: Iterable[Release]) -> None:
        self.segments = _segments(releases)
        self._firsts = [segment.first for segment in self.segments]

    def of(self, seq: int) -> Segment | None:
        """The segment in which an entry lies; None where nothing of it is opened."""
        at = bisect_right(self._firsts, seq) - 1
        return self.segments[at] if at >= 0 and seq < self.segments[at].last else None


def _segments(releases: Iterable[Release]) -> list[Segment]:
    changes: dict[int, list[tuple[int, Sequence[str]]]] = {}
    for release in releases:
        for first, count in release.entries:
            changes.setdefault(first, []).append((1, release.fields))
            changes.setdefault(first + count, []).append((-1, release.fields))
    made: list[Segment] = []
    open_: Counter[str] = Counter()
    places = sorted(changes)
    for place, after in pairwise(places):
        for step, names in changes[place]:
            for name in names:
                open_[name] += step
        names_now = frozenset(name for name, times in open_.items() if times)
        if names_now and made and made[-1].last == place and made[-1].names == names_now:
            made[-1] = made[-1]._replace(last=after)
        elif names_now:
            made.append(Segment(place, after, names_now))
    return made


def told(releases: Iterable[Release], origin: str) -> list[Release]:
    """Those that open something to the holder of this log."""
    return [release for release in releases if release.opens_to(origin)]


OPENLY: Mapping[str, Names] = {
    "key": frozenset({EVERY}),
    RELEASE: frozenset({EVERY}),
    "note": frozenset({"exchange"}),
    "destruction": frozenset({"who", "matter"}),
}
"""What the holders of an exchange read of each other without a release, by kind of entry."""

NEEDED = frozenset({"agreement", "layout", "reader"})
"""Kinds without which rows that were opened cannot be read: opened where anything is."""
