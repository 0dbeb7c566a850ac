"""What sources tell side by side: overlap of each pair, each one's effort, and counts of bodies.

`statistics/` works it out; the terminal and the bulletin tell it. Nothing here is a sum over sources.
"""

from enum import StrEnum

import msgspec

from truceline.vocabulary.assessment import Reason

WIDE = -1
"""The period of what lies in no single one."""


class HighBy(StrEnum):
    """How the most that two sources both have was bounded.

    pairing: the most that can be paired off one to one. partners: all that have a possible partner, of the source
    that has fewer of them. sizes: all that the smaller one tells of. Each is a bound; the later ones are wider.
    """

    PAIRING = "pairing"
    PARTNERS = "partners"
    SIZES = "sizes"


class OneSource(msgspec.Struct, frozen=True):
    """One source in the span. repeats: its reports that repeat one of another source; origins: whom it rests on.

    first, last: instants of its earliest and latest report there, UTC microseconds.
    """

    source: str
    reports: int
    repeats: int
    origins: tuple[str, ...]
    first: int
    last: int


class Deaths(msgspec.Struct, frozen=True):
    """Sums of killed as one source gives them (None: not given); of so many tellings that give any figure.

    best: None too where some of these give no best one.
    """

    low: int | None
    best: int | None
    high: int | None
    given: int


class Side(msgspec.Struct, frozen=True):
    """One source in one period.

    told: what it tells of. only_low, only_high: how much of that the other does not have. without_partner: how
    many are surely no telling of the other (None: too many to be compared). killed: its own figures for all of it.
    """

    told: int
    only_low: int
    only_high: int
    without_partner: int | None
    killed: Deaths


class Overlap(msgspec.Struct, frozen=True):
    """Two sources in one period (-1: what lies in no single period; None: the whole span)."""

    period: int | None
    both_declared: int
    a: Side
    b: Side


class OneEach(msgspec.Struct, frozen=True):
    """Pairs in which each is the other's only possible partner; in so many of them the figures exclude each other.

    What lies in no single period is left aside here: a report of a whole year may be anything.
    """

    pairs: int
    killed_a: Deaths
    killed_b: Deaths
    contradict: int


class Pair(msgspec.Struct, frozen=True):
    """Two sources: the whole span, its periods, and the pairs that could only be each other.

    both_high: the most that both may have. In the whole span it is the same from either side. high_by: how the
    highs were found.
    """

    a: str
    b: str
    both_high: int
    high_by: HighBy
    whole: Overlap
    periods: tuple[Overlap, ...]
    one_each: OneEach


class Effort(msgspec.Struct, frozen=True):
    """One period. constant_before, constant_now: reports of the sources there in both; None in the first period."""

    period: str
    reports: int
    sources: int
    watched_hours: float | None
    languages: dict[str, int]
    constant_sources: int | None
    constant_before: int | None
    constant_now: int | None


class CountTold(msgspec.Struct, frozen=True):
    """One body's count as it gave it: the period in UTC microseconds, the end excluded."""

    source: str
    source_row: str
    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    method: str
    flags: tuple[str, ...]


class TwoCounts(msgspec.Struct, frozen=True):
    """Two bodies, one thing, one area.

    difference: a less b, lowest, of the best figures, highest (None: not to be had).
    hours_both, hours_a, hours_b: the time that both count, and that only one counts.
    """

    of: str
    area: str
    a: CountTold
    b: CountTold
    difference_low: int | None
    difference: int | None
    difference_high: int | None
    hours_both: float
    hours_a: float
    hours_b: float


class Mismatch(msgspec.Struct, frozen=True):
    """A whole and the sum of its parts as one source gave them, which are not equal. Both stay as they are."""

    source: str
    source_row: str
    of: str
    area: str
    start: int
    end: int
    whole: int
    parts: int
    number: int


class SideBySide(msgspec.Struct, frozen=True):
    """All that is said of the sources of a mission over a span of local days, `first` and `last` included.

    by: day, week or month; names: of the periods. unpaired: sources with too few reports to be paired here.
    undated_counts: counts that say no period.
    """

    first: str
    last: str
    by: str
    names: tuple[str, ...]
    sources: tuple[OneSource, ...]
    unpaired: int
    pairs: tuple[Pair, ...]
    efforts: tuple[Effort, ...]
    remarks: tuple[Reason, ...]
    counts: tuple[TwoCounts, ...]
    mismatches: tuple[Mismatch, ...]
    undated_counts: int
