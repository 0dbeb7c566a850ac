"""A prohibition: no acts of these kinds, with these weapons, against these."""

from typing import Literal

from msgspec import Struct

from truceline.compliance.kinds.base import ClauseKind, RowTest
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id


class Prohibition(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds, weapons: codes, without them any. against: parties or `civilians`, without them anybody.

    elements: what a finding has to hold besides (`indiscriminate: yes`); one that says nothing of it leaves it open.
    """

    kinds: tuple[Id, ...] | None = None
    weapons: tuple[Id, ...] | None = None
    against: tuple[Id, ...] | None = None
    elements: dict[Id, Literal["yes", "no"]] = {}


def tests(rule: Prohibition, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: all that the rule names, in the obligation's areas."""
    elements = tuple(sorted(rule.elements.items()))
    inside = obligation.areas or None
    return (RowTest(rule.kinds, rule.weapons, against=rule.against, inside=inside, elements=elements),)


PROHIBITION = ClauseKind("prohibition", "No acts of these kinds.", Prohibition, tests, judge_by_rows)
