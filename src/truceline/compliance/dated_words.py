"""What bodies hold of a matter for a time, [from, to): the last word of each, and what the co-chairs hold together.

Who excludes whom, who goes by which name of a list, whose force a force is, who belongs to a body: all of them are
words of bodies, dated, and none is inferred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.compliance.registers import co_chairs
from truceline.compliance.standing import EVER
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.designation import Association, ExclusionHeld, Membership, NameDecided
from truceline.vocabulary.when import read_as_of, read_instant

Dated = NameDecided | ExclusionHeld | Association | Membership
RECORDERS = ("secretariat", "observer")
"""Whose word counts for a co-chair that has said nothing itself: they write down what was decided."""


@dataclass(frozen=True)
class DatedWord:
    """What a body said, for [start, end) in UTC microseconds. dated: it said itself from when on."""

    by: str
    says: str
    start: int
    end: int
    said: int
    seq: int
    act: str
    dated: bool

    def holds(self, instant: int) -> bool:
        """It is about that instant."""
        return self.start <= instant < self.end


def dated_word(held: ActHeld, act: Dated, zone: str) -> DatedWord:
    """An act as a dated word. Without `from` it holds from when it was said; a date in `to` is the end of that day.

    An exclusion for persistent non-compliance never holds before it was decided, whatever its `from`.
    """
    start = read_instant(act.from_, zone) if act.from_ else held.at
    if isinstance(act, ExclusionHeld) and act.persistent:
        start = max(start, held.at)
    end = read_as_of(act.to, zone) if act.to else EVER[1]
    return DatedWord(act.by, act.says, start, end, held.at, held.seq, held.id, bool(act.from_))


def last_word(words: Iterable[DatedWord], body: str, instant: int) -> DatedWord | None:
    """What the body said last of all that it holds for that instant."""
    own = [word for word in words if word.by == body and word.holds(instant)]
    return max(own, key=lambda word: (word.said, word.seq), default=None)


def heard(agreement: Agreement, words: Sequence[DatedWord], body: str, instant: int) -> DatedWord | None:
    """The body's own last word for that instant; without one, what a secretariat or an observer wrote down last."""
    if (own := last_word(words, body, instant)) is not None:
        return own
    recorders = [one.id for one in agreement.bodies if one.role in RECORDERS]
    found = [word for one in recorders if (word := last_word(words, one, instant)) is not None]
    return max(found, key=lambda word: (word.said, word.seq), default=None)


def hearers(agreement: Agreement, body: str | None) -> tuple[str, ...]:
    """Whose words are asked: the body's, or (None: jointly) those of every co-chair, or of all bodies without one."""
    if body is not None:
        return (body,)
    return co_chairs(agreement) or tuple(one.id for one in agreement.bodies)


def edges(words: Iterable[DatedWord]) -> set[int]:
    """The instants at which what is held may change."""
    return {instant for word in words for instant in (word.start, word.end)} - set(EVER)
