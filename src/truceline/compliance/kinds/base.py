"""What a clause kind is: what its rule asks for, which matters count against it, and how an outcome follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Judged


@dataclass(frozen=True)
class Near:
    """Nearer to a line than so many metres, on the ellipsoid."""

    line: str
    distance_m: int


@dataclass(frozen=True)
class RowTest:
    """What a matter has to be to count against those obliged. Each condition answers NO, MAYBE or SURELY: the least.

    None asks nothing. kinds, weapons: codes. parties: of those obliged, whom this test is about. against: parties (or
    `civilians`) that were hit. inside: areas or groups. near: a line and a distance. [start, end): UTC microseconds, on
    top of when the obligation is in force. elements: an element, and what a finding has to hold of it.
    """

    kinds: tuple[str, ...] | None = None
    weapons: tuple[str, ...] | None = None
    parties: tuple[str, ...] | None = None
    against: tuple[str, ...] | None = None
    inside: tuple[str, ...] | None = None
    near: Near | None = None
    start: int | None = None
    end: int | None = None
    elements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rows:
    """The matters that count, for one obligation, party, period and body: ids, most telling first, and how many.

    breaching: surely, and nothing excuses them. excused: surely, and an exemption is shown. maybe: it cannot be told.
    permitted: surely, and another clause that neither yields permits them.
    """

    breaching: int = 0
    excused: int = 0
    maybe: int = 0
    permitted: int = 0
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Watched:
    """How far those watched who had to: days (24 hours from the period's start) with enough of them, of all days."""

    days: int
    of: int
    sources: int = 0
    needed: int = 0

    @property
    def enough(self) -> bool:
        """Every day was watched."""
        return self.days >= self.of


@dataclass(frozen=True)
class Before:
    """What lies before whoever judges: one obligation, one party, one period [start, end), as one body holds it.

    body None: jointly, by all co-chairs. as_of: nothing later is known. acts: those in force and said by then, of every
    body; replaced: claims besides that a later one revises. rows: the matters that count, where the kind has tests.
    certain: how surely the obligation binds the party in this period (NO, MAYBE, SURELY). steps: step -> its state,
    where a kind asks for one.
    """

    agreement: Agreement
    obligation: Obligation
    party: str
    body: str | None
    start: int
    end: int
    as_of: int
    acts: Sequence[ActHeld]
    rows: Rows
    watched: Watched
    certain: int
    steps: dict[str, str] = field(default_factory=dict)
    replaced: Sequence[ActHeld] = ()


@dataclass(frozen=True)
class ClauseKind:
    """A shape many clauses share. `rule` is the struct its rule is read into.

    tests: the matters that count against those obliged, () for a kind that counts none. judge: what follows. wrong:
    sentences on a rule that reads well and makes no sense for this agreement. sentences: of each code that its traces
    use, the English words, with the names of values in braces.
    """

    name: str
    says: str
    rule: type[Struct]
    tests: Callable[[Any, Obligation, Agreement], tuple[RowTest, ...]]
    judge: Callable[[Any, Before], Judged]
    wrong: Callable[[Any, Obligation, Agreement], list[str]] = lambda rule, obligation, agreement: []
    sentences: Mapping[str, str] = field(default_factory=dict)
