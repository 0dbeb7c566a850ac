"""Persistent non-compliance: proposed by a reading, for people to refer and to decide; never decided here.

The text never gave "persistent" a number. A reading gives one, as its own: so many determinations of a party, in which
every co-chair agrees, within so many days. What follows is a referral, which is an act of a body; and what the decider
decides holds from the decision on.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import UNSET, Struct

from truceline.compliance.parties_named import party_of
from truceline.compliance.registers import co_chairs
from truceline.vocabulary.act import ActHeld, Determination
from truceline.vocabulary.agreement import Agreement, Persistent
from truceline.vocabulary.when import DAY


class Agreed(Struct, frozen=True):
    """One matter that every co-chair puts into a category that counts: when it was (UTC microseconds), and the acts."""

    about: str
    when: int
    categories: tuple[str, ...]
    acts: tuple[str, ...]


class Proposed(Struct, frozen=True):
    """A party of whom so many matters within so many days were agreed, the matters of all such spans in order."""

    party: str
    name: str
    matters: tuple[Agreed, ...]
    times: int
    within_days: int


def proposals(agreement: Agreement, rule: Persistent, acts: Sequence[ActHeld], as_of: int) -> list[Proposed]:
    """Whom a reading proposes to refer, from the acts in force said by an instant; by party.

    A span of `within_days` is half-open: of two matters exactly so far apart only one lies in it.
    """
    found = []
    for party, matters in sorted(_agreed(agreement, rule, acts, as_of).items()):
        telling = _within(matters, rule.times, rule.within_days * DAY)
        if telling:
            name = party_of(agreement, party, as_of)[1]
            found.append(Proposed(party, name, telling, rule.times, rule.within_days))
    return found


def _agreed(agreement: Agreement, rule: Persistent, acts: Sequence[ActHeld], as_of: int) -> Mapping[str, list[Agreed]]:
    """By party, the matters that every co-chair puts into a category that counts, in order of when they were."""
    keepers = set(co_chairs(agreement))
    said: dict[tuple[str, str], dict[str, ActHeld]] = {}
    for one in sorted(acts, key=lambda one: (one.at, one.id)):
        act = one.act
        if isinstance(act, Determination) and act.by in keepers and act.party is not UNSET and one.at <= as_of:
            party = party_of(agreement, act.party, one.when)[0]
            said.setdefault((party, act.about.strip().casefold()), {})[act.by] = one
    found: dict[str, list[Agreed]] = {}
    for (party, _), by in said.items():
        if set(by) == keepers and keepers and all(_category(one) in rule.categories for one in by.values()):
            found.setdefault(party, []).append(_matter(by))
    return {party: sorted(matters, key=lambda one: (one.when, one.acts)) for party, matters in found.items()}


def _matter(by: Mapping[str, ActHeld]) -> Agreed:
    each = [by[body] for body in sorted(by)]
    last = max(each, key=lambda one: (one.when, one.id))
    about = min(one.act.about for one in each if isinstance(one.act, Determination))
    return Agreed(about, last.when, tuple(_category(one) for one in each), tuple(one.id for one in each))


def _category(held: ActHeld) -> str:
    assert isinstance(held.act, Determination)
    return held.act.category


def _within(matters: Sequence[Agreed], times: int, span: int) -> tuple[Agreed, ...]:
    """The matters that lie, with enough others, within one span. matters are in order of time."""
    telling: set[int] = set()
    for last in range(times - 1, len(matters)):
        first = last - times + 1
        if matters[last].when - matters[first].when < span:
            telling.update(range(first, last + 1))
    assert all(one.when <= other.when for one, other in pairwise(matters))
    return tuple(matters[n] for n in sorted(telling))
