"""Flights against the areas that are closed to them, on place and time alone; and what is linked to a flight.

Whose an aircraft was is not asked here: an area is closed to a flight that nobody owns as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from truceline.compliance.areas import Geometry, Names, placed_in
from truceline.compliance.assessing.clauses import clauses_of
from truceline.compliance.assessing.conditions import wanted_areas
from truceline.compliance.flights import OVERFLIGHT, PROHIBITED, Flight, is_of_a_flight, name_of
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bytes, Placed
from truceline.vocabulary.matters import MatterColumns

ZONE_RULE = "zone_rule"


@dataclass(frozen=True)
class Closed:
    """Whether each flight was where and when a zone rule in force forbids flights: NO, MAYBE or SURELY."""

    obligation: str
    answers: Bytes


def closed_to(matters: MatterColumns, agreement: Agreement, geometry: Geometry, as_of: int) -> list[Closed]:
    """Each zone rule on flights, asked of each flight (as its row of `flight_matters`)."""
    placed, names = _placed(matters, agreement, geometry), Names.of(agreement)
    rules = [one for one in agreement.obligations if one.kind == ZONE_RULE]
    found = []
    for clause in clauses_of(agreement, rules, as_of):
        if {OVERFLIGHT, PROHIBITED} & set(clause.rule.kinds):
            wanted = np.append(wanted_areas(names, clause.rule.inside), False)
            within, may_be = placed.sets[:, wanted].sum(axis=1), placed.sets.sum(axis=1)
            there = np.where(within == 0, NO, np.where(within < may_be, MAYBE, SURELY)).astype(np.int8)
            found.append(Closed(clause.obligation.id, np.minimum(there[placed.of], _during(matters, clause.window))))
    return found


def over_areas(matters: MatterColumns, agreement: Agreement, geometry: Geometry) -> list[tuple[str, ...]]:
    """The areas each flight may have been over; () where it surely was outside them all."""
    placed = _placed(matters, agreement, geometry)
    ids = [area.id for area in agreement.areas]
    sets = [tuple(area for area, may in zip(ids, row, strict=True) if may) for row in placed.sets[:, :-1].tolist()]
    return [sets[of] for of in placed.of.tolist()]


def _placed(matters: MatterColumns, agreement: Agreement, geometry: Geometry) -> Placed:
    return placed_in(matters, Names.of(agreement), Terrain([geometry[area.id] for area in agreement.areas]))[0]


def _during(matters: MatterColumns, window: tuple[int, int]) -> Bytes:
    start, end = window
    apart = (matters.end <= start) | (end <= matters.start)
    clear = (start <= matters.start) & (matters.end <= end)
    answers: Bytes = np.where(apart, NO, np.where(clear, SURELY, MAYBE)).astype(np.int8)
    return answers


def linked_to(flight: Flight, acts: Iterable[ActHeld], as_of: int) -> list[tuple[str, Finding]]:
    """Findings about a flight that are of something else, a blast: what a body holds of the two, by act.

    The sighting, the blast and the link are three records; none of them is made from the others.
    """
    return [
        (one.id, one.act) for one in acts
        if isinstance(one.act, Finding) and one.at <= as_of and one.act.about == name_of(flight)
        and not is_of_a_flight(one.act)
    ]  # fmt: skip
