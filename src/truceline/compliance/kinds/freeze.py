"""A freeze of positions: no movement, no new position; and lines that stay where they are claimed to be."""

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.claims_moved import SENTENCES, moved, with_claims
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.conduct import Handle
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: what a freeze forbids (`unauthorised_movement`, `fortification`). weapons: codes, without them any.

    zones: numbers of claimed lines and zones that have to stay. One of them that the party itself moves leaves the
    outcome undecided: a map is a claim, not a finding.
    """

    kinds: tuple[Id, ...]
    weapons: tuple[Id, ...] | None = None
    zones: tuple[Handle, ...] = ()


def tests(rule: Frozen, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: movements and new positions, in the obligation's areas."""
    return (RowTest(rule.kinds, rule.weapons, inside=obligation.areas or None),)


def judge(rule: Frozen, before: Before) -> Judged:
    """By what was found; and by whether the party's own claims of the zones moved in the period."""
    return with_claims(judge_by_rows(rule, before), moved(before, rule.zones) if rule.zones else ())


FREEZE = ClauseKind("freeze", "Positions stay as they are.", Frozen, tests, judge, sentences=SENTENCES)
