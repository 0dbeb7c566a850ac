"""A period of hours that those who decide may extend: when it runs, when it runs out, and what each of them said.

It begins with its clock and lasts its clock's hours, and for as long as every body whose word is needed has declared it
`extended` (the earliest of their last words). An extension said after it had run out holds from when the last of them
said so: what was lapsed is not made good. Once all have declared it `ended` it no longer runs; once one of them has, it
is open whether it does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from truceline.vocabulary.act import ActHeld, Declaration
from truceline.vocabulary.agreement import Clock
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.when import HOUR, read_instant


@dataclass(frozen=True)
class Word:
    """What a body declared of the clock: extended (`until`, UTC microseconds), ended, or not met."""

    by: str
    log: str
    says: str
    at: int
    until: int
    act: str


@dataclass(frozen=True)
class Term:
    """One such period. [start, first_end): as it was agreed. needed: whose words extend it. words: in order."""

    start: int
    first_end: int
    needed: tuple[str, ...]
    words: tuple[Word, ...]

    def end_by(self, instant: int) -> int:
        """Until when it was to run, by what was said up to that instant."""
        last = {(one.by, one.log): one.until for one in self.words if one.at <= instant and one.says == "extended"}
        if {by for by, _ in last} != {*self.needed}:
            return self.first_end
        return max(self.first_end, min(last.values()))

    def runs_at(self, instant: int) -> int:
        """Whether it ran then: NO, MAYBE (one of them had declared it ended) or SURELY."""
        if not self.start <= instant < self.end_by(instant):
            return NO
        said = (one for one in self.words if one.at <= instant and one.says in ("extended", "ended"))
        last = {(one.by, one.log): one.says for one in said}
        ended = {by for (by, _), says in last.items() if says == "ended"}
        if not ended:
            return SURELY
        held = {by for (by, _), says in last.items() if says != "ended"}
        return NO if {*self.needed} == ended - held else MAYBE

    def edges(self) -> list[int]:
        """The instants, rising, at which any of this may change."""
        return sorted({self.start, self.first_end, *(at for one in self.words for at in (one.at, one.until) if at)})

    def ends(self, as_of: int) -> list[int]:
        """When it ran out or would have without another word, up to that instant, rising.

        A word that names a time already past when it is said ends the period, and asked nobody anything at that time.
        """
        meant = {self.first_end, *(end for one in self.words if one.at <= (end := self.end_by(one.at)))}
        return sorted(end for end in meant if end <= as_of and self.end_by(end) >= end)

    def said_by(self, body: str) -> list[Word]:
        """The words of one body, in order."""
        return [one for one in self.words if one.by == body]


def needed_by(clock: Clock, by: tuple[str, ...]) -> tuple[str, ...]:
    """Whose words extend a period: those named, else those of the clock's extension, else who decides the clock."""
    return by or (clock.extension.by if clock.extension is not None else clock.deciders)


def term_of(clock: Clock, by: tuple[str, ...], acts: Sequence[ActHeld], as_of: int, zone: str) -> Term:
    """The period of a clock of hours, by what those needed have declared of it up to `as_of`."""
    needed = needed_by(clock, by)
    words = []
    for one in sorted(acts, key=lambda one: (one.at, one.seq)):
        act = one.act
        if isinstance(act, Declaration) and act.clock == clock.id and act.by in needed and one.at <= as_of:
            until = read_instant(act.until, zone) if act.until else 0
            if act.says in ("ended", "not_met") or (act.says == "extended" and until):
                words.append(Word(act.by, one.log, act.says, one.at, until if act.says == "extended" else 0, one.id))
    start = read_instant(clock.start, zone)
    return Term(start, start + (clock.hours or 0) * HOUR, needed, tuple(words))
