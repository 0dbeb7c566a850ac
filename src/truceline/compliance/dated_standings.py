"""Who belongs to a body, and whose force a force is, at an instant: by whose word, and what the co-chairs hold of it.

Both are words of bodies and differ from one to the next; where the co-chairs differ, it is disputed.
"""

from collections.abc import Iterable

from msgspec import Struct

from truceline.compliance.dated_words import DatedWord, dated_word, heard, hearers
from truceline.compliance.parties_named import party_of
from truceline.compliance.standing import folded
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.designation import Association, Membership

CLAIMED = "claimed"
"""No co-chair has a word on it, nor has anybody who writes down what was decided: somebody else says so."""


class DatedStanding(Struct, frozen=True):
    """One member, or one whose force it is said to be: what is held together, by each co-chair, and every word."""

    name: str
    says: str
    by: dict[str, str]
    words: tuple[DatedWord, ...]


def members(agreement: Agreement, acts: Iterable[ActHeld], body: str, instant: int, as_of: int) -> list[DatedStanding]:
    """Of whom somebody says for that instant that they belong, or do not belong, to the body. UTC microseconds."""
    named: dict[str, tuple[str, list[DatedWord]]] = {}
    for one in acts:
        if isinstance(one.act, Membership) and one.act.body == body and one.at <= as_of:
            word = dated_word(one, one.act, agreement.zone)
            named.setdefault(folded(one.act.member), (one.act.member, []))[1].append(word)
    return _standings(agreement, named, instant)


def associations(
    agreement: Agreement, acts: Iterable[ActHeld], force: str, instant: int, as_of: int
) -> list[DatedStanding]:
    """Whose force the one so named is said to be, or not to be, at that instant."""
    asked = party_of(agreement, force, instant)[0]
    named: dict[str, tuple[str, list[DatedWord]]] = {}
    for one in acts:
        if isinstance(one.act, Association) and one.at <= as_of:
            word = dated_word(one, one.act, agreement.zone)
            if party_of(agreement, one.act.force, word.start)[0] == asked:
                of, name = party_of(agreement, one.act.of, word.start)
                named.setdefault(of, (name, []))[1].append(word)
    return _standings(agreement, named, instant)


def _standings(
    agreement: Agreement, named: dict[str, tuple[str, list[DatedWord]]], instant: int
) -> list[DatedStanding]:
    found = []
    for _, (name, words) in sorted(named.items()):
        held = [word for word in words if word.holds(instant)]
        if held:
            by = {one: word.says for one in hearers(agreement, None) if (word := heard(agreement, held, one, instant))}
            found.append(DatedStanding(name, _together(by, len(hearers(agreement, None))), by, tuple(held)))
    return found


def _together(by: dict[str, str], hearing: int) -> str:
    """The same word of all; `claimed` where nobody asked has one; `disputed` where they differ or one is silent."""
    if not by:
        return CLAIMED
    return next(iter(by.values())) if len(set(by.values())) == 1 and len(by) == hearing else "disputed"
