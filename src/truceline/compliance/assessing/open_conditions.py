"""What is open of matters that may count: whether they happened, of what kind, who was hit, who did it, where, when.

Each condition is asked by itself of the same matters, as if everything else were sure, so that one matter may be open
in several ways. These are the questions whose answers would settle it.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from truceline.compliance.assessing.clauses import Clause
from truceline.compliance.assessing.conditions import Asked
from truceline.compliance.kinds.base import RowTest
from truceline.vocabulary.columns import MAYBE, SURELY, Bytes, Ints
from truceline.vocabulary.matters import REPORTED
from truceline.vocabulary.trace import Trace

_ASKS = {
    "kinds": "open_kind", "weapons": "open_weapon", "against": "open_against", "inside": "open_place",
    "near": "open_distance", "elements": "open_element",
}  # fmt: skip


def open_conditions(asked: Asked, rows: Ints, clause: Clause, party: str, span: tuple[int, int]) -> tuple[Trace, ...]:
    """For each condition that is open of one of these matters, of how many. [start, end): the period, as it binds."""
    few = Asked.of(asked.matters.take(rows), asked.ground)
    sure = replace(few, held=np.full(len(rows), SURELY, np.int8), kept={})
    found = [("open_reported", few.matters.body == REPORTED)]
    found.append(("open_happened", (few.held == MAYBE) & (few.matters.body != REPORTED)))
    found += _of_tests(sure, clause, party)
    found.append(("open_who", _who(few, party) == MAYBE))
    found.append(("open_when", (few.matters.start < span[0]) | (few.matters.end > span[1])))
    return tuple(Trace(code, {"matters": int(open_.sum())}) for code, open_ in _together(found) if open_.any())


def _of_tests(sure: Asked, clause: Clause, party: str) -> Iterator[tuple[str, np.ndarray]]:
    """Each single condition of each test that is about the party."""
    for test in clause.tests:
        if test.parties is not None and party not in test.parties:
            continue
        for one in fields(RowTest):
            value = getattr(test, one.name)
            if one.name in _ASKS and value not in (None, ()):
                yield _ASKS[one.name], sure.meets(RowTest(**{one.name: value})) == MAYBE


def _who(few: Asked, party: str) -> Bytes:
    """Whether the party did it, as those are named who did, or may have."""
    named = few.did.did((party,))[few.did.which, 0]
    least: Bytes = np.minimum(named, few.matters.by_held)
    return least


def _together(found: list[tuple[str, np.ndarray]]) -> list[tuple[str, np.ndarray]]:
    """A condition that several tests ask is open where it is open in one of them."""
    made: dict[str, np.ndarray] = {}
    for code, open_ in found:
        made[code] = made[code] | open_ if code in made else open_
    return list(made.items())
