"""A permission: what a clause allows that another may forbid. Nobody breaches it; where two disagree, it shows."""

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace


class Permission(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds, weapons, against: as in a prohibition. elements: pairs of an element and what a finding has to hold of it.

    It is never a permission to strike: it says what of what happened was allowed.
    """

    kinds: tuple[Id, ...] | None = None
    weapons: tuple[Id, ...] | None = None
    against: tuple[Id, ...] | None = None
    elements: tuple[tuple[str, str], ...] = ()


def tests(rule: Permission, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: what it allows, in the obligation's areas."""
    inside = obligation.areas or None
    return (RowTest(rule.kinds, rule.weapons, against=rule.against, inside=inside, elements=rule.elements),)


def judge(rule: Permission, before: Before) -> Judged:
    """Not in force, or complied: a permission cannot be broken. Used: how many matters it surely, or maybe, allows."""
    rows = before.rows
    used = rows.breaching + rows.excused + rows.permitted
    outcome = Outcome.NOT_IN_FORCE if before.certain == NO else Outcome.COMPLIED
    return Judged(outcome, Trace("permission_used", {"surely": used, "maybe": rows.maybe}, outcome))


PERMISSION = ClauseKind(
    "permission", "What a clause allows that another may forbid.", Permission, tests, judge,
    sentences={"permission_used": "It surely allows {surely} matters, and may allow {maybe}; nobody breaches it."},
)  # fmt: skip
