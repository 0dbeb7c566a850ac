"""Who rests on whom: ties that reports declare, that bodies hold, and that are only proposed; and what they leave.

A tie says that a report repeats another, or that it rests on a named origin. What a report declares of itself counts,
and so does what a body holds, unless another body holds the opposite; the two are then contested. A proposal counts
by itself for nothing: it stands at the lower end of the range until a person has said yes or no to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

Basis = Literal["declared", "held", "proposed"]
Counts = Literal["surely", "maybe", "no"]
"""A tie that holds, one that is proposed or contested, and one that was turned down."""


class Said(Struct, frozen=True):
    """What a body holds of a report's origin: an act of the kind `origin`, reports named by key.

    log: where it was said, where several logs are read as one.
    """

    report: str
    by: str
    says: Literal["repeats", "independent"]
    of: str
    access: str
    act: str
    at: int
    log: str = ""


class Tie(Struct, frozen=True):
    """A report rests on another (SOURCE/REPORT_ID) or on a named origin (an id without a stroke), and why."""

    report: str
    of: str
    basis: Basis
    counts: Counts
    because: str
    by: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


class Counted(Struct, frozen=True):
    """The independent origin a report counts as: by ties that surely count, and with those that may."""

    origin: str
    maybe: str
    access: str


class Origins:
    """The ties of a mission. Reports are named by key; whoever has no tie is its own origin."""

    def __init__(
        self,
        repeats: Mapping[str, str],
        rests_on: Mapping[str, str],
        said: Iterable[Said],
        proposed: Mapping[str, tuple[str, str]],
        co_chairs: Sequence[str],
    ) -> None:
        """repeats, rests_on: what reports declare; proposed: report to (the one it may repeat, why)."""
        self._said = last_said(said)
        self._repeats, self._rests_on, self._proposed = repeats, rests_on, proposed
        self._all = frozenset(co_chairs)
        self.ties: tuple[Tie, ...] = tuple(self._made())
        self._sure: dict[str, str] = {}
        for tie in self.ties:
            if tie.counts == "surely":
                self._sure.setdefault(tie.report, tie.of)
        self._maybe = dict(self._sure)
        for tie in self.ties:
            if tie.counts == "maybe":
                self._maybe.setdefault(tie.report, tie.of)

    def counted(self, report: str) -> Counted:
        """As which origin a report counts."""
        sure, maybe = self.ends(report)
        return Counted(source_of(sure), source_of(maybe), self._access(report, sure == report))

    def ends(self, report: str) -> tuple[str, str]:
        """The report or the named origin at the end of its ties: of those that surely count, and of all that may."""
        return _end(report, self._sure), _end(report, self._maybe)

    def tied_to(self, report: str) -> set[str]:
        """The reports one step away, by ties that count or may; a named origin ties nobody."""
        return self._beside.get(report, set())

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        beside: dict[str, set[str]] = {}
        for tie in self.ties:
            if tie.counts != "no" and "/" in tie.of:
                beside.setdefault(tie.report, set()).add(tie.of)
                beside.setdefault(tie.of, set()).add(tie.report)
        return beside

    def _made(self) -> Iterable[Tie]:
        for report in sorted({*self._repeats, *self._rests_on, *self._said, *self._proposed}):
            words = self._said.get(report, ())
            yield from self._held(report, words)
            yield from self._declared(report, words)
            yield from self._possible(report, words)

    def _held(self, report: str, words: Sequence[Said]) -> Iterable[Tie]:
        """What bodies hold: those who name the same report together, the last said first."""
        contested = any(one.says == "independent" for one in words)
        named: dict[str, list[Said]] = {}
        for one in sorted(words, key=lambda one: (-one.at, one.by)):
            if one.says == "repeats":
                named.setdefault(one.of, []).append(one)
        for of, group in named.items():
            by = tuple(dict.fromkeys(one.by for one in group))
            because = f"{' and '.join(by)} {'hold' if len(by) > 1 else 'holds'} it"
            if contested:
                because += f"; {' and '.join(_independent(words))} held it to be independent"
            acts = tuple(one.act for one in group)
            yield Tie(report, of, "held", "maybe" if contested else "surely", because, by, acts)

    def _declared(self, report: str, words: Sequence[Said]) -> Iterable[Tie]:
        """What the report says itself. A body that holds otherwise makes it open; all who must agree turn it down."""
        against = _independent(words)
        counts: Counts = "surely"
        if against:
            counts = "no" if self._all and self._all <= set(against) else "maybe"
        more = f"; {' and '.join(against)} held it to be independent" if against else ""
        if of := self._repeats.get(report):
            yield Tie(report, of, "declared", counts, f"the report says that it repeats it{more}", against)
        elif origin := self._rests_on.get(report):
            yield Tie(report, origin, "declared", counts, f"the report names this origin{more}", against)

    def _possible(self, report: str, words: Sequence[Said]) -> Iterable[Tie]:
        """A proposal, where nobody has said anything of it; a body's word on it decides."""
        if report not in self._proposed or report in self._repeats:
            return
        of, why = self._proposed[report]
        if any(one.says == "repeats" for one in words) or self._rests_on.get(report) == source_of(of):
            return
        against = _independent(words)
        more = f"; {' and '.join(against)} held it to be independent" if against else ""
        yield Tie(report, of, "proposed", "no" if against else "maybe", f"{why}{more}", against)

    def _access(self, report: str, own: bool) -> str:
        """What bodies hold of the source's access, where they do not differ; an echo saw nothing itself."""
        said = {one.access for one in self._said.get(report, ()) if one.says == "independent"}
        return said.pop() if own and len(said) == 1 else "unknown"


def last_said(said: Iterable[Said]) -> dict[str, tuple[Said, ...]]:
    """The last word of each body on each report, by report; of each log where several have one, since all stand."""
    last: dict[tuple[str, str, str], Said] = {}
    for one in said:
        known = last.get((one.report, one.by, one.log))
        if known is None or (known.at, known.act) <= (one.at, one.act):
            last[one.report, one.by, one.log] = one
    found: dict[str, list[Said]] = {}
    for (report, *_), one in sorted(last.items()):
        found.setdefault(report, []).append(one)
    return {report: tuple(words) for report, words in found.items()}


def source_of(of: str) -> str:
    """The source of SOURCE/REPORT_ID; a named origin is one itself."""
    return of.partition("/")[0]


def _independent(words: Sequence[Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.by for one in words if one.says == "independent"))


def _end(report: str, ties: Mapping[str, str]) -> str:
    """Where the way of ties ends; of a ring the first by name."""
    way: dict[str, int] = {}
    at = report
    while at in ties:
        if at in way:
            return min(list(way)[way[at] :])
        way[at] = len(way)
        at = ties[at]
    return at
