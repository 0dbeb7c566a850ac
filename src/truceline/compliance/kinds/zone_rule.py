"""A zone rule: none of these inside these areas. No flights, no heavy weapons, nobody with arms."""

from msgspec import Struct

from truceline.compliance.kinds.base import ClauseKind, RowTest
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id


class ZoneRule(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: what may not be. inside: the areas or groups in which it may not. weapons: codes, without them any."""

    kinds: tuple[Id, ...]
    inside: tuple[Id, ...]
    weapons: tuple[Id, ...] | None = None


def tests(rule: ZoneRule, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: these kinds, inside these areas. A place that may be outside counts maybe."""
    return (RowTest(rule.kinds, rule.weapons, inside=rule.inside),)


def wrong(rule: ZoneRule, obligation: Obligation, agreement: Agreement) -> list[str]:
    """A rule of no areas forbids nothing; areas of the obligation besides are one place too many to say where."""
    if not rule.inside:
        return ["a zone rule names at least one area under inside"]
    return ["a zone rule says where under inside: leave areas out"] if obligation.areas else []


ZONE_RULE = ClauseKind("zone_rule", "None of these inside these areas.", ZoneRule, tests, judge_by_rows, wrong)
