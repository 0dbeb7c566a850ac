"""Duties to minimise flights, shown against their baseline: how often each party's aircraft were seen before and since.

What is counted here are sightings, which anybody may have reported; `assess` counts what bodies found. A best effort is
never a breach, so neither number says that one was: whether fewer sightings are fewer flights, or fewer people who
looked, is for people to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.compliance.assessing.clauses import Clause, clauses_of
from truceline.compliance.flights import OVERFLIGHT, PROHIBITED, Flight
from truceline.compliance.kinds.best_effort import BestEffort
from truceline.compliance.kinds.by_body import is_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import NO
from truceline.vocabulary.when import DAY, read_instant

BEST_EFFORT = "best_effort"


@dataclass(frozen=True)
class Sightings:
    """Sightings that began in [start, end): of aircraft said to be the party's or an actor's of it, and nobody's."""

    start: int
    end: int
    owned: int
    unattributed: int

    @property
    def days(self) -> int:
        """How many days of 24 hours the stretch has, a begun one counted."""
        return -(-(self.end - self.start) // DAY)


@dataclass(frozen=True)
class FlightEffort:
    """One party's best effort to have fewer flights: in its baseline, and since it is owed up to the as-of instant."""

    obligation: str
    terms: tuple[str, ...]
    party: str
    aim: str
    baseline: Sightings
    since: Sightings


def flight_efforts(agreement: Agreement, flights: Sequence[Flight], as_of: int) -> Iterator[FlightEffort]:
    """Every best effort that counts flights, party by party, once it is in force.

    flights: sightings that may be shown. A baseline that is not over ends at the as-of instant.
    """
    rules = [one for one in agreement.obligations if one.kind == BEST_EFFORT]
    for clause in clauses_of(agreement, rules, as_of):
        if {OVERFLIGHT, PROHIBITED} & set(clause.rule.kinds or ()) and clause.window[0] < clause.window[1]:
            yield from _of_clause(clause, agreement, flights, as_of)


def _of_clause(clause: Clause, agreement: Agreement, flights: Sequence[Flight], as_of: int) -> Iterator[FlightEffort]:
    rule: BestEffort = clause.rule
    start, end = (min(read_instant(text, agreement.zone), as_of) for text in rule.baseline)
    for party in clause.obligation.obliged:
        before = _seen(agreement, flights, party, start, end)
        since = _seen(agreement, flights, party, *clause.window)
        yield FlightEffort(clause.obligation.id, clause.obligation.terms, party, rule.aim, before, since)


def _seen(agreement: Agreement, flights: Sequence[Flight], party: str, start: int, end: int) -> Sightings:
    """A sighting that nobody owns is counted as nobody's, and shared out among nobody."""
    here = [one for one in flights if start <= one.start < end]
    owned = sum(is_of(agreement, one.owner, party, one.start) != NO for one in here if one.owner)
    return Sightings(start, end, owned, sum(not one.owner for one in here))
